/** What the button of one alarm may show. Always called with the alarm as it is on disk, never with the newer one in memory. */
import { assertNever } from './alarm.ts'
import type { Alarm, Level } from './alarm.ts'

export type Light = 'received' | 'coming' | 'all-clear' | 'no-answer-yet' | 'test-ok'

/**
 * R2: `received` only once somebody can hear it (an endpoint accepted it); with nobody to tell, `no-answer-yet`.
 * `coming` only while an acceptance holds escalation back: "in 20 minutes", or an overdue one, is no promise to show.
 */
export function light (safe: Alarm): Light {
  if (safe.kind === 'test') return testLight(safe)
  if (safe.ended !== null) return 'all-clear'
  switch (safe.phase.is) {
    case 'helped': return 'coming'
    case 'exhausted':
    case 'unresolved': return 'no-answer-yet'
    case 'calling': return isHanded(safe) ? 'received' : 'no-answer-yet'
    case 'closed':
    case 'settled': return 'all-clear'
    default: return assertNever(safe.phase)
  }
}

/** A failed test ends as `all-clear` only when nothing of it is left, so that the button may forget it. */
function testLight (safe: Alarm): Light {
  if (safe.people.some((p) => p.called !== null && isShown(p.called.level))) return 'test-ok'
  if (safe.phase.is === 'settled') return 'all-clear'
  return safe.ended === null && isHanded(safe) ? 'received' : 'no-answer-yet'
}

function isHanded (alarm: Alarm): boolean {
  return alarm.people.some((p) => p.standing === 'in' && p.called !== null && isAccepted(p.called.level))
}

const rank: Readonly<Record<Level, number>> = { queued: 0, attempted: 1, accepted: 2, shown: 3, seen: 4 }

export function isHigher (level: Level, than: Level): boolean { return rank[level] > rank[than] }
export function isAccepted (level: Level): boolean { return rank[level] >= rank.accepted }
export function isShown (level: Level): boolean { return rank[level] >= rank.shown }
