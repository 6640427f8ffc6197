/** What anonymous statistics ask of a disk (R21). Part of `people-store.ts`; the words of a cell are their owner's. */
import type { Alarm } from '../alarm/alarm.ts'
import type { Note } from '../alarm/transition.ts'
import type { NewKey } from './people-store.ts'

type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

/** `worker` and `venue`: keyed names of this quarter, which nobody can tell once its key is gone; `worker` empty: nobody's own. No time is among it. */
export type ContributionRow = {
  readonly region: string, readonly type: string, readonly counted: string, readonly result: string
  readonly worker: string, readonly venue: string, readonly n: number
}
/** Of all rooms with a button of one venue, whoever worked there or didn't. */
export type RoomHoursRow = { readonly region: string, readonly type: string, readonly venue: string, readonly seconds: number, readonly workingS: number }
export type QuarterRows = { readonly contributions: readonly ContributionRow[], readonly roomHours: readonly RoomHoursRow[] }
/** `body`: JSON, the same bytes for ever. */
export type PublishedRow = { readonly quarter: string, readonly region: string, readonly type: string, readonly body: string }
export type AlarmRecord = { readonly alarm: string, readonly state: Alarm, readonly record: readonly Note[] }
/** Every alarm of one incident that is not counted yet: those that share a press, and those that share one with them. A test stands alone. */
export type DueIncident = readonly AlarmRecord[]
/** A drill that ran to its end and is not counted yet. */
export type DueDrill = { readonly drill: string, readonly worker: string, readonly at: number, readonly people: readonly { readonly shownMs: number | null, readonly answeredMs: number | null }[] }
/** These alarms are one count, and none is counted again. `row` null: they are none. */
export type Contributing = { readonly alarms: readonly string[], readonly quarter: string, readonly row: Omit<ContributionRow, 'n'> | null }

export type StatisticWrites = {
  /** The key that names a quarter's contributors; the first one stays. */
  openQuarter: (a: { readonly quarter: string, readonly key: NewKey }) => Ok | No<'QUARTER_PUBLISHED'>
  /** Counts an incident, once: if any alarm of it was counted before, it changes nothing. */
  contribute: (a: Contributing) => Ok | No<'QUARTER_PUBLISHED'>
  /** Counts a drill, once. */
  contributeDrill: (a: { readonly drill: string, readonly quarter: string, readonly rows: readonly ContributionRow[] }) => Ok | No<'QUARTER_PUBLISHED'>
  /** Room hours since `from`, which is when they were watched last (null: never). Moved meanwhile: nothing is added. */
  watchRooms: (a: { readonly from: number | null, readonly at: number, readonly quarter: string, readonly rows: readonly RoomHoursRow[] }) => Ok | No<'QUARTER_PUBLISHED' | 'WATCH_MOVED'>
  /**
   * Publishes a quarter once and destroys what it was made of, key included. `seen`: the rows that `cells` were made
   * of, as JSON; others are there by now: nothing is published; null: they were said before, whatever is there. Published already: nothing changes.
   */
  publishQuarter: (a: { readonly quarter: string, readonly holder: string, readonly seen: string | null, readonly cells: readonly Omit<PublishedRow, 'quarter'>[] }) => Ok | No<'CONTRIBUTIONS_CHANGED'>
  /** What somebody has contributed to quarters that are not published. `marks`: her names in each. */
  forgetContributions: (a: { readonly marks: readonly string[] }) => Ok
}

/** Reads; each rejects with `StoreFailed`. */
export interface StatisticReads {
  /** Of those that can be counted now: one alarm of each is due, and none of them runs. */
  due (most: number): Promise<readonly DueIncident[]>
  /** Of an alarm in these lanes that is due, whether or not the others still run. */
  dueIn (lanes: readonly string[]): Promise<readonly DueIncident[]>
  drillsToCount (most: number): Promise<readonly DueDrill[]>
  ofQuarter (quarter: string): Promise<QuarterRows>
  /** When rooms were watched last; null: never. */
  watchedAt (): Promise<number | null>
  /** In the order of quarter, region and type. */
  published (): Promise<readonly PublishedRow[]>
}
