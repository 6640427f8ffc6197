/** Venues, rooms, buttons, shifts and two-minute windows. Part of `services.ts`. */
import type { Beat, KnownButton } from '../../broker/ports.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { Done, EpochMs, FeedbackMode, JoinRequestId, Refused, Regime, Region, ResponderId, RoomId, ShiftId, VenueId, WorkerId } from './words.ts'

export type Venue = { readonly id: VenueId, readonly name: string, readonly regime: Regime, readonly region: Region }
export type Room = { readonly id: RoomId, readonly venue: VenueId, readonly label: string, readonly address: string | null }

/** `weekday` 1 is Monday; minutes from its midnight, `untilMin` may lie on the next day. */
export type OpeningHours = { readonly weekday: number, readonly fromMin: number, readonly untilMin: number }

export interface VenueService {
  /** `region` (Brussels unless said otherwise) is for anonymous statistics alone. */
  add (name: string, regime: Regime, region?: Region): Promise<Done<{ venue: Venue }> | Refused<'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
  list (): readonly Venue[]
  addRoom (venue: VenueId, label: string, address: string | null): Promise<Done<{ room: Room }> | Refused<'VENUE_NOT_FOUND' | 'LABEL_TAKEN' | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
  /** R13: it is unready until tested, and who works there is told. */
  alterRoom (venue: VenueId, room: RoomId, label: string, address: string | null): Promise<Done | Refused<'ROOM_NOT_FOUND' | 'LABEL_TAKEN' | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
  /** Nobody can start there any more; who works there goes on. Whether somebody does is not told (R21): its buttons have to go first. */
  retireRoom (venue: VenueId, room: RoomId): Promise<Done | Refused<'ROOM_NOT_FOUND' | 'ROOM_HAS_BUTTONS'>>
  /** A new QR; the old one is void at once. */
  renewRoomCode (venue: VenueId, room: RoomId): Promise<Done | Refused<'ROOM_NOT_FOUND'>>
  /** Weekly, by the rooms' own clock; empty: always open. */
  opening (venue: VenueId): readonly OpeningHours[]
  setOpening (venue: VenueId, hours: readonly OpeningHours[]): Promise<Done | Refused<'VENUE_NOT_FOUND' | 'OPENING_RANGE'>>
  rooms (venue: VenueId): readonly Room[]
  room (room: RoomId): Room | null
  /** What a room's QR holds (never a path with a meaning; a page without a session is blank, R22). Derived, not stored; another one after `renewRoomCode`. */
  roomToken (room: RoomId): string
  /** Reference persons are on duty from `fromAt` until `untilAt` (null: open end). The house lane tells those on duty, else all of the venue. */
  setDuty (venue: VenueId, responder: ResponderId, fromAt: EpochMs, untilAt: EpochMs | null): Promise<Done | Refused<'NOT_A_REFERENCE_PERSON' | 'DUTY_RANGE'>>
}

/** One button as it was heard last; `shown` is what of this a venue may know. */
export type ButtonListed = {
  readonly did: Did
  readonly room: RoomId
  readonly venue: VenueId
  readonly retired: boolean
  readonly model: string | null
  readonly fw: string | null
  readonly batteryPct: number | null
  readonly rssiDbm: number | null
  readonly flags: number | null
  readonly beatS: number
  readonly lastBeatAt: EpochMs | null
  /** null: not known to be silent. */
  readonly silent: 'silent' | 'will' | 'sleeping' | 'off' | null
  /** The newest thing that a technician must know (`TAG_WRONG`, `PRESS_UNREADABLE`), null: nothing. */
  readonly trouble: string | null
}
/** Shown once: the command line prints it for a laboratory (interface.md). */
export type Enrolled = { readonly did: Did, readonly root: string, readonly mqttUsername: string, readonly mqttPassword: string }

export interface ButtonService {
  /** `owner`: hers (never a house lane), null: the house's. */
  add (room: RoomId, owner: WorkerId | null): Promise<Done<{ button: Enrolled }> | Refused<'ROOM_NOT_FOUND' | 'WORKER_NOT_FOUND'>>
  /** Exact: for the house itself and the operator. */
  list (venue: VenueId): readonly ButtonListed[]
  /** For the technician: whole stretches that are over. `lastBeatAt` is when the newest began in which it was heard; a press moves nothing. */
  shown (venue: VenueId): readonly ButtonListed[]
  /** Into another room of the venue: both are unready until tested, and who works there is told (R13). */
  move (venue: VenueId, did: string, room: RoomId): Promise<Done | Refused<'BUTTON_NOT_FOUND' | 'ROOM_NOT_FOUND'>>
  retire (venue: VenueId, did: string): Promise<Done | Refused<'BUTTON_NOT_FOUND'>>
  /** `Buttons` of broker/ports.ts. From memory. `mode`: the darkest choice of those on shift (R18). */
  find (did: Did): KnownButton | null
  /** Signs of life, in memory; on disk at most once a minute per button. Never wait, never throw. */
  heard (beat: Beat, by?: 'press' | 'beat'): void
  silent (did: Did, why: 'silent' | 'will' | 'sleeping' | 'off'): void
  trouble (did: Did, code: string): void
}

