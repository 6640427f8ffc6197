/**
 * What people ask of a disk, in whole operations. Every time and every id is passed in; personal fields come sealed and
 * leave sealed: no adapter ever sees one. A write resolves after it is on disk and rejects with `StoreFailed` when the
 * disk fails; trying the same write again is right (a second time it changes nothing). Refusals are values.
 */
import type { CheckInWrites } from './check-in-writes.ts'
import type { HerPhoneWrites } from './her-phone-writes.ts'
import type { OfferReads, OfferWrites } from './offer-writes.ts'
import type { JournalRow, PictureRows, PictureVersions } from './people-rows.ts'
import type { ReadinessReads, ReadinessWrites } from './readiness-writes.ts'
import type { ResponderWrites } from './responder-writes.ts'
import type { RotaReads, RotaWrites } from './rota-writes.ts'
import type { StandingWrites } from './standing-writes.ts'
import type { ShortcutUseReads, ShortcutUseWrites } from './shortcut-use-writes.ts'
import type { StatisticReads, StatisticWrites } from './statistic-writes.ts'
import type { PrivacyReads, PrivacyWrites } from './privacy-store.ts'
import type { VeilReads, VeilWrites } from './veil-writes.ts'

export type Sealed = Uint8Array
export type Hash = Uint8Array
export type NewKey = { readonly holder: string, readonly wrapped: Uint8Array }
export type SessionRole = 'worker' | 'responder' | 'technician' | 'researcher'
export type NewSession = { readonly id: string, readonly hash: Hash, readonly role: SessionRole, readonly subject: string, readonly device: Sealed, readonly at: number }
export type NewShift = {
  readonly id: string, readonly worker: string, readonly room: string | null, readonly place: Sealed | null,
  readonly startedAt: number, readonly plannedEndAt: number, readonly provenAt: number | null, readonly feedback: number, readonly house: boolean
}
export type StepRow = { readonly waitMs: number, readonly assistWaitMs: number | null }
export type NewCircle = {
  readonly worker: string
  readonly version: number
  readonly note: Sealed | null
  readonly quietCheck: Sealed | null
  readonly ambulance: string
  readonly police: string
  readonly steps: readonly StepRow[]
  readonly people: readonly { readonly responder: string, readonly step: number, readonly consent: string | null }[]
  readonly mayKnow: readonly string[]
  readonly sees: readonly { readonly responder: string, readonly alias: boolean, readonly room: boolean, readonly address: boolean }[]
}
export type Newcomer =
  | { readonly role: 'worker', readonly id: string, readonly alias: Sealed, readonly language: string }
  | {
    readonly role: 'responder', readonly id: string, readonly kind: string, readonly name: Sealed, readonly language: string
    /** In writing: that they never forward to an authority; the version of the text they signed. */
    readonly neverForwards: { readonly wording: string, readonly at: number } | null
  }
  | { readonly role: 'technician' | 'researcher', readonly id: string }

type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

/** Name -> arguments and outcome of every write. */
export type PeopleWrites =
  & StatisticWrites
  & OwnWrites
  & ResponderWrites
  & OfferWrites
  & RotaWrites
  & StandingWrites
  & HerPhoneWrites
  & CheckInWrites
  & ShortcutUseWrites
  & PrivacyWrites
  & ReadinessWrites
  & VeilWrites
