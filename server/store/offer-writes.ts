/** What a venue's people offer, and what workers make of it. Part of `people-store.ts`. */
import type { NewKey, NewSession, Newcomer } from './people-store.ts'

type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

/** `worker`: the colleague herself, null for whom the operator invited to the venue. `barredAt`: the venue took it back. */
export type OfferRow = {
  readonly id: string, readonly venue: string, readonly responder: string, readonly kind: string, readonly worker: string | null
  readonly at: number, readonly barredAt: number | null
}
/** `isLeft`: this worker left it. */
export type OfferSeenRow = OfferRow & { readonly isLeft: boolean }

export type OfferWrites = {
  /**
   * Somebody offers themselves: whom the operator invited to the venue, or (`worker`) a colleague who works there.
   * `newcomer`: a colleague who was no responder before. The same again changes nothing.
   */
  makeOffer: (a: {
    readonly id: string, readonly venue: string, readonly responder: string, readonly worker: string | null, readonly at: number
    readonly newcomer: { readonly person: Newcomer, readonly key: NewKey, readonly session: NewSession } | null
  }) => (Ok & { readonly id: string }) | No<'NOT_OF_THIS_VENUE' | 'OFFER_BARRED'>
  /** By who made it. Whoever took it keeps her contact. */
  withdrawOffer: (a: { readonly id: string, readonly responder: string }) => Ok | No<'OFFER_NOT_FOUND'>
  /** By the venue, for those whom it had invited. Whoever took it keeps her contact; it can't be made again. */
  barOffer: (a: { readonly id: string, readonly venue: string, readonly at: number }) => Ok | No<'OFFER_NOT_FOUND'>
  /** Her confirmed contact from now on; in no circle yet: she puts them there. */
  takeOffer: (a: { readonly id: string, readonly worker: string, readonly at: number, readonly contactsMost: number }) => Ok | No<'OFFER_NOT_FOUND' | 'TOO_MANY_CONTACTS'>
  leaveOffer: (a: { readonly id: string, readonly worker: string }) => Ok | No<'OFFER_NOT_FOUND'>
}

export interface OfferReads {
  /** What these venues' people offer, the oldest first; barred ones too. */
  offersAt (venues: readonly string[], worker: string): Promise<readonly OfferSeenRow[]>
  offersBy (responder: string): Promise<readonly OfferRow[]>
}