export type Shift = {
  readonly id: ShiftId
  readonly room: RoomId | null
  /** What she typed; sealed at rest. null when in a room. */
  readonly place: string | null
  readonly startedAt: EpochMs
  readonly plannedEndAt: EpochMs
  /** Past its planned end: her lane plus the standing circle are told (R7). */
  readonly doubtful: boolean
  readonly feedback: FeedbackMode
  /** Whether the venue's reference person is told "room 3, now" (R4). null: no house lane exists for this shift. */
  readonly house: boolean | null
  /** When a press of this room's button was proven in this shift. */
  readonly provenAt: EpochMs | null
  /** false: a press would reach nobody at all. */
  readonly armed: boolean
}
export type ShiftWish = { readonly plannedEndAt: EpochMs, readonly feedback: FeedbackMode, readonly house: boolean }
export type StartFault = 'WORKER_NOT_FOUND' | 'ALREADY_ON_SHIFT' | 'PLANNED_END_RANGE' | 'FEEDBACK_RANGE'

export interface ShiftService {
  /** The next press of a button of this room, within two minutes, starts her shift (and proves the button). */
  openWindow (worker: WorkerId, room: RoomId, wish: ShiftWish): Done<{ closesAt: EpochMs }> | Refused<StartFault | 'ROOM_NOT_FOUND' | 'NOT_HER_VENUE' | 'ROOM_OCCUPIED'>
  /** By the room's QR. `ROOM_OCCUPIED`: ask those on shift. */
  startByQr (worker: WorkerId, token: string, wish: ShiftWish): Promise<Done<{ shift: Shift }> | Refused<StartFault | 'ROOM_NOT_FOUND' | 'ROOM_OCCUPIED'>>
  startAtPlace (worker: WorkerId, place: string, wish: ShiftWish): Promise<Done<{ shift: Shift }> | Refused<StartFault | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
  /** Asks those on shift in an occupied room. `alias` of the asker is shown to them alone. */
  ask (worker: WorkerId, room: RoomId, wish: ShiftWish): Done<{ id: JoinRequestId }> | Refused<StartFault | 'ROOM_NOT_FOUND' | 'NOT_HER_VENUE' | 'ROOM_FREE'>
  /** Whoever stands before the room's QR may ask there, as she may start there. */
  askByQr (worker: WorkerId, token: string, wish: ShiftWish): Done<{ id: JoinRequestId }> | Refused<StartFault | 'ROOM_NOT_FOUND' | 'ROOM_FREE'>
  asked (worker: WorkerId): readonly { readonly id: JoinRequestId, readonly alias: string }[]
  /** How many ask to join her room, and how it stands with what she asked herself: `refused` says neither by whom nor why. null: neither. */
  joins (worker: WorkerId): { readonly asks: number, readonly mine: 'asked' | 'refused' | null } | null
  /** Everybody on shift in the room has to approve; the last approval starts the asker's shift. */
  approve (worker: WorkerId, request: JoinRequestId): Promise<Done<{ started: boolean }> | Refused<'REQUEST_NOT_FOUND'>>
  refuse (worker: WorkerId, request: JoinRequestId): Done | Refused<'REQUEST_NOT_FOUND'>
  /** She asks no more: no approval starts a shift of hers any longer, and those who are there are not asked. Nothing asked: nothing changes. */
  withdraw (worker: WorkerId): void
  current (worker: WorkerId): Shift | null
  /** Of the venues where she works; `venue` is its name. */
  rooms (worker: WorkerId): readonly { readonly id: RoomId, readonly label: string, readonly venue: string }[]
  /** Of the shift that goes on; null: none. */
  openId (worker: WorkerId): ShiftId | null
  change (worker: WorkerId, change: { readonly plannedEndAt?: EpochMs, readonly feedback?: FeedbackMode, readonly house?: boolean }): Promise<Done<{ shift: Shift }> | Refused<'NO_SHIFT' | 'PLANNED_END_RANGE' | 'FEEDBACK_RANGE'>>
  end (worker: WorkerId): Promise<Done | Refused<'NO_SHIFT'>>
}

export interface WindowService {
  /** Her own: the next press of a button in her room (or her phone's `test`) is a drill of her lane. Refused while others are on shift there. */
  openTest (worker: WorkerId, room: RoomId | null): Done<{ closesAt: EpochMs }> | Refused<'WORKER_NOT_FOUND' | 'ROOM_NOT_FOUND' | 'NOT_HER_VENUE' | 'ROOM_SHARED'>
  /** The technician's, for one button; it never touches the lanes of anyone on shift (R13). Says nothing about who is. */
  openTechnicianTest (venue: VenueId, did: string): Done<{ closesAt: EpochMs }> | Refused<'BUTTON_NOT_FOUND'>
  /** `used`: its press came. From memory; null: none was opened in the last ten minutes. */
  ofWorker (worker: WorkerId): WindowSeen | null
  ofButton (venue: VenueId, did: string): WindowSeen | null
  close (worker: WorkerId): void
}
export type WindowSeen = { readonly for: 'test' | 'shift', readonly closesAt: EpochMs, readonly used: boolean }
