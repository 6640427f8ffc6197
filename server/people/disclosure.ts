/**
 * What of a quarter's contributions may be said (R21). Pure, and the same for ever: no chance is in it, so that asking
 * twice teaches nothing. Three habits close the usual doors:
 * - no total is published beside its parts. A table is a list of groups that share nobody's alarm, so there is nothing
 *   to subtract one from another; what may not stand alone stands together with the next smallest;
 * - each group has at least ten workers and three venues, none with more than half of it, nor so much that the second
 *   largest, who knows their own share, could work out the largest;
 * - each is rounded to five by itself.
 * What is nobody's own (`NOBODY`) weighs on its venue, and makes no crowd of workers.
 */
import { ACCEPTANCES, SHOWINGS } from '../alarm/outcome.ts'
import type { ContributionRow, QuarterRows, RoomHoursRow } from '../store/statistic-writes.ts'
import { rank, roundTripIn, WITHINS } from './round-trip.ts'
import type { RoundTrip, Within } from './round-trip.ts'
import { REGIONS } from './words.ts'
import type { Region, Regime } from './words.ts'

export const WORKERS_LEAST = 10
export const VENUES_LEAST = 3
export const ROUNDED_TO = 5
/** What all others than the two largest contribute, in parts of the largest: the second largest guesses no closer. */
export const OTHERS_LEAST_SHARE = 0.2
/** The worker of a contribution that is no worker's own. */
export const NOBODY = ''
/** Results whose groups are told as one number. */
export const DRILLS = ['drill'] as const
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
  /** How many drills there were. */
  readonly drills: readonly Group[] | null
  /** People on the lists of these drills, by how soon a device showed the call, in the order of `WITHINS`. */
  readonly drillsShown: readonly Group[] | null
  /** The same people, by how soon they answered. */
  readonly drillsAnswered: readonly Group[] | null
  readonly roomHours: { readonly hours: number, readonly workingHours: number } | null
}

