/**
 * Kaplan-Meier over all alarms, with a pointwise band that respects that alarms of one replication belong together (one venue, one
 * year, one responder who sleeps): Greenwood's formula takes them for independent, and its band is too narrow.
 */
import type { Interval } from './interval.ts'
import { studentQuantile } from './student.ts'
import type { Watched } from './watched.ts'

/** `value` is S(at); `atRisk`: still watched just before `at`. NaN, band too: nobody was any longer, and not all had ended. */
export type SurvivalPoint = Interval & { readonly at: number, readonly atRisk: number }

/**
 * S at the given times (ascending). The band is Student's on the log-log scale, with as many degrees of freedom as replications but
 * one. The variance of log S is that between replications, by linearisation: R/(R - 1) Σ ψ_r² with
 * ψ_r = -Σ (d_rj - Y_rj d_j / Y_j) / (Y_j - d_j) over the times u_j <= t: d_j of Y_j at risk ended then, d_rj of Y_rj in replication r.
 * Without censoring that is the ratio of sums of `clusteredEcdf`. Where S is 1 or 0 no spread shows; as S never rises, the bound of
 * the nearest time at which it does holds there too. Of one replication there is no band: ±Infinity.
 * @see Ying & Wei 1994, J. Multivar. Anal. 50, 17 (dependent times); Williams 1995, Biometrics 51, 1511 (linearisation)
 */
export function clusteredKaplanMeier (replications: readonly (readonly Watched[])[], times: readonly number[], level = 0.95): SurvivalPoint[] {
  const walk = new Walk(replications)
  const isOne = replications.length < 2
  const t = isOne ? NaN : studentQuantile((1 + level) / 2, replications.length - 1)
  const points = times.map((at): SurvivalPoint => {
    walk.passBefore(at)
    const { atRisk } = walk
    walk.passAt(at)
    if (atRisk === 0 && walk.survival !== 0) return { at, atRisk, value: NaN, low: NaN, high: NaN }
    return { at, atRisk, value: walk.survival, ...(isOne ? { low: -Infinity, high: Infinity } : bounds(walk.survival, t * Math.sqrt(walk.variance()))) }
  })
  return withNeighbours(points)
}

function bounds (survival: number, half: number): { low: number, high: number } {
  if (survival <= 0 || survival >= 1) return { low: survival, high: survival }
  const spread = half / Math.abs(Math.log(survival))
  return { low: survival ** Math.exp(spread), high: survival ** Math.exp(-spread) }
}

function withNeighbours (points: readonly SurvivalPoint[]): SurvivalPoint[] {
  const first = points.find(({ value }) => value < 1)
  const last = points.filter(({ value }) => value > 0).at(-1)
  return points.map((point) => point.value >= 1 && first !== undefined
    ? { ...point, low: Math.min(point.low, first.low) }
    : point.value <= 0 && last !== undefined ? { ...point, high: Math.max(point.high, last.high) } : point)
}

/** Passes all alarms once, in the order in which they end or are no longer watched. */
class Walk {
  survival = 1
  readonly #inOrder: readonly (Watched & { readonly of: number })[]
  #next = 0
  /** Of each replication: alarms at risk, and what those that are not add to ψ. */
  readonly #atRisk: number[]
  readonly #left: number[]
  /** Σ d_j / (Y_j (Y_j - d_j)) so far: what each alarm at risk adds to ψ. */
  #gathered = 0

  constructor (replications: readonly (readonly Watched[])[]) {
    this.#inOrder = replications.flatMap((watched, of) => watched.map(({ at, ended }) => ({ at, ended, of }))).sort((a, b) => a.at - b.at)
    this.#atRisk = replications.map(({ length }) => length)
    this.#left = replications.map(() => 0)
  }

  get atRisk (): number { return this.#inOrder.length - this.#next }

  passBefore (at: number): void { while (this.#time < at) this.passAt(this.#time) }

  /** All that end or are no longer watched at this very time; who is no longer watched then was still at risk. */
  passAt (at: number): void {
    const from = this.#next
    const all = this.atRisk
    let ended = 0
    for (; this.#time === at; this.#next++) if (this.#inOrder[this.#next]?.ended === true) ended++
    if (ended > 0) this.survival *= 1 - ended / all
    if (ended < all) this.#gathered += ended / (all * (all - ended))
    for (const one of this.#inOrder.slice(from, this.#next)) {
      this.#atRisk[one.of] = (this.#atRisk[one.of] ?? 0) - 1
      this.#left[one.of] = (this.#left[one.of] ?? 0) + this.#gathered - (one.ended && ended < all ? 1 / (all - ended) : 0)
    }
  }

  /** Of log S. */
  variance (): number {
    const r = this.#left.length
    const squares = this.#left.reduce((sum, left, n) => sum + (left + (this.#atRisk[n] ?? 0) * this.#gathered) ** 2, 0)
    return squares * r / (r - 1)
  }

  get #time (): number { return this.#inOrder[this.#next]?.at ?? Infinity }
}
