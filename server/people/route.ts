/** R4 and R7: whom a press must reach. Pure: reads the picture, the roster and the open windows; changes nothing. */
import type { Kind, ResponderId, RoomId, VenueId, WorkerId } from '../alarm/alarm.ts'
import type { Lane } from '../alarm/lanes.ts'
import { stepWaitMs } from '../alarm/limits.ts'
import type { LanePlan, RoomPress } from '../engine/ports.ts'
import type { ButtonRow, RoomRow, ShiftRow } from '../store/people-rows.ts'
import { cardOfHers, cardOfRoom } from './card.ts'
import type { Keyring } from './keyring.ts'
import type { Picture } from './picture.ts'
import { isEmpty, planOfHers, planOfHouse, planOfStanding } from './plan.ts'
import type { ReachOf } from './plan.ts'
import type { Roster } from './roster.ts'
import { isDoubtful } from './roster.ts'
import type { WindowFor, Windows } from './windows.ts'

export type RouteParts = { readonly picture: Picture, readonly roster: Roster, readonly windows: Windows, readonly keyring: Keyring, readonly reachOf: ReachOf }
export type Route = { readonly lanes: readonly LanePlan[], readonly window: WindowFor | null }

export function routeButton (parts: RouteParts, press: RoomPress, now: number): Route {
  const button = parts.picture.places.buttons.get(press.did)
  const room = button === undefined ? undefined : parts.picture.places.rooms.get(button.room)
  if (button === undefined || room === undefined || button.retiredAt !== null) return { lanes: [], window: null }
  const ageMs = Math.max(0, press.receivedAt - press.pressedAt)
  // A press kept over a reboot may have been meant before the window was opened: it is nobody's test and starts nothing (R13).
  const window = press.uncertain === true ? null : windowFor(parts, button, ageMs)
  if (window === null) return { lanes: realLanes(parts, button, room, press, now, null), window }
  const others = othersOnShift(parts.roster, room.id, window)
  if (window.is === 'shift') return { lanes: [], window }
  if (window.by === 'technician') return { lanes: others ? realLanes(parts, button, room, press, now, null) : technicianDrill(parts, room, now), window }
  const drill = workerDrill(parts, window.worker, room.id)
  // Somebody came on shift since she opened it: her window speaks for her own lane alone, the press may be theirs.
  return { lanes: others ? [...drill, ...realLanes(parts, button, room, press, now, window.worker)] : drill, window }
}

/** R13: from her phone only a `test` is one, and only in her own window. */
export function routePhone (parts: RouteParts, worker: WorkerId, kind: Kind): Route {
  const window = kind === 'test' ? parts.windows.openFor(0, (w) => w.is === 'test' && w.by === 'worker' && w.worker === worker) : null
  if (window !== null) return { lanes: workerDrill(parts, worker, null), window }
  const shift = parts.roster.openOf(worker)
  return { lanes: hers(parts, worker, real(kind), shift, true, null), window: null }
}

/**
 * R17: her lane, and never an authority, whatever she consented to. If her shift has ended since, where she was when she
 * promised.
 */
export function routeCheckIn (parts: RouteParts, worker: WorkerId, kind: Kind): Route {
  const { picture, keyring, reachOf, roster } = parts
  const lane: Lane = { is: 'hers', worker }
  const plan = planOfHers(picture, worker, kind, null, reachOf)
  const where = roster.openOf(worker) ?? picture.checkIns.find((row) => row.worker === worker) ?? null
  return { lanes: isEmpty(plan) ? [] : [{ lane, kind, plan, card: cardOfHers(picture, keyring, lane, worker, where, true, null) }], window: null }
}

/** R20: everybody who is live on her list, in one step: each is measured, none waits for another. Where she is only an alarm reveals (R8). */
export function routeDrill (parts: RouteParts, worker: WorkerId): readonly LanePlan[] {
  const lane: Lane = { is: 'test', by: 'drill', worker }
  const people = planOfHers(parts.picture, worker, 'test', null, parts.reachOf).steps.flatMap((step) => step.people)
  if (people.length === 0) return []
  return [{ lane, kind: 'test', plan: { steps: [{ waitMs: stepWaitMs, people }] }, card: cardOfHers(parts.picture, parts.keyring, lane, worker, null, true, null) }]
}

/** Outside a window a test is an alarm: better one alert too many. */
function real (kind: Kind): Kind { return kind === 'test' ? 'alarm' : kind }

function windowFor ({ windows, roster }: RouteParts, button: ButtonRow, ageMs: number): WindowFor | null {
  const inRoom = (is: 'shift' | 'test') => windows.openFor(ageMs, (w) => w.is === is && 'worker' in w && w.room === button.room &&
    // Others are on shift there: a press that might be theirs starts nothing.
    (is === 'test' || !othersOnShift(roster, button.room, w)))
  return inRoom('shift') ?? inRoom('test') ?? windows.openFor(ageMs, (w) => w.is === 'test' && w.by === 'technician' && w.did === button.did)
}