type OwnWrites = {
  /** Something that changed no other row: keeps `journal` alone. */
  note: (a: Readonly<Record<string, never>>) => Ok
  addVenue: (a: { readonly id: string, readonly name: Sealed, readonly regime: string, readonly region: string, readonly key: NewKey }) => Ok
  addRoom: (a: { readonly id: string, readonly venue: string, readonly label: Sealed, readonly labelHash: Hash, readonly address: Sealed | null }) => Ok | No<'VENUE_NOT_FOUND' | 'LABEL_TAKEN'>
  /** A room that is retired is none. */
  alterRoom: (a: { readonly id: string, readonly venue: string, readonly label: Sealed, readonly labelHash: Hash, readonly address: Sealed | null }) => Ok | No<'ROOM_NOT_FOUND' | 'LABEL_TAKEN'>
  /** Its label is free again; its rows stay, for whoever works there now. */
  retireRoom: (a: { readonly id: string, readonly venue: string, readonly at: number }) => Ok | No<'ROOM_NOT_FOUND' | 'ROOM_HAS_BUTTONS'>
  /** `from`: the code that was read, so that a repeated call renews once. */
  renewRoomCode: (a: { readonly id: string, readonly venue: string, readonly from: number }) => Ok | No<'ROOM_NOT_FOUND'>
  /** A button of the house, within one venue. */
  moveButton: (a: { readonly did: string, readonly venue: string, readonly room: string }) => Ok | No<'BUTTON_NOT_FOUND' | 'ROOM_NOT_FOUND'>
  /** All hours of the venue; none: it counts as always open. */
  setOpening: (a: { readonly venue: string, readonly hours: ReadonlyArray<{ readonly weekday: number, readonly fromMin: number, readonly untilMin: number }> }) => Ok | No<'VENUE_NOT_FOUND'>
  addButton: (a: { readonly did: string, readonly room: string, readonly owner: string | null, readonly root: Sealed, readonly at: number }) => Ok | No<'ROOM_NOT_FOUND' | 'WORKER_NOT_FOUND'>
  retireButton: (a: { readonly venue: string, readonly did: string, readonly at: number }) => Ok | No<'BUTTON_NOT_FOUND'>
  setDuty: (a: { readonly venue: string, readonly responder: string, readonly fromAt: number, readonly untilAt: number | null }) => Ok | No<'NOT_A_REFERENCE_PERSON'>

  makeInvite: (a: { readonly hash: Hash, readonly role: string, readonly venue: string | null, readonly expiresAt: number }) => Ok | No<'VENUE_NOT_FOUND'>
  /** Consumes the invite and creates whom it invited, their key and their first session, or nothing of it. */
  acceptInvite: (a: { readonly hash: Hash, readonly at: number, readonly role: string, readonly newcomer: Newcomer, readonly key: NewKey, readonly session: NewSession }) => Ok | No<'INVITE_NOT_FOUND' | 'ROLE_MISMATCH'>

  openSession: (a: NewSession & { readonly most: number }) => (Ok & { readonly dropped: readonly string[] }) | No<'SUBJECT_NOT_FOUND'>
  /** The old token opens until the new one has been used (`confirmRotation`), and its grace after that. */
  rotateSession: (a: { readonly id: string, readonly from: Hash, readonly to: Hash, readonly at: number }) => Ok | No<'SESSION_NOT_FOUND'>
  revokeSession: (a: { readonly id: string }) => Ok | No<'SESSION_NOT_FOUND'>
  /** Behind its PIN on its phone, or back in use. */
  placeSession: (a: { readonly id: string, readonly away: boolean }) => Ok | No<'SESSION_NOT_FOUND'>
  makeShortcut: (a: { readonly id: string, readonly hash: Hash, readonly worker: string, readonly at: number, readonly most: number }) => Ok | No<'WORKER_NOT_FOUND' | 'TOO_MANY_SHORTCUTS'>
  revokeShortcut: (a: { readonly id: string, readonly worker: string }) => Ok | No<'SHORTCUT_NOT_FOUND'>

  changeWorker: (a: { readonly worker: string, readonly alias: Sealed | null, readonly language: string | null }) => Ok | No<'WORKER_NOT_FOUND'>
  setPins: (a: { readonly worker: string, readonly pins: Sealed, readonly duress: boolean }) => Ok | No<'WORKER_NOT_FOUND' | 'NOBODY_MAY_KNOW'>

  beginPairing: (a: { readonly hash: Hash, readonly worker: string, readonly expiresAt: number, readonly at: number, readonly openMost: number, readonly contactsMost: number }) => Ok | No<'WORKER_NOT_FOUND' | 'TOO_MANY_PAIRINGS' | 'TOO_MANY_CONTACTS'>
  /** Consumes the code; `newcomer` null: somebody who is a responder already. Not live before `confirmContact`. */
  joinPairing: (a: {
    readonly hash: Hash, readonly at: number, readonly responder: string, readonly confirmHash: Hash
    readonly newcomer: { readonly person: Newcomer, readonly key: NewKey, readonly session: NewSession } | null
  }) => Ok | No<'CODE_NOT_FOUND' | 'RESPONDER_NOT_FOUND' | 'ALREADY_JOINED'>
  confirmContact: (a: { readonly worker: string, readonly responder: string, readonly confirmHash: Hash, readonly at: number, readonly triesMost: number, readonly pretended: boolean }) => Ok | No<'CONTACT_NOT_FOUND' | 'CONFIRM_WRONG' | 'CONFIRM_TRIES_OVER'>
  /** The contact, its place in the circle and its consents go together. */
  removeContact: (a: { readonly worker: string, readonly responder: string }) => Ok | No<'CONTACT_NOT_FOUND'>
  putCircle: (a: NewCircle & { readonly expectedVersion: number }) => Ok | No<'WORKER_NOT_FOUND' | 'CIRCLE_CHANGED' | 'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'AUTHORITY_NEEDS_CONSENT' | 'TWICE_IN_CIRCLE'>
  giveConsent: (a: { readonly id: string, readonly worker: string, readonly responder: string, readonly wording: string, readonly at: number }) => (Ok & { readonly id: string }) | No<'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'NOT_AN_AUTHORITY' | 'NO_SHIFT'>
  revokeConsent: (a: { readonly worker: string, readonly consent: string, readonly at: number }) => Ok | No<'CONSENT_NOT_FOUND'>

  changeResponder: (a: { readonly responder: string, readonly name: Sealed | null, readonly language: string | null }) => Ok | No<'RESPONDER_NOT_FOUND'>
  subscribe: (a: { readonly id: string, readonly responder: string, readonly urlHash: Hash, readonly sealed: Sealed, readonly text: string, readonly language: string, readonly provesShown: boolean, readonly at: number, readonly most: number }) => Ok | No<'RESPONDER_NOT_FOUND' | 'TOO_MANY_ENDPOINTS'>
  unsubscribe: (a: { readonly id: string }) => Ok | No<'ENDPOINT_NOT_FOUND'>

  /** The same id again changes nothing: a press that started it may be written twice. */
  startShift: (a: NewShift) => Ok | No<'ALREADY_ON_SHIFT' | 'WORKER_NOT_FOUND'>
  proveShift: (a: { readonly worker: string, readonly room: string, readonly at: number }) => Ok
  changeShift: (a: { readonly worker: string, readonly plannedEndAt: number | null, readonly feedback: number | null, readonly house: boolean | null }) => Ok | No<'NO_SHIFT'>
  endShift: (a: { readonly worker: string, readonly at: number }) => Ok | No<'NO_SHIFT'>
  /**
   * The daily job (R21): shift rows that ended before `endedBefore` go (those in `busy` stay: their alarm is open and
   * a consent hangs on them); shifts planned to end before `plannedBefore` end now; dead codes and sessions go.
   */
  retain: (a: { readonly at: number, readonly endedBefore: number, readonly plannedBefore: number, readonly unconfirmedBefore: number, readonly sessionsBefore: number, readonly journalBefore: number, readonly busy: readonly string[], readonly onShift: readonly string[] }) => Ok
}

