/** What one check found. Every check is a function of what it checks, so that a test can hand it a liar and see it fail. */
import { studentQuantile } from '../statistics/student.ts'
import { tInterval } from '../statistics/interval.ts'
import type { Replication } from '../virtual/model/replication.ts'
import type { Scenario } from '../scenario/scenario.ts'

export type Outcome = {
  readonly check: string
  /** What would have to be wrong for it to fail, in one sentence. */
  readonly claim: string
  /** What was computed, such as `KS distance`. */
  readonly measures: string
  readonly statistic: number
  /** Passes within these, bounds included; null: open to that side. */
  readonly least: number | null
  readonly most: number | null
  /** What it rests on: alarms, customers, experiments. */
  readonly n: number
  readonly passes: boolean
}
export type Check = { readonly name: string, readonly run: (seed: number) => readonly Outcome[] }
/** The model as the study runs it; a test hands in a wrong one. */
export type Replicate = (scenario: Scenario, policyIndex: number, replication: number) => Replication

/**
 * Chance that a sound simulator fails one check at a seed of somebody's choice. Small, for there are many checks; what it would
 * cost in power is paid for in sample size.
 */
export const ALPHA = 0.001

type Said = Pick<Outcome, 'check' | 'claim' | 'measures' | 'n'>

export function atMost (said: Said, statistic: number, most: number): Outcome {
  return { ...said, statistic, least: null, most, passes: statistic <= most }
}

export function within (said: Said, statistic: number, least: number, most: number): Outcome {
  return { ...said, statistic, least, most, passes: statistic >= least && statistic <= most }
}

/** |mean - truth| in standard errors against Student's quantile, one value a replication. */
export function meets (said: Omit<Said, 'measures'>, values: readonly number[], truth: number): Outcome {
  const { value, sd, n } = tInterval(values)
  const statistic = Math.abs(value - truth) / (sd / Math.sqrt(n))
  return atMost({ ...said, measures: '|t|' }, statistic, studentQuantile(1 - ALPHA / 2, n - 1))
}
