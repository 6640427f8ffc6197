/** Whom a press of a room calls, as the core takes it: the policy's roles become this room's people. */
import type { AlarmId, ConsentId, EpochMs, Kind, Lane, LaneKey, Plan, PlanPerson, Reach, Recipient, ResponderId, RoomId, VenueId, WorkerId } from '../../../server/alarm/alarm.ts'
import { laneKey } from '../../../server/alarm/lanes.ts'
import type { Policy } from '../../scenario/scenario.ts'
import type { Push } from '../../scenario/scenario.ts'
import { SECOND_MS } from './hours.ts'
import type { Responder } from './responder.ts'
import type { Room, Worker } from './world.ts'

export type Circle = ReadonlySet<ResponderId>
export type LanePlan = { readonly lane: Lane, readonly key: LaneKey, readonly plan: Plan, readonly circle: Circle }
type CastPerson = { readonly who: Recipient, readonly responder: Responder, readonly mayKnow: boolean }
type CastLane = { readonly lane: Lane, readonly key: LaneKey, readonly steps: readonly (readonly CastPerson[])[], readonly circle: Circle, last: LanePlan & { readonly waits: readonly number[] } | null }

/** Whom the house itself may tell of a press in this room (R4): never one of her own. */
function ofTheHouse (room: Room): readonly Responder[] { return [...room.responders, ...room.venue.responders] }

/** Whom she may choose: her own, the room's, the venue's. */
function ofHers ({ responders, room }: Worker): readonly Responder[] { return [...responders, ...ofTheHouse(room)] }

function withRole (people: readonly Responder[], role: string): readonly Responder[] { return people.filter((who) => who.type.role === role) }

export function everybodyIn (room: Room, policy: Policy): readonly Responder[] {
  const roles = new Set([...policy.steps.flatMap(({ people }) => people), ...(policy.houseLane === null ? [] : [policy.houseLane])])
  return [...room.workers.flatMap(({ responders }) => responders), ...ofTheHouse(room)].filter((who) => roles.has(who.type.role))
}

/** Who has which role for a worker in her room, in one policy's lanes: never changes in a run, and is asked at every press. */
export class Cast {
  readonly hers: CastLane
  readonly #test: CastLane
  readonly #house: CastLane | null
  /** How long each step waits, ms. */
  readonly #waits: readonly number[]
  readonly #assistWaits: readonly number[]

  constructor (her: Worker, policy: Policy) {
    const { room } = her
    const worker = her.entity as WorkerId
    const hers = ofHers(her)
    const steps = policy.steps.map(({ people }) => people.flatMap((role) => withRole(hers, role)).map((who) => castPerson(who, policy)))
    this.#waits = policy.steps.map(({ waitS }) => waitS * SECOND_MS)
    this.#assistWaits = policy.steps.map(({ waitS, assistWaitS }) => (assistWaitS ?? waitS) * SECOND_MS)
    this.hers = castLane({ is: 'hers', worker }, steps)
    this.#test = castLane({ is: 'test', by: 'worker', worker }, steps)
    this.#house = policy.houseLane === null
      ? null
      : castLane({ is: 'house', venue: room.venue.entity as VenueId, room: room.entity as RoomId },
        [withRole(ofTheHouse(room), policy.houseLane).filter(({ type }) => type.kind === 'trusted').map((who) => castPerson(who, policy))])
  }

  herLane (kind: Kind, push: Push, at: number): LanePlan {
    const cast = kind === 'test' ? this.#test : this.hers
    return planned(cast, kind === 'assist' ? this.#assistWaits : this.#waits, push, at)
  }

  /** R4: the reference person is told of the room, in a lane of his own. null: this policy has none. */
  houseLane (push: Push, at: number): LanePlan | null { return this.#house === null ? null : planned(this.#house, this.#waits, push, at) }
}

function castLane (lane: Lane, steps: CastLane['steps']): CastLane {
  return { lane, key: laneKey(lane), steps, circle: new Set(steps.flat().map(({ who }) => who.id)), last: null }
}

function castPerson (responder: Responder, policy: Policy): CastPerson {
  return { who: recipientOf(responder, policy), responder, mayKnow: policy.mayKnow.includes(responder.type.role) }
}

/** The plan of the last press once more, unless somebody is reached otherwise since: mostly nobody is. */
function planned (cast: CastLane, waits: readonly number[], push: Push, at: number): LanePlan {
  const { lane, key, steps, circle, last } = cast
  if (last?.waits === waits && last.plan.steps.every(({ people }, i) => isAsPlanned(people, steps[i] ?? [], push, at))) return last
  const plan = { steps: steps.map((people, i) => ({ waitMs: waits[i] ?? 0, people: people.map(({ who, responder, mayKnow }) => ({ who, reach: reachOf(responder, push, at), mayKnow })) })) }
  cast.last = { lane, key, plan, circle, waits }
  return cast.last
}

function isAsPlanned (people: readonly PlanPerson[], cast: readonly CastPerson[], push: Push, at: number): boolean {
  for (let i = 0; i < cast.length; i++) if (people[i]?.reach !== reachOf((cast[i] as CastPerson).responder, push, at)) return false
  return true
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
