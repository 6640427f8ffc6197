/** Her list: pairing, circle and consent. Part of `services.ts`. */
import type { ConsentId, Done, EpochMs, Language, Refused, ResponderId, ResponderKind, Sees, Wishes, WorkerId } from './words.ts'
import type { SessionOpened } from './services.ts'
import type { Lie } from './veil-book.ts'

/** `neverForwards`: the version of the declaration they signed; an organisation without one is an authority (R6). */
export type PairingJoin = { readonly name: string, readonly kind: ResponderKind, readonly neverForwards?: string | undefined, readonly language: Language, readonly device: string }
export type Contact = {
  readonly responder: ResponderId
  readonly name: string
  readonly kind: ResponderKind
  readonly joinedAt: EpochMs
  /** Not live, and never told, before she has confirmed their code. */
  readonly confirmed: boolean
  readonly mayKnow: boolean
  readonly sees: Sees
  /** They said "available" until then; null: they did not, or it is over. */
  readonly availableUntil: EpochMs | null
  /** When they declared in writing that they never forward to an authority. */
  readonly neverForwardsAt: EpochMs | null
}
export type ContactLeft = { readonly name: string, readonly at: EpochMs }

export interface PairingService {
  /** A short code (8 letters and digits, shown once, kept hashed, 30 min, one use) that she gives to one person. */
  begin (worker: WorkerId): Promise<Done<{ code: string, expiresAt: EpochMs }> | Refused<'WORKER_NOT_FOUND' | 'TOO_MANY_CONTACTS' | 'TOO_MANY_PAIRINGS'>>
  /** For GET: consumes nothing, names nobody. */
  look (code: string): Promise<{ readonly expiresAt: EpochMs } | null>
  /** For POST: consumes it. `confirm`: 6 digits on the responder's screen, to be read to her by voice or in person. */
  join (code: string, joining: PairingJoin): Promise<Done<{ session: SessionOpened, confirm: string, kind: ResponderKind }> | Refused<'CODE_NOT_FOUND' | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
  /** The same for somebody who is a responder already. */
  joinAs (code: string, responder: ResponderId): Promise<Done<{ confirm: string }> | Refused<'CODE_NOT_FOUND' | 'RESPONDER_NOT_FOUND' | 'ALREADY_JOINED'>>
  contacts (worker: WorkerId): readonly Contact[]
  /** Who left by themselves in the last 30 days, the newest first; under a `lie` as it says. */
  left (worker: WorkerId, lie?: Lie | null): readonly ContactLeft[]
  /** She has read it. */
  forgetLeft (worker: WorkerId): Promise<Done>
  /** She types what she heard. Five wrong ones and the pairing begins anew. `pretended`: the right one makes nobody live, wrong ones are wrong all the same. */
  confirm (worker: WorkerId, responder: ResponderId, code: string, pretended?: boolean): Promise<Done | Refused<'CONTACT_NOT_FOUND' | 'CONFIRM_WRONG' | 'CONFIRM_TRIES_OVER'>>
  /** Works at once, in running alarms too, silently (R5). */
  remove (worker: WorkerId, responder: ResponderId): Promise<Done | Refused<'CONTACT_NOT_FOUND'>>
}

/** Waits in seconds, 5 to 60; `assistWaitS` may be up to 600 and only rules a quiet check (R9). */
export type CircleStep = { readonly waitS: number, readonly assistWaitS: number | null, readonly people: readonly ResponderId[] }
export type CircleEdit = {
  readonly steps: readonly CircleStep[]
  /** "knock and ask for the keys"; null: none. */
  readonly note: string | null
  readonly quietCheck: string | null
  readonly wishes: Wishes
  /** Those marked learn the truth after a duress PIN (R15). */
  readonly mayKnow: readonly ResponderId[]
  /** Who is not listed sees the room alone. */
  readonly sees: Readonly<Record<string, Sees>>
}
/** Of those who "may know": nobody is marked, none of them has a device that can be woken, or one has. */
export type MarkedReach = 'nobody' | 'no-device' | 'device'
/** `version` grows with each edit: send back the one you read, so that two phones can't overwrite each other. */
export type Circle = CircleEdit & { readonly version: number }

export type CircleFault =
  | 'CIRCLE_EMPTY' | 'STEP_EMPTY' | 'TOO_MANY_STEPS' | 'TOO_MANY_PEOPLE' | 'WAIT_RANGE' | 'TWICE_IN_CIRCLE'
  | 'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'AUTHORITY_NEEDS_CONSENT' | 'NO_TRUSTED_PERSON' | 'TEXT_TOO_LONG'

/** Her list as a screen shows it that is lied to (R16): what would be true if what was pretended had been done. */
export type ListShown = {
  readonly circle: Circle
  readonly contacts: readonly Pick<Contact, 'responder' | 'kind' | 'confirmed'>[]
  readonly consents: readonly (Pick<ConsentListed, 'id' | 'responder' | 'live'>)[]
}

export interface CircleService {
  /** From memory; an empty circle (version 0) before the first edit. null: no such worker. */
  get (worker: WorkerId): Circle | null
  /** Replaces the whole circle; never touches a running alarm, except that who is no longer in it is dropped at once. */
  /** Says nothing of whether a duress PIN is set: her list may be read over her shoulder. */
  reachOf (marked: readonly ResponderId[]): MarkedReach
  put (worker: WorkerId, edit: CircleEdit, version: number): Promise<Done<{ circle: Circle }> |
  Refused<CircleFault | 'WORKER_NOT_FOUND' | 'CIRCLE_CHANGED'>>
  /** What `put` would answer if her list were the one that is shown. Changes nothing. */
  would (edit: CircleEdit, version: number, shown: ListShown): Done<{ circle: Circle }> | Refused<CircleFault | 'CIRCLE_CHANGED'>
}

export type ConsentListed = { readonly id: ConsentId, readonly responder: ResponderId, readonly wording: string, readonly givenAt: EpochMs, readonly revokedAt: EpochMs | null, readonly live: boolean }
export interface ConsentService {
  /** Her own, explicit, dated consent for this shift (R6). `wording`: the version of the text that she read. The authority is not in her circle yet: she puts it there. */
  give (worker: WorkerId, responder: ResponderId, wording: string): Promise<Done<{ id: ConsentId }> |
  Refused<'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'NOT_AN_AUTHORITY' | 'NO_SHIFT' | 'WORDING_EMPTY' | 'TEXT_TOO_LONG'>>
  /** What `give` would answer if her list were the one that is shown; `fresh` null: it is given already. Changes nothing. */
  would (worker: WorkerId, responder: ResponderId, wording: string, shown: ListShown): Done<{ id: ConsentId, fresh: ConsentListed | null }> |
  Refused<'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'NOT_AN_AUTHORITY' | 'NO_SHIFT' | 'WORDING_EMPTY' | 'TEXT_TOO_LONG'>
  /** At once, running alarms and queued deliveries included. */
  revoke (worker: WorkerId, consent: ConsentId): Promise<Done | Refused<'CONSENT_NOT_FOUND'>>
  list (worker: WorkerId): readonly ConsentListed[]
}
