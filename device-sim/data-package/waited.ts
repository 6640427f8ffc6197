/** What is said of waits, over all replications: estimate and interval of each measure that is read off a curve, and its difference from the baseline. */
import { measureNames } from '../scenario/scenario.ts'
import type { MeasureName } from '../scenario/scenario.ts'
import { clusteredKaplanMeier } from '../statistics/clustered-survival.ts'
import type { SurvivalPoint } from '../statistics/clustered-survival.ts'
import type { Interval } from '../statistics/interval.ts'
import { drawnInterval, PooledWaits, resampledAnswers } from '../statistics/pooled-waits.ts'
import type { Asked } from '../statistics/pooled-waits.ts'
import type { Watched } from '../statistics/watched.ts'
import { stream } from '../virtual/chance/stream.ts'
import { measures } from '../virtual/model/measures.ts'
import { CAP_S, untilAccepted } from '../virtual/model/waits.ts'
import type { Waits } from '../virtual/model/waits.ts'
import type { Gathered } from './gather.ts'

/** Enough for the ends of a 95 % interval; more costs time with every press. */
export const RESAMPLES = 500

/** The two of BS 8484, in seconds, and those that people ask for. */
export const timesTold: readonly number[] = [10, 40, 60, 120, 300, 600, 1_800, CAP_S]

/** Round times from 1 s to 3 h, twenty a decade, and those that are told. */
export const acceptanceTimes: readonly number[] = [...new Set([
  ...timesTold, ...Array.from({ length: 81 }, (_, n) => Number((10 ** (n / 20)).toPrecision(3)))
])].filter((t) => t <= 10_800).sort((a, b) => a - b)

type OfMeasure = { readonly name: MeasureName, readonly of: Waits, readonly asked: Asked }
const asked: readonly OfMeasure[] = measureNames.flatMap((name) => { const { pool } = measures[name]; return pool?.is === 'waits' ? [{ name, of: pool.of, asked: pool.asked }] : [] })
const kinds: readonly Waits[] = [...new Set(asked.map(({ of }) => of))]

/** `drawn`: of replications that are drawn anew, the same for every policy. */
type Answer = { readonly value: number, readonly drawn: readonly number[], readonly knownUntil: number }
/** `knownUntil`, s: a quantile there is a bound, at least so long. */
export type Waited = Interval & { readonly method: 'bootstrap' | 'kaplan-meier', readonly n: number, readonly knownUntil: number }

/** A quantile that the curve has not reached as far as it is known: a bound, at least so long. */
export function isBound (measure: string, value: number | null, knownUntil: number | null): boolean {
  return asked.some(({ name, asked }) => name === measure && asked.is === 'quantile') && value !== null && knownUntil !== null && value >= knownUntil
}

/** What is left at an end before the hour: at most so much is left at the hour. */
export function isAtMost (measure: string, knownUntil: number | null): boolean {
  return asked.some(({ name, asked }) => name === measure && asked.is === 'left') && knownUntil !== null && knownUntil < CAP_S
}

export class WaitedStudy {
  readonly #answers = new Map<string, Answer>()
  readonly #curves = new Map<string, readonly SurvivalPoint[]>()
  /** Of each curve the point at an hour, or at the last time at which somebody was watched. */
  readonly #ends = new Map<string, SurvivalPoint>()
  readonly #waits = new Map<string, PooledWaits>()
  readonly #replications: number

  constructor ({ tallies, replications }: Gathered, seed: number) {
    this.#replications = replications
    const luck = stream(seed, 0, 'replications drawn anew', 'waits')
    const curves = [...tallies.values()].flatMap((tally) => kinds.map((of) => {
      const watched = tally.waits(of)
      const own = asked.filter((one) => one.of === of)
      const waits = new PooledWaits(watched)
      this.#waits.set(`${tally.policy} ${kinds.indexOf(of)}`, waits)
      if (watched.some(({ length }) => length > 0)) this.#draw(`${tally.policy} ${kinds.indexOf(of)}`, watched, waits.knownUntil(CAP_S))
      return { policy: tally.policy, names: own.map(({ name }) => name), asked: own.map((one) => one.asked), waits }
    }))
    const drawn = resampledAnswers(curves, replications, CAP_S, () => luck.next(), replications < 2 ? 0 : RESAMPLES)
    for (const [c, { policy, names, asked, waits }] of curves.entries()) {
      for (const [q, value] of waits.answers(asked, CAP_S).entries()) this.#answers.set(`${policy} ${names[q] ?? ''}`, { value, drawn: drawn[c]?.[q] ?? [], knownUntil: waits.knownUntil(CAP_S) })
    }
  }

