/**
 * Room hours with a working chain: for every room with a button, whoever works there or doesn't, whether its button was
 * heard in time. The hours in which the service itself was down count as not working. No shift is looked at: this must
 * never become a register of who was there.
 */
import type { MonoMs } from '../clock/clock.ts'
import type { RoomHoursRow } from '../store/statistic-writes.ts'
import type { Base } from './base.ts'
import { venueMark } from './contribution.ts'
import { BEATS_MISSED_MAX, DOWN_COUNTED_MAX_MS } from './limits.ts'
import type { ButtonListed, ButtonService } from './place-services.ts'
import type { OpenQuarter } from './statistics.ts'
import type { EpochMs, VenueId } from './words.ts'

const SECOND_MS = 1_000

export class RoomWatch {
  readonly #base: Base
  readonly #buttons: Pick<ButtonService, 'list'>
  /** The last watch of this process that is on disk. null: time is measured from the one on disk, by the wall clock. */
  #last: { readonly at: EpochMs, readonly mono: MonoMs } | null = null

  constructor (base: Base, buttons: Pick<ButtonService, 'list'>) {
    this.#base = base
    this.#buttons = buttons
  }

  /** @throws StoreFailed: the next watch measures from what is on disk, whether or not this one got there */
  async watch (openQuarter: () => Promise<OpenQuarter | null>): Promise<void> {
    const last = this.#last
    this.#last = null
    const at = this.#base.clock.now()
    const mono = this.#base.clock.mono()
    const open = await openQuarter()
    if (open === null) return
    const from = last?.at ?? await this.#base.store.statistics.watchedAt()
    // Within this process a wall clock that jumps adds and takes nothing; before it, the service was down.
    const spanMs = last !== null ? mono - last.mono : from === null ? 0 : Math.min(Math.max(at - from, 0), DOWN_COUNTED_MAX_MS)
    const rows = this.#rows(open, Math.round(spanMs / SECOND_MS), last !== null)
    const written = await this.#base.write('watchRooms', { from, at, quarter: open.quarter, rows })
    if (written.ok) this.#last = { at: at as EpochMs, mono }
  }

  #rows ({ key }: OpenQuarter, spanS: number, wasUp: boolean): readonly RoomHoursRow[] {
    if (spanS === 0) return []
    return [...this.#base.picture.places.venues.values()].flatMap(({ id, region, regime }) => {
      const rooms = this.#roomsOf(id as VenueId)
      if (rooms.length === 0) return []
      const working = wasUp ? rooms.filter((buttons) => buttons.some((button) => this.#isHeard(button))).length : 0
      return [{ region, type: regime, venue: venueMark(key, { venue: id as VenueId }), seconds: rooms.length * spanS, workingS: working * spanS }]
    })
  }

  /** The buttons of each room that has one in use. */
  #roomsOf (venue: VenueId): readonly (readonly ButtonListed[])[] {
    const rooms = new Map<string, ButtonListed[]>()
    for (const button of this.#buttons.list(venue)) {
      if (!button.retired) rooms.set(button.room, [...rooms.get(button.room) ?? [], button])
    }
    return [...rooms.values()]
  }

  #isHeard ({ silent, lastBeatAt, beatS }: ButtonListed): boolean {
    if (silent !== null || lastBeatAt === null) return false
    return this.#base.clock.now() - lastBeatAt <= beatS * BEATS_MISSED_MAX * SECOND_MS
  }
}
