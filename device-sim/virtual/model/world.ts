/**
 * What happens whatever the policy: places, machines that fail, hands that press, and who the people are. Made once a
 * replication, from streams keyed by whose and what for, and shared by all policies: common random numbers by construction.
 */
import type { ButtonType, Fault, Network, Parameter, Renewal, ResponderType, Scenario, VenueType } from '../../scenario/scenario.ts'
import { planned, renewal, united } from '../chance/outages.ts'
import type { Interval } from '../chance/outages.ts'
import { Outages } from '../chance/outages.ts'
import { sample } from '../chance/sample.ts'
import { stream } from '../chance/stream.ts'
import type { Stream } from '../chance/stream.ts'
import { chainOf } from './hear.ts'
import type { Link } from './hear.ts'
import { SECOND_MS, ms } from './hours.ts'
import { batteryOf } from './battery.ts'
import type { Press } from './press.ts'
import { pressesOf } from './presses.ts'
import { Responder } from './responder.ts'

/** Alarms that began before the end of the horizon are lived to their end: twelve hours to `unresolved`, and a margin. */
const AFTERWARDS_MS = 48 * 3_600_000

export type Room = {
  readonly number: number
  readonly inVenue: number
  readonly entity: string
  readonly venue: Venue
  readonly floor: number
  readonly battery: Outages
  readonly failure: Outages
  readonly frames: Frames
  /** Everything between the button and the service, the nearest first. */
  readonly chain: readonly Link[]
  readonly presses: readonly Press[]
  /** Whoever works here in turn. */
  readonly workers: readonly Worker[]
  /** Of the room, whoever works there; those of the venue are in `venue.responders`, and hers in her own. */
  readonly responders: Responder[]
}
/** The first one of a room is known by the room's own name: where one works alone, her luck is the room's. */
export type Worker = { readonly room: Room, readonly inRoom: number, readonly entity: string, readonly responders: Responder[] }
/** Chances of one button's frames. */
export type Frames = { readonly link: Stream, readonly linkLoss: number, readonly loss: number, readonly wake: Stream, readonly latency: Stream, readonly lost: Stream, readonly reconnect: Stream }

export type Venue = {
  readonly type: VenueType
  readonly number: number
  readonly entity: string
  readonly network: Network
  readonly button: ButtonType
  /** Of the house itself. */
  readonly mains: Outages
  /** Of router and gateway: the mains, less what the backup bridges. */
  readonly power: Outages
  readonly link: Outages
  readonly gateway: Outages | null
  readonly rooms: Room[]
  readonly responders: readonly Responder[]
  /** In the order of the hand. */
  readonly presses: Press[]
}

export type World = {
  readonly scenario: Scenario
  readonly replication: number
  readonly endMs: number
  readonly lastMs: number
  readonly service: Outages
  readonly pushDown: Outages
  readonly pushSlow: readonly (Interval & { readonly times: number })[]
  readonly venues: readonly Venue[]
  readonly rooms: readonly Room[]
  readonly responders: readonly Responder[]
  /** In the order of the hand, numbered so. */
  readonly presses: readonly Press[]
  readonly draws: Draws
}

/** The streams of one replication. */
export class Draws {
  readonly #seed: number
  readonly #replication: number
  constructor (seed: number, replication: number) {
    this.#seed = seed
    this.#replication = replication
  }