  #draw (key: string, watched: readonly (readonly Watched[])[], knownUntil: number): void {
    const curve = clusteredKaplanMeier(watched, acceptanceTimes)
    const end = knownUntil < CAP_S ? clusteredKaplanMeier(watched, [...acceptanceTimes.filter((at) => at < knownUntil), knownUntil]).at(-1) : curve.find(({ at }) => at === CAP_S)
    this.#curves.set(key, curve)
    if (end !== undefined) this.#ends.set(key, end)
  }

  /** S over `acceptanceTimes`; empty without a press. */
  acceptance (policy: string): readonly SurvivalPoint[] { return this.#curves.get(`${policy} ${kinds.indexOf(untilAccepted)}`) ?? [] }

  /** null: no measure of waits. Shares have the band of the curve that they are read off, to the digit. */
  estimate (policy: string, measure: MeasureName): Waited | null {
    const [one, answer] = [asked.find(({ name }) => name === measure), this.#answers.get(`${policy} ${measure}`)]
    if (one === undefined || answer === undefined) return null
    const { knownUntil } = answer
    if (one.asked.is === 'quantile') return { ...upTo(knownUntil, drawnInterval(answer.value, answer.drawn, this.#replications)), method: 'bootstrap', n: this.#replications, knownUntil }
    const { is, by } = one.asked
    const key = `${policy} ${kinds.indexOf(one.of)}`
    const point = is === 'left' ? this.#ends.get(key) : this.#curves.get(key)?.find(({ at }) => at === by)
    const { low = -Infinity, high = Infinity } = Number.isNaN(answer.value) || point === undefined ? {} : point
    if (is === 'left' && answer.value === 1) return { value: 1, low: -Infinity, high: Infinity, method: 'kaplan-meier', n: this.#replications, knownUntil }
    return { value: answer.value, ...(is === 'left' ? { low, high } : { low: 1 - high, high: 1 - low }), method: 'kaplan-meier', n: this.#replications, knownUntil }
  }

  /**
   * Policy minus baseline; null: no measure of waits. Of a quantile that one of them did not reach it is a bound without an interval; that both did not
   * reach, nothing. What is left is compared at the sooner of two ends: with that of an hour, the end after ten minutes would be that of somebody slow.
   */
  difference (baseline: string, policy: string, measure: MeasureName): (Interval & { readonly n: number }) | null {
    const [before, after] = [this.#answers.get(`${baseline} ${measure}`), this.#answers.get(`${policy} ${measure}`)]
    if (before === undefined || after === undefined) return null
    const unreached = [before, after].filter(({ value, knownUntil }) => isBound(measure, value, knownUntil)).length
    if (unreached > 0) {
      const value = unreached === 2 ? NaN : Math.min(after.value, after.knownUntil) - Math.min(before.value, before.knownUntil)
      return { value, low: -Infinity, high: Infinity, n: this.#replications }
    }
    const one = asked.find(({ name }) => name === measure)
    const until = Math.min(before.knownUntil, after.knownUntil)
    if (one?.asked.is === 'left' && before.knownUntil !== after.knownUntil) {
      const [was = NaN, is = NaN] = [baseline, policy].map((name) => this.#waits.get(`${name} ${kinds.indexOf(one.of)}`)?.answers([{ is: 'left', by: until }], CAP_S)[0])
      return { value: is - was, low: -Infinity, high: Infinity, n: this.#replications }
    }
    return { ...drawnDifference(before, after, this.#replications), n: this.#replications }
  }
}

/** A draw in which one of the two was not reached lies beyond every size; where too many were not in both, nothing is known of the interval. */
function drawnDifference (before: Answer, after: Answer, replications: number): Interval {
  const value = after.value - before.value
  const drawn = after.drawn.map((now, n) => {
    const was = before.drawn[n] ?? NaN
    if (now < CAP_S && was < CAP_S) return now - was
    return now >= CAP_S && was >= CAP_S ? NaN : now >= CAP_S ? Infinity : was >= CAP_S ? -Infinity : NaN
  })
  const unknown = drawn.filter((one) => Number.isNaN(one)).length
  return unknown > drawn.length / 40 ? { value, low: -Infinity, high: Infinity } : drawnInterval(value, drawn, replications)
}

function upTo (most: number, { value, low, high }: Interval): Interval {
  const least = (one: number): number => Number.isFinite(one) ? Math.min(one, most) : one
  return { value: least(value), low: least(low), high: least(high) }
}
