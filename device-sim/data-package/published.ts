/**
 * What was counted elsewhere and is no parameter here, so that a study can be held against it. It is another trade in another country:
 * to lie outside refutes nothing, and must be explained.
 */
import type { MeasureName, Scenario } from '../scenario/scenario.ts'
import type { Row } from './table.ts'

export type Published = { readonly measure: MeasureName, /** In the unit of the measure. */ readonly low: number, readonly high: number, readonly source: string }

export const published: readonly Published[] = [
  { measure: 'false_share', low: 0.85, high: 0.99, source: 'silent robbery buttons in the Netherlands, 2021: 88.7 % of alarms false' }
]

export type Lies = 'inside' | 'below' | 'above' | 'undecided'

/** Undecided: the interval reaches over an end, or nothing could be measured. */
export function liesIn ({ low, high }: Pick<Published, 'low' | 'high'>, from: number | null, to: number | null): Lies {
  if (from === null || to === null) return 'undecided'
  if (to < low) return 'below'
  if (from > high) return 'above'
  return from >= low && to <= high ? 'inside' : 'undecided'
}

/** `summary`: rows of the table of that name. */
export function publishedRows ({ policies }: Scenario, summary: readonly Row[]): Row[] {
  return published.flatMap((held) => policies.map(({ name }): Row => {
    const [, , estimate = null, low = null, high = null] = summary.find(([policy, measure]) => policy === name && measure === held.measure) ?? []
    return [name, held.measure, held.low, held.high, held.source, estimate, low, high, liesIn(held, low as number | null, high as number | null)]
  }))
}
