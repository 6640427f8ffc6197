import { refuse } from './base.ts'
import type { Base } from './base.ts'
import type { WindowSeen, WindowService } from './place-services.ts'
import type { RoomId, VenueId, WorkerId } from './words.ts'

export class TestWindows implements WindowService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  openTest (worker: WorkerId, room: RoomId | null) {
    if (!this.#base.picture.folk.workers.has(worker)) return refuse('WORKER_NOT_FOUND')
    if (room !== null) {
      const venue = this.#base.picture.places.rooms.get(room)?.venue
      if (venue === undefined) return refuse('ROOM_NOT_FOUND')
      if (this.#base.picture.folk.venuesOf.get(worker)?.has(venue) !== true) return refuse('NOT_HER_VENUE')
      // Their press would be hers to test with; and hers would alarm their people.
      if (this.#base.roster.openIn(room).some((shift) => shift.worker !== worker)) return refuse('ROOM_SHARED')
    }
    return { ok: true as const, closesAt: this.#base.directory.windows.open({ is: 'test', by: 'worker', worker, room }) }
  }

  openTechnicianTest (venue: VenueId, did: string) {
    const button = this.#base.picture.places.buttons.get(did)
    if (button === undefined || button.retiredAt !== null || button.owner !== null || this.#venueOf(did) !== venue) return refuse('BUTTON_NOT_FOUND')
    return { ok: true as const, closesAt: this.#base.directory.windows.open({ is: 'test', by: 'technician', did }) }
  }

  ofWorker (worker: WorkerId): WindowSeen | null { return this.#base.directory.windows.ofWorker(worker) }

  ofButton (venue: VenueId, did: string): WindowSeen | null {
    return this.#venueOf(did) === venue ? this.#base.directory.windows.ofButton(did) : null
  }

  close (worker: WorkerId): void { this.#base.directory.windows.close(worker) }

  #venueOf (did: string): string | null {
    const { buttons, rooms } = this.#base.picture.places
    const room = buttons.get(did)?.room
    return room === undefined ? null : rooms.get(room)?.venue ?? null
  }
}
