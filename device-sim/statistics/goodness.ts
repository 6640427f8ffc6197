/** Do these numbers come from there? Tests with their statistic and critical value, so that a reader sees how far from failing one was. */
import { chiSquareQuantile, chiSquareTail, studentCdf, studentQuantile } from './student.ts'
import { meanAndSd, zOf } from './interval.ts'
import type { Interval } from './interval.ts'
import { ascending, countUpTo, quantileOf, RESAMPLES } from './quantile.ts'
import type { Uniform } from './quantile.ts'

export type Test = { readonly statistic: number, readonly critical: number, readonly p: number, readonly passes: boolean }

const SERIES = 100

/** P(K > x) of Kolmogorov's distribution: 2 Σ (-1)^(j-1) exp(-2 j² x²). @see Marsaglia, Tsang & Wang 2003, J. Stat. Softw. 8(18) */
export function kolmogorovTail (x: number): number {
  if (x < 0.2) return 1
  let sum = 0
  for (let j = 1; j <= SERIES; j++) sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * x * x)
  return Math.min(1, Math.max(0, sum))
}

function kolmogorov (distance: number, n: number, alpha: number): Test {
  // Stephens' correction makes the asymptotic law good from n = 5 on.
  const scale = Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)
  let [low, high] = [0.2, 5]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (kolmogorovTail(middle) > alpha) low = middle
    else high = middle
  }
  const critical = high / scale
  return { statistic: distance, critical, p: kolmogorovTail(distance * scale), passes: distance <= critical }
}

/**
 * Kolmogorov-Smirnov, one sample: greatest distance of the ECDF from `cdf`. Values may be Infinity ("did not happen"), and `cdf` may jump, at
 * which the test is conservative: pass its limit from the left as `before` then.
 * @see Stephens 1974, JASA 69, 730
 */
export function ksTest (values: readonly number[], cdf: (x: number) => number, alpha = 0.05, before: (x: number) => number = cdf): Test {
  const sorted = ascending(values)
  const n = sorted.length
  let distance = 0
  for (let from = 0; from < n;) {
    const x = sorted[from] ?? NaN
    const to = countUpTo(sorted, x)
    if (x !== Infinity) distance = Math.max(distance, Math.abs(to / n - cdf(x)), Math.abs(from / n - before(x)))
    // The last finite step: from here on nothing happens any more, and F must not go on without it.
    else distance = Math.max(distance, Math.abs(from / n - before(Infinity)))
    from = to
  }
  return kolmogorov(distance, n, alpha)
}

/** Kolmogorov-Smirnov, two samples: greatest distance between their ECDFs, with n m / (n + m) in place of n. @see Stephens 1974 */
export function ksTwoSamples (a: readonly number[], b: readonly number[], alpha = 0.05): Test {
  const [sortedA, sortedB] = [ascending(a), ascending(b)]
  const distance = [...sortedA, ...sortedB].reduce((most, x) => (x === Infinity ? most : Math.max(most, Math.abs(countUpTo(sortedA, x) / sortedA.length - countUpTo(sortedB, x) / sortedB.length))), 0)
  return kolmogorov(distance, sortedA.length * sortedB.length / (sortedA.length + sortedB.length), alpha)
}

/** Pearson's chi-square of counts against what was expected (each at least 5). @see Cochran 1954, Biometrics 10, 417 */
export function chiSquareTest (counts: readonly number[], expected: readonly number[], alpha = 0.05): Test {
  const statistic = counts.reduce((sum, count, i) => sum + (count - (expected[i] ?? NaN)) ** 2 / (expected[i] ?? NaN), 0)
  const freedom = counts.length - 1
  const critical = chiSquareQuantile(1 - alpha, freedom)
  return { statistic, critical, p: chiSquareTail(statistic, freedom), passes: statistic <= critical }
}

export type Equivalence = Interval & {
  readonly margin: number
  /** The larger of the two one-sided p values. */
  readonly p: number
  /** Whether the difference is shown to be smaller than the margin both ways. */
  readonly equivalent: boolean
}

/**
 * Two one-sided tests (Welch): are the means of `a` and `b` within ±`margin` (unit of the values)? `value` is mean b - mean a; the interval is of level 1 - 2α, as the test reads it.
 * Two fixed values without spread are compared as they are.
 * @see Schuirmann 1987, J. Pharmacokinet. Biopharm. 15, 657; Welch 1947
 */
export function tost (a: readonly number[], b: readonly number[], margin: number, alpha = 0.05): Equivalence {
  const [before, after] = [meanAndSd(a), meanAndSd(b)]
  const value = after.mean - before.mean
  const [va, vb] = [before.sd ** 2 / before.n, after.sd ** 2 / after.n]
  const se = Math.sqrt(va + vb)
  if (se === 0) return { value, low: value, high: value, margin, p: Math.abs(value) < margin ? 0 : 1, equivalent: Math.abs(value) < margin }
  const freedom = (va + vb) ** 2 / (va ** 2 / (before.n - 1) + vb ** 2 / (after.n - 1))
  const half = studentQuantile(1 - alpha, freedom) * se
  const p = Math.max(1 - studentCdf((value + margin) / se, freedom), studentCdf((value - margin) / se, freedom))
  return { value, low: value - half, high: value + half, margin, p, equivalent: p < alpha }
}

/**
 * The same for a quantile (p50, p90 of two modes): bootstrap interval of level 1 - 2α of the difference b - a, equivalent when it lies within ±`margin`.
 * @see Wellek 2010, Testing Statistical Hypotheses of Equivalence, 2nd ed., 3.1 (interval inclusion)
 */
export function tostQuantile (a: readonly number[], b: readonly number[], quantile: number, margin: number, uniform: Uniform, options: { readonly alpha?: number, readonly resamples?: number } = {}): Equivalence {
  const { alpha = 0.05, resamples = RESAMPLES } = options
  const [sortedA, sortedB] = [ascending(a), ascending(b)]
  const value = quantileOf(sortedB, quantile) - quantileOf(sortedA, quantile)
  const drawn = (sorted: readonly number[]): number => quantileOf(ascending(sorted.map(() => sorted[Math.floor(uniform() * sorted.length)] ?? NaN)), quantile)
  const differences = ascending(Array.from({ length: resamples }, () => drawn(sortedB) - drawn(sortedA)))
  const outside = Math.max(differences.filter((x) => x <= -margin).length, differences.filter((x) => x >= margin).length)
  const [low, high] = [quantileOf(differences, alpha), quantileOf(differences, 1 - alpha)]
  return { value, low, high, margin, p: outside / resamples, equivalent: low > -margin && high < margin }
}

/** Correlation of neighbours in a stream; critical value ±z / √n under independence. @see Knuth, TAOCP 3.3.2 K (serial correlation) */
export function serialCorrelation (values: readonly number[], alpha = 0.05): Test {
  const { n, mean } = meanAndSd(values)
  let [products, squares] = [0, 0]
  for (const [i, x] of values.entries()) {
    squares += (x - mean) ** 2
    if (i + 1 < n) products += (x - mean) * ((values[i + 1] ?? NaN) - mean)
  }
  const statistic = Math.abs(products / squares)
  const critical = zOf(1 - alpha) / Math.sqrt(n)
  return { statistic, critical, p: chiSquareTail(statistic ** 2 * n, 1), passes: statistic <= critical }
}
