/** Whom a press of a room calls, as the core takes it: the policy's roles become this room's people. */
import type { AlarmId, ConsentId, EpochMs, Kind, Lane, Plan, PlanPerson, Reach, Recipient, ResponderId, RoomId, VenueId, WorkerId } from '../../../server/alarm/alarm.ts'
import type { Policy } from '../../scenario/scenario.ts'
import type { Push } from '../../scenario/scenario.ts'
import { SECOND_MS } from './hours.ts'
import type { Responder } from './responder.ts'
import type { Room } from './world.ts'

export type LanePlan = { readonly lane: Lane, readonly plan: Plan, readonly circle: ReadonlySet<ResponderId> }

/** The people of this room who have the role: the worker's own, or the venue's. */
export function peopleOf (room: Room, role: string): readonly Responder[] {
  const known = casts.get(room)?.get(role)
  if (known !== undefined) return known
  const people = [...room.responders, ...room.venue.responders].filter((who) => who.type.role === role)
  const cast = casts.get(room) ?? new Map<string, readonly Responder[]>()
  casts.set(room, cast.set(role, people))
  return people
}

/** Who has which role in a room never changes, and is asked at every press. */
const casts = new WeakMap<Room, Map<string, readonly Responder[]>>()

export function everybodyIn (room: Room, policy: Policy): readonly Responder[] {
  const roles = new Set([...policy.steps.flatMap(({ people }) => people), ...(policy.houseLane === null ? [] : [policy.houseLane])])
  return [...room.responders, ...room.venue.responders].filter((who) => roles.has(who.type.role))
}

export function herLane (room: Room, policy: Policy, kind: Kind, push: Push, at: number): LanePlan {
  const worker = room.entity as WorkerId
  const steps = policy.steps.map(({ waitS, assistWaitS, people }) => ({
    waitMs: (kind === 'assist' && assistWaitS !== null ? assistWaitS : waitS) * SECOND_MS,
    people: people.flatMap((role) => peopleOf(room, role)).map((who) => planned(who, policy, push, at))
  }))
  return { lane: kind === 'test' ? { is: 'test', by: 'worker', worker } : { is: 'hers', worker }, plan: { steps }, circle: circleOf(steps) }
}

/** R4: the reference person is told of the room, in a lane of his own. null: this policy has none. */
export function houseLane (room: Room, policy: Policy, push: Push, at: number): LanePlan | null {
  if (policy.houseLane === null) return null
  const people = peopleOf(room, policy.houseLane).filter(({ type }) => type.kind === 'trusted').map((who) => planned(who, policy, push, at))
  const steps = [{ waitMs: (policy.steps[0]?.waitS ?? 0) * SECOND_MS, people }]
  return { lane: { is: 'house', venue: room.venue.entity as VenueId, room: room.entity as RoomId }, plan: { steps }, circle: circleOf(steps) }
}

function circleOf (steps: Plan['steps']): ReadonlySet<ResponderId> {
  const ids = new Set<ResponderId>()
  for (const { people } of steps) for (const { who } of people) ids.add(who.id)
  return ids
}

function planned (who: Responder, policy: Policy, push: Push, at: number): PlanPerson {
  return { who: recipientOf(who, policy), reach: reachOf(who, push, at), mayKnow: policy.mayKnow.includes(who.type.role) }
}

function recipientOf (who: Responder, policy: Policy): Recipient {
  if (who.type.kind === 'trusted') return { kind: 'trusted', id: who.id }
  // Without her consent the core itself must refuse them: it is given the empty one.
  return { kind: 'authority', id: who.id, consent: (policy.consents.includes(who.type.role) ? `consent ${who.entity}` : '') as ConsentId }
}

/** A page on duty proves what it shows; a telephone may not, and nobody knows that it is switched off. */
export function reachOf (who: Responder, push: Push, at: number): Reach {
  if (who.type.duty !== null) return who.hasPage(at) ? 'provable' : 'none'
  return who.lot < who.trait('provable', push.provable) ? 'provable' : 'unknown'
}

export function alarmIdOf (room: Room, press: number, lane: string): AlarmId { return `${room.number}.${press}.${lane}` as AlarmId }
export function epoch (at: number): EpochMs { return at as EpochMs }
