/** R4: a room with no lane possible is "not armed" and says so. By the very plans that a press would follow. */
import type { ReachOf } from './plan.ts'
import { isEmpty, planOfHers, planOfHouse, planOfStanding } from './plan.ts'
import type { Picture } from './picture.ts'
import type { ShiftRow } from '../store/people-rows.ts'

/** Who is told does not depend on whether a phone can be reached now. */
const anyReach: ReachOf = () => 'unknown'

/** A press is heard although nobody is on shift there. Says nothing about who is: a technician may read it. */
export function isArmedAlways (picture: Picture, room: string, now: number): boolean {
  return !isEmpty(planOfStanding(picture, room, anyReach)) || hasHouseLane(picture, room, now)
}

/** A press in this shift is heard by somebody: her circle, the standing circle, or the reference person she left on. */
export function isArmedFor (picture: Picture, shift: ShiftRow, now: number): boolean {
  return !isEmpty(planOfHers(picture, shift.worker, 'alarm', shift, anyReach)) || isArmedByRoom(picture, shift, now)
}

/** Though her own circle were empty. */
export function isArmedByRoom (picture: Picture, shift: ShiftRow, now: number): boolean {
  if (shift.room === null) return false
  return !isEmpty(planOfStanding(picture, shift.room, anyReach)) || (shift.house && hasHouseLane(picture, shift.room, now))
}

function hasHouseLane ({ places, ...rest }: Picture, room: string, now: number): boolean {
  const venue = places.rooms.get(room)?.venue
  if (venue === undefined || places.venues.get(venue)?.regime !== 'employed') return false
  const isHouses = (places.buttonsOf.get(room) ?? []).some((button) => button.owner === null && button.retiredAt === null)
  return isHouses && !isEmpty(planOfHouse({ places, ...rest }, venue, now, anyReach))
}
