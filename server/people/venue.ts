import { createHmac, timingSafeEqual } from 'node:crypto'
import { sealText } from '../store/seal.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import { ADDRESS_CHARS_MAX, LABEL_CHARS_MAX, OPENING_MAX } from './limits.ts'
import { roomChangedLines } from './room-changed.ts'
import type { OpeningHours, Room, Venue, VenueService } from './place-services.ts'
import type { RoomRow } from '../store/people-rows.ts'
import { REGION_DEFAULT } from './words.ts'
import type { EpochMs, Regime, Region, ResponderId, RoomId, VenueId } from './words.ts'

const TAG_BYTES = 16
const DAY_MIN = 1_440

export class Venues implements VenueService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async add (name: string, regime: Regime, region: Region = REGION_DEFAULT) {
    const text = readText(name, LABEL_CHARS_MAX)
    if (!text.ok) return text
    const id = makeId<VenueId>()
    const { key, wrapped } = this.#base.keyring.makeKey(id)
    await this.#base.write('addVenue', { id, name: sealText(key, text.text, 'venue'), regime, region, key: { holder: id, wrapped } })
    return { ok: true as const, venue: { id, name: text.text, regime, region } }
  }

  list (): readonly Venue[] {
    return [...this.#base.picture.places.venues.values()].map((row) => ({
      id: row.id as VenueId, name: this.#base.keyring.text(row.id, row.name, 'venue') ?? '', regime: row.regime as Regime, region: row.region as Region
    })).sort((a, b) => a.name.localeCompare(b.name))
  }

  async addRoom (venue: VenueId, label: string, address: string | null) {
    const name = readText(label, LABEL_CHARS_MAX)
    if (!name.ok) return name
    const where = address === null ? null : readText(address, ADDRESS_CHARS_MAX)
    if (where?.ok === false) return where
    if (this.#base.keyring.key(venue) === null) return refuse('VENUE_NOT_FOUND')
    const id = makeId<RoomId>()
    const written = await this.#base.write('addRoom', {
      id,
      venue,
      ...this.#sealed(venue, name.text, where?.text ?? null)
    })
    return written.ok ? { ok: true as const, room: { id, venue, label: name.text, address: where?.text ?? null } } : written
  }

  async alterRoom (venue: VenueId, room: RoomId, label: string, address: string | null) {
    const name = readText(label, LABEL_CHARS_MAX)
    if (!name.ok) return name
    const where = address === null ? null : readText(address, ADDRESS_CHARS_MAX)
    if (where?.ok === false) return where
    const old = this.room(room)
    if (old === null || old.venue !== venue) return refuse('ROOM_NOT_FOUND')
    if (old.label === name.text && old.address === (where?.text ?? null)) return { ok: true as const }
    return await this.#base.write('alterRoom', { id: room, venue, ...this.#sealed(venue, name.text, where?.text ?? null) }, roomChangedLines(this.#base, room, 'venue'))
  }

  async retireRoom (venue: VenueId, room: RoomId) {
    return await this.#base.write('retireRoom', { id: room, venue, at: this.#base.clock.now() }, this.room(room)?.venue === venue ? roomChangedLines(this.#base, room, 'venue') : [])
  }

  async renewRoomCode (venue: VenueId, room: RoomId) {
    return await this.#base.write('renewRoomCode', { id: room, venue, from: this.#codeOf(room) })
  }

  opening (venue: VenueId): readonly OpeningHours[] {
    return (this.#base.picture.places.openings.get(venue) ?? []).map(({ weekday, fromMin, untilMin }) => ({ weekday, fromMin, untilMin }))
  }

  async setOpening (venue: VenueId, hours: readonly OpeningHours[]) {
    const isTwice = new Set(hours.map(({ weekday, fromMin }) => weekday * DAY_MIN + fromMin)).size < hours.length
    if (isTwice || hours.length > OPENING_MAX || !hours.every(isOpening)) return refuse('OPENING_RANGE')
    return await this.#base.write('setOpening', { venue, hours })
  }

  rooms (venue: VenueId): readonly Room[] {
    return (this.#base.picture.places.roomsOf.get(venue) ?? []).filter((row) => row.retiredAt === null).map((row) => this.#open(row)).sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }))
  }

  room (room: RoomId): Room | null {
    const row = this.#base.picture.places.rooms.get(room)
    return row === undefined || row.retiredAt !== null ? null : this.#open(row)
  }

  roomToken (room: RoomId): string { return `${room}.${this.#tag(room)}` }

  /** The room of a QR's token; null: not one of ours. */
  roomOfToken (token: string): RoomId | null {
    const dot = token.lastIndexOf('.')
    const room = token.slice(0, Math.max(dot, 0)) as RoomId
    const given = Buffer.from(token.slice(dot + 1))
    const right = Buffer.from(this.#tag(room))
    const equal = given.length === right.length && timingSafeEqual(given, right)
    return equal && this.#base.picture.places.rooms.get(room)?.retiredAt === null ? room : null
  }

  async setDuty (venue: VenueId, responder: ResponderId, fromAt: EpochMs, untilAt: EpochMs | null) {
    if (untilAt !== null && untilAt <= fromAt) return refuse('DUTY_RANGE')
    return await this.#base.write('setDuty', { venue, responder, fromAt, untilAt })
  }

  #codeOf (room: string): number { return this.#base.picture.places.rooms.get(room)?.code ?? 1 }

  /** The first one is as it was printed before codes could be renewed. */
  #tag (room: string): string {
    const code = this.#codeOf(room)
    return createHmac('sha256', this.#base.keyring.hash('room-token', '1')).update(code === 1 ? room : `${room}.${code}`).digest().subarray(0, TAG_BYTES).toString('base64url')
  }

  #sealed (venue: VenueId, label: string, address: string | null) {
    const { keyring } = this.#base
    return {
      label: keyring.sealText(venue, label, 'label'),
      // "Room 3" and "room 3" sound alike on the phone.
      labelHash: keyring.hash('label', label.toLowerCase()),
      address: address === null ? null : keyring.sealText(venue, address, 'address')
    }
  }

  #open (row: RoomRow): Room {
    const { keyring } = this.#base
    return { id: row.id as RoomId, venue: row.venue as VenueId, label: keyring.text(row.venue, row.label, 'label') ?? '', address: keyring.text(row.venue, row.address, 'address') }
  }
}

function isOpening ({ weekday, fromMin, untilMin }: OpeningHours): boolean {
  const isWhole = [weekday, fromMin, untilMin].every(Number.isInteger)
  return isWhole && weekday >= 1 && weekday <= 7 && fromMin >= 0 && fromMin < DAY_MIN && untilMin > fromMin && untilMin <= fromMin + DAY_MIN
}