export type PeopleWrite = keyof PeopleWrites
export type PeopleWritten<N extends PeopleWrite> = ReturnType<PeopleWrites[N]>

export interface PeopleStore extends OfferReads, RotaReads, ShortcutUseReads, ReadinessReads, VeilReads {
  readonly statistics: StatisticReads
  readonly privacy: PrivacyReads
  /** `journal`: what the people concerned can read about it afterwards; on disk together with it, and only if it was done. */
  write<N extends PeopleWrite> (name: N, args: Parameters<PeopleWrites[N]>[0], journal?: readonly JournalRow[]): Promise<PeopleWritten<N>>
  /** What `write` would answer now. Changes nothing. @throws StoreFailed */
  trial<N extends PeopleWrite> (name: N, args: Parameters<PeopleWrites[N]>[0]): Promise<PeopleWritten<N>>
  /** The newest first. */
  journal (worker: string): Promise<readonly JournalRow[]>
  /** What changed since `known`, as one consistent moment; parts that did not change are absent. Cheap when nothing did. */
  picture (known: PictureVersions): Promise<PictureRows>
  invite (hash: Hash): Promise<{ readonly role: string, readonly venue: string | null, readonly expiresAt: number } | null>
  /** Last beats of buttons, many at once; what they hold is their owner's business (JSON). */
  saveBeats (beats: readonly { readonly did: string }[]): Promise<void>
  loadBeats<Beat> (): Promise<readonly Beat[]>
  pairing (hash: Hash): Promise<{ readonly expiresAt: number } | null>
  /** R6: given by the owner of this contact, not revoked, and its shift goes on or an alarm of hers (`lane`) is still live. */
  consentHolds (consent: string, responder: string, laneOf: (worker: string) => string): Promise<boolean>
}
