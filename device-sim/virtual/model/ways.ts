/** One body: where each person is, on behalf of everybody who called them. Whoever is called again goes there on the way that they are on. */
import type { Episode, Part } from './episode.ts'
import { ms } from './hours.ts'
import type { Handle } from '../kernel/queue.ts'
import { isOver } from './run.ts'
import type { House } from './run.ts'
import type { Responder } from './responder.ts'
import type { Room } from './world.ts'

/** Length of stairs from one floor to the next, m: 3 m high at 32 degrees. */
export const STAIRS_M_A_FLOOR = 5.6

/** Coming to one room, for every press of it. */
export type Visit = { readonly way: Way, readonly room: Room, readonly parts: Part[], readonly arrivesAt: number, isThere: boolean, moving: Handle | null }
/** From the door of their home and until nobody needs them: one trip. */
type Way = { readonly who: Responder, is: 'preparing' | 'under-way' | 'there', leaving: Handle | null, readonly visits: Visit[], wasNeeded: boolean, isNeedless: boolean }

export class Ways {
  readonly #house: House
  readonly #out = new Map<Responder, Way>()
  readonly #arrived: (visit: Visit) => void

  constructor (house: House, arrived: (visit: Visit) => void) {
    this.#house = house
    this.#arrived = arrived
  }

  isOut (who: Responder): boolean { return this.#wayOf(who) !== null }

  /** Where they are or go to. A room that they have left for another is one to which they must come anew. */
  visitTo (who: Responder, room: Room): Visit | null {
    const way = this.#wayOf(who)
    return way === null ? null : visitOn(way, room)
  }

  /** Out of the door after a while; or, for whoever is out already, on to this room as well. */
  setOut (part: Part): Visit {
    const way = this.#wayOf(part.who)
    if (way === null) return this.#begin(part)
    const known = visitOn(way, part.episode.press.room)
    if (known === null) return this.#goOn(way, part)
    if (!known.parts.includes(part)) {
      known.parts.push(part)
      if (way.is === 'under-way') this.#comesAlong(part)
    }
    if (known.isThere) this.#judge(way, known)
    return known
  }

  /** Nobody needs them for this press, as far as they were told; of these presses they were told it. */
  standDown (part: Part, told: readonly Episode[]): void {
    const way = this.#out.get(part.who)
    const visit = way?.visits.find(({ parts }) => parts.includes(part))
    if (way === undefined || visit === undefined || visit.isThere) return
    visit.parts.splice(visit.parts.indexOf(part), 1)
    if (visit.parts.length > 0) return
    const { run } = this.#house
    if (visit.moving !== null) run.kernel.cancel(visit.moving)
    way.visits.splice(way.visits.indexOf(visit), 1)
    if (way.visits.length > 0) return this.#judge(way, null)
    if (way.leaving !== null) run.kernel.cancel(way.leaving)
    if (way.is === 'under-way') {
      this.#needless(way)
      run.moment([part.episode, ...told], 'turns back', part.who)
    }
    this.#out.delete(part.who)
  }

  /** null: at home. Whoever was there goes home once all of it is over. */
  #wayOf (who: Responder): Way | null {
    const way = this.#out.get(who)
    if (way === undefined) return null
    if (way.is !== 'there' || !way.visits.every(isDone)) return way
    this.#out.delete(who)
    return null
  }

  #begin (part: Part): Visit {
    const { run } = this.#house
    const { who, episode: { press } } = part
    const { type } = who
    const night = who.isAsleep(run.now) ? who.trait('night turnout', type.nightTurnout) : 1
    const turnout = ms(who.draw('turnout', type.turnout, press, 0) * night)
    const walk = who.trait('distance', type.distance) / who.draw('walking', type.walking, press, 0)
    const climb = press.room.floor * STAIRS_M_A_FLOOR / who.draw('stairs', type.stairs, press, 0)
    const leavesAt = run.now + turnout
    const way: Way = { who, is: 'preparing', leaving: null, visits: [], wasNeeded: false, isNeedless: false }
    const visit: Visit = { way, room: press.room, parts: [part], arrivesAt: leavesAt + ms(walk + climb), isThere: false, moving: null }
    way.visits.push(visit)
    this.#out.set(who, way)
    way.leaving = run.kernel.at(leavesAt, this.#leave, way)
    return visit
  }

