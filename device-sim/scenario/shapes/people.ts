/** Who works, who is told, and the venues where. */
import type { Parameter, ResponderType, VenueType, WorkerType } from '../scenario.ts'
import { duration, length, money, number, rate, share, speed } from '../units.ts'
import type { Unit } from '../units.ts'
import { parameter, renewal } from './parameter.ts'
import { absent, choice, flag, hours, name, named, object, orNull, whole } from './shape.ts'
import type { Fields, Shape } from './shape.ts'

/** What a scenario says nothing of does not happen: it stands in the package all the same, as assumed. */
function unasked (unit: Unit): Shape<Parameter> {
  return absent({ draw: { is: 'constant', value: 0 }, evidence: 'assumed', source: 'the scenario says nothing of it' }, parameter(unit))
}

export type ResponderWritten = Omit<ResponderType, 'role'>
export const responderFields: Fields<ResponderWritten> = {
  kind: absent('trusted', choice(['trusted', 'authority'])),
  per: choice(['worker', 'room', 'venue']),
  duty: absent(null, orNull(hours)),
  sleep: hours,
  mayKnow: absent(false, flag),
  missedDay: parameter(share),
  missedNight: parameter(share),
  answersDay: parameter(share),
  answersNight: parameter(share),
  declines: unasked(share),
  needsMore: unasked(share),
  reaction: parameter(duration),
  turnout: parameter(duration),
  nightTurnout: parameter(number),
  distance: parameter(length),
  walking: parameter(speed),
  stairs: parameter(speed),
  fatigue: parameter(number),
  reachable: renewal(),
  cost: parameter(money)
}
export const responder = object(responderFields, 'responders')

export const workerFields: Fields<WorkerType> = {
  shift: hours,
  worked: parameter(share),
  incidents: parameter(rate),
  presses: parameter(share),
  pressDelay: parameter(duration),
  accidents: parameter(rate),
  cancels: parameter(share),
  cancelDelay: parameter(duration),
  danger: parameter(duration),
  pin: parameter(duration),
  forced: parameter(share),
  forcedDelay: parameter(duration),
  pressesAgain: parameter(share),
  pressAgainDelay: parameter(duration),
  tests: parameter(rate),
  silent: parameter(share),
  quiet: unasked(share),
  saysSafe: unasked(share),
  saysSafeDelay: unasked(duration),
  checkIns: unasked(share),
  checkInDelay: unasked(duration),
  forgets: unasked(rate),
  missedRaises: absent('assist', choice(['assist', 'alarm']))
}
export const workers = object(workerFields, 'workers')

const countMost = 5_000
const roomsMost = 500
const floorsMost = 60
/** With `roomsMost` it stays within what the key of a press can hold (`virtual/model/press.ts`). */
const workersMost = 12
const rolesMost = 20
const roles = named(responder, rolesMost, 'roles, such as "colleague: ..."')
const responders: Shape<readonly ResponderType[]> = {
  schema: roles.schema,
  read: (at) => {
    // Also of a responder who is at fault: a policy that names this role is not wrong for it.
    for (const role of at.pairs('roles')?.keys() ?? []) at.reading.roles.add(role)
    return roles.read(at)?.map(([role, written]) => ({ role, ...written }))
  }
}

export type VenueWritten = Omit<VenueType, 'name'>
export const venueFields: Fields<VenueWritten> = {
  count: whole(1, countMost),
  rooms: whole(1, roomsMost),
  workersPerRoom: absent(1, whole(1, workersMost)),
  floors: whole(0, floorsMost),
  network: name,
  power: name,
  button: name,
  gateway: absent(null, orNull(renewal('gateways'))),
  workers,
  responders
}
export const venue = object(venueFields)
