/**
 * What a press leaves behind beside its alarm (a shift that began, a button proven) and what must not be lost: in
 * memory at once, on disk as soon as the disk takes it. Its promises resolve when durable and never reject.
 */
import type { Clock, MonoMs } from '../clock/clock.ts'
import type { EpochMs, RoomId, WorkerId } from '../engine/ports.ts'
import type { JournalRow, ShiftRow } from '../store/people-rows.ts'
import type { PeopleStore, PeopleWrite, PeopleWrites, PeopleWritten } from '../store/people-store.ts'
import { StoreFailed } from '../store/store-failed.ts'
import { makeId } from './ids.ts'
import { WRITE_AGAIN_MS } from './limits.ts'
import type { ShiftWish } from './place-services.ts'
import type { Roster } from './roster.ts'

type Remembering = { readonly roster: Roster, refresh (): Promise<boolean> }

export class Recorder {
  readonly #store: PeopleStore
  readonly #clock: Clock
  readonly #directory: Remembering
  #stopped = false
  #failingSince: MonoMs | null = null

  constructor (store: PeopleStore, clock: Clock, directory: Remembering) {
    this.#store = store
    this.#clock = clock
    this.#directory = directory
  }

  /** She pressed the room's button in her window: on shift from this moment, the button proven. */
  async startShift (worker: WorkerId, room: RoomId, wish: ShiftWish, at: EpochMs): Promise<void> {
    const row: ShiftRow = {
      id: makeId(), worker, room, place: null, startedAt: at, plannedEndAt: wish.plannedEndAt, endedAt: null, provenAt: at, feedback: wish.feedback, house: wish.house
    }
    this.#directory.roster.begin(row)
    const written = await this.keep('startShift', row)
    if (written?.ok !== true) this.#directory.roster.forget(row.id)
  }

  async proveShift (worker: WorkerId, room: string, at: EpochMs): Promise<void> {
    const shift = this.#directory.roster.openOf(worker)
    if (shift === null || shift.room !== room) return
    this.#directory.roster.prove(shift.id, at)
    await this.keep('proveShift', { worker, room, at })
  }

  /** The house closes: what the disk did not take by now is lost, and the press was not acknowledged. */
  stop (): void { this.#stopped = true }

  get isStopped (): boolean { return this.#stopped }

  /** For how long the disk has refused what is kept here; 0: it works, as far as is known. */
  get failingMs (): number { return this.#failingSince === null ? 0 : this.#clock.mono() - this.#failingSince }

  /** Writes it, again and again while the disk fails. null: the house closes, or the operation itself is broken, a fault of ours. */
  async keep<N extends PeopleWrite> (name: N, args: Parameters<PeopleWrites[N]>[0], journal: readonly JournalRow[] = []): Promise<PeopleWritten<N> | null> {
    for (;;) {
      const triedAt = this.#clock.mono()
      try {
        const written = await this.#store.write(name, args, journal)
        this.#failingSince = null
        await this.#directory.refresh()
        return written
      } catch (error) {
        if (!(error instanceof StoreFailed) || this.#stopped) return null
        this.#failingSince ??= triedAt
        await new Promise<void>((resolve) => { this.#clock.after(WRITE_AGAIN_MS, resolve) })
      }
    }
  }
}
