/** Who asks to join an occupied room (R7). In memory: it is answered within minutes or asked again, and is no register. */
import type { Clock } from '../clock/clock.ts'
import { makeId } from './ids.ts'
import { JOIN_REQUEST_MS, JOIN_REQUESTS_MAX } from './limits.ts'
import type { ShiftWish } from './place-services.ts'
import type { JoinRequestId, RoomId, WorkerId } from './words.ts'

export type JoinRequest = {
  readonly id: JoinRequestId, readonly worker: WorkerId, readonly room: RoomId, readonly wish: ShiftWish
  readonly askedMono: number, readonly approvedBy: Set<WorkerId>
}

export class JoinRequests {
  readonly #clock: Clock
  readonly #requests = new Map<JoinRequestId, JoinRequest>()
  /** Who was told "not now", and when: neither by whom nor why. */
  readonly #refused = new Map<WorkerId, number>()

  constructor (clock: Clock) { this.#clock = clock }

  /** One per worker: a new one replaces the old. */
  add (worker: WorkerId, room: RoomId, wish: ShiftWish): JoinRequestId {
    this.#forgetOld()
    this.#refused.delete(worker)
    for (const old of this.#requests.values()) {
      if (old.worker === worker || this.#requests.size >= JOIN_REQUESTS_MAX) this.#requests.delete(old.id)
    }
    const id = makeId<JoinRequestId>()
    this.#requests.set(id, { id, worker, room, wish, askedMono: this.#clock.mono(), approvedBy: new Set() })
    return id
  }

  get (id: JoinRequestId): JoinRequest | null {
    this.#forgetOld()
    return this.#requests.get(id) ?? null
  }

  of (room: RoomId): readonly JoinRequest[] {
    this.#forgetOld()
    return [...this.#requests.values()].filter((request) => request.room === room)
  }

  remove (id: JoinRequestId): void { this.#requests.delete(id) }

  /** What she asked, and what she was told of it, is gone. Returns the room that she stood before; null: she asked nothing. */
  withdraw (worker: WorkerId): RoomId | null {
    this.#refused.delete(worker)
    const asked = [...this.#requests.values()].find((request) => request.worker === worker)
    if (asked === undefined) return null
    this.#requests.delete(asked.id)
    return asked.room
  }

  refuse ({ id, worker }: JoinRequest): void {
    this.#requests.delete(id)
    this.#refused.set(worker, this.#clock.mono())
    const [oldest] = this.#refused.keys()
    if (this.#refused.size > JOIN_REQUESTS_MAX && oldest !== undefined) this.#refused.delete(oldest)
  }

  /** How it stands with what this worker asked; null: nothing, or too long ago. */
  by (worker: WorkerId): 'asked' | 'refused' | null {
    this.#forgetOld()
    if ([...this.#requests.values()].some((request) => request.worker === worker)) return 'asked'
    return this.#refused.has(worker) ? 'refused' : null
  }

  #forgetOld (): void {
    const now = this.#clock.mono()
    for (const request of this.#requests.values()) if (now - request.askedMono > JOIN_REQUEST_MS) this.#requests.delete(request.id)
    for (const [worker, atMono] of this.#refused) if (now - atMono > JOIN_REQUEST_MS) this.#refused.delete(worker)
  }
}