  /** From where they are, or will be, up or down the stairs of the same house. */
  #goOn (way: Way, part: Part): Visit {
    const { run } = this.#house
    const { who, episode: { press } } = part
    // Called back to where they were before: of this press it is the new visit that counts.
    for (const { parts } of way.visits) if (parts.includes(part)) parts.splice(parts.indexOf(part), 1)
    const last = way.visits.at(-1)
    const floors = last === undefined ? press.room.floor : Math.abs(press.room.floor - last.room.floor)
    const climb = ms(floors * STAIRS_M_A_FLOOR / who.draw('stairs', who.type.stairs, press, 0))
    const visit: Visit = { way, room: press.room, parts: [part], arrivesAt: Math.max(run.now, last?.arrivesAt ?? 0) + climb, isThere: false, moving: null }
    way.visits.push(visit)
    if (way.is === 'preparing') return visit
    this.#comesAlong(part)
    visit.moving = run.kernel.at(visit.arrivesAt, this.#arrive, visit)
    return visit
  }

  #comesAlong (part: Part): void {
    part.episode.trips++
    this.#house.run.moment([part.episode], 'is out already', part.who)
  }

  readonly #leave = (way: Way): void => {
    const { run } = this.#house
    way.is = 'under-way'
    way.leaving = null
    run.burden(way.who).trips++
    for (const visit of way.visits) {
      for (const { episode } of visit.parts) episode.trips++
      visit.moving = run.kernel.at(visit.arrivesAt, this.#arrive, visit)
    }
    if (run.story !== null) run.moment(way.visits.flatMap(episodesOf), 'leaves', way.who)
  }

  readonly #arrive = (visit: Visit): void => {
    const { way } = visit
    visit.isThere = true
    visit.moving = null
    way.is = 'there'
    this.#judge(way, visit)
    this.#arrived(visit)
  }

  /** Needless while nobody was in danger wherever they have been; the next room, or the next press of this one, may yet need them. */
  #judge (way: Way, visit: Visit | null): void {
    const { run } = this.#house
    if (visit !== null && episodesOf(visit).some(({ press }) => press.cause === 'incident' && run.now < press.safeAt)) way.wasNeeded = true
    if (!way.wasNeeded && way.visits.every(({ isThere }) => isThere)) this.#needless(way)
    if (!way.wasNeeded || !way.isNeedless) return
    way.isNeedless = false
    run.burden(way.who).needlessTrips--
  }

  #needless (way: Way): void {
    if (way.isNeedless) return
    way.isNeedless = true
    this.#house.run.burden(way.who).needlessTrips++
  }
}

/** Whoever has a further room to go to is in none of those before it. */
function visitOn ({ visits }: Way, room: Room): Visit | null {
  return visits.find((visit, i) => visit.room === room && (!visit.isThere || i === visits.length - 1)) ?? null
}

/** They are there, and it is over in each lane. */
function isDone ({ isThere, parts }: Visit): boolean { return isThere && parts.every(({ lanes }) => lanes.every(isOver)) }

/** Every press that is helped by it: what joined an alarm is of the same room. */
export function episodesOf ({ parts }: Visit): readonly Episode[] {
  const all: Episode[] = []
  const add = (episode: Episode): void => { if (!all.includes(episode)) all.push(episode) }
  for (const { episode, lanes } of parts) {
    add(episode)
    for (const { episodes } of lanes) for (const each of episodes) add(each)
  }
  return all
}
