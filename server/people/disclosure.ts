/**
 * What of a quarter's contributions may be said (R21). Pure, and the same for ever: no chance is in it, so that asking
 * twice teaches nothing. Three habits close the usual doors:
 * - no total is published beside its parts. A table is a list of groups that share nobody's alarm, so there is nothing
 *   to subtract one from another; what may not stand alone stands together with the next smallest;
 * - each group has at least ten workers and three venues, none with more than half of it, nor so much that the second
 *   largest, who knows their own share, could work out the largest;
 * - each is rounded to five by itself.
 */
import { ACCEPTANCES, SHOWINGS } from '../alarm/outcome.ts'
import type { Counted } from '../alarm/outcome.ts'
import type { ContributionRow, QuarterRows, RoomHoursRow } from '../store/statistic-writes.ts'
import { REGIONS } from './words.ts'
import type { Region, Regime } from './words.ts'

export const WORKERS_LEAST = 10
export const VENUES_LEAST = 3
export const ROUNDED_TO = 5
/** What all others than the two largest contribute, in parts of the largest: the second largest guesses no closer. */
export const OTHERS_LEAST_SHARE = 0.2
const SECONDS_AN_HOUR = 3_600

/** `none`: a worker without a venue, one person and her phone. */
export type VenueType = Regime | 'none'
export type CellKey = { readonly region: Region | 'none', readonly type: VenueType }

/** Every cell that is ever listed: which ones are listed says nothing about anybody. */
export const CELLS: readonly CellKey[] = [
  ...REGIONS.flatMap((region) => (['employed', 'independent'] as const).map((type) => ({ region, type }))),
  { region: 'none', type: 'none' }
]

/** So many alarms came to one of these results. Several results: they may not be told apart. */
export type Group = { readonly results: readonly string[], readonly n: number }
/** null: suppressed. */
export type CellBody = {
  readonly alarms: readonly Group[] | null
  readonly quietChecks: readonly Group[] | null
  readonly tests: readonly Group[] | null
  readonly roomHours: { readonly hours: number, readonly workingHours: number } | null
}

/** `workersOf`: how many workers belong to the venues of a cell; room hours are nobody's, and need a crowd all the same. */
export function disclose (rows: QuarterRows, workersOf: (cell: CellKey) => number): readonly (CellKey & { readonly body: CellBody })[] {
  return CELLS.map((cell) => {
    const here = rows.contributions.filter((row) => row.region === cell.region && row.type === cell.type)
    const hours = rows.roomHours.filter((row) => row.region === cell.region && row.type === cell.type)
    const table = (counted: Counted, results: readonly string[]) => divide(here.filter((row) => row.counted === counted), results)
    return {
      ...cell,
      body: {
        alarms: table('alarm', ACCEPTANCES),
        quietChecks: table('quiet-check', ACCEPTANCES),
        tests: table('test', SHOWINGS),
        roomHours: hoursOf(hours, workersOf(cell))
      }
    }
  })
}

/** The finest division of a table into groups that all may be said. null: not even the whole may. */
export function divide (rows: readonly ContributionRow[], results: readonly string[]): readonly Group[] | null {
  const rowsOf = (some: readonly string[]) => rows.filter((row) => some.includes(row.result))
  let alone = results.filter((result) => maySay(rowsOf([result])))
  let together = results.filter((result) => !alone.includes(result))
  while (together.length > 0 && !maySay(rowsOf(together))) {
    const smallest = alone.reduce<string | null>((least, result) => least === null || count(rowsOf([result])) < count(rowsOf([least])) ? result : least, null)
    if (smallest === null) return null
    alone = alone.filter((result) => result !== smallest)
    together = results.filter((result) => !alone.includes(result))
  }
  const groups = [...alone.map((result) => [result]), ...(together.length === 0 ? [] : [together])]
  return groups.map((some) => ({ results: some, n: rounded(count(rowsOf(some))) }))
}

export function maySay (rows: readonly ContributionRow[]): boolean {
  const workers = sums(rows.map(({ worker, n }) => [worker, n]))
  const venues = sums(rows.map(({ venue, n }) => [venue, n]))
  return workers.length >= WORKERS_LEAST && venues.length >= VENUES_LEAST && nobodyStandsOut(workers) && nobodyStandsOut(venues)
}

/** @param shares what each contributes; none above half, and the second largest can't take their own away and see the largest */
function nobodyStandsOut (shares: readonly number[]): boolean {
  const [largest = 0, second = 0] = [...shares].sort((a, b) => b - a)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  return largest * 2 <= whole && whole - largest - second >= largest * OTHERS_LEAST_SHARE
}

function hoursOf (rows: readonly RoomHoursRow[], workers: number): CellBody['roomHours'] {
  const seconds = rows.map((row) => row.seconds).filter((each) => each > 0)
  if (workers < WORKERS_LEAST || seconds.length < VENUES_LEAST || !nobodyStandsOut(seconds)) return null
  const hours = (total: number) => rounded(total / SECONDS_AN_HOUR)
  return { hours: hours(sum(seconds)), workingHours: hours(sum(rows.map((row) => row.workingS))) }
}

export function rounded (n: number): number { return Math.round(n / ROUNDED_TO) * ROUNDED_TO }

function count (rows: readonly ContributionRow[]): number { return sum(rows.map(({ n }) => n)) }
function sum (each: readonly number[]): number { return each.reduce((all, one) => all + one, 0) }

function sums (shares: ReadonlyArray<readonly [string, number]>): readonly number[] {
  const found = new Map<string, number>()
  for (const [who, n] of shares) found.set(who, (found.get(who) ?? 0) + n)
  return [...found.values()]
}
