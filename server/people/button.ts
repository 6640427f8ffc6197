/** Buttons as the technician knows them: enrolled, heard, retired. A press is never among what is shown. */
import { randomBytes } from 'node:crypto'
import type { Beat, KnownButton } from '../../broker/ports.ts'
import type { MonoMs } from '../clock/clock.ts'
import { DID_BYTES } from '../../firmware-protocol/ids.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { deriveKeys, ROOT_BYTES } from '../../firmware-protocol/keys.ts'
import type { ButtonRow } from '../store/people-rows.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { BeatsShown } from './beats-shown.ts'
import { BEAT_S, BEATS_SAVED_MS } from './limits.ts'
import type { ButtonListed, ButtonService } from './place-services.ts'
import { roomChangedLines } from './room-changed.ts'
import type { EpochMs, RoomId, VenueId, WorkerId } from './words.ts'

type Silence = 'silent' | 'will' | 'sleeping' | 'off'
export type ButtonLife = { readonly beat: Beat | null, readonly heardMono: MonoMs | null, readonly silent: Silence | null, readonly trouble: string | null }

export class ButtonBook implements ButtonService {
  readonly #base: Base
  readonly #beats = new Map<string, Beat>()
  /** As of the last frame that was no press: what the technician sees, and what is on disk. */
  readonly #listed = new Map<string, Beat>()
  readonly #silent = new Map<string, Silence>()
  readonly #trouble = new Map<string, string>()
  readonly #heardMono = new Map<string, MonoMs>()
  readonly #listeners = new Set<(did: string) => void>()
  readonly #unsaved = new Set<string>()
  readonly #shown = new BeatsShown()
  #cancel: (() => void) | null = null

