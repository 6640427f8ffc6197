/** When a study has replications enough. */
import { studentQuantile } from './student.ts'

export type Convergence = {
  /** Replications so far, with or without something to measure. */
  readonly n: number
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Half width over |mean|; Infinity while unknown. */
  readonly precision: number
}
export type StopRule = {
  readonly level?: number
  /** Half width over |mean| to reach: 0.05. */
  readonly halfWidth: number
  /** Replications that must stay precise after the first that is: 5. */
  readonly lookAhead: number
  /** Floor and cap. */
  readonly least: number
  readonly most: number
}
export type Stop = {
  /** `precise`: met and stayed so over the look-ahead. `cap`: `most` came first. */
  readonly is: 'more' | 'precise' | 'cap'
  /** How many replications the study has, once it may stop: the recommended number and the look-ahead after it. */
  readonly replications: number | null
  /** The recommended number itself: the first that was precise. */
  readonly recommended: number | null
}

/** Running mean and Student's interval after each replication; `null` had nothing to measure and changes only `n`. */
export function convergence (values: readonly (number | null)[], level = 0.95): Convergence[] {
  let count = 0
  let mean = 0
  let squares = 0
  return values.map((value, i) => {
    if (value !== null) {
      count += 1
      const before = value - mean
      mean += before / count
      squares += before * (value - mean)
    }
    const half = count < 2 ? Infinity : squares === 0 ? 0 : tOf(level, count - 1) * Math.sqrt(squares / (count - 1) / count)
    return { n: i + 1, mean: count === 0 ? NaN : mean, low: mean - half, high: mean + half, precision: half === 0 ? 0 : half / Math.abs(mean) }
  })
}

/** The rule is asked after every replication, for all of them: each t is worked out once. */
const LEVELS_KNOWN = 8
const known = new Map<number, number[]>()
function tOf (level: number, freedom: number): number {
  const ofLevel = known.get(level) ?? []
  if (!known.has(level) && known.size < LEVELS_KNOWN) known.set(level, ofLevel)
  const t = ofLevel[freedom] ?? studentQuantile((1 + level) / 2, freedom)
  ofLevel[freedom] = t
  return t
}

/** How far the rule looks ahead from n: k up to 100 replications, then k n / 100, so that a long run is not stopped by a short lull. */
export function lookAheadAt (n: number, k: number): number { return Math.floor(k * Math.max(n, 100) / 100) }

/**
 * The replications algorithm: stop at the first n whose precision is reached and stays reached over the look-ahead.
 * Pure: given the values so far, in the order of replications, it answers the same for whoever asks and whenever; what comes after the stop changes nothing.
 * @see Hoad, Robinson & Davies 2010, J. Oper. Res. Soc. 61, 1632
 */
export function hoadRobinson (values: readonly (number | null)[], rule: StopRule): Stop {
  const first = Math.max(rule.least, 3)
  const steps = convergence(values.slice(0, rule.most), rule.level)
  let precise = 0
  for (const { n, precision } of steps) {
    precise = n >= first && precision <= rule.halfWidth ? precise + 1 : 0
    const recommended = n - precise + 1
    if (precise > 0 && precise - 1 >= lookAheadAt(recommended, rule.lookAhead)) return { is: 'precise', replications: n, recommended }
  }
  return steps.length >= rule.most ? { is: 'cap', replications: rule.most, recommended: null } : { is: 'more', replications: null, recommended: null }
}
