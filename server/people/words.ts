/** The nouns of the people's side: ids, roles and small values that every service of this folder shares. */
import type { ConsentId, EpochMs, ResponderId, RoomId, VenueId, WorkerId } from '../alarm/alarm.ts'
import type { Wish } from '../engine/ports.ts'
import type { EndpointId, Language } from '../notify/ports.ts'

type Brand<T, B extends string> = T & { readonly brand: B }

export type TechnicianId = Brand<string, 'TechnicianId'>
export type ResearcherId = Brand<string, 'ResearcherId'>
export type SessionId = Brand<string, 'SessionId'>
export type ShiftId = Brand<string, 'ShiftId'>
export type JoinRequestId = Brand<string, 'JoinRequestId'>
export type ShortcutId = Brand<string, 'ShortcutId'>
export type OfferId = Brand<string, 'OfferId'>
export type HandoverId = Brand<string, 'HandoverId'>

export type Regime = 'employed' | 'independent'
/** ISO 3166-2, and elsewhere: a closed list, so that no statistics can ever name a street. */
export const REGIONS = ['BE-BRU', 'BE-VLG', 'BE-WAL', 'other'] as const
export type Region = typeof REGIONS[number]
export const REGION_DEFAULT: Region = 'BE-BRU'
export type ResponderKind = 'contact' | 'colleague' | 'reference-person' | 'organisation' | 'authority'

/** Who a session speaks for. */
export type Who =
  | { readonly is: 'worker', readonly id: WorkerId }
  | { readonly is: 'responder', readonly id: ResponderId }
  | { readonly is: 'technician', readonly id: TechnicianId, readonly venue: VenueId }
  | { readonly is: 'researcher', readonly id: ResearcherId }

/** An expected outcome: never an exception. A failing disk rejects with `StoreFailed` instead. */
export type Done<T = unknown> = { readonly ok: true } & T
export type Refused<C extends string> = { readonly ok: false, readonly code: C }

/** What a responder may read on an alert, besides the room. */
export type Sees = { readonly alias: boolean, readonly room: boolean, readonly address: boolean }

export type Wishes = { readonly ambulance: Wish, readonly police: Wish }
export const NO_WISHES: Wishes = { ambulance: 'ask-me', police: 'no' }

/** Light 1, vibration 2, sound 4; 0 is dark, the default (R18). */
export type FeedbackMode = number
export const FEEDBACK_MODE_MAX = 7

/** Failed for the world outside: a sealed field could not be opened, a row is not what the schema promises. */
export class PeopleBroken extends Error {
  readonly code: 'SEAL_BROKEN' | 'ROW_BROKEN'
  constructor (code: 'SEAL_BROKEN' | 'ROW_BROKEN', message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'PeopleBroken'
    this.code = code
  }
}

export function assertNever (value: never): never {
  throw new PeopleBroken('ROW_BROKEN', `impossible: ${String(value)}`)
}

export type { ConsentId, EndpointId, EpochMs, Language, ResponderId, RoomId, VenueId, Wish, WorkerId }
