/** Indices of sensitivity as the report reads them: the primary measure, one panel a policy, factors numbered in the scenario's order. */
import { indices } from '../data-package/tables/sensitivity.ts'
import type { IndexName } from '../data-package/tables/sensitivity.ts'
import { estimateOf } from './study.ts'
import type { Estimate, Shown, Study } from './study.ts'

export type Moved = { /** From 1. */ readonly number: number, readonly path: string, readonly of: Partial<Record<IndexName, Estimate>> }
export type Panel = { readonly shown: Shown, readonly factors: readonly Moved[] }

/** Empty: the package has no sensitivity. */
export function panelsOf ({ pack, policies }: Study): readonly Panel[] {
  const { factors, replications: { primary } } = pack.scenario
  const rows = pack.rows(indices).filter(({ measure }) => measure === primary)
  if (rows.length === 0) return []
  return policies.map((shown) => ({
    shown,
    factors: factors.map(({ path }, n) => ({
      number: n + 1, path,
      of: Object.fromEntries(rows.filter(({ policy, factor }) => policy === shown.name && factor === path).map((row) => [String(row['index']), estimateOf(row)]))
    }))
  }))
}

/** Panels beside each other on a page, below each other on a phone. */
export type Place = { readonly left: number, readonly right: number, readonly row: number, readonly rows: number }
const GAP = 36

export function placeOf (n: number, all: number, width: number, narrow: boolean): Place {
  const columns = narrow || all === 1 ? 1 : 2
  const each = (width - GAP * (columns - 1)) / columns
  const left = (n % columns) * (each + GAP)
  return { left, right: left + each, row: Math.floor(n / columns), rows: Math.ceil(all / columns) }
}

/** An effect has the measure's unit but is a difference: shares in points. */
export function sized (say: Study['say'], value: number | null | undefined, unit: Parameters<Study['say']['value']>[1]): string {
  return say.difference(value ?? null, unit).replace(/^[+]/, '')
}
