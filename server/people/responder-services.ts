/** What responders may say and do about themselves. Part of `services.ts`. */
import type { Done, EpochMs, Language, Refused, ResponderId, ResponderKind } from './words.ts'

export type ResponderSelf = {
  readonly name: string
  readonly kind: ResponderKind
  readonly language: Language
  readonly circles: number
  /** When they declared in writing that they never forward to an authority. */
  readonly neverForwardsAt: EpochMs | null
  /** null: did not say "available", or that time is over. */
  readonly availableUntil: EpochMs | null
}

/** One circle as its responder may know it: `circle` is this responder's own word for it, nobody else's. */
export type CircleOfMine = {
  readonly circle: string
  readonly joinedAt: EpochMs
  readonly confirmed: boolean
  /** Only where she lets this responder see it. */
  readonly alias: string | null
}

export interface ResponderService {
  self (responder: ResponderId): ResponderSelf | null
  change (responder: ResponderId, change: { readonly name?: string, readonly language?: Language }): Promise<Done | Refused<'TEXT_EMPTY' | 'TEXT_TOO_LONG' | 'RESPONDER_NOT_FOUND'>>
  /**
   * "Available" for tonight or for a shift; it is over by itself. Readiness leans on it (R19); an alarm never does:
   * whoever is on her list is told, available or not.
   */
  setAvailable (responder: ResponderId, untilAt: EpochMs | null): Promise<Done | Refused<'RESPONDER_NOT_FOUND' | 'AVAILABLE_RANGE'>>
  /** "What I am told here is never passed on to an authority", in writing (R6): without it nobody stands for a room or is on a rota. */
  declare (responder: ResponderId, neverForwards: string): Promise<Done | Refused<'RESPONDER_NOT_FOUND' | 'AUTHORITY_FORBIDDEN' | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
  circles (responder: ResponderId): readonly CircleOfMine[]
  /** Leaves one circle at once, running alarms included; she is told. */
  leaveOne (responder: ResponderId, circle: string): Promise<Done | Refused<'CIRCLE_NOT_FOUND'>>
  /** Leaves every circle at once, running alarms included; each worker is told. */
  leave (responder: ResponderId): Promise<Done | Refused<'RESPONDER_NOT_FOUND'>>
}
