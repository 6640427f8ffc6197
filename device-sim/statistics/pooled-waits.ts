/**
 * What is read off a Kaplan-Meier curve: how long a share waited, and which share did not wait longer. The same of one replication, of
 * all of them, and of replications drawn anew, so that no two tables can mean different things by it.
 */
import { percentileBounds } from './quantile.ts'
import type { Uniform } from './quantile.ts'
import type { Interval } from './interval.ts'
import type { Watched } from './watched.ts'

/** `quantile`: by when a share `p` has ended; `ended`, `left`: the share that has, or has not, ended `by` so long. */
export type Asked = { readonly is: 'quantile', readonly p: number } | { readonly is: 'ended' | 'left', readonly by: number }

export class PooledWaits {
  /** In the order in which they end or are no longer watched. */
  readonly #at: Float64Array
  readonly #isEnd: Uint8Array
  readonly #of: Uint32Array
  readonly #sizes: readonly number[]
  readonly #all: Uint32Array

  constructor (replications: readonly (readonly Watched[])[]) {
    const inOrder = replications.flatMap((watched, of) => watched.map(({ at, ended }) => ({ at, ended, of }))).sort((a, b) => a.at - b.at)
    this.#at = Float64Array.from(inOrder, ({ at }) => at)
    this.#isEnd = Uint8Array.from(inOrder, ({ ended }) => Number(ended))
    this.#of = Uint32Array.from(inOrder, ({ of }) => of)
    this.#sizes = replications.map(({ length }) => length)
    this.#all = new Uint32Array(replications.length).fill(1)
  }

  /**
   * S(t) = Π (1 - d / n) over the times at which d of n who were still watched ended; who is no longer watched at that very time was still
   * watched. A quantile that is not reached as long as anybody was watched, or by `most`, ranks behind all that are, at `most`: what is known
   * of it is `knownUntil`. What is left by a time that nobody was watched for is what was left at `knownUntil`. NaN: a share that ended by such a time,
   * unless all had ended before; and whatever is asked of nobody.
   * @param weights how often each replication counts; once, unless told
   */
  answers (asked: readonly Asked[], most: number, weights: Uint32Array = this.#all): number[] {
    const found = asked.map(() => NaN)
    const quantiles = asked.flatMap((one, n) => one.is === 'quantile' ? [{ n, left: 1 - one.p + 1e-12 }] : []).sort((a, b) => b.left - a.left)
    const shares = asked.flatMap((one, n) => one.is === 'quantile' ? [] : [{ n, by: one.by, isLeft: one.is === 'left' }]).sort((a, b) => a.by - b.by)
    // Half a thousand draws of a large study pass here a hundred million times: plain arrays at hand, and nothing made on the way.
    const [times, isEnd, ofs] = [this.#at, this.#isEnd, this.#of]
    const all = times.length
    let atRisk = this.#sizes.reduce((sum, size, of) => sum + size * (weights[of] ?? 0), 0)
    let survival = 1
    let last = -Infinity
    let q = 0
    let s = 0
    for (let i = 0; i < all && last <= most;) {
      const at = times[i] as number
      let ended = 0
      let gone = 0
      for (; i < all && times[i] === at; i++) {
        const weight = weights[ofs[i] as number] as number
        gone += weight
        ended += weight * (isEnd[i] as number)
      }
      if (gone > 0) last = at
      if (ended > 0 && at <= most) {
        for (let share = shares[s]; share !== undefined && share.by < at; share = shares[++s]) found[share.n] = share.isLeft ? survival : 1 - survival
        survival *= 1 - ended / atRisk
        for (let quantile = quantiles[q]; quantile !== undefined && survival <= quantile.left; quantile = quantiles[++q]) found[quantile.n] = at
      }
      atRisk -= gone
    }
    for (const { n, by, isLeft } of shares.slice(s)) if (isLeft ? last >= 0 : last >= by || survival === 0) found[n] = isLeft ? survival : 1 - survival
    if (last >= 0) for (const { n } of quantiles.slice(q)) found[n] = most
    return found
  }

  /** Until when the curve says anything: the last time at which somebody was watched, or `most`; `most` too once all have ended. NaN of nobody. */
  knownUntil (most: number): number {
    const last = this.#at.at(-1) ?? NaN
    const isAllEnded = this.#isEnd.subarray(this.#at.indexOf(last)).every((isEnd) => isEnd === 1)
    return isAllEnded && last <= most ? most : Math.min(last, most)
  }
}

/** Answers of replications that are drawn anew, whole: `drawn[curve][question][n]`. Each draw is the same for all curves, so that they stay paired. */
export function resampledAnswers (curves: readonly { readonly waits: PooledWaits, readonly asked: readonly Asked[] }[], replications: number, most: number, uniform: Uniform, resamples: number): number[][][] {
  const drawn = curves.map(({ asked }) => asked.map((): number[] => []))
  const weights = new Uint32Array(replications)
  for (let i = 0; i < resamples; i++) {
    weights.fill(0)
    for (let k = 0; k < replications; k++) {
      const chosen = Math.floor(uniform() * replications)
      weights[chosen] = (weights[chosen] ?? 0) + 1
    }
    for (const [c, { waits, asked }] of curves.entries()) for (const [q, answer] of waits.answers(asked, most, weights).entries()) drawn[c]?.[q]?.push(answer)
  }
  return drawn
}

/** Percentile interval of `drawn` around `value`; what a draw could not answer is left out. Of fewer than two replications there is none. */
export function drawnInterval (value: number, drawn: readonly number[], replications: number, level = 0.95): Interval {
  const known = Float64Array.from(drawn.filter((one) => !Number.isNaN(one))).sort()
  if (replications < 2 || known.length === 0 || Number.isNaN(value)) return { value, low: -Infinity, high: Infinity }
  const { low, high } = percentileBounds([...known], replications, level)
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}
