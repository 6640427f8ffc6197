/** The rows of the directory's picture, as they leave a store: personal fields sealed, 0/1 as booleans. */
export const SLICES = ['key', 'place', 'people', 'shift', 'endpoint', 'door', 'her-phone', 'check-in'] as const
export type Slice = typeof SLICES[number]
/** How often each part changed; 0 = never read. */
export type PictureVersions = Readonly<Record<Slice, number>>
export const NOTHING_READ: PictureVersions = { key: 0, place: 0, people: 0, shift: 0, endpoint: 0, door: 0, 'her-phone': 0, 'check-in': 0 }

/** One line that she can read; its words are sealed with her key. */
export type JournalRow = { readonly id: string, readonly worker: string, readonly at: number, readonly sealed: Uint8Array }

export type KeyRow = { readonly holder: string, readonly wrapped: Uint8Array }

export type VenueRow = { readonly id: string, readonly name: Uint8Array, readonly regime: string, readonly region: string }
/** Minutes of the rooms' own clock from the weekday's midnight; `weekday` 1 is Monday, `untilMin` may lie on the next day. */
export type OpeningRow = { readonly venue: string, readonly weekday: number, readonly fromMin: number, readonly untilMin: number }
export type RoomRow = { readonly id: string, readonly venue: string, readonly label: Uint8Array, readonly address: Uint8Array | null, /** Which of its QRs is the newest. */ readonly code: number, readonly retiredAt: number | null, /** Grows with every change of the room or its buttons (R13). */ readonly change: number }
export type ButtonRow = { readonly did: string, readonly room: string, readonly owner: string | null, readonly root: Uint8Array, readonly retiredAt: number | null }
export type VenueResponderRow = { readonly venue: string, readonly responder: string, readonly kind: string }
export type DutyRow = { readonly venue: string, readonly responder: string, readonly fromAt: number, readonly untilAt: number | null }
export type StandingRow = { readonly room: string, readonly step: number, readonly waitMs: number, readonly responder: string, readonly kind: string }
export type AgreementRow = { readonly venue: string, readonly responder: string, readonly worker: string }
export type PlaceSlice = {
  readonly venues: readonly VenueRow[]
  readonly openings: readonly OpeningRow[]
  readonly rooms: readonly RoomRow[]
  readonly buttons: readonly ButtonRow[]
  readonly venueResponders: readonly VenueResponderRow[]
  readonly duties: readonly DutyRow[]
  readonly standing: readonly StandingRow[]
  readonly agreements: readonly AgreementRow[]
}

export type WorkerRow = {
  readonly id: string, readonly alias: Uint8Array, readonly language: string, readonly pins: Uint8Array | null, readonly circleVersion: number
  readonly note: Uint8Array | null, readonly quietCheck: Uint8Array | null, readonly ambulance: string, readonly police: string
  /** When she is erased; null: nothing was asked. */
  readonly erasesAt: number | null
}
export type ResponderRow = {
  readonly id: string, readonly kind: string, readonly name: Uint8Array, readonly language: string
  /** Said "available" until then; may be over. */
  readonly availableUntil: number | null
  /** When they declared in writing that they never forward to an authority (R6). */
  readonly neverForwardsAt: number | null
}
export type LeftRow = { readonly id: string, readonly worker: string, readonly at: number, readonly sealed: Uint8Array }
export type ContactRow = {
  readonly worker: string, readonly responder: string, readonly joinedAt: number, readonly confirmed: boolean, readonly mayKnow: boolean
  readonly seesAlias: boolean, readonly seesRoom: boolean, readonly seesAddress: boolean
}
export type CircleStepRow = { readonly worker: string, readonly step: number, readonly waitMs: number, readonly assistWaitMs: number | null }
export type CirclePersonRow = { readonly worker: string, readonly step: number, readonly responder: string, readonly kind: string, readonly consent: string | null }
export type ConsentRow = {
  readonly id: string, readonly worker: string, readonly responder: string, readonly shift: string
  readonly wording: string, readonly givenAt: number, readonly revokedAt: number | null
}
export type PeopleSlice = {
  readonly workers: readonly WorkerRow[]
  readonly workerVenues: readonly { readonly worker: string, readonly venue: string }[]
  readonly responders: readonly ResponderRow[]
  readonly contacts: readonly ContactRow[]
  readonly steps: readonly CircleStepRow[]
  readonly people: readonly CirclePersonRow[]
  readonly consents: readonly ConsentRow[]
  readonly left: readonly LeftRow[]
}

export type ShiftRow = {
  readonly id: string, readonly worker: string, readonly room: string | null, readonly place: Uint8Array | null, readonly startedAt: number
  readonly plannedEndAt: number, readonly endedAt: number | null, readonly provenAt: number | null, readonly feedback: number, readonly house: boolean
}
export type EndpointRow = { readonly id: string, readonly responder: string, readonly sealed: Uint8Array, readonly text: string, readonly language: string, readonly provesShown: boolean, readonly addedAt: number }
export type HerPhoneRow = Omit<EndpointRow, 'responder'> & { readonly worker: string }
/** `dueAt`: as promised, and its name; `shiftedMs`: how far the wall clock was set since. */
export type CheckInRow = {
  readonly id: string, readonly worker: string, readonly forced: boolean, readonly madeAt: number, readonly dueAt: number, readonly shiftedMs: number
  readonly graceMs: number, readonly outcome: string, readonly heardAt: number, readonly room: string | null, readonly place: Uint8Array | null
}
export type SessionRow = {
  readonly id: string, readonly hash: Uint8Array, readonly previous: Uint8Array | null, readonly previousUntil: number | null
  readonly worker: string | null, readonly responder: string | null, readonly technician: string | null, readonly researcher: string | null
  readonly venue: string | null, readonly device: Uint8Array, readonly openedAt: number, readonly usedAt: number, readonly away: boolean
}
export type ShortcutRow = { readonly id: string, readonly hash: Uint8Array, readonly worker: string, readonly madeAt: number }

export type PictureRows = {
  readonly versions: PictureVersions
  readonly key?: readonly KeyRow[]
  readonly place?: PlaceSlice
  readonly people?: PeopleSlice
  readonly shift?: readonly ShiftRow[]
  readonly endpoint?: readonly EndpointRow[]
  readonly 'her-phone'?: readonly HerPhoneRow[]
  readonly 'check-in'?: readonly CheckInRow[]
  readonly door?: { readonly sessions: readonly SessionRow[], readonly shortcuts: readonly ShortcutRow[] }
}
