import type { DataKey } from '../store/seal.ts'
import type { Contributing, PublishedRow } from '../store/statistic-writes.ts'
import type { PublishedCells, PublishedList } from '../store/published-list.ts'
import type { Base } from './base.ts'
import { Collecting } from './collecting.ts'
import { contributionMarks, holderOf, openQuarters } from './contribution.ts'
import type { DirectoryLog } from './directory.ts'
import { disclose } from './disclosure.ts'
import type { CellBody, CellKey } from './disclosure.ts'
import { PUBLISH_MARGIN_MS } from './limits.ts'
import { endOf, quarterAfter, quarterOf } from './quarter.ts'
import type { Quarter } from './quarter.ts'
import type { RoomWatch } from './room-watch.ts'
import type { PublishedCell, StatisticsKeeper, StatisticsService } from './statistic-services.ts'
import type { EpochMs, WorkerId } from './words.ts'

/** A quarter that takes contributions, and the key that names its contributors. */
export type OpenQuarter = { readonly quarter: Quarter, readonly key: DataKey }

export class Statistics implements StatisticsService, StatisticsKeeper {
  readonly #base: Base
  readonly #rooms: RoomWatch
  readonly #list: PublishedList
  readonly #collecting: Collecting

  constructor (base: Base, rooms: RoomWatch, { publishedList, log }: { readonly publishedList: PublishedList, readonly log: DirectoryLog }) {
    this.#base = base
    this.#rooms = rooms
    this.#list = publishedList
    this.#collecting = new Collecting(base, async (at) => await this.#openAt(at), log)
  }

  async published (): Promise<readonly PublishedCell[]> {
    return (await this.#base.store.statistics.published()).map(cellOf)
  }

  async collect (): Promise<void> {
    await this.#collecting.collect()
  }

  async dueIn (lanes: readonly string[]): Promise<readonly Contributing[]> { return await this.#collecting.dueIn(lanes) }

  /** The present quarter is opened whether or not there is anything to count: that it appears says nothing. */
  async publish (): Promise<readonly Quarter[]> {
    await this.#publishAgain()
    await this.#openAt(this.#base.clock.now())
    const published: Quarter[] = []
    for (const quarter of openQuarters(this.#base)) {
      if (endOf(quarter) + PUBLISH_MARGIN_MS > this.#base.clock.now()) continue
      const rows = await this.#base.store.statistics.ofQuarter(quarter)
      const cells = disclose(rows, (cell) => this.#workersOf(cell)).map(({ region, type, body }) => ({ region, type, body: JSON.stringify(body) }))
      if (await this.#publishFirst(quarter, JSON.stringify(rows), cells)) published.push(quarter)
    }
    return published
  }

  /**
   * Said once means once: a database that was put back from an older copy takes the figures that were said, not the ones
   * that it would come to itself. And what it has published is on the list, whatever became of that.
   */
  async #publishAgain (): Promise<void> {
    const listed = this.#list.read()
    const rows = await this.#base.store.statistics.published()
    const here = new Set(rows.map(({ quarter }) => quarter))
    for (const [quarter, cells] of listed) {
      if (!here.has(quarter)) await this.#base.write('publishQuarter', { quarter, holder: holderOf(quarter as Quarter), seen: null, cells })
    }
    for (const quarter of here) {
      if (!listed.has(quarter)) this.#list.record(quarter, rows.filter((row) => row.quarter === quarter).map(({ region, type, body }) => ({ region, type, body })))
    }
  }

  /** false: somebody was erased in this very moment. It is made anew without her, the next time. */
  async #publishFirst (quarter: Quarter, seen: string, cells: PublishedCells): Promise<boolean> {
    this.#list.record(quarter, cells)
    let isPublished = false
    try {
      isPublished = (await this.#base.write('publishQuarter', { quarter, holder: holderOf(quarter), seen, cells })).ok
    } finally {
      if (!isPublished) this.#list.record(quarter, null)
    }
    return isPublished
  }

  async watchRooms (): Promise<void> {
    await this.#rooms.watch(async () => await this.#openAt(this.#base.clock.now()))
  }

  async forget (worker: WorkerId): Promise<void> {
    await this.#base.write('forgetContributions', { marks: contributionMarks(this.#base, worker) })
  }

  /**
   * The quarter of this moment, or the first one after it that is not published: a clock that had jumped ahead must
   * lose nothing. null: its key can't be read now.
   */
  async #openAt (at: EpochMs): Promise<OpenQuarter | null> {
    const closed = new Set((await this.#base.store.statistics.published()).map(({ quarter }) => quarter))
    let quarter = quarterOf(at)
    while (closed.has(quarter)) quarter = quarterAfter(quarter)
    const holder = holderOf(quarter)
    if (this.#base.keyring.key(holder) === null) {
      const { wrapped } = this.#base.keyring.makeKey(holder)
      await this.#base.write('openQuarter', { quarter, key: { holder, wrapped } })
    }
    const key = this.#base.keyring.key(holder)
    return key === null ? null : { quarter, key }
  }

  #workersOf (cell: CellKey): number {
    const { folk, places } = this.#base.picture
    const here = (id: string): boolean => {
      const venue = places.venues.get(id)
      return venue !== undefined && venue.region === cell.region && venue.regime === cell.type
    }
    return [...folk.venuesOf.values()].filter((venues) => [...venues].some(here)).length
  }
}

/** What was not counted yet when a cell was published stays unsaid. */
const UNSAID: CellBody = { alarms: null, quietChecks: null, tests: null, drills: null, drillsShown: null, drillsAnswered: null, roomHours: null }

function cellOf ({ quarter, region, type, body }: PublishedRow): PublishedCell {
  return { quarter: quarter as Quarter, region: region as CellKey['region'], type: type as CellKey['type'], ...UNSAID, ...JSON.parse(body) as Partial<CellBody> }
}
