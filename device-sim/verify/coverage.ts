/** Does a 95 % interval hold the truth in 95 of 100 studies? A thousand studies of each kind, of which the truth is known. */
import { clusteredKaplanMeier } from '../statistics/clustered-survival.ts'
import { tInterval, wilson } from '../statistics/interval.ts'
import type { Interval } from '../statistics/interval.ts'
import { pairedDifference } from '../statistics/paired.ts'
import { drawnInterval, PooledWaits, resampledAnswers } from '../statistics/pooled-waits.ts'
import { bootstrapQuantile } from '../statistics/quantile.ts'
import type { Uniform } from '../statistics/quantile.ts'
import { hoadRobinson } from '../statistics/stopping.ts'
import { clusteredEcdf } from '../statistics/survival.ts'
import { normalQuantile } from '../statistics/normal.ts'
import { stream } from '../virtual/chance/stream.ts'
import { within } from './outcome.ts'
import type { Outcome } from './outcome.ts'

export const EXPERIMENTS = 1_000
const LEAST = 0.93
const MOST = 0.97

/** One study of known truth, and the interval that it comes to. */
export type Experiment = { readonly name: string, readonly truth: number, readonly interval: (uniform: Uniform) => Interval }

const exponential = (uniform: Uniform): number => -Math.log1p(-uniform())
const times = <T>(n: number, of: () => T): T[] => Array.from({ length: n }, of)
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

export const experiments: readonly Experiment[] = [
  { name: "Student's t", truth: 1, interval: (u) => tInterval(times(20, () => mean(times(25, () => exponential(u))))) },
  { name: 'Wilson', truth: 0.12, interval: (u) => wilson(times(200, u).filter((x) => x < 0.12).length, 200) },
  { name: 'bootstrap over replications, p90', truth: Math.log(10), interval: (u) => bootstrapQuantile(times(40, () => times(10, () => exponential(u))), 0.9, u, { resamples: 400 }) },
  { name: 'Kaplan-Meier over replications', truth: (Math.exp(-0.4) + Math.exp(-1.6)) / 2, interval: survived },
  { name: 'Kaplan-Meier, bootstrap over replications, p90', truth: Math.log(10), interval: waited },
  { name: 'ECDF over replications', truth: 1 - Math.exp(-1), interval: (u) => clusteredEcdf(times(40, () => times(10, () => exponential(u))), [1])[0] ?? { value: NaN, low: NaN, high: NaN } },
  { name: 'paired difference', truth: 0.5, interval: differing },
  { name: 'with the stopping rule', truth: 10, interval: stopped }
]

/** All alarms of a replication share its pace, 0.5 or 2 in a unit of time; a part is no longer watched at a random time. */
function survived (u: Uniform): Interval {
  const replications = times(30, () => {
    const pace = u() < 0.5 ? 0.5 : 2
    return times(8, () => {
      const [ends, looksUntil] = [exponential(u) / pace, 2 * exponential(u)]
      return { at: Math.min(ends, looksUntil), ended: ends <= looksUntil }
    })
  })
  return clusteredKaplanMeier(replications, [0.8])[0] ?? { value: NaN, low: NaN, high: NaN }
}

/** Waits of pace 1, of which looking cuts short a third. */
function waited (u: Uniform): Interval {
  const waits = new PooledWaits(times(40, () => times(10, () => {
    const [ends, looksUntil] = [exponential(u), 2 * exponential(u)]
    return { at: Math.min(ends, looksUntil), ended: ends <= looksUntil }
  })))
  const asked = [{ is: 'quantile', p: 0.9 }] as const
  const [[drawn = []] = []] = resampledAnswers([{ waits, asked }], 40, 1_000, u, 400)
  return drawnInterval(waits.answers(asked, 1_000)[0] ?? NaN, drawn, 40)
}

/** Two policies that share most of their luck. */
function differing (u: Uniform): Interval {
  const pairs = times(25, () => {
    const shared = 3 * normalQuantile(u())
    return [shared + normalQuantile(u()), shared + normalQuantile(u()) + 0.5] as const
  })
  return pairedDifference(pairs.map(([a]) => a), pairs.map(([, b]) => b))
}

/** As many replications as the rule asks for, which looks at the very values that the interval is made of. */
function stopped (u: Uniform): Interval {
  const values: number[] = times(10, () => 10 + 3 * normalQuantile(u()))
  while (hoadRobinson(values, { halfWidth: 0.05, lookAhead: 5, least: 10, most: 2_000 }).is === 'more') values.push(10 + 3 * normalQuantile(u()))
  return tInterval(values)
}

export function coverage (of: readonly Experiment[], seed: number): Outcome[] {
  return of.map(({ name, truth, interval }) => {
    let held = 0
    for (let i = 0; i < EXPERIMENTS; i++) {
      const draws = stream(seed, i, name, 'coverage')
      const { low, high } = interval(() => draws.next())
      if (low <= truth && truth <= high) held++
    }
    return within({ check: `coverage: ${name}`, claim: 'Of a thousand known studies, 93 to 97 in a hundred 95 % intervals hold the truth.', measures: 'share that holds', n: EXPERIMENTS }, held / EXPERIMENTS, LEAST, MOST)
  })
}
