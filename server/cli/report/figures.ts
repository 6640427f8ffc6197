/** The figures of a yearly report, all from what was published: nothing is counted anew, so nothing new can be told. */
import type { Group } from '../../people/disclosure.ts'
import type { PublishedCell } from '../../people/statistic-services.ts'

/** BS 8484 (lone workers): of all alarms, so many per cent taken by a person within so many seconds. */
export const BS_8484 = [
  { within: ['to-10-s'], seconds: 10, pct: 80 },
  { within: ['to-10-s', 'to-40-s'], seconds: 40, pct: 98.5 }
] as const

export const TABLES = ['alarms', 'quietChecks', 'tests', 'drills', 'drillsShown', 'drillsAnswered'] as const
export type Table = typeof TABLES[number]

/** The sum of a table's groups; null: suppressed. */
export function total (groups: readonly Group[] | null): number | null {
  return groups === null ? null : groups.reduce((sum, { n }) => sum + n, 0)
}

/** How many came to this result alone; null: suppressed, or told together with others. */
export function alone (groups: readonly Group[] | null, result: string): number | null {
  return groups?.find(({ results }) => results.length === 1 && results[0] === result)?.n ?? null
}

/** All that could not be told apart, as one. */
export function together (groups: readonly Group[] | null): Group | null {
  const merged = groups?.filter(({ results }) => results.length > 1) ?? []
  return merged.length === 0 ? null : { results: merged.flatMap(({ results }) => results), n: total(merged) ?? 0 }
}

/** Several quarters as one: what one of them could not tell apart stays together. null: none was published. */
export function joined (quarters: readonly (readonly Group[] | null)[]): readonly Group[] | null {
  const published = quarters.filter((groups) => groups !== null)
  if (published.length === 0) return null
  return published.flat().reduce<readonly Group[]>((groups, next) => {
    const touches = ({ results }: Group): boolean => results.some((result) => next.results.includes(result))
    const touched = [...groups.filter(touches), next]
    return [...groups.filter((group) => !touches(group)), { results: [...new Set(touched.flatMap(({ results }) => results))], n: total(touched) ?? 0 }]
  }, [])
}

/** A place's published quarters in their order, and then all of them together if they are several. */
export function withYear (cells: readonly PublishedCell[], is: (cell: PublishedCell) => boolean): readonly (PublishedCell & { readonly isYear?: true })[] {
  const places = [...new Set(cells.map(({ region, type }) => `${region} ${type}`))].sort()
  return places.flatMap((place) => {
    const here = cells.filter((cell) => `${cell.region} ${cell.type}` === place && is(cell))
    const [first] = here
    if (first === undefined || here.length === 1) return here
    const hours = here.flatMap(({ roomHours }) => roomHours === null ? [] : [roomHours])
    const sum = (each: readonly number[]): number => each.reduce((all, one) => all + one, 0)
    return [...here, {
      ...first,
      isYear: true as const,
      alarms: joined(here.map(({ alarms }) => alarms)),
      quietChecks: joined(here.map(({ quietChecks }) => quietChecks)),
      tests: joined(here.map(({ tests }) => tests)),
      drills: joined(here.map(({ drills }) => drills)),
      drillsShown: joined(here.map(({ drillsShown }) => drillsShown)),
      drillsAnswered: joined(here.map(({ drillsAnswered }) => drillsAnswered)),
      roomHours: hours.length === 0 ? null : { hours: sum(hours.map((each) => each.hours)), workingHours: sum(hours.map((each) => each.workingHours)) }
    }]
  })
}

/** Per cent of all that came to one of these results; null where a group holds some of them and others too. */
export function sharePct (groups: readonly Group[] | null, within: readonly string[]): number | null {
  const all = total(groups)
  if (groups === null || all === null || all === 0) return null
  const inside = groups.filter(({ results }) => results.every((result) => within.includes(result)))
  const isSplit = groups.some(({ results }) => !results.every((result) => within.includes(result)) && results.some((result) => within.includes(result)))
  return isSplit || inside.length === 0 ? null : Math.round(inside.reduce((sum, { n }) => sum + n, 0) * 100 / all)
}

export function availabilityPct ({ roomHours }: PublishedCell): number | null {
  if (roomHours === null || roomHours.hours === 0) return null
  return Math.round(roomHours.workingHours * 1_000 / roomHours.hours) / 10
}

export function isSuppressed (cell: PublishedCell): boolean {
  return cell.roomHours === null && TABLES.every((table) => cell[table] === null)
}

export function ofYear (cells: readonly PublishedCell[], year: number): readonly PublishedCell[] {
  return cells.filter(({ quarter }) => quarter.startsWith(`${year}-Q`))
}
