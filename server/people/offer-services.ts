/** Offers, the reference persons' rota and standing circles: what is between a venue and those who work there. Part of `services.ts`. */
import type { SessionOpened } from './services.ts'
import type { Contact } from './circle-services.ts'
import type { StandingLie } from './standing-lie.ts'
import type { Done, EpochMs, HandoverId, Language, OfferId, Refused, ResponderId, ResponderKind, RoomId, VenueId, WorkerId } from './words.ts'

/** As a worker sees it. `taken`: her confirmed contact. Nobody but she learns which it is. */
export type OfferSeen = { readonly offer: OfferId, readonly venue: VenueId, readonly name: string, readonly kind: ResponderKind, readonly offeredAt: EpochMs, readonly state: 'open' | 'taken' | 'left' }
/**
 * As who made it sees it: `code` is what they read to whoever asks them, by voice or in person. It changes by itself,
 * and is the same for everybody: no screen of theirs tells who took the offer. null: the venue took it back.
 */
export type OfferOfMine = { readonly offer: OfferId, readonly venue: string, readonly offeredAt: EpochMs, readonly code: string | null, readonly codeUntil: EpochMs | null }
/** As the venue sees whom it had invited: no name, and not how many took it. */
export type OfferOfVenue = { readonly offer: OfferId, readonly kind: ResponderKind, readonly offeredAt: EpochMs, readonly barred: boolean }
export type Colleague = { readonly name: string, readonly language: Language, readonly device: string, readonly neverForwards?: string | undefined }
type OfferFault = 'NOT_OF_THIS_VENUE' | 'OFFER_BARRED'

export interface OfferService {
  /** Whom the operator invited to a venue offers themselves to its workers: nobody is offered by somebody else. */
  make (responder: ResponderId): Promise<Done<{ offer: OfferId }> | Refused<OfferFault>>
  /** A colleague offers herself, by her own choice, under a name she chooses. `responder`: what she is already on this phone. */
  makeAsColleague (worker: WorkerId, venue: VenueId, colleague: Colleague, responder: ResponderId | null): Promise<Done<{ offer: OfferId, session: SessionOpened | null }> | Refused<OfferFault | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
  mine (responder: ResponderId): Promise<readonly OfferOfMine[]>
  withdraw (responder: ResponderId, offer: OfferId): Promise<Done | Refused<'OFFER_NOT_FOUND'>>
  seen (worker: WorkerId): Promise<readonly OfferSeen[]>
  /** What taking it with this code would make; changes nothing. */
  look (worker: WorkerId, offer: OfferId, code: string): Promise<Done<{ contact: Contact }> | Refused<'OFFER_NOT_FOUND' | 'CONFIRM_WRONG'>>
  /** She types what she heard: her confirmed contact from now on, and in no circle before she puts them there (R5). */
  take (worker: WorkerId, offer: OfferId, code: string): Promise<Done | Refused<'OFFER_NOT_FOUND' | 'CONFIRM_WRONG' | 'TOO_MANY_CONTACTS'>>
  leave (worker: WorkerId, offer: OfferId): Promise<Done | Refused<'OFFER_NOT_FOUND'>>
  atVenue (venue: VenueId): Promise<readonly OfferOfVenue[]>
  bar (venue: VenueId, offer: OfferId): Promise<Done | Refused<'OFFER_NOT_FOUND'>>
}

export type Hours = { readonly fromAt: EpochMs, readonly untilAt: EpochMs | null }
/** `mine`: this person's own offer; the others are somebody's of the same venue, who is not named. */
export type Handover = { readonly id: HandoverId, readonly fromAt: EpochMs, readonly untilAt: EpochMs, readonly mine: boolean }
export type RotaSeen = { readonly venue: string, readonly hours: readonly Hours[], readonly handovers: readonly Handover[], readonly gaps: readonly Hours[] }

