/** The newest views of one person, in the words of the live contract, and nothing they may not see. */
import type { ResponderId, WorkerId } from '../alarm/alarm.ts'
import type { LiveCard, LiveResponderAlarm, LiveSnapshot, LiveWorkerAlarm, LiveWorkerHome } from '../contract/live.ts'
import type { AlarmDesk, ResponderAlarm, WorkerAlarm } from '../engine/desk.ts'
import type { Subject } from './ports.ts'
import { seenBy } from './sees.ts'

export type Views = {
  readonly desk: Pick<AlarmDesk, 'workerAlarms' | 'responderAlarms'>
  readonly home: (worker: WorkerId) => LiveWorkerHome
}

/** A technician has none: not even that there are any alarms. */
export function snapshotsOf ({ desk, home }: Views, subject: Subject): readonly LiveSnapshot[] {
  switch (subject.is) {
    case 'worker': {
      const worker = subject.id as WorkerId
      return [{ type: 'worker-alarms', alarms: desk.workerAlarms(worker).map(liveWorkerAlarm) }, { type: 'worker-home', home: home(worker) }]
    }
    case 'responder': return [{ type: 'responder-alarms', alarms: desk.responderAlarms(subject.id as ResponderId).map(liveResponderAlarm) }]
    case 'technician': return []
    default: return assertNever(subject.is)
  }
}

/** Also the body of the HTTP resource, so that a page sees the same by either way. */
export function liveResponderAlarm ({ view, card, saved }: ResponderAlarm): LiveResponderAlarm {
  const { alarm, n, what, openedAt, pressedAt, doubt, missed, phase, answer, others, asked, saidSafeUnproven } = view
  const { kind: mayKnowKind, ...seen } = seenBy(card, view.responder)
  const liveCard: LiveCard = { ...seen, wishes: seen.wishes === null ? null : { ...seen.wishes } }
  return {
    alarm,
    n,
    what,
    // A rehearsal is called one to everybody; the house lane learns no other kind (R4).
    kind: mayKnowKind || view.kind === 'test' ? view.kind : null,
    openedAt,
    pressedAt,
    doubt,
    missed: missed === null ? null : { ...missed },
    phase,
    answer: { ...answer },
    others: { ...others },
    asked,
    saidSafeUnproven,
    // Once it is over there is nothing of hers to read any more (R5).
    card: card === null || phase === 'over' ? null : liveCard,
    saved
  }
}

/** Her own alarm: all of it. */
export function liveWorkerAlarm ({ view, saved }: WorkerAlarm): LiveWorkerAlarm {
  return {
    ...view,
    rows: view.rows.map((row) => ({ ...row, receipt: row.receipt === null ? null : { ...row.receipt } })),
    facts: view.facts.map((fact) => ({ ...fact })),
    counts: { ...view.counts },
    missed: view.missed === null ? null : { ...view.missed },
    ended: view.ended === null ? null : { ...view.ended },
    saved
  }
}

function assertNever (value: never): never {
  throw new TypeError(`unknown subject ${String(value)}`)
}
