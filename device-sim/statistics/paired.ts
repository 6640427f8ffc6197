/** Two policies on the same luck: differences within replications, which is where common random numbers pay. */
import { meanAndSd, tInterval } from './interval.ts'
import type { MeanInterval } from './interval.ts'

export type PairedDifference = MeanInterval & {
  /** Correlation of the two within replications: above 0, common random numbers helped. NaN without spread. */
  readonly correlation: number
  /** var(a - b) / (var a + var b): how much of the variance of an unpaired comparison is left. */
  readonly varianceLeft: number
}

/**
 * Interval on the mean of b - a, replication by replication (`a` the baseline). A pair in which one had nothing to measure is left out.
 * @see Law, Simulation Modeling and Analysis, 5th ed., 10.2.1 and 11.2
 */
export function pairedDifference (a: readonly (number | null)[], b: readonly (number | null)[], level = 0.95): PairedDifference {
  const pairs = a.flatMap((before, i) => {
    const after = b[i] ?? null
    return before === null || after === null ? [] : [{ before, after }]
  })
  const before = meanAndSd(pairs.map((pair) => pair.before))
  const after = meanAndSd(pairs.map((pair) => pair.after))
  const interval = tInterval(pairs.map((pair) => pair.after - pair.before), level)
  const apart = before.sd ** 2 + after.sd ** 2
  const products = pairs.reduce((sum, pair) => sum + (pair.before - before.mean) * (pair.after - after.mean), 0)
  return { ...interval, correlation: products / ((interval.n - 1) * before.sd * after.sd), varianceLeft: interval.sd ** 2 / apart }
}
