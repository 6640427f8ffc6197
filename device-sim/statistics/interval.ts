/** Intervals on the mean of independent replications, and on shares. Levels are shares: 0.95. */
import { normalQuantile } from './normal.ts'
import { studentQuantile } from './student.ts'

/** `value` in the unit of what was given; `low` <= `value` <= `high`; infinite where nothing can be said yet. */
export type Interval = { readonly value: number, readonly low: number, readonly high: number }
export type MeanInterval = Interval & { readonly n: number, readonly sd: number, readonly halfWidth: number }

/** Mean and sample standard deviation (n - 1), by Welford's recurrence. NaN where undefined: mean of none, sd of fewer than two. */
export function meanAndSd (values: readonly number[]): { readonly n: number, readonly mean: number, readonly sd: number } {
  let n = 0
  let mean = 0
  let squares = 0
  for (const value of values) {
    n += 1
    const before = value - mean
    mean += before / n
    squares += before * (value - mean)
  }
  return { n, mean: n === 0 ? NaN : mean, sd: n < 2 ? NaN : Math.sqrt(squares / (n - 1)) }
}

/**
 * Student's interval on the mean, one value a replication: mean ± t(1 - α/2, n - 1) s / √n.
 * `null`: that replication had nothing to measure, and is left out. Fewer than two values: infinitely wide.
 * @see Law, Simulation Modeling and Analysis, 5th ed., 4.5
 */
export function tInterval (values: readonly (number | null)[], level = 0.95): MeanInterval {
  const { n, mean, sd } = meanAndSd(values.filter((value) => value !== null))
  if (n < 2) return { n, value: mean, sd, halfWidth: Infinity, low: -Infinity, high: Infinity }
  const halfWidth = sd === 0 ? 0 : studentQuantile((1 + level) / 2, n - 1) * sd / Math.sqrt(n)
  return { n, value: mean, sd, halfWidth, low: mean - halfWidth, high: mean + halfWidth }
}

/**
 * Wilson's score interval (no continuity correction) on a share of independent trials; the whole of [0, 1] without a trial.
 * @see Wilson 1927; Newcombe 1998, Stat. Med. 17, 857, method 3
 */
export function wilson (successes: number, trials: number, level = 0.95): Interval {
  if (trials === 0) return { value: NaN, low: 0, high: 1 }
  const z = normalQuantile((1 + level) / 2)
  const share = successes / trials
  const middle = 2 * successes + z * z
  const spread = z * Math.sqrt(z * z + 4 * successes * (1 - share))
  const over = 2 * (trials + z * z)
  // At the ends the formula is exactly 0 or 1; rounding must not make it -1e-17.
  return { value: share, low: successes === 0 ? 0 : Math.max(0, (middle - spread) / over), high: successes === trials ? 1 : Math.min(1, (middle + spread) / over) }
}

/** The z of two-sided level `level`. */
export function zOf (level: number): number { return normalQuantile((1 + level) / 2) }
