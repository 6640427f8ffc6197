/** Which buttons were pressed in which shift, and what changed in the room since (R13). In memory at once, on disk after. */
import type { RoomPress } from '../../engine/ports.ts'
import type { ShiftRow } from '../../store/people-rows.ts'
import type { ReadinessKept } from '../../store/readiness-writes.ts'
import type { Base } from '../base.ts'
import { PRESS_TIME_ERROR_MS } from '../limits.ts'
import type { EpochMs } from '../words.ts'
import { stampNow } from './stamp.ts'
import type { Stamp } from './stamp.ts'

type Pressed = { readonly stamp: Stamp, readonly change: number }
type ShiftKept = { readonly change: number, readonly pressed: Map<string, Pressed> }

export class PressedButtons {
  readonly #base: Base
  readonly #shifts = new Map<string, ShiftKept>()

  constructor (base: Base) { this.#base = base }

  load ({ shiftRooms, proofs }: ReadinessKept): void {
    for (const { shift, change } of shiftRooms) this.#shifts.set(shift, { change, pressed: new Map() })
    for (const { shift, did, at, change } of proofs) this.#shifts.get(shift)?.pressed.set(did, { stamp: { at: at as EpochMs, mono: null }, change })
  }

  /** The shifts as they are now: new ones remember what their room was like, those that are gone are forgotten. */
  follow (shifts: readonly ShiftRow[]): void {
    const there = new Set(shifts.map(({ id }) => id))
    for (const id of this.#shifts.keys()) if (!there.has(id)) this.#shifts.delete(id)
    for (const shift of shifts) if (shift.endedAt === null) this.#of(shift)
  }

  /** A press of this button reached the house. One that may be a replay, or older than a shift, proves nothing for it. */
  heard (press: RoomPress): void {
    if (press.uncertain === true || press.stale === true) return
    const room = this.#base.picture.places.buttons.get(press.did)?.room
    if (room === undefined) return
    for (const shift of this.#base.roster.openIn(room)) {
      // A shift that "began later than now" was written by a clock that has jumped back since.
      const isJumped = shift.startedAt > Math.max(press.receivedAt, press.pressedAt) + PRESS_TIME_ERROR_MS
      if (press.pressedAt < shift.startedAt - PRESS_TIME_ERROR_MS && !isJumped) continue
      const change = this.#changeOf(room)
      this.#of(shift).pressed.set(press.did, { stamp: stampNow(this.#base.clock), change })
      void this.#base.directory.recorder.keep('proveButton', { shift: shift.id, did: press.did, at: this.#base.clock.now(), change })
    }
  }

  /** `pressed` null: not since the newest change. `changed`: there was one in this shift. */
  of (shift: ShiftRow, did: string): { readonly pressed: Stamp | null, readonly changed: boolean } {
    const kept = this.#of(shift)
    const change = this.#changeOf(shift.room)
    const pressed = kept.pressed.get(did)
    if (pressed?.change === change) return { pressed: pressed.stamp, changed: false }
    return { pressed: null, changed: change !== kept.change || pressed !== undefined }
  }

  #of (shift: ShiftRow): ShiftKept {
    const known = this.#shifts.get(shift.id)
    if (known !== undefined) return known
    const change = this.#changeOf(shift.room)
    const fresh: ShiftKept = { change, pressed: new Map() }
    this.#shifts.set(shift.id, fresh)
    if (shift.room !== null) void this.#base.directory.recorder.keep('seeShiftRoom', { shift: shift.id, change })
    return fresh
  }

  #changeOf (room: string | null): number {
    return room === null ? 0 : this.#base.picture.places.rooms.get(room)?.change ?? 0
  }
}
