/** When a study has enough: every policy's primary measure is precise, or the cap is reached. Asked of the replications in their order alone. */
import type { Scenario } from '../scenario/scenario.ts'
import { convergence, hoadRobinson } from '../statistics/stopping.ts'

export type Enough = { readonly replications: number, readonly stopped: 'precise' | 'cap' }

/** @param primary one array a policy: its values of replication 0, 1, 2, ... without a gap. null: go on */
export function enough ({ replications }: Scenario, primary: readonly (readonly (number | null)[])[], most: number): Enough | null {
  const rule = { halfWidth: replications.halfWidth, lookAhead: replications.lookAhead, least: Math.min(replications.least, most), most }
  const stops = primary.map((values) => hoadRobinson(values, rule))
  if (stops.some(({ is }) => is === 'more')) return null
  const isPrecise = stops.every(({ is }) => is === 'precise')
  return { replications: Math.max(...stops.map(({ replications: n }) => n ?? most)), stopped: isPrecise ? 'precise' : 'cap' }
}

/** The widest half-width over the mean of any policy; null: not known yet. */
export function widest (primary: readonly (readonly (number | null)[])[]): number | null {
  const precisions = primary.map((values) => convergence(values).at(-1)?.precision ?? Infinity)
  const worst = Math.max(...precisions)
  return Number.isFinite(worst) ? worst : null
}
