import type { AlarmId, LaneKey, ResponderId, WorkerId } from '../alarm/alarm.ts'
import { isLive, isOpenAsPerceived } from '../alarm/lanes.ts'
import type { PressHash } from '../store/alarm-store.ts'
import type { Held } from './held.ts'

/** Every live alarm of this node, found by id, by lane, by press and by person. */
export class Registry {
  readonly #byId = new Map<AlarmId, Held>()
  readonly #byPress = new Map<PressHash, Set<Held>>()
  readonly #byLane = new Map<LaneKey, Set<Held>>()
  /** Everybody in an alarm's plan: it may shrink, never grow, so the index is made once. */
  readonly #byPerson = new Map<ResponderId, Set<Held>>()

  get responders (): readonly ResponderId[] { return [...this.#byPerson.keys()] }

  get workers (): readonly WorkerId[] { return workersOf([...this.#byId.values()]) }

  /** Without those whose alarm has settled as anyone may perceive it, and goes on under duress (R15). */
  get workersPerceived (): readonly WorkerId[] { return workersOf([...this.#byId.values()].filter(({ head }) => head.ended?.settled !== true)) }

  all (): IterableIterator<Held> { return this.#byId.values() }

  find (id: AlarmId): Held | null { return this.#byId.get(id) ?? null }

  hold (held: Held): void {
    this.#byId.set(held.id, held)
    addTo(this.#byLane, held.lane, held)
    for (const press of held.presses) addTo(this.#byPress, press, held)
    for (const person of held.opened.people) addTo(this.#byPerson, person.who.id, held)
  }

  link (held: Held, press: PressHash): void {
    held.link(press)
    addTo(this.#byPress, press, held)
  }

  /** Nothing is left to do and everything is on disk: memory may forget it. Returns whether it did. */
  release (held: Held): boolean {
    if (isLive(held.head) || !held.allOnDisk) return false
    this.drop(held)
    return true
  }

  drop (held: Held): void {
    this.#byId.delete(held.id)
    removeFrom(this.#byLane, held.lane, held)
    for (const press of held.presses) removeFrom(this.#byPress, press, held)
    for (const person of held.opened.people) removeFrom(this.#byPerson, person.who.id, held)
  }

  /** The alarm of a lane that is open as she perceives it, as decided (not as stored): a new press joins it. */
  openIn (lane: LaneKey): Held | null {
    for (const held of this.#byLane.get(lane) ?? []) if (isOpenAsPerceived(held.head)) return held
    return null
  }

  inLane (lane: LaneKey): readonly Held[] { return [...this.#byLane.get(lane) ?? []] }

  ofPress (press: PressHash): readonly Held[] { return [...this.#byPress.get(press) ?? []] }

  /** Alarms in whose plan this person is or was. */
  withPerson (responder: ResponderId): readonly Held[] { return [...this.#byPerson.get(responder) ?? []] }
}

function workersOf (alarms: readonly Held[]): readonly WorkerId[] {
  return alarms.map(({ head }) => head.lane).filter((lane) => lane.is === 'hers').map((lane) => lane.worker)
}

function addTo<K> (map: Map<K, Set<Held>>, key: K, held: Held): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([held]))
  else set.add(held)
}

function removeFrom<K> (map: Map<K, Set<Held>>, key: K, held: Held): void {
  const set = map.get(key)
  if (set === undefined) return
  set.delete(held)
  if (set.size === 0) map.delete(key)
}