  of (entity: string, purpose: string): Stream { return stream(this.#seed, this.#replication, entity, purpose) }

  /** One number that an entity has for the whole replication. Nothing is keyed for what is no chance at all. */
  trait (entity: string, purpose: string, { draw }: Parameter): number {
    return draw.is === 'constant' ? draw.value : sample(draw, this.of(entity, purpose).at(0))
  }
}

export function worldOf (scenario: Scenario, replication: number): World {
  const draws = new Draws(scenario.seed, replication)
  const endMs = ms(scenario.horizonS)
  const lastMs = endMs + AFTERWARDS_MS
  const faults = scenario.faults
  const service = withFaults(failing(draws, 'service', 'outage', scenario.service), faults, 'service-down', null, lastMs)
  const made: Made = { service, venues: [], rooms: [], responders: [] }
  for (const type of scenario.venues) {
    for (let n = 1; n <= type.count; n++) addVenue(made, scenario, type, n, draws, endMs)
  }
  const presses = made.rooms.flatMap((room) => room.presses).sort((a, b) => a.at - b.at || a.room.number - b.room.number || a.key - b.key)
  for (const [number, press] of presses.entries()) {
    press.number = number
    press.room.venue.presses.push(press)
  }
  return {
    scenario,
    replication,
    endMs,
    lastMs,
    pushDown: planned(intervalsOf(faults, 'push-down', null)),
    pushSlow: faults.flatMap((fault) => fault.is === 'push-slow' ? [{ ...span(fault), times: fault.times }] : []),
    ...made,
    presses,
    draws
  }
}

type Made = { readonly service: Outages, readonly venues: Venue[], readonly rooms: Room[], readonly responders: Responder[] }

function addVenue (made: Made, scenario: Scenario, type: VenueType, number: number, draws: Draws, endMs: number): void {
  const entity = `${type.name} ${number}`
  const network = named(scenario.networks, type.network)
  const button = named(scenario.buttons, type.button)
  const powerType = named(scenario.powers, type.power)
  const { lastMs } = { lastMs: endMs + AFTERWARDS_MS }
  const mains = withFaults(failing(draws, entity, 'mains', powerType.outage), scenario.faults, 'power-down', type.name, lastMs)
  const join = (responder: ResponderType, owner: string, venue: { readonly entity: string }): Responder => {
    const one = new Responder(made.responders.length, responder, `${owner} ${responder.role}`, venue.entity, draws)
    made.responders.push(one)
    return one
  }
  const venue: Venue = {
    type,
    number,
    entity,
    network,
    button,
    mains,
    power: bridged(mains, ms(draws.trait(entity, 'backup', powerType.backup)), lastMs),
    link: withFaults(failing(draws, entity, 'network', network.outage), scenario.faults, 'network-down', type.name, lastMs),
    gateway: type.gateway === null ? null : failing(draws, entity, 'gateway', type.gateway),
    rooms: [],
    responders: type.responders.filter(({ per }) => per === 'venue').map((responder) => join(responder, entity, { entity })),
    presses: []
  }
  for (let inVenue = 0; inVenue < type.rooms; inVenue++) {
    const room = roomOf(venue, made, inVenue, draws, endMs, (responder, owner) => join(responder, owner, venue))
    venue.rooms.push(room)
    made.rooms.push(room)
  }
  made.venues.push(venue)
}

function roomOf (venue: Venue, { service, rooms }: Made, inVenue: number, draws: Draws, endMs: number, join: (responder: ResponderType, owner: string) => Responder): Room {
  const { type, button, network } = venue
  const entity = `${venue.entity} room ${inVenue + 1}`
  const room: Room = {
    number: rooms.length,
    inVenue,
    entity,
    venue,
    floor: type.floors <= 1 ? 0 : Math.floor(draws.of(entity, 'floor').at(0) * type.floors),
    battery: batteryOf(entity, button, draws, endMs + AFTERWARDS_MS),
    failure: failing(draws, entity, 'button', button.failure),
    frames: {
      link: draws.of(entity, 'link'),
      linkLoss: draws.trait(entity, 'link loss', button.linkLoss),
      loss: draws.trait(venue.entity, 'loss', network.loss),
      wake: draws.of(entity, 'wake'),
      latency: draws.of(entity, 'latency'),
      lost: draws.of(entity, 'lost'),
      reconnect: draws.of(entity, 'reconnect')
    },
    chain: [],
    presses: [],
    workers: [],
    responders: []
  }
  const workers = Array.from({ length: type.workersPerRoom }, (_, inRoom): Worker => ({ room, inRoom, entity: inRoom === 0 ? entity : `${entity} worker ${inRoom + 1}`, responders: [] }))
  for (const responder of type.responders) {
    const owners = responder.per === 'room' ? [room] : responder.per === 'worker' ? workers : []
    for (const owner of owners) owner.responders.push(join(responder, owner.entity))
  }
  Object.assign(room, { workers, chain: chainOf(room, service) })
  return Object.assign(room, { presses: pressesOf(room, draws, endMs) })
}

export function failing (draws: Draws, entity: string, purpose: string, { up, down }: Renewal): Outages {
  return renewal(up.draw, down.draw, draws.of(entity, `${purpose} up`), draws.of(entity, `${purpose} down`), SECOND_MS)
}

function span ({ atS, forS }: Fault): Interval { return { from: ms(atS), to: ms(atS + forS) } }

function intervalsOf (faults: readonly Fault[], is: Fault['is'], venue: string | null): readonly Interval[] {
  return united(faults.filter((fault) => fault.is === is && (!('venue' in fault) || fault.venue === null || venue === null || fault.venue === venue)).map(span))
}

/** What fails by itself, and what the scenario breaks besides. */
function withFaults (by: Outages, faults: readonly Fault[], is: Fault['is'], venue: string | null, lastMs: number): Outages {
  const broken = intervalsOf(faults, is, venue)
  return broken.length === 0 ? by : planned([...by.until(lastMs), ...broken])
}

/** Down only once the backup is empty. One that outlasts every outage is not looked for beyond the end. */
function bridged (mains: Outages, backupMs: number, lastMs: number): Outages {
  let after = -1
  return new Outages(() => {
    for (;;) {
      const from = mains.isDown(Math.max(after, 0)) ? mains.downSince(Math.max(after, 0)) : mains.changesAfter(Math.max(after, 0))
      if (from > lastMs) return null
      const to = mains.upAt(from)
      after = to
      if (to - from > backupMs) return { from: from + backupMs, to }
      if (to === Infinity) return null
    }
  })
}

function named<Value> (of: Readonly<Record<string, Value>>, name: string): Value {
  const found = of[name]
  if (found === undefined) throw new RangeError(`the scenario names ${JSON.stringify(name)} and does not have it`)
  return found
}