  constructor (base: Base) { this.#base = base }

  /** At start. @throws StoreFailed */
  async load (): Promise<void> {
    for (const beat of await this.#base.store.loadBeats<Beat>()) {
      this.#beats.set(beat.did, beat)
      this.#listed.set(beat.did, beat)
      this.#shown.heard(beat, true)
    }
  }

  async add (room: RoomId, owner: WorkerId | null) {
    const { venue, retiredAt } = this.#base.picture.places.rooms.get(room) ?? { retiredAt: null }
    if (venue === undefined || retiredAt !== null) return refuse('ROOM_NOT_FOUND')
    const did = randomBytes(DID_BYTES).toString('hex') as Did
    const root = new Uint8Array(randomBytes(ROOT_BYTES))
    const written = await this.#base.write('addButton', { did, room, owner, root: this.#base.keyring.sealBytes(venue, root, 'root'), at: this.#base.clock.now() },
      owner === null ? roomChangedLines(this.#base, room, 'venue') : [])
    if (!written.ok) return written
    const { mqttPassword } = deriveKeys(root, did)
    return { ok: true as const, button: { did, root: Buffer.from(root).toString('hex'), mqttUsername: did as string, mqttPassword } }
  }

  list (venue: VenueId): readonly ButtonListed[] {
    const { roomsOf, buttonsOf } = this.#base.picture.places
    // Her own button says when she is there: it is nobody's to look at.
    const rows = (roomsOf.get(venue) ?? []).flatMap((room) => buttonsOf.get(room.id) ?? []).filter(({ owner }) => owner === null)
    return rows.map((row) => this.#rowOf(row, venue))
  }

  async move (venue: VenueId, did: string, room: RoomId) {
    const { buttons, rooms } = this.#base.picture.places
    const from = buttons.get(did)?.room
    if (from === room) return rooms.get(room)?.venue === venue ? { ok: true as const } : refuse('BUTTON_NOT_FOUND')
    const isHere = from !== undefined && rooms.get(from)?.venue === venue && rooms.get(room)?.venue === venue
    const lines = isHere ? [from, room].flatMap((each) => roomChangedLines(this.#base, each, 'venue')) : []
    return await this.#base.write('moveButton', { did, venue, room }, lines)
  }

  shown (venue: VenueId): readonly ButtonListed[] {
    const now = this.#base.clock.now()
    return this.list(venue).map((button) => {
      const stretch = this.#shown.of(button.did, now)
      const { batteryPct = null, rssiDbm = null, flags = null, fw = null, model = null, beatS = button.beatS } = stretch?.beat ?? {}
      const silent = button.silent ?? (this.#shown.isSleeper(button.did) ? 'sleeping' : null)
      return { ...button, batteryPct, rssiDbm, flags, fw, model, beatS, lastBeatAt: stretch?.from ?? null, silent }
    })
  }

  async retire (venue: VenueId, did: string) {
    const button = this.#base.picture.places.buttons.get(did)
    const isNews = button !== undefined && button.owner === null && button.retiredAt === null && this.#base.picture.places.rooms.get(button.room)?.venue === venue
    return await this.#base.write('retireButton', { venue, did, at: this.#base.clock.now() }, isNews ? roomChangedLines(this.#base, button.room, 'venue') : [])
  }

  find (did: Did): KnownButton | null { return this.#base.directory.find(did) }

  /** What a press says of its button is not the technician's to see, nor when it said it: only the next beat shows it (R21). */
  heard (beat: Beat, by: 'press' | 'beat' = 'beat'): void {
    const known = this.#beats.get(beat.did)
    // What a frame does not say stays as last heard.
    const whole: Beat = {
      ...beat,
      batteryPct: beat.batteryPct ?? known?.batteryPct ?? null,
      batteryMv: beat.batteryMv ?? known?.batteryMv ?? null,
      rssiDbm: beat.rssiDbm ?? known?.rssiDbm ?? null,
      flags: beat.flags ?? known?.flags ?? null,
      fw: beat.fw ?? known?.fw ?? null,
      model: beat.model ?? known?.model ?? null
    }
    this.#beats.set(beat.did, whole)
    this.#shown.heard(whole, !this.#heardMono.has(beat.did) || (this.#silent.get(beat.did) ?? 'sleeping') !== 'sleeping')
    const isNews = this.#isNews(beat, known)
    if (by === 'beat') this.#keepBeat(beat.did)
    this.#silent.delete(beat.did)
    this.#heardMono.set(beat.did, this.#base.clock.mono())
    if (isNews) this.#tell(beat.did)
    if (known !== undefined && (isOther(known.fw, beat.fw) || isOther(known.model, beat.model))) this.#becameAnother(beat.did)
  }

  #keepBeat (did: string): void {
    const beat = this.#beats.get(did)
    if (beat === undefined) return
    this.#listed.set(did, beat)
    this.#unsaved.add(did)
    this.#saveSoon()
  }

  silent (did: Did, why: Silence): void {
    this.#silent.set(did, why)
    this.#shown.silent(did, why)
    this.#tell(did)
  }

  trouble (did: Did, code: string): void {
    if (!this.#base.picture.places.buttons.has(did)) return
    this.#trouble.set(did, code)
    this.#tell(did)
  }

  /** `heardMono` null: not in this life of the service. */
  life (did: string): ButtonLife {
    return { beat: this.#beats.get(did) ?? null, heardMono: this.#heardMono.get(did) ?? null, silent: this.#silent.get(did) ?? null, trouble: this.#trouble.get(did) ?? null }
  }

  /** Its silence, its battery or its trouble may have changed; a beat like the one before is no news. Returns the way to stop. */
  onNews (listener: (did: string) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  /** Another firmware may read a press in another way: nobody knows before it was tested (R13). */
  #becameAnother (did: string): void {
    const button = this.#base.picture.places.buttons.get(did)
    if (button === undefined || button.owner !== null || button.retiredAt !== null) return
    void this.#base.directory.recorder.keep('changeRoom', { room: button.room }, roomChangedLines(this.#base, button.room, 'service'))
  }

  #tell (did: string): void { for (const listener of this.#listeners) listener(did) }

  #isNews (beat: Beat, known: Beat | undefined): boolean {
    const heardMono = this.#heardMono.get(beat.did)
    if (known === undefined || heardMono === undefined || this.#silent.has(beat.did)) return true
    const isLate = this.#base.clock.mono() - heardMono > known.beatS * 1_000
    return isLate || beat.beatS !== known.beatS || (beat.batteryPct ?? known.batteryPct) !== known.batteryPct || (beat.flags ?? known.flags) !== known.flags
  }

  /** Saves what was heard since the last time. A disk that fails loses at most the age of a beat. */
  async stop (): Promise<void> {
    this.#cancel?.()
    await this.#save()
  }

  /** Many at once, once a minute: beats are worth no fsync of their own. */
  #saveSoon (): void {
    this.#cancel ??= this.#base.clock.after(BEATS_SAVED_MS, () => {
      void this.#save().then(() => {
        this.#cancel = null
        if (this.#unsaved.size > 0) this.#saveSoon()
      })
    })
  }

  async #save (): Promise<void> {
    const dids = [...this.#unsaved]
    this.#unsaved.clear()
    if (dids.length === 0) return
    try {
      await this.#base.store.saveBeats(dids.flatMap((did) => this.#listed.get(did) ?? []))
    } catch {
      for (const did of dids) this.#unsaved.add(did)
    }
  }

  #rowOf (row: ButtonRow, venue: VenueId): ButtonListed {
    const beat = this.#listed.get(row.did)
    return {
      did: row.did as Did,
      room: row.room as RoomId,
      venue,
      retired: row.retiredAt !== null,
      model: beat?.model ?? null,
      fw: beat?.fw ?? null,
      batteryPct: beat?.batteryPct ?? null,
      rssiDbm: beat?.rssiDbm ?? null,
      flags: beat?.flags ?? null,
      beatS: beat?.beatS ?? BEAT_S,
      lastBeatAt: (beat?.at ?? null) as EpochMs | null,
      silent: this.#silent.get(row.did) ?? null,
      trouble: this.#trouble.get(row.did) ?? null
    }
  }
}

function isOther (before: string | null, now: string | null): boolean { return before !== null && now !== null && before !== now }
