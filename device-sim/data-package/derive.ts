/** From what was gathered to the rows of the derived tables. Pure: the same parts, the same rows. */
import type { MeasureName, Scenario } from '../scenario/scenario.ts'
import { measureNames } from '../scenario/scenario.ts'
import { tInterval, wilson } from '../statistics/interval.ts'
import type { Interval } from '../statistics/interval.ts'
import { pairedDifference } from '../statistics/paired.ts'
import { convergence } from '../statistics/stopping.ts'
import { ascending, bootstrapQuantile, quantileOf } from '../statistics/quantile.ts'
import { stream } from '../virtual/chance/stream.ts'
import { measures } from '../virtual/model/measures.ts'
import type { Gathered, PolicyTally } from './gather.ts'
import type { Cell, Row } from './table.ts'
import { funnelStages } from './tables/derived.ts'
import { RESAMPLES } from './waited.ts'
import type { WaitedStudy } from './waited.ts'

export const finite = (value: number): number | null => Number.isFinite(value) ? value : null
const threeOf = ({ value, low, high }: Interval): Cell[] => [finite(value), finite(low), finite(high)]

/** No measure is below 0 and no share above 1: what an interval of few replications holds beyond is not possible, and the truth not in it. */
function possible ({ value, low, high }: Interval, isShare: boolean): Interval {
  return { value, low: Number.isFinite(low) ? Math.max(0, low) : low, high: isShare && Number.isFinite(high) ? Math.min(1, high) : high }
}

/** Estimate, interval, method and what it rests on. */
function estimated (tally: PolicyTally, measure: MeasureName, seed: number, waited: WaitedStudy): Cell[] {
  const { pool } = measures[measure]
  const wait = waited.estimate(tally.policy, measure)
  if (wait !== null) return [...threeOf(wait), wait.method, wait.n]
  if (measure === 'authority_contact') {
    const told = tally.values[measure].reduce<number>((sum, value) => sum + (value ?? 0), 0)
    return [told, told, told, 'count', tally.values[measure].length]
  }
  if (pool?.is === 'quantile') {
    const clusters = tally.pools.get(pool.values) ?? []
    const luck = stream(seed, 0, `summary of ${tally.policy}`, measure)
    return [...threeOf(bootstrapQuantile(clusters, pool.p, () => luck.next(), { resamples: RESAMPLES })), 'bootstrap', clusters.length]
  }
  const counted = tally.shares.get(measure)
  if (counted !== undefined) return counted.all === 0 ? [null, null, null, 'wilson', 0] : [...threeOf(wilson(counted.yes, counted.all)), 'wilson', counted.all]
  const interval = tInterval(tally.values[measure])
  return [...threeOf(possible(interval, measures[measure].unit === 'share')), 't', interval.n]
}

export function summaryRows ({ tallies }: Gathered, { seed }: Scenario, waited: WaitedStudy): Row[] {
  return [...tallies.values()].flatMap((tally) => measureNames.map((measure): Row => {
    const values = ascending(tally.values[measure].filter((value) => value !== null))
    return [tally.policy, measure, ...estimated(tally, measure, seed, waited), finite(quantileOf(values, 0.05)), finite(quantileOf(values, 0.95)), finite(waited.estimate(tally.policy, measure)?.knownUntil ?? NaN)]
  }))
}

export function differenceRows ({ tallies }: Gathered, waited: WaitedStudy): Row[] {
  const [baseline, ...others] = [...tallies.values()]
  if (baseline === undefined) return []
  return others.flatMap((tally) => measureNames.map((measure): Row => {
    const wait = waited.difference(baseline.policy, tally.policy, measure)
    if (wait !== null) return [tally.policy, baseline.policy, measure, ...threeOf(wait), 'paired-bootstrap', wait.n]
    const interval = pairedDifference(baseline.values[measure], tally.values[measure])
    return [tally.policy, baseline.policy, measure, ...threeOf(interval), 'paired-t', interval.n]
  }))
}

export function convergenceRows ({ tallies }: Gathered, { replications: { primary } }: Scenario): Row[] {
  return [...tallies.values()].flatMap((tally) => convergence(tally.values[primary]).map(({ n, mean, low, high, precision }): Row =>
    [tally.policy, primary, n, finite(mean), finite(low), finite(high), finite(precision)]))
}

export function acceptanceRows ({ tallies }: Gathered, waited: WaitedStudy): Row[] {
  return [...tallies.keys()].flatMap((policy) => waited.acceptance(policy).map(({ at, value, low, high, atRisk }): Row => [policy, at, finite(1 - value), finite(1 - high), finite(1 - low), atRisk]))
}

export function funnelRows ({ tallies }: Gathered): Row[] {
  return [...tallies.values()].flatMap((tally) => (['incident', 'accident', 'test'] as const).flatMap((cause) => {
    const counts = tally.stages.get(cause)
    return funnelStages.map((stage): Row => [tally.policy, cause, stage, counts?.[stage] ?? 0, ...threeOf(wilson(counts?.[stage] ?? 0, counts?.press ?? 0))])
  }))
}

export function stepRows ({ tallies }: Gathered, { policies }: Scenario): Row[] {
  return [...tallies.values()].flatMap((tally) => {
    const most = Math.max(policies.find(({ name }) => name === tally.policy)?.steps.length ?? 0, ...tally.steps.keys())
    const all = [...tally.steps.values()].reduce((sum, count) => sum + count, 0)
    return Array.from({ length: most + 1 }, (_, step): Row => [tally.policy, step, tally.steps.get(step) ?? 0, ...threeOf(wilson(tally.steps.get(step) ?? 0, all))])
  })
}

/** Lorenz curve at each twentieth; none when there is nothing to share. */
function lorenz (values: readonly number[]): readonly (readonly [responders: number, borne: number])[] {
  const sorted = Float64Array.from(values).sort()
  const sums = new Float64Array(sorted.length + 1)
  sorted.forEach((value, n) => { sums[n + 1] = (sums[n] ?? 0) + value })
  const all = sums[sorted.length] ?? 0
  if (all === 0) return []
  return Array.from({ length: 21 }, (_, n) => {
    const place = n * sorted.length / 20
    const below = Math.floor(place)
    const borne = (sums[below] ?? 0) + (place - below) * (sorted[below] ?? 0)
    return [n / 20, borne / all] as const
  })
}

export function inequalityRows ({ tallies }: Gathered): Row[] {
  const of = (tally: PolicyTally, what: 'wakings' | 'alerts'): Row[] => lorenz(tally[what]).map(([responders, borne]) => [tally.policy, what, responders, borne])
  return [...tallies.values()].flatMap((tally) => [...of(tally, 'wakings'), ...of(tally, 'alerts')])
}

export function monthRows ({ tallies }: Gathered): Row[] {
  return [...tallies.values()].flatMap((tally) => [...tally.months.values()].map(({ venue, month, up, undetected }): Row =>
    [tally.policy, venue, month, ...threeOf(possible(tInterval(up), true)), finite(tInterval(undetected).value)]))
}
