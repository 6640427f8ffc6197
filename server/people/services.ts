/**
 * What the doors of the house (HTTP, command line) may ask of people. Every method that writes resolves after the row
 * is on disk and the directory knows it; it rejects with `StoreFailed` when the disk fails. Refusals are values with a
 * stable code. Who may call what is the doors' affair; whose row it is, is checked here.
 */
import type { CircleService, ConsentService, PairingService } from './circle-services.ts'
import type { OfferService, RotaService, StandingService } from './offer-services.ts'
import type { ResponderService } from './responder-services.ts'
import type { CheckInService } from './check-in-services.ts'
import type { HerPhoneService, HomeService } from './home-services.ts'
import type { DrillService, ReadinessService } from './readiness/services.ts'
import type { VeilService } from './veil-book.ts'
import type { ButtonService, ShiftService, VenueService, WindowService } from './place-services.ts'
import type { StatisticsService } from './statistic-services.ts'
import type { ErasureService, HistoryService, HoldingService, JoiningService, RecoveryService } from './privacy-services.ts'
import type { Done, EndpointId, EpochMs, Language, Refused, ResponderId, RoomId, SessionId, ShortcutId, VenueId, Who, WorkerId } from './words.ts'

/** `away`: put behind its PIN on a phone that somebody else uses now; it speaks for nobody before that PIN was typed (R24). */
export type SessionFound = { readonly id: SessionId, readonly who: Who, readonly usedAt: EpochMs, readonly away: boolean }
export type SessionListed = { readonly id: SessionId, readonly device: string, readonly openedAt: EpochMs, readonly usedAt: EpochMs, readonly current: boolean }
/** `token`: 43 characters of base64url, shown once; only its SHA-256 is kept. */
export type SessionOpened = { readonly id: SessionId, readonly token: string, readonly who: Who }

export interface SessionService {
  /** Another session for somebody who is known (a test of the house, a second phone). `device`: "Chrome on Android"; sealed. */
  open (who: Who, device: string): Promise<SessionOpened>
  /** From memory, so that a phone can raise while the disk is dead. null: unknown, revoked or expired. */
  find (token: string): SessionFound | null
  /** A new token. The old one opens until the new one has been used, and for two minutes more. */
  rotate (token: string): Promise<Done<{ token: string }> | Refused<'SESSION_NOT_FOUND'>>
  list (who: Who, current: SessionId): readonly SessionListed[]
  revoke (who: Who, session: SessionId): Promise<Done | Refused<'SESSION_NOT_FOUND'>>
  /** At once, and on disk as soon as it takes it; so is the way back. */
  putAway (session: SessionId): void
  bring (session: SessionId): void
  /** Called after a session is gone, so that its sockets can be cut. Returns the way to stop listening. */
  onRevoked (listener: (session: SessionId) => void): () => void
}

export type InviteRole = 'worker' | 'technician' | 'researcher' | 'reference-person' | 'organisation'
export type Joining =
  | { readonly role: 'worker', readonly alias: string, readonly language: Language, readonly device: string }
  /** Only with their declaration: who may forward to an authority is never a venue's responder (R6). */
  | { readonly role: 'reference-person' | 'organisation', readonly name: string, readonly language: Language, readonly device: string, readonly neverForwards: string }
  | { readonly role: 'technician' | 'researcher', readonly device: string }

export interface InviteService {
  /** `venue` may be null for a researcher alone. The code (shown once, kept hashed) lives 7 days and opens one door once. */
  make (role: InviteRole, venue: VenueId | null): Promise<Done<{ code: string, expiresAt: EpochMs }> | Refused<'VENUE_NOT_FOUND' | 'VENUE_NEEDED'>>
  /** For GET: consumes nothing, names neither work nor venue (R22). null: unknown, used or expired, all alike. */
  look (code: string): Promise<{ readonly role: InviteRole, readonly expiresAt: EpochMs } | null>
  /** For POST: consumes it once and opens a session. */
  accept (code: string, joining: Joining): Promise<Done<{ session: SessionOpened }> | Refused<'INVITE_NOT_FOUND' | 'ROLE_MISMATCH' | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
}

export type WorkerSelf = { readonly alias: string, readonly language: Language, readonly hasPin: boolean }
export interface WorkerService {
  /** From memory. null: erased. */
  self (worker: WorkerId): WorkerSelf | null
  change (worker: WorkerId, change: { readonly alias?: string, readonly language?: Language }): Promise<Done | Refused<'TEXT_EMPTY' | 'TEXT_TOO_LONG' | 'WORKER_NOT_FOUND'>>
}

export type PinVerdict = 'true' | 'duress' | 'wrong' | 'wait' | 'unset'
/** `current` is null only while none is set; `duress: null`: none. 4 to 8 digits, equal in length. */
export type NewPins = { readonly current: string | null, readonly pin: string, readonly duress: string | null }
export interface PinService {
  /**
   * Same work and same time for every verdict (both hashes are always computed). `wait`: too many wrong ones on this
   * `phone` (its session), or too many under way in the house; try later; never ask this before raising. Callers treat
   * `duress` as `true` towards her screen and change nothing (R15, R16).
   */
  verify (worker: WorkerId, pin: string, phone: string): Promise<PinVerdict>
  /** How long no PIN is looked at on this phone; 0: it is. */
  waitMs (worker: WorkerId, phone: string): number
  /**
   * Sets her PIN and her duress PIN together. Given the duress PIN as `current` it answers ok, her own PIN stays, and the
   * new one lies from now on: it is what whoever forced her will type next. `pretended`: for the veil alone, never shown.
   */
  set (worker: WorkerId, pins: NewPins, phone: string): Promise<Done<{ pretended: boolean }> |
  Refused<'PIN_WRONG' | 'PIN_WAIT' | 'PIN_FORMAT' | 'PIN_TOO_CLOSE' | 'NOBODY_MAY_KNOW' | 'WORKER_NOT_FOUND'>>
}

