/** Lanes (R4): one press, one alarm per circle that must know, and how they end and shine together. */
import { assertNever } from './alarm.ts'
import type { Alarm, Lane, LaneKey } from './alarm.ts'
import { light } from './light.ts'
import type { Light } from './light.ts'

export type { Lane } from './alarm.ts'

/** Equal lanes have equal keys; ids can't forge one another (they are length-prefixed). */
export function laneKey (lane: Lane): LaneKey {
  switch (lane.is) {
    case 'hers': return key('hers', lane.worker)
    case 'house': return key('house', lane.venue, lane.room)
    case 'standing': return key('standing', lane.room)
    case 'test': return lane.by === 'technician' ? key('test-technician', lane.room) : key(`test-${lane.by}`, lane.worker)
    default: return assertNever(lane)
  }
}

function key (is: string, ...ids: readonly string[]): LaneKey {
  return [is, ...ids.map((id) => `${id.length}.${id}`)].join(':') as LaneKey
}

/**
 * Open as she, an unmarked responder and the button perceive it: false after a duress PIN too, although that alarm
 * goes on. The store allows one such alarm per lane; a press while this is false opens a new one (R12, R15).
 */
export function isOpenAsPerceived (alarm: Alarm): boolean {
  return alarm.ended === null
}

/** Anything left to do: a telling, a timer, a stand-down to retry. */
export function isLive (alarm: Alarm): boolean {
  return alarm.phase.is !== 'settled'
}

/**
 * R4: whether a house or standing lane ends with `her-lanes-over`. `siblings`: every alarm that shares a press with it
 * and still exists. A lane that several presses joined ends when the her-lanes of all of them have ended as perceived.
 */
export function endsWithHerLanes (alarm: Alarm, siblings: readonly Alarm[]): boolean {
  if (alarm.lane.is !== 'house' && alarm.lane.is !== 'standing') return false
  if (!isOpenAsPerceived(alarm)) return false
  const presses = new Set<string>(alarm.presses.map((press) => press.id))
  const hers = siblings.filter((a) => a.lane.is === 'hers' && !isSuperseded(a) && a.presses.some((p) => presses.has(p.id)))
  return hers.length > 0 && hers.every((a) => !isOpenAsPerceived(a))
}

/**
 * The room's light over the lanes of one press: `all-clear` only when all are over, `coming` if any.
 * null: no alarm to speak for (the caller knows whether the press was unarmed or its alarms are long gone).
 */
export function lightOverLanes (alarms: readonly Alarm[]): Light | null {
  const lights = alarms.filter((a) => !isSuperseded(a)).map(light)
  if (lights.length === 0) return null
  if (lights.every((l) => l === 'all-clear')) return 'all-clear'
  const open = lights.filter((l) => l !== 'all-clear')
  if (open.every((l) => l === 'test-ok')) return 'test-ok'
  const real = open.filter((l) => l !== 'test-ok')
  if (real.includes('coming')) return 'coming'
  return real.includes('received') ? 'received' : 'no-answer-yet'
}

/** Its press lives on in another alarm, which speaks for it: this one must never say "all clear". */
function isSuperseded (alarm: Alarm): boolean {
  return (alarm.phase.is === 'closed' || alarm.phase.is === 'settled') && alarm.phase.why === 'superseded'
}
