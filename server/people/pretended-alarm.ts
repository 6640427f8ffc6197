/**
 * An alarm of hers as a page shows it that is lied to (R16): whom she took off her list in appearance is gone from it, as they
 * would be in truth. Who is told, and what they answer, stays as it is; only her page does not say it.
 */
import type { WorkerAlarm } from '../engine/desk.ts'
import type { Lie } from './veil-book.ts'
import type { EpochMs } from './words.ts'

/** Later than everything: as it is now. */
const NOW = Number.MAX_SAFE_INTEGER as EpochMs

export function pretendedAlarm<A extends Pick<WorkerAlarm, 'view'>> (alarm: A, lie: Pick<Lie, 'circleAt'> | null): A {
  const { view } = alarm
  // What has ended is frozen: with the list as it was then.
  const circle = lie?.circleAt(view.ended?.at ?? NOW) ?? null
  const rows = circle === null ? view.rows : view.rows.filter(({ responder }) => circle.has(responder))
  if (lie === null || rows.length === view.rows.length) return alarm
  const coming = rows.filter(({ answer }) => answer === 'coming').length
  const arrived = rows.filter(({ answer }) => answer === 'arrived').length
  return {
    ...alarm,
    view: {
      ...view,
      rows,
      facts: view.facts.filter(({ who, at }) => who === undefined || lie.circleAt(at)?.has(who) !== false),
      phase: view.phase === 'helped' && coming + arrived === 0 ? 'calling' : view.phase,
      counts: {
        told: rows.filter(({ told }) => told).length,
        shown: rows.filter(({ receipt }) => receipt !== null && (receipt.level === 'shown' || receipt.level === 'seen')).length,
        coming,
        arrived
      }
    }
  }
}
