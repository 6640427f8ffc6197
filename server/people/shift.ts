/** Shifts (R7, R8, R18): by the room's button, by its QR, at a typed place, or let in by those who are there. */
import type { ShiftRow } from '../store/people-rows.ts'
import { isArmedByRoom, isArmedFor } from './armed.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import { ADDRESS_CHARS_MAX, SHIFT_MAX_MS } from './limits.ts'
import { JoinRequests } from './join-request.ts'
import type { JoinRequest } from './join-request.ts'
import type { Shift, ShiftService, ShiftWish, StartFault } from './place-services.ts'
import { isDoubtful } from './roster.ts'
import type { Venues } from './venue.ts'
import { FEEDBACK_MODE_MAX } from './words.ts'
import type { EpochMs, FeedbackMode, JoinRequestId, RoomId, ShiftId, WorkerId } from './words.ts'

export class Shifts implements ShiftService {
  readonly #base: Base
  readonly #venues: Venues
  readonly #requests: JoinRequests
  readonly #isPretendedEmpty: (worker: WorkerId) => boolean
  readonly #changed: (worker: WorkerId) => void

  /** @param isPretendedEmpty her list is empty in appearance (R16) @param changed what her page shows of who asks may differ now */
  constructor (base: Base, venues: Venues, isPretendedEmpty: (worker: WorkerId) => boolean, changed: (worker: WorkerId) => void) {
    this.#base = base
    this.#changed = changed
    this.#isPretendedEmpty = isPretendedEmpty
    this.#venues = venues
    this.#requests = new JoinRequests(base.clock)
  }

