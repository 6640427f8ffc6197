/** R4: who may stand for the rooms of a venue, as the database counts it (`standing-schema.ts`). */
import type { Picture } from './picture.ts'

/** More than one of the workers has to agree; one, where she is the only one. */
const AGREEING = 2

/** Whom the operator invited, or whom enough of the venue's workers agreed on. */
export function isEnough ({ folk, places }: Pick<Picture, 'folk' | 'places'>, venue: string, responder: string): boolean {
  if ((places.venueResponders.get(venue) ?? []).some((row) => row.responder === responder)) return true
  const agreed = (places.agreements.get(venue) ?? []).filter((row) => row.responder === responder).length
  const workers = [...folk.venuesOf.values()].filter((venues) => venues.has(venue)).length
  return agreed >= Math.max(1, Math.min(AGREEING, workers))
}