export type EndpointListed = { readonly id: EndpointId, readonly text: 'full' | 'discreet', readonly language: Language, readonly provesShown: boolean, readonly addedAt: EpochMs }
export type Subscription = { readonly url: string, readonly p256dh: string, readonly auth: string, readonly text: 'full' | 'discreet', readonly language: Language, readonly provesShown: boolean }
export interface EndpointService {
  /** The same url again replaces the old row (also when another responder of this phone held it: both keep theirs). */
  subscribe (responder: ResponderId, subscription: Subscription): Promise<Done<{ id: EndpointId }> | Refused<'RESPONDER_NOT_FOUND' | 'TOO_MANY_ENDPOINTS'>>
  unsubscribe (responder: ResponderId, endpoint: EndpointId): Promise<Done | Refused<'ENDPOINT_NOT_FOUND'>>
  /** How this device is told: `full` or `discreet`, in which language. The subscription itself stays. */
  change (responder: ResponderId, endpoint: EndpointId, change: { readonly text?: 'full' | 'discreet', readonly language?: Language }): Promise<Done | Refused<'ENDPOINT_NOT_FOUND'>>
  list (responder: ResponderId): readonly EndpointListed[]
}

/** Who did it: she on one of her phones, somebody on her list, one who works where she does, her venue, the operator's command line, or the service by itself. */
export type JournalBy = 'you' | 'responder' | 'colleague' | 'venue' | 'operator' | 'service'
/** What happened; the screens have a text for each. */
export type JournalWhat = 'circle-changed' | 'contact-confirmed' | 'contact-removed' | 'contact-left' | 'nobody-may-know' | 'offer-taken' | 'standing-agreed' | 'standing-withdrawn' | 'standing-changed' | 'consent-given' | 'consent-revoked' | 'phone-removed'
  | 'room-changed' | 'check-in-raised' | 'shortcut-made' | 'shortcut-used' | 'shortcut-revoked'
  | 'session-opened' | 'session-ended' | 'old-token-used' | 'pin-changed' | 'pin-tried' | 'recovery-words-made' | 'recovery-words-used'
  | 'exported' | 'erasure-asked' | 'erasure-cancelled' | 'history-days-changed' | 'history-erased' | 'alarm-kept' | 'alarm-unkept'
/** `responder`: whom on her list it is about; `room`: which room's label she may know; `device`: which of her own phones. */
export type JournalEntry = { readonly what: JournalWhat, readonly by: JournalBy, readonly responder?: ResponderId, readonly room?: RoomId, readonly device?: string }
export type JournalLine = JournalEntry & { readonly id: string, readonly at: EpochMs }
export interface JournalService {
  /** The newest first. @throws StoreFailed */
  list (worker: WorkerId): Promise<readonly JournalLine[]>
  /** Something that changed no row of hers. @throws StoreFailed */
  note (worker: WorkerId, entry: JournalEntry): Promise<void>
}

/** `presses`: in the last 24 hours, repetitions of one press not counted. */
export type ShortcutListed = { readonly id: ShortcutId, readonly madeAt: EpochMs, readonly usedAt: EpochMs | null, readonly presses: number }
/** A phone shortcut's bearer token can raise and nothing else. */
export interface ShortcutService {
  make (worker: WorkerId): Promise<Done<{ id: ShortcutId, token: string }> | Refused<'TOO_MANY_SHORTCUTS' | 'WORKER_NOT_FOUND'>>
  /** From memory. null: unknown, or revoked a moment ago. */
  find (token: string): { readonly shortcut: ShortcutId, readonly worker: WorkerId } | null
  /** It pressed. Never waits, never throws: what is counted here stands beside an alarm, never before it. */
  used (shortcut: ShortcutId, worker: WorkerId): void
  list (worker: WorkerId): readonly ShortcutListed[]
  /** All of hers together; null: none pressed in the last 24 hours. */
  usedLately (worker: WorkerId): { readonly usedAt: EpochMs, readonly presses: number } | null
  /** At once, even while nothing can be written. What runs goes on: a stranger's press may stand beside a real one. */
  revoke (worker: WorkerId, shortcut: ShortcutId): Promise<Done | Refused<'SHORTCUT_NOT_FOUND'>>
}

export type People = {
  readonly sessions: SessionService
  readonly invites: InviteService
  readonly workers: WorkerService
  readonly journals: JournalService
  readonly pins: PinService
  readonly veils: VeilService
  readonly shortcuts: ShortcutService
  readonly responders: ResponderService
  readonly endpoints: EndpointService
  readonly herPhones: HerPhoneService
  readonly homes: HomeService
  readonly checkIns: CheckInService
  readonly pairing: PairingService
  readonly circles: CircleService
  readonly consents: ConsentService
  readonly offers: OfferService
  readonly rotas: RotaService
  readonly standings: StandingService
  readonly venues: VenueService
  readonly buttons: ButtonService
  readonly shifts: ShiftService
  readonly windows: WindowService
  readonly statistics: StatisticsService
  readonly recovery: RecoveryService
  readonly joinings: JoiningService
  readonly histories: HistoryService
  readonly erasures: ErasureService
  readonly holdings: HoldingService
  readonly readiness: ReadinessService
  readonly drills: DrillService
}