  openWindow (worker: WorkerId, room: RoomId, wish: ShiftWish) {
    const fault = this.#startFault(worker, wish) ?? this.#roomFault(worker, room)
    if (fault !== null) return refuse(fault)
    if (this.#isOccupied(room)) return refuse('ROOM_OCCUPIED')
    const { windows } = this.#base.directory
    const foreign = windows.openFor(0, (w) => w.is === 'shift' && w.room === room && w.worker !== worker)
    // Two who wait for one press: it would not be known whose it is.
    if (foreign !== null) return refuse('ROOM_OCCUPIED')
    return { ok: true as const, closesAt: windows.open({ is: 'shift', worker, room, wish }) }
  }

  async startByQr (worker: WorkerId, token: string, wish: ShiftWish) {
    const room = this.#venues.roomOfToken(token)
    if (room === null) return refuse('ROOM_NOT_FOUND')
    const fault = this.#startFault(worker, wish)
    if (fault !== null) return refuse(fault)
    if (this.#isOccupied(room)) return refuse('ROOM_OCCUPIED')
    return await this.#start(worker, room, null, wish)
  }

  async startAtPlace (worker: WorkerId, place: string, wish: ShiftWish) {
    const text = readText(place, ADDRESS_CHARS_MAX)
    if (!text.ok) return text
    const fault = this.#startFault(worker, wish)
    if (fault !== null) return refuse(fault)
    return await this.#start(worker, null, text.text, wish)
  }

  ask (worker: WorkerId, room: RoomId, wish: ShiftWish) {
    const fault = this.#startFault(worker, wish) ?? this.#roomFault(worker, room)
    return fault === null ? this.#ask(worker, room, wish) : refuse(fault)
  }

  askByQr (worker: WorkerId, token: string, wish: ShiftWish) {
    const room = this.#venues.roomOfToken(token)
    if (room === null) return refuse('ROOM_NOT_FOUND')
    const fault = this.#startFault(worker, wish)
    return fault === null ? this.#ask(worker, room, wish) : refuse(fault)
  }

  asked (worker: WorkerId) {
    const room = this.#base.roster.openOf(worker)?.room ?? null
    if (room === null) return []
    return this.#requests.of(room as RoomId).filter((r) => r.worker !== worker && !r.approvedBy.has(worker) && this.#base.roster.openOf(r.worker) === null).map((r) => ({
      id: r.id, alias: this.#base.keyring.text(r.worker, this.#base.picture.folk.workers.get(r.worker)?.alias ?? null, 'alias') ?? ''
    }))
  }

  joins (worker: WorkerId) {
    const asks = this.asked(worker).length
    // Whoever is on shift asks no more.
    const mine = this.#base.roster.openOf(worker) === null ? this.#requests.by(worker) : null
    return asks === 0 && mine === null ? null : { asks, mine }
  }

  async approve (worker: WorkerId, request: JoinRequestId) {
    const asked = this.#requests.get(request)
    const there = asked === null ? [] : this.#base.roster.openIn(asked.room)
    if (asked === null || !there.some((shift) => shift.worker === worker)) return refuse('REQUEST_NOT_FOUND')
    asked.approvedBy.add(worker)
    if (!there.every((shift) => asked.approvedBy.has(shift.worker as WorkerId))) {
      this.#told(asked)
      return { ok: true as const, started: false }
    }
    this.#requests.remove(request)
    const started = this.#startFault(asked.worker, asked.wish) === null ? await this.#start(asked.worker, asked.room, null, asked.wish) : refuse('REQUEST_NOT_FOUND')
    this.#told(asked)
    return started.ok ? { ok: true as const, started: true } : refuse('REQUEST_NOT_FOUND')
  }

  refuse (worker: WorkerId, request: JoinRequestId) {
    const asked = this.#requests.get(request)
    if (asked === null || this.#base.roster.openOf(worker)?.room !== asked.room) return refuse('REQUEST_NOT_FOUND')
    this.#requests.refuse(asked)
    this.#told(asked)
    return { ok: true as const }
  }

  withdraw (worker: WorkerId) {
    const room = this.#requests.withdraw(worker)
    if (room !== null) this.#told({ worker, room })
  }

  openId (worker: WorkerId) { return (this.#base.roster.openOf(worker)?.id ?? null) as ShiftId | null }

  current (worker: WorkerId): Shift | null {
    const row = this.#base.roster.openOf(worker)
    return row === null ? null : this.#shown(row)
  }

  rooms (worker: WorkerId) {
    const venues = this.#base.picture.folk.venuesOf.get(worker)
    return this.#venues.list().filter(({ id }) => venues?.has(id) === true)
      .flatMap(({ id, name }) => this.#venues.rooms(id).map((room) => ({ id: room.id, label: room.label, venue: name })))
  }

  async change (worker: WorkerId, change: { readonly plannedEndAt?: EpochMs, readonly feedback?: FeedbackMode, readonly house?: boolean }) {
    if (change.plannedEndAt !== undefined && !this.#isPlannable(change.plannedEndAt)) return refuse('PLANNED_END_RANGE')
    if (change.feedback !== undefined && !isMode(change.feedback)) return refuse('FEEDBACK_RANGE')
    const written = await this.#base.write('changeShift', { worker, plannedEndAt: change.plannedEndAt ?? null, feedback: change.feedback ?? null, house: change.house ?? null })
    const shift = this.current(worker)
    return !written.ok || shift === null ? refuse('NO_SHIFT') : { ok: true as const, shift }
  }

  async end (worker: WorkerId) {
    return await this.#base.write('endShift', { worker, at: this.#base.clock.now() })
  }

  #ask (worker: WorkerId, room: RoomId, wish: ShiftWish) {
    if (!this.#isOccupied(room)) return refuse('ROOM_FREE')
    const id = this.#requests.add(worker, room, wish)
    this.#told({ worker, room })
    return { ok: true as const, id }
  }

  /** Who asks, and whoever is there, on their open pages. */
  #told ({ worker, room }: Pick<JoinRequest, 'worker' | 'room'>): void {
    for (const each of new Set([worker, ...this.#base.roster.openIn(room).map((shift) => shift.worker as WorkerId)])) this.#changed(each)
  }

  async #start (worker: WorkerId, room: RoomId | null, place: string | null, wish: ShiftWish) {
    const row: ShiftRow = {
      id: makeId(),
      worker,
      room,
      place: place === null ? null : this.#base.keyring.sealText(worker, place, 'place'),
      startedAt: this.#base.clock.now(),
      plannedEndAt: wish.plannedEndAt,
      endedAt: null,
      provenAt: null,
      feedback: wish.feedback,
      house: wish.house
    }
    const written = await this.#base.write('startShift', row)
    return written.ok ? { ok: true as const, shift: this.#shown(row) } : written
  }

  #startFault (worker: WorkerId, wish: ShiftWish): StartFault | null {
    if (!this.#base.picture.folk.workers.has(worker)) return 'WORKER_NOT_FOUND'
    if (this.#base.roster.openOf(worker) !== null) return 'ALREADY_ON_SHIFT'
    if (!this.#isPlannable(wish.plannedEndAt)) return 'PLANNED_END_RANGE'
    return isMode(wish.feedback) ? null : 'FEEDBACK_RANGE'
  }

  #roomFault (worker: WorkerId, room: RoomId): 'ROOM_NOT_FOUND' | 'NOT_HER_VENUE' | null {
    const { venue, retiredAt } = this.#base.picture.places.rooms.get(room) ?? { retiredAt: null }
    if (venue === undefined || retiredAt !== null) return 'ROOM_NOT_FOUND'
    return this.#base.picture.folk.venuesOf.get(worker)?.has(venue) === true ? null : 'NOT_HER_VENUE'
  }

  #isOccupied (room: RoomId): boolean { return this.#base.roster.openIn(room).length > 0 }

  #isPlannable (at: number): boolean {
    const now = this.#base.clock.now()
    return Number.isInteger(at) && at > now && at <= now + SHIFT_MAX_MS
  }

  #shown (row: ShiftRow): Shift {
    return {
      id: row.id as ShiftId,
      room: row.room as RoomId | null,
      place: this.#base.keyring.text(row.worker, row.place, 'place'),
      startedAt: row.startedAt as EpochMs,
      plannedEndAt: row.plannedEndAt as EpochMs,
      doubtful: isDoubtful(row, this.#base.clock.now()),
      feedback: row.feedback,
      house: this.#hasHouseLane(row.room) ? row.house : null,
      provenAt: row.provenAt as EpochMs | null,
      armed: this.#isArmed(row)
    }
  }

  /** Never said of a room where nobody would hear in truth, nor in appearance. */
  #isArmed (row: ShiftRow): boolean {
    const now = this.#base.clock.now()
    return isArmedFor(this.#base.picture, row, now) && (!this.#isPretendedEmpty(row.worker as WorkerId) || isArmedByRoom(this.#base.picture, row, now))
  }

  #hasHouseLane (room: string | null): boolean {
    const { rooms, venues, buttonsOf } = this.#base.picture.places
    const venue = room === null ? undefined : rooms.get(room)?.venue
    if (room === null || venue === undefined || venues.get(venue)?.regime !== 'employed') return false
    return (buttonsOf.get(room) ?? []).some((button) => button.owner === null && button.retiredAt === null)
  }
}

function isMode (mode: number): boolean { return Number.isInteger(mode) && mode >= 0 && mode <= FEEDBACK_MODE_MAX }
