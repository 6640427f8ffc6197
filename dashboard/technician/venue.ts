/** The venue as the service last told it. Read when the line is there, and again with every answered ping: never when something happens in a room. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { GapsShown, OffersOfVenue } from '../../server/contract/offer.ts'
import type { VenueShown } from '../../server/contract/place.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { LiveLink } from '../live/live.ts'
import { now } from '../shell/service-time.ts'

export type Venue = Static<typeof VenueShown>
export type Room = Venue['rooms'][number]
export type Button = Venue['buttons'][number]
export type Offer = Static<typeof OffersOfVenue>['offers'][number]
export type Hours = NonNullable<Static<typeof GapsShown>['gaps']>[number]

export const venue = signal<Venue | null>(null)
/** When the service said it. */
export const asOf = signal<number | null>(null)
export const offers = signal<readonly Offer[]>([])
/** null: this venue needs nobody on call. */
export const gaps = signal<readonly Hours[] | null>(null)
export const trouble = signal<Refused | null>(null)

export const live = new LiveLink('technician', ({ type }) => {
  switch (type) {
    case 'hello':
    case 'pong': void read(); break
    case 'worker-alarms':
    case 'worker-home':
    case 'responder-alarms':
    case 'told':
    case 'gone':
    case 'error': break
  }
})

/** Whether somebody is signed in as a technician here. */
export async function read (): Promise<boolean> {
  const [place, offered, hours] = await Promise.all([
    ask<Venue>('GET', '/venue'), ask<Static<typeof OffersOfVenue>>('GET', '/venue/offers'), ask<Static<typeof GapsShown>>('GET', '/venue/gaps')
  ])
  trouble.value = place.ok ? null : place
  if (place.ok) {
    venue.value = place.data
    asOf.value = now.value
  }
  if (offered.ok) offers.value = offered.data.offers
  if (hours.ok) gaps.value = hours.data.gaps
  return place.ok || (place.code !== 'SIGNED_OUT' && place.code !== 'FORBIDDEN')
}

export function roomOf (id: string): Room | null { return venue.value?.rooms.find(({ room }) => room === id) ?? null }

export function buttonsOf (id: string): readonly Button[] { return venue.value?.buttons.filter(({ room, retired }) => room === id && !retired) ?? [] }