function othersOnShift (roster: Roster, room: string, window: WindowFor): boolean {
  const opener = 'worker' in window ? window.worker : null
  return roster.openIn(room).some((shift) => shift.worker !== opener)
}

/** @param except her own lane is spoken for by her test window */
function realLanes (parts: RouteParts, button: ButtonRow, room: RoomRow, press: RoomPress, now: number, except: WorkerId | null): readonly LanePlan[] {
  const { picture, roster, reachOf } = parts
  const kind = real(press.kind)
  const shifts = newestOfEach(roster.candidates(room.id, press.pressedAt, now)).filter((s) => s.worker !== except)
  const doubtful = shifts.every((shift) => isDoubtful(shift, press.pressedAt))
  const named = shifts.length === 1 && !doubtful
  const her = shifts.flatMap((shift) => hers(parts, shift.worker as WorkerId, kind, shift.endedAt === null ? shift : null, named, room.id))
  // Her own button, carried with her, is hers on shift or not.
  const own = shifts.length === 0 && button.owner !== null ? hers(parts, button.owner as WorkerId, kind, roster.openOf(button.owner), true, room.id) : []
  const lanes = [...her, ...own]
  const standing: Lane = { is: 'standing', room: room.id as RoomId }
  if (lanes.length === 0 || (doubtful && own.length === 0)) lanes.push(...roomLane(parts, standing, room, kind, planOfStanding(picture, room.id, reachOf)))
  if (houseWanted(parts, button, room, shifts) && (kind !== 'assist' || lanes.length === 0)) {
    const house: Lane = { is: 'house', venue: room.venue as VenueId, room: room.id as RoomId }
    // Always told as an alarm: the kind is hers.
    lanes.push(...roomLane(parts, house, room, 'alarm', planOfHouse(picture, room.venue, now, reachOf)))
  }
  return lanes
}

/** R4: regime `employed`, the house's button, and one at least of those on shift who left it on. Nobody on shift: on. */
function houseWanted ({ picture }: RouteParts, button: ButtonRow, room: RoomRow, shifts: readonly ShiftRow[]): boolean {
  if (picture.places.venues.get(room.venue)?.regime !== 'employed' || button.owner !== null) return false
  return shifts.length === 0 || shifts.some((shift) => shift.house)
}

function hers (parts: RouteParts, worker: WorkerId, kind: Kind, shift: ShiftRow | null, named: boolean, room: string | null): readonly LanePlan[] {
  const lane: Lane = { is: 'hers', worker }
  const plan = planOfHers(parts.picture, worker, kind, shift, parts.reachOf)
  return isEmpty(plan) ? [] : [{ lane, kind, plan, card: cardOfHers(parts.picture, parts.keyring, lane, worker, shift, named, room) }]
}

function roomLane (parts: RouteParts, lane: Lane, room: RoomRow, kind: Kind, plan: LanePlan['plan']): readonly LanePlan[] {
  if (isEmpty(plan)) return []
  const readers: ResponderId[] = plan.steps.flatMap((step) => step.people.map((person) => person.who.id))
  return [{ lane, kind, plan, card: cardOfRoom(parts.picture, parts.keyring, lane, room.id, readers) }]
}

/** An authority is never drilled: a test needs no consent because it tells none. */
function workerDrill (parts: RouteParts, worker: WorkerId, room: string | null): readonly LanePlan[] {
  const lane: Lane = { is: 'test', by: 'worker', worker }
  const shift = parts.roster.openOf(worker)
  const plan = planOfHers(parts.picture, worker, 'test', null, parts.reachOf)
  return isEmpty(plan) ? [] : [{ lane, kind: 'test', plan, card: cardOfHers(parts.picture, parts.keyring, lane, worker, shift, true, room) }]
}

function technicianDrill (parts: RouteParts, room: RoomRow, now: number): readonly LanePlan[] {
  const lane: Lane = { is: 'test', by: 'technician', room: room.id as RoomId }
  return roomLane(parts, lane, room, 'test', planOfHouse(parts.picture, room.venue, now, parts.reachOf))
}

/** She left the room and came back within the half hour: one lane. */
function newestOfEach (shifts: readonly ShiftRow[]): readonly ShiftRow[] {
  const newest = new Map<string, ShiftRow>()
  for (const shift of shifts) {
    const known = newest.get(shift.worker)
    if (known === undefined || shift.endedAt === null || (known.endedAt !== null && shift.startedAt > known.startedAt)) newest.set(shift.worker, shift)
  }
  return [...newest.values()]
}
