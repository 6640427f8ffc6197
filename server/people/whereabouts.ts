/** In which venue she worked when she pressed: for the cell of an anonymous count, while the shift's row still stands. */
import type { Base } from './base.ts'
import type { CellKey } from './disclosure.ts'
import { PRESS_TIME_ERROR_MS, RECENT_SHIFT_MS } from './limits.ts'
import type { EpochMs, VenueId, WorkerId } from './words.ts'

/** null: at a place of her own, or on no shift at all. */
export function venueAt (base: Base, worker: WorkerId, pressedAt: EpochMs): CellKey & { readonly id: VenueId } | null {
  const shift = base.roster.all()
    .filter((row) => row.worker === worker && row.startedAt <= pressedAt + PRESS_TIME_ERROR_MS)
    .filter((row) => row.endedAt === null || row.endedAt >= pressedAt - RECENT_SHIFT_MS)
    .reduce<{ startedAt: number, room: string | null } | null>((latest, row) => latest === null || row.startedAt > latest.startedAt ? row : latest, null)
  const room = shift === null || shift.room === null ? undefined : base.picture.places.rooms.get(shift.room)
  const venue = room === undefined ? undefined : base.picture.places.venues.get(room.venue)
  if (venue === undefined) return null
  return { id: venue.id as VenueId, region: venue.region as CellKey['region'], type: venue.regime as CellKey['type'] }
}
