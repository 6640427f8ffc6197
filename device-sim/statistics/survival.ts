/** The empirical distribution with its bands, and ratios of sums. */
import { tInterval } from './interval.ts'
import type { Interval } from './interval.ts'
import { ascending, countUpTo } from './quantile.ts'
import { studentQuantile } from './student.ts'

export type EcdfPoint = Interval & { readonly at: number }

/** Half width of a simultaneous band of level `level` on the ECDF of n independent values: √(ln(2/α) / 2n). @see Massart 1990, Ann. Probab. 18, 1269 */
export function dkwHalfWidth (n: number, level = 0.95): number { return Math.sqrt(Math.log(2 / (1 - level)) / (2 * n)) }

/** ECDF at the given times with the simultaneous band of Dvoretzky, Kiefer, Wolfowitz and Massart: for independent values only. */
export function ecdf (values: readonly number[], times: readonly number[], level = 0.95): EcdfPoint[] {
  const sorted = ascending(values)
  const half = dkwHalfWidth(sorted.length, level)
  return times.map((at) => {
    const value = countUpTo(sorted, at) / sorted.length
    return { at, value, low: Math.max(0, value - half), high: Math.min(1, value + half) }
  })
}

/**
 * ECDF of all alarms at the given times, with pointwise bands that respect that alarms of one replication belong together:
 * a ratio of sums over replications, its variance by linearisation, R/(R - 1) Σ (c_r - F n_r)² / N². Infinity: did not happen.
 * @see Cochran 1977, Sampling Techniques, 9A.1 (cluster sampling, ratio to size)
 */
export function clusteredEcdf (replications: readonly (readonly number[])[], times: readonly number[], level = 0.95): EcdfPoint[] {
  const clusters = replications.map(ascending)
  const all = clusters.reduce((sum, cluster) => sum + cluster.length, 0)
  const r = clusters.length
  const t = r < 2 ? Infinity : studentQuantile((1 + level) / 2, r - 1)
  return times.map((at) => {
    const counts = clusters.map((cluster) => countUpTo(cluster, at))
    const value = counts.reduce((sum, count) => sum + count, 0) / all
    const squares = counts.reduce((sum, count, i) => sum + (count - value * (clusters[i]?.length ?? 0)) ** 2, 0)
    const half = r < 2 ? Infinity : t * Math.sqrt(squares * r / (r - 1)) / all
    return { at, value, low: Math.max(0, value - half), high: Math.min(1, value + half) }
  })
}

/** A ratio of sums over replications (such as needless trips over trips) with the interval of the same linearisation. */
export function ratioInterval (pairs: readonly { readonly part: number, readonly whole: number }[], level = 0.95): Interval {
  const whole = pairs.reduce((sum, pair) => sum + pair.whole, 0)
  if (whole === 0) return { value: NaN, low: -Infinity, high: Infinity }
  const value = pairs.reduce((sum, pair) => sum + pair.part, 0) / whole
  const { halfWidth } = tInterval(pairs.map((pair) => (pair.part - value * pair.whole) * pairs.length / whole), level)
  return { value, low: value - halfWidth, high: value + halfWidth }
}
