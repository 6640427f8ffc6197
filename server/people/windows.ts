/**
 * Two-minute windows (R7, R13), in memory and on the monotonic clock: a wall clock that jumps back must not turn real
 * presses into tests for a day, and a window that dies with the process leaves an alarm, never a silence.
 */
import type { Clock, EpochMs } from '../clock/clock.ts'
import { PRESS_TIME_ERROR_MS, WINDOW_MS } from './limits.ts'
import type { ShiftWish } from './place-services.ts'
import type { RoomId, WorkerId } from './words.ts'

export type WindowFor =
  | { readonly is: 'shift', readonly worker: WorkerId, readonly room: RoomId, readonly wish: ShiftWish }
  | { readonly is: 'test', readonly by: 'worker', readonly worker: WorkerId, readonly room: RoomId | null }
  | { readonly is: 'test', readonly by: 'technician', readonly did: string }

type Held = { readonly what: WindowFor, readonly openedMono: number, readonly closesAt: EpochMs, used: boolean }

/** A used or closed window can be asked about for so long, then it is forgotten. */
const REMEMBERED_MS = 10 * 60_000
/** More than any house has people and buttons; beyond it the oldest goes. */
const WINDOWS_MAX = 5_000

export class Windows {
  readonly #clock: Clock
  /** One per worker and one per button: a new one replaces the old. */
  readonly #held = new Map<string, Held>()

  constructor (clock: Clock) { this.#clock = clock }

  open (what: WindowFor): EpochMs {
    this.#forgetOld()
    const closesAt = (this.#clock.now() + WINDOW_MS) as EpochMs
    this.#held.delete(keyOf(what))
    this.#held.set(keyOf(what), { what, openedMono: this.#clock.mono(), closesAt, used: false })
    return closesAt
  }

  /** Those whose time has come and not gone, for a press made `ageMs` ago. A press made before the window never counts. */
  openFor (ageMs: number, fits: (what: WindowFor) => boolean): WindowFor | null {
    for (const held of this.#held.values()) if (this.#isOpen(held, ageMs) && fits(held.what)) return held.what
    return null
  }

  use (what: WindowFor): void {
    const held = this.#held.get(keyOf(what))
    if (held !== undefined) held.used = true
  }

  close (worker: WorkerId): void { this.#held.delete(`worker:${worker}`) }

  ofWorker (worker: WorkerId): WindowState | null { return this.#state(`worker:${worker}`) }
  ofButton (did: string): WindowState | null { return this.#state(`button:${did}`) }

  #state (key: string): WindowState | null {
    this.#forgetOld()
    const held = this.#held.get(key)
    return held === undefined ? null : { for: held.what.is, closesAt: held.closesAt, used: held.used }
  }

  #isOpen (held: Held, ageMs: number): boolean {
    const now = this.#clock.mono()
    return !held.used && now - held.openedMono <= WINDOW_MS && now - ageMs >= held.openedMono - PRESS_TIME_ERROR_MS
  }

  #forgetOld (): void {
    const now = this.#clock.mono()
    for (const [key, held] of this.#held) {
      if (now - held.openedMono > REMEMBERED_MS || this.#held.size >= WINDOWS_MAX) this.#held.delete(key)
    }
  }
}

export type WindowState = { readonly for: 'test' | 'shift', readonly closesAt: EpochMs, readonly used: boolean }

function keyOf (what: WindowFor): string {
  return what.is === 'test' && what.by === 'technician' ? `button:${what.did}` : `worker:${what.worker}`
}