/** For venues of regime `employed`; `NO_ROTA` for everybody who is no reference person of one. */
export interface RotaService {
  mine (responder: ResponderId): Promise<Done<{ rota: RotaSeen }> | Refused<'NO_ROTA'>>
  add (responder: ResponderId, fromAt: EpochMs, untilAt: EpochMs): Promise<Done | Refused<'NO_ROTA' | 'DUTY_RANGE' | 'TOO_MANY_HOURS'>>
  cut (responder: ResponderId, fromAt: EpochMs): Promise<Done | Refused<'NO_ROTA' | 'HOURS_NOT_FOUND'>>
  /** They stay on duty until somebody has accepted: there is no hole between. */
  offer (responder: ResponderId, fromAt: EpochMs, untilAt: EpochMs): Promise<Done<{ id: HandoverId }> | Refused<'NO_ROTA' | 'DUTY_RANGE' | 'NOT_THEIR_HOURS' | 'TOO_MANY_HOURS'>>
  withdraw (responder: ResponderId, handover: HandoverId): Promise<Done | Refused<'HANDOVER_NOT_FOUND'>>
  accept (responder: ResponderId, handover: HandoverId): Promise<Done | Refused<'HANDOVER_NOT_FOUND'>>
  /** Hours without a reference person in the next twelve: times, never names. null: this venue needs none. From memory. */
  gaps (venue: VenueId): readonly Hours[] | null
}

export type StandingStep = { readonly waitS: number, readonly people: readonly ResponderId[] }
/** `armed`: a press is heard although nobody is on shift there. */
export type StandingRoom = { readonly room: RoomId, readonly label: string, readonly armed: boolean, readonly steps: readonly StandingStep[] }
/** `name`: null of a colleague's contact, whom she does not know. `agreed`: by her. `may`: enough have agreed. */
export type StandingPerson = { readonly responder: ResponderId, readonly name: string | null, readonly kind: ResponderKind, readonly agreed: boolean, readonly may: boolean }
export type StandingVenue = { readonly venue: VenueId, readonly name: string, readonly rooms: readonly StandingRoom[], readonly people: readonly StandingPerson[] }

type SetFault = 'ROOM_NOT_FOUND' | 'NOT_HER_VENUE' | 'NOT_OF_THIS_VENUE' | 'OTHERS_AGREED' | 'AUTHORITY_FORBIDDEN' | 'STEP_EMPTY' | 'WAIT_RANGE' | 'TWICE_IN_CIRCLE' | 'TOO_MANY_STEPS' | 'TOO_MANY_PEOPLE'
type AgreeFault = 'NOT_HER_VENUE' | 'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'AUTHORITY_FORBIDDEN' | 'NOT_DECLARED'

/** `would…`: what the same would answer, were the lie true (R16). Changes nothing; from memory. */
export interface StandingService {
  /** Of every venue where she works; under a lie as it says. From memory. */
  of (worker: WorkerId, lie?: StandingLie | null): readonly StandingVenue[]
  /** The room's standing circle (R4): whom the operator invited to the venue, and whom enough of its workers agreed on. `by` null: the operator. */
  set (room: RoomId, steps: readonly StandingStep[], by?: WorkerId | null): Promise<Done | Refused<SetFault>>
  wouldSet (room: RoomId, steps: readonly StandingStep[], by: WorkerId, lie: StandingLie): Done | Refused<SetFault>
  /** A worker of the venue agrees on one of her own confirmed responders, or on one whom the operator invited; they have declared that nothing is passed on (R6). */
  agree (worker: WorkerId, venue: VenueId, responder: ResponderId): Promise<Done | Refused<AgreeFault>>
  wouldAgree (worker: WorkerId, venue: VenueId, responder: ResponderId, lie: StandingLie): Done | Refused<AgreeFault>
  /** At once, in alarms that run too, although the disk fails. */
  disagree (worker: WorkerId, venue: VenueId, responder: ResponderId): Promise<Done | Refused<'NOT_AGREED'>>
  wouldDisagree (worker: WorkerId, venue: VenueId, responder: ResponderId, lie: StandingLie): Done | Refused<'NOT_AGREED'>
  /** Whether a press in this room is heard although nobody is on shift there. From memory. */
  isArmed (room: RoomId): boolean
}
