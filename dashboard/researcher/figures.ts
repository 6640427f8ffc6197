/** The published figures, as they were served: which tables there are, and which shares can be said of them. Nothing is worked out that was left out. */
import type { Static } from 'typebox'
import type { StatisticsShown } from '../../server/contract/statistics.ts'

export type Statistics = Static<typeof StatisticsShown>
export type Cell = Statistics['cells'][number]
export type Groups = NonNullable<Cell['alarms']>

export const COUNTED = ['alarms', 'quietChecks', 'tests', 'drills', 'drillsShown', 'drillsAnswered'] as const
export type Counted = typeof COUNTED[number]
export type Table = Counted | 'roomHours'
export const TABLES: readonly Table[] = [...COUNTED, 'roomHours']

/** Every result, in the order in which it is read. */
export const RESULTS = [
  'to-10-s', 'to-40-s', 'after-40-s', 'to-5-min', 'after-5-min', 'nobody', 'false-press', 'not-shown',
  'drill', 'by-5-s', 'by-10-s', 'by-20-s', 'by-30-s', 'by-40-s', 'by-60-s', 'by-120-s', 'not-by-120-s'
] as const
export type Result = typeof RESULTS[number]
export const OF_TABLE: Readonly<Record<Counted, readonly Result[]>> = {
  alarms: ['to-10-s', 'to-40-s', 'to-5-min', 'after-5-min', 'nobody', 'false-press'],
  quietChecks: ['to-10-s', 'to-40-s', 'to-5-min', 'after-5-min', 'nobody', 'false-press'],
  tests: ['to-10-s', 'to-40-s', 'after-40-s', 'not-shown'],
  drills: ['drill'],
  drillsShown: ['by-5-s', 'by-10-s', 'by-20-s', 'by-30-s', 'by-40-s', 'by-60-s', 'by-120-s', 'not-by-120-s'],
  drillsAnswered: ['by-5-s', 'by-10-s', 'by-20-s', 'by-30-s', 'by-40-s', 'by-60-s', 'by-120-s', 'not-by-120-s']
}

/** The newest first. */
export function quartersOf ({ cells }: Statistics): readonly string[] { return [...new Set(cells.map(({ quarter }) => quarter))].sort().reverse() }

/** One line of a published table. `n` null: too few to say. */
export type Line = { readonly region: Cell['region'], readonly type: Cell['type'], readonly results: readonly string[], readonly n: number | null }

export function linesOf (cells: readonly Cell[], table: Table): readonly Line[] {
  return cells.flatMap((cell): readonly Line[] => {
    const { region, type } = cell
    if (table === 'roomHours') {
      const hours = cell.roomHours
      return hours === null ? [{ region, type, results: [], n: null }] : [{ region, type, results: ['hours'], n: hours.hours }, { region, type, results: ['working-hours'], n: hours.workingHours }]
    }
    const groups = cell[table]
    return groups === null ? [{ region, type, results: [], n: null }] : groups.map(({ results, n }) => ({ region, type, results, n }))
  })
}

/** Marks of a drill, in seconds from the telling. */
export const MARKS_S = [5, 10, 20, 30, 40, 60, 120] as const
/** BS 8484: of all alarms, so many are taken by a human within so many seconds. */
export const AIMS = [{ markS: 10, share: 0.8 }, { markS: 40, share: 0.985 }] as const

/** `share`: of everybody, 0 to 1; null: the mark lies inside a group and can't be told. */
export type Point = { readonly markS: number, readonly share: number | null }
export type Curve = { readonly people: number, readonly points: readonly Point[] }

/** Of all cells that may be said, together. null: there is none. */
export function curveOf (cells: readonly Cell[], table: 'drillsShown' | 'drillsAnswered'): Curve | null {
  const told = cells.flatMap((cell) => cell[table] === null ? [] : [cell[table]])
  const people = sum(told.flat())
  if (people === 0) return null
  const points = MARKS_S.map((markS, at) => {
    const until: readonly string[] = OF_TABLE[table].slice(0, at + 1)
    // A group that reaches over the mark hides it, for all cells together.
    const hides = told.flat().some(({ results }) => results.some((result) => until.includes(result)) && !results.every((result) => until.includes(result)))
    return { markS, share: hides ? null : sum(told.flat().filter(({ results }) => results.every((result) => until.includes(result)))) / people }
  })
  return { people, points }
}

export function countOf (cells: readonly Cell[], table: Counted): number | null {
  const told = cells.flatMap((cell) => cell[table] ?? [])
  return told.length === 0 ? null : sum(told)
}

/** Of the hours of all rooms, those in which the button was heard. null: too few to say. */
export function workingShare (cells: readonly Cell[]): number | null {
  const told = cells.flatMap(({ roomHours }) => roomHours ?? [])
  const hours = told.reduce((total, each) => total + each.hours, 0)
  return hours === 0 ? null : told.reduce((total, each) => total + each.workingHours, 0) / hours
}

function sum (groups: Groups): number { return groups.reduce((total, { n }) => total + n, 0) }