/** `workersOf`: how many workers belong to the venues of a cell; room hours are nobody's, and need a crowd all the same. */
export function disclose (rows: QuarterRows, workersOf: (cell: CellKey) => number): readonly (CellKey & { readonly body: CellBody })[] {
  return CELLS.map((cell) => {
    const here = rows.contributions.filter((row) => row.region === cell.region && row.type === cell.type)
    const hours = rows.roomHours.filter((row) => row.region === cell.region && row.type === cell.type)
    const of = (counted: string) => here.filter((row) => row.counted === counted)
    const table = (counted: string, results: readonly string[]) => divide(of(counted), results)
    return {
      ...cell,
      body: {
        alarms: table('alarm', ACCEPTANCES),
        quietChecks: table('quiet-check', ACCEPTANCES),
        tests: table('test', SHOWINGS),
        drills: table('drill', DRILLS),
        ...roundTrips(of('drill-person')),
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

/**
 * Two tables of the same people. Whoever takes those who had answered by one mark from those who had been shown it by
 * another is left with those who saw and had not answered, if nobody of the first is missing from the second (always,
 * where the mark of the answers is no later). They must be sayable too, or answers are not told apart at that mark.
 */
export function roundTrips (rows: readonly ContributionRow[]): Pick<CellBody, 'drillsShown' | 'drillsAnswered'> {
  const trips = rows.map((row) => ({ row, ...roundTripIn(row.result) }))
  const rowsBy = (is: 'shown' | 'answered') => (some: readonly Within[]) => trips.filter((trip) => some.includes(trip[is])).map(({ row }) => row)
  const shown = inOrder(WITHINS, rowsBy('shown'))
  const answered = inOrder(WITHINS, rowsBy('answered'))
  if (shown === null || answered === null) return { drillsShown: null, drillsAnswered: null }
  const isGivenAway = (answeredBy: Within): boolean => ends(shown).some((shownBy) => {
    const [saw, took] = [(trip: RoundTrip) => rank(trip.shown) <= rank(shownBy), (trip: RoundTrip) => rank(trip.answered) <= rank(answeredBy)]
    const left = [trips.filter((trip) => saw(trip) && !took(trip)), trips.filter((trip) => took(trip) && !saw(trip))]
    // With people on both sides a difference has two unknowns.
    return left.some((one) => one.length === 0) && !left.some((one) => maySay(one.map(({ row }) => row)))
  })
  const apart = answered.reduce<readonly (readonly Within[])[]>((kept, next) => {
    const last = kept.at(-1)
    const end = last?.at(-1)
    return last !== undefined && end !== undefined && isGivenAway(end) ? [...kept.slice(0, -1), [...last, ...next]] : [...kept, next]
  }, [])
  const said = (groups: readonly (readonly Within[])[], by: (some: readonly Within[]) => readonly ContributionRow[]) => groups.map((some) => ({ results: some, n: rounded(count(by(some))) }))
  return { drillsShown: said(shown, rowsBy('shown')), drillsAnswered: said(untilSafe(shown, apart, trips), rowsBy('answered')) }
}

type Trip = RoundTrip & { readonly row: ContributionRow }
type Grouped = readonly (readonly Within[])[]

/** Figures may be added up before they are subtracted: while any two sums lie one within the other and leave too few behind, answers are told less finely. */
function untilSafe (shown: Grouped, answered: Grouped, trips: readonly Trip[]): Grouped {
  let groups = answered
  const size = (some: readonly Within[] = []): number => count(trips.filter((trip) => some.includes(trip.answered)).map(({ row }) => row))
  while (groups.length > 1 && !isSafe(shown, groups, trips)) {
    const pairs = groups.slice(1).map((some, i) => size(some) + size(groups[i]))
    const first = pairs.indexOf(Math.min(...pairs))
    groups = [...groups.slice(0, first), [...groups[first] ?? [], ...groups[first + 1] ?? []], ...groups.slice(first + 2)]
  }
  return groups
}

function isSafe (shown: Grouped, answered: Grouped, trips: readonly Trip[]): boolean {
  return unions(shown).every((some) => unions(answered).every((others) => {
    const more = trips.filter((trip) => some.has(trip.shown) && !others.has(trip.answered))
    const less = trips.filter((trip) => others.has(trip.answered) && !some.has(trip.shown))
    const left = more.length === 0 ? less : more
    return (more.length > 0 && less.length > 0) || left.length === 0 || maySay(left.map(({ row }) => row))
  }))
}

function unions (groups: Grouped): readonly ReadonlySet<Within>[] {
  return groups.reduce<readonly ReadonlySet<Within>[]>((made, some) => [...made, new Set(some), ...made.map((sum) => new Set([...sum, ...some]))], [])
}

/** The last of each group but the last, which ends nowhere. */
function ends (groups: readonly (readonly Within[])[]): readonly Within[] { return groups.slice(0, -1).flatMap((some) => some.at(-1) ?? []) }

/** Neighbours only ever stand together with neighbours, so that shares can be added up from mark to mark. null: not even the whole may be said. */
function inOrder<R> (results: readonly R[], rowsOf: (some: readonly R[]) => readonly ContributionRow[]): readonly (readonly R[])[] | null {
  let groups: readonly (readonly R[])[] = results.map((result) => [result])
  for (;;) {
    const at = groups.findIndex((some) => !maySay(rowsOf(some)))
    if (at === -1) return groups
    if (groups.length === 1) return null
    const size = (index: number): number => index < 0 || index >= groups.length ? Infinity : count(rowsOf(groups[index] ?? []))
    const first = size(at - 1) <= size(at + 1) ? at - 1 : at
    groups = [...groups.slice(0, first), [...groups[first] ?? [], ...groups[first + 1] ?? []], ...groups.slice(first + 2)]
  }
}

export function maySay (rows: readonly ContributionRow[]): boolean {
  const workers = sums(rows.filter(({ worker }) => worker !== NOBODY).map(({ worker, n }) => [worker, n]))
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
