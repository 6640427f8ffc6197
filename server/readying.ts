/** What readiness leans on: open pages, the engine's and the broker's own health, her alarms; and who is told when it changes. */
import type { Broker } from '../broker/broker.ts'
import type { Engine } from './engine/engine.ts'
import type { Live, OpenPage } from './notify/live.ts'
import type { OpenPeople } from './people/open.ts'
import type { ReadinessPorts } from './people/readiness/ports.ts'
import type { ResponderId, SessionId, WorkerId } from './people/words.ts'

export type ReadyParts = {
  readonly open: Pick<OpenPeople, 'ready' | 'people'>
  readonly engine: Engine
  readonly live: Pick<Live, 'pagesOf' | 'workers'>
  readonly broker: () => Pick<ReturnType<Broker['health']>, 'listening'>
  readonly remind: ReadinessPorts['remind']
  readonly timeZone: string
}

/** Returns the way to stop. */
export function watchReadiness ({ open: { ready, people }, engine, live, broker, remind, timeZone }: ReadyParts): () => void {
  const stop = ready.start({
    pages: { of: (subject) => live.pagesOf(subject), workers: () => live.workers() },
    vitals: () => {
      const { storeWorks, isOnTime } = engine.health()
      return { storeWorks, onTime: isOnTime, listening: broker().listening }
    },
    alarms: {
      isOpen: (worker) => engine.workerAlarms(worker).some(({ view }) => view.ended === null),
      endedAt: (worker) => engine.workerAlarms(worker).reduce<ReturnType<ReadinessPorts['alarms']['endedAt']>>((newest, { view }) =>
        view.ended !== null && (newest === null || view.ended.at > newest) ? view.ended.at : newest, null)
    },
    drills: engine,
    changed: (worker) => { people.homes.changed(worker) },
    remind,
    timeZone
  })
  const forget = engine.onChanged(({ workers }) => { for (const worker of workers) ready.watch.alarmChanged(worker) })
  return () => {
    forget()
    stop()
  }
}

/** For notify: a page opened or closed. */
export function pageChanged (ready: OpenPeople['ready'], { subject, session, heardMono }: OpenPage, open: boolean): void {
  switch (subject.is) {
    case 'worker': return ready.watch.touched(subject.id as WorkerId)
    case 'responder': return ready.watch.pageChanged(subject.id as ResponderId, session as SessionId, heardMono, open)
    case 'technician':
  }
}
