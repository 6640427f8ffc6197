/** Times that may not have ended when the run did: Kaplan-Meier, and the empirical distribution with its bands. */
import { tInterval, zOf } from './interval.ts'
import type { Interval } from './interval.ts'
import { ascending, countUpTo } from './quantile.ts'
import { studentQuantile } from './student.ts'

/** `at`: s from the press. `ended` false: nobody had come until then, and nobody looked longer. */
export type Watched = { readonly at: number, readonly ended: boolean }
export type SurvivalStep = Interval & {
  readonly at: number
  readonly atRisk: number
  readonly ended: number
  /** Greenwood's standard error of `value`. */
  readonly se: number
}

/**
 * Kaplan-Meier: S(t) = Π (1 - d_i / n_i) at each time that something ended; Greenwood's error S² Σ d / (n (n - d)); bounds by
 * log(-log S), which stay within [0, 1]. `value` is S just after `at`.
 * @see Kaplan & Meier 1958, JASA 53, 457; Kalbfleisch & Prentice 2002, 1.4
 */
export function kaplanMeier (watched: readonly Watched[], level = 0.95): SurvivalStep[] {
  const z = zOf(level)
  const inOrder = [...watched].sort((a, b) => a.at - b.at)
  const steps: SurvivalStep[] = []
  let survival = 1
  let sum = 0
  for (let i = 0; i < inOrder.length;) {
    const at = inOrder[i]?.at ?? NaN
    const atRisk = inOrder.length - i
    let ended = 0
    for (; i < inOrder.length && inOrder[i]?.at === at; i++) if (inOrder[i]?.ended === true) ended += 1
    if (ended === 0) continue
    survival *= 1 - ended / atRisk
    sum += ended === atRisk ? 0 : ended / (atRisk * (atRisk - ended))
    steps.push({ at, atRisk, ended, value: survival, se: survival * Math.sqrt(sum), ...logLog(survival, sum, z) })
  }
  return steps
}

function logLog (survival: number, sum: number, z: number): { low: number, high: number } {
  if (survival <= 0) return { low: 0, high: 0 }
  const spread = z * Math.sqrt(sum) / Math.abs(Math.log(survival))
  return { low: survival ** Math.exp(spread), high: survival ** Math.exp(-spread) }
}

/** S(t) of `steps`: 1 before the first. */
export function survivalAt (steps: readonly SurvivalStep[], at: number): number {
  let survival = 1
  for (const step of steps) {
    if (step.at > at) break
    survival = step.value
  }
  return survival
}

/**
 * Smallest time by which a share `p` has ended; Infinity: it never came to that. Bounds by inverting the bounds of S.
 * @see Brookmeyer & Crowley 1982, Biometrics 38, 29
 */
export function survivalQuantile (steps: readonly SurvivalStep[], p: number): Interval {
  const first = (of: (step: SurvivalStep) => number): number => steps.find((step) => of(step) <= 1 - p + 1e-12)?.at ?? Infinity
  return { value: first((step) => step.value), low: first((step) => step.low), high: first((step) => step.high) }
}

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
