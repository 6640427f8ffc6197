/** Where she works: who offers themselves there, and who stands for its rooms. */
import { batch, signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { OffersSeen, StandingShown } from '../../../server/contract/offer.ts'
import type { Refused } from '../../api/ask.ts'
import { forgetWhenLeft, guarded } from '../guard.ts'

export type Offer = Static<typeof OffersSeen>['offers'][number]
export type Venue = Static<typeof StandingShown>['venues'][number]

export const offers = signal<readonly Offer[] | null>(null)
export const venues = signal<readonly Venue[] | null>(null)

forgetWhenLeft(() => {
  offers.value = null
  venues.value = null
})

export async function readVenues (): Promise<Refused | null> {
  const [seen, standing] = await Promise.all([guarded<Static<typeof OffersSeen>>('GET', '/offers'), guarded<Static<typeof StandingShown>>('GET', '/standing')])
  if (!seen.ok) return seen
  if (!standing.ok) return standing
  batch(() => {
    offers.value = seen.data.offers
    venues.value = standing.data.venues
  })
  return null
}

/** Does it, then reads what is there now. */
export async function andRead (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Refused | null> {
  const answer = await guarded(method, path, body)
  const read = await readVenues()
  return answer.ok ? read : answer
}
