/** In which venue she worked when she pressed: for the cell of an anonymous count, while the shift's row still stands. */
import type { Base } from './base.ts'
import type { CellKey } from './disclosure.ts'
import { PRESS_TIME_ERROR_MS, RECENT_SHIFT_MS } from './limits.ts'
import type { EpochMs, VenueId, WorkerId } from './words.ts'

/** `id` null: at a place of her own, or on no shift at all. */
export type Where = CellKey & { readonly id: VenueId | null }
const NOWHERE: Where = { id: null, region: 'none', type: 'none' }

export function venueAt (base: Base, worker: WorkerId, at: EpochMs): Where {
  const shift = shiftAt(base, worker, at)
  return shift?.room == null ? NOWHERE : venueOf(base, { is: 'room', room: shift.room })
}

/** Off shift, by day, is when one drills: then in the only venue that she belongs to. */
export function homeVenueOf (base: Base, worker: WorkerId, at: EpochMs): Where {
  if (shiftAt(base, worker, at) !== null) return venueAt(base, worker, at)
  const [venue, ...more] = base.picture.folk.venuesOf.get(worker) ?? []
  return venue === undefined || more.length > 0 ? NOWHERE : venueOf(base, { is: 'venue', venue })
}

type AnyPlace = { readonly is: 'room', readonly room: string } | { readonly is: 'venue', readonly venue: string }

/** `id` null: it is there no more. */
export function venueOf ({ picture: { places } }: Base, place: AnyPlace): Where {
  const venue = places.venues.get(place.is === 'venue' ? place.venue : places.rooms.get(place.room)?.venue ?? '')
  return venue === undefined ? NOWHERE : { id: venue.id as VenueId, region: venue.region as CellKey['region'], type: venue.regime as CellKey['type'] }
}

function shiftAt (base: Base, worker: WorkerId, at: EpochMs): { readonly startedAt: number, readonly room: string | null } | null {
  return base.roster.all()
    .filter((row) => row.worker === worker && row.startedAt <= at + PRESS_TIME_ERROR_MS)
    .filter((row) => row.endedAt === null || row.endedAt >= at - RECENT_SHIFT_MS)
    .reduce<{ startedAt: number, room: string | null } | null>((latest, row) => latest === null || row.startedAt > latest.startedAt ? row : latest, null)
}
