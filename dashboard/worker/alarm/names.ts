/** Who is who on an alarm: by name while her PIN lets this phone read it, else by their place on her list. */
import type { LiveWorkerAlarm } from '../../../server/contract/live.ts'
import { say } from '../../say/say.ts'
import { names } from '../hers.ts'

export type Row = LiveWorkerAlarm['rows'][number]

export function nameOf (alarm: LiveWorkerAlarm, who: string | undefined): string {
  const at = alarm.rows.findIndex(({ responder }) => responder === who)
  const name = who === undefined ? undefined : names.value.get(who)
  return name ?? (at === -1 ? say('safety.call.somebody') : say('safety.call.contact', { n: at + 1 }))
}

/** One letter, or a number. */
export function signOf (alarm: LiveWorkerAlarm, { responder }: Row): string {
  const name = names.value.get(responder)
  return name === undefined ? String(alarm.rows.findIndex((row) => row.responder === responder) + 1) : [...name][0]?.toUpperCase() ?? ''
}
