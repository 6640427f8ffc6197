/** How long presses waited for somebody: the one place that says which presses count, what ends a wait and what cuts it short. */
import { PooledWaits } from '../../statistics/pooled-waits.ts'
import type { Asked } from '../../statistics/pooled-waits.ts'
import type { Watched } from '../../statistics/watched.ts'
import type { PressRow } from './replication.ts'

/** An alarm that nobody accepted, or where nobody arrived, waits this long in a quantile: it must not vanish from it. */
export const CAP_S = 3_600

/** `endS`: when the run ended, and looking with it. */
export type Pressed = { readonly presses: readonly PressRow[], readonly endS: number }
export type Waits = (run: Pressed) => readonly Watched[]

/**
 * Until the first responder accepts, or arrives. What cuts it short is her own end, which hangs on nobody and not on whether the
 * service heard: counted by what the service heard, a press that never got through would wait on among those that did, and a woman
 * who was forced to end hers would be nobody's.
 */
export const untilAccepted: Waits = remembered((run) => waits(run, 'acceptedAt'))
export const untilArrived: Waits = remembered((run) => waits(run, 'arrivedAt'))

export const CENSORED = `Presses of incidents and by accident, missed promises among them, no tests. By Kaplan-Meier: a press counts until she would have ended it herself (taken back, or the danger over; needed_until_s), whether or not the service heard of it, or until it was over for her other presses (censored). One that she was forced to end goes on. The curve is read up to ${CAP_S} s, and no further than somebody was watched (known_until in table summary), unless all were accepted, or reached, before.`

function waits ({ presses, endS }: Pressed, to: 'acceptedAt' | 'arrivedAt'): readonly Watched[] {
  return presses.filter(({ cause }) => cause !== 'test').map((press) => {
    const [until, at] = [Math.min(press.neededUntil ?? endS, overAt(press) ?? endS, endS), press[to] ?? Infinity]
    if (until < press.pressedAt) throw new RangeError('a wait that ends before the press')
    return { at: Math.min(at, until) - press.pressedAt, ended: at <= until }
  })
}

/** She gave her PIN for all that is open, or two said that it is over. Her duress PIN ends nothing for her, nor does a press that took over. */
function overAt ({ closedAt, closing, forcedAt }: PressRow): number | null {
  return closing === 'two-said-over' || (closing === 'pin' && forcedAt === null) ? closedAt : null
}

/**
 * Of one run alone, for means over runs. A quantile that it did not reach counts as the cap there, however long somebody was watched: a bound in place of a time
 * would flatter whoever is slow. null: see `PooledWaits.answers`; of a quantile also where nobody came and nobody was watched so long.
 */
export function answerOf (run: Pressed, of: Waits, asked: Asked): number | null {
  if (asked.is === 'quantile' && !of(run).some(({ at, ended }) => ended || at >= CAP_S)) return null
  const [answer = NaN] = curve(run, of).answers([asked], CAP_S)
  return Number.isNaN(answer) ? null : answer
}

/** Eight measures ask the same of one run, one after the other. */
function remembered (of: Waits): Waits {
  let last: { readonly presses: readonly PressRow[], readonly answer: readonly Watched[] } | null = null
  return (run) => {
    if (last?.presses !== run.presses) last = { presses: run.presses, answer: of(run) }
    return last.answer
  }
}

const curves = new WeakMap<readonly Watched[], PooledWaits>()
function curve (run: Pressed, of: Waits): PooledWaits {
  const watched = of(run)
  const known = curves.get(watched) ?? new PooledWaits([watched])
  curves.set(watched, known)
  return known
}
