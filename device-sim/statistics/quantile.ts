/** Quantiles of all alarms over all replications. Replications are independent, alarms within one are not: so replications are resampled, whole. */
import type { Interval } from './interval.ts'
import { normalCdf } from './normal.ts'
import { studentQuantile } from './student.ts'

/** One number in [0, 1) a call, from a keyed stream: the same key, the same interval. */
export type Uniform = () => number
export const RESAMPLES = 1_000

/** Ascending copy; Infinity (did not happen) last. */
export function ascending (values: readonly number[]): number[] { return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) }

/** Smallest x of `sorted` (ascending) with F(x) >= p: the inverse of the ECDF, which Infinity does not upset. NaN of none. @see Hyndman & Fan 1996, type 1 */
export function quantileOf (sorted: readonly number[], p: number): number {
  const at = Math.ceil(p * sorted.length - 1e-9) - 1
  return sorted[Math.min(sorted.length - 1, Math.max(0, at))] ?? NaN
}

/**
 * Quantile `p` of the pooled values with a bootstrap percentile interval over replications (cluster bootstrap). A replication
 * without values counts as one that had none. Infinity stands for "did not happen": an end of the interval may be Infinity.
 * @see Davison & Hinkley 1997, 3.8 (resampling of clusters)
 */
export function bootstrapQuantile (replications: readonly (readonly number[])[], p: number, uniform: Uniform, options: { readonly level?: number, readonly resamples?: number } = {}): Interval {
  const { level = 0.95, resamples = RESAMPLES } = options
  const clusters = replications.map(ascending)
  const pooled = ascending(clusters.flat())
  const value = quantileOf(pooled, p)
  if (replications.length < 2 || pooled.length === 0) return { value, low: -Infinity, high: Infinity }
  return { value, ...percentileBounds(resampled(clusters, pooled, p, uniform, resamples), replications.length, level) }
}

/**
 * The two ends of a bootstrap percentile interval, from what the resamples came to (ascending) and how many things were resampled. Expanded: few
 * things make plain percentiles too narrow by √((n - 1) / n) and by the t that they don't know of, so they are taken further out, at Φ(-√(n / (n - 1)) t).
 * @see Hesterberg 2015, Am. Stat. 69, 371, 4.2
 */
export function percentileBounds (drawn: readonly number[], n: number, level: number): { readonly low: number, readonly high: number } {
  const outside = normalCdf(-Math.sqrt(n / (n - 1)) * studentQuantile((1 + level) / 2, n - 1))
  const beyond = Math.max(1, Math.floor(outside * (drawn.length + 1)))
  return { low: drawn[beyond - 1] ?? NaN, high: drawn.at(-beyond) ?? NaN }
}

/** Ascending quantiles of `resamples` resamples. Each looks for its quantile by halving the pool, not by sorting a pool anew. */
function resampled (clusters: readonly (readonly number[])[], pooled: readonly number[], p: number, uniform: Uniform, resamples: number): number[] {
  const weights = new Uint32Array(clusters.length)
  const drawn: number[] = []
  for (let i = 0; i < resamples; i++) {
    weights.fill(0)
    for (let k = 0; k < clusters.length; k++) {
      const chosen = Math.floor(uniform() * clusters.length)
      weights[chosen] = (weights[chosen] ?? 0) + 1
    }
    const total = clusters.reduce((sum, cluster, k) => sum + cluster.length * (weights[k] ?? 0), 0)
    if (total > 0) drawn.push(weighted(clusters, weights, pooled, Math.max(1, Math.ceil(p * total - 1e-9))))
  }
  return ascending(drawn)
}

/** Smallest pooled value with at least `wanted` values of the resample at or below it. */
function weighted (clusters: readonly (readonly number[])[], weights: Uint32Array, pooled: readonly number[], wanted: number): number {
  let low = 0
  let high = pooled.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const x = pooled[middle] ?? NaN
    const count = clusters.reduce((sum, cluster, k) => {
      const weight = weights[k] ?? 0
      return weight === 0 ? sum : sum + weight * countUpTo(cluster, x)
    }, 0)
    if (count >= wanted) high = middle
    else low = middle + 1
  }
  return pooled[low] ?? NaN
}

/** How many of `sorted` are <= x. */
export function countUpTo (sorted: readonly number[], x: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? NaN) <= x) low = middle + 1
    else high = middle
  }
  return low
}
