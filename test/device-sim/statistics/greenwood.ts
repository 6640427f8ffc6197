/** The textbook's Kaplan-Meier with Greenwood's error, for independent alarms: what the simulator's own curve and answers are held against. */
import { zOf } from '../../../device-sim/statistics/interval.ts'
import type { Interval } from '../../../device-sim/statistics/interval.ts'
import type { Watched } from '../../../device-sim/statistics/watched.ts'

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
