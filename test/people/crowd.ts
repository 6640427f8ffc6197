/** A quarter's contributions as fast-check makes them up: venues, workers, and how often what happened to whom. */
import fc from 'fast-check'
import { ACCEPTANCES } from '../../server/alarm/outcome.ts'
import type { CellBody, Group } from '../../server/people/disclosure.ts'
import { disclose } from '../../server/people/disclosure.ts'
import type { ContributionRow } from '../../server/store/statistic-writes.ts'

export const HERE = { region: 'BE-BRU', type: 'independent' } as const

export function row (more: Partial<ContributionRow> = {}): ContributionRow {
  return { ...HERE, counted: 'alarm', result: 'to-10-s', worker: 'w0', venue: 'v0', n: 1, ...more }
}

/** How often one result came to one worker: mostly not at all, seldom very often. */
const often = (most: number) => fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.integer({ min: 1, max: most }) }, { weight: 1, arbitrary: fc.integer({ min: 5, max: 40 }) })
const never = fc.constant(0)

/** Each worker in her venue, or in a second one too. Few or many, even or with giants among them: what decides is near the thresholds. */
export const crowd: fc.Arbitrary<readonly ContributionRow[]> = fc.record({
  venues: fc.integer({ min: 2, max: 7 }),
  usual: fc.tuple(...ACCEPTANCES.map(() => fc.boolean()))
}).chain(({ venues, usual }) => fc.array(fc.record({
  venue: fc.integer({ min: 0, max: venues - 1 }),
  second: fc.option(fc.integer({ min: 0, max: venues - 1 }), { freq: 5 }),
  often: fc.tuple(...usual.map((isUsual) => isUsual ? often(4) : fc.oneof({ weight: 9, arbitrary: never }, { weight: 1, arbitrary: fc.constant(1) })))
}), { minLength: 8, maxLength: 40 })).map((workers) => workers.flatMap(({ venue, second, often }, i) => ACCEPTANCES.flatMap((result, k) => {
  const n = often[k] ?? 0
  return n === 0 ? [] : [row({ worker: `w${i}`, venue: `v${second !== null && k % 2 === 1 ? second : venue}`, result, n })]
})))

export function published (rows: readonly ContributionRow[]): CellBody {
  const cell = disclose({ contributions: rows, roomHours: [] }, () => 0).find(({ region, type }) => region === HERE.region && type === HERE.type)
  if (cell === undefined) throw new Error('the cell is always listed')
  return cell.body
}

export function truth (rows: readonly ContributionRow[], { results }: Pick<Group, 'results'>): number {
  return count(rows.filter(({ result }) => results.includes(result)))
}

export function count (rows: readonly ContributionRow[]): number { return rows.reduce((sum, { n }) => sum + n, 0) }

/** What each contributes to these rows, the largest first. */
export function shares (rows: readonly ContributionRow[], by: 'worker' | 'venue'): readonly number[] {
  const found = new Map<string, number>()
  for (const each of rows) found.set(each[by], (found.get(each[by]) ?? 0) + each.n)
  return [...found.values()].sort((a, b) => b - a)
}
