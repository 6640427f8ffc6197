import type { ResponderId, WorkerId } from '../alarm/alarm.ts'
import type { Changed } from './desk.ts'
import type { Held } from './held.ts'
import type { Lights } from './lights.ts'

export type ChangedButtons = readonly string[]

/** Tells whose newest view may differ, gathered to at most once a tick. Views are states, never a queue. */
export class Changes {
  readonly #lights: Lights
  readonly #people = new Set<(changed: Changed) => void>()
  readonly #buttons = new Set<(changed: ChangedButtons) => void>()
  readonly #alarms = new Set<Held>()
  /** What was last told to her of an end. */
  readonly #frozen = new WeakMap<Held, string>()

  constructor (lights: Lights) { this.#lights = lights }

  of (held: Held): void {
    this.#alarms.add(held)
    if (this.#alarms.size === 1) queueMicrotask(() => { this.#tell() })
  }

  onPeople (listener: (changed: Changed) => void): () => void {
    this.#people.add(listener)
    return () => { this.#people.delete(listener) }
  }

  onButtons (listener: (changed: ChangedButtons) => void): () => void {
    this.#buttons.add(listener)
    return () => { this.#buttons.delete(listener) }
  }

  #tell (): void {
    const workers = new Set<WorkerId>()
    const responders = new Set<ResponderId>()
    const buttons = new Set<string>()
    for (const held of this.#alarms) {
      if (held.head.lane.is === 'hers' && this.#mayDifferForHer(held)) workers.add(held.head.lane.worker)
      for (const person of held.opened.people) responders.add(person.who.id)
      for (const did of this.#lights.buttonsOf(held)) buttons.add(did)
    }
    this.#alarms.clear()
    for (const listener of this.#people) listener({ workers: [...workers], responders: [...responders] })
    for (const listener of this.#buttons) listener([...buttons])
  }

  /**
   * Once its end is on disk her view of it stands still until it settles. What goes on behind a duress PIN must not even
   * set anything looking: what looks may find something else to say, and its moment would tell (R15).
   */
  #mayDifferForHer (held: Held): boolean {
    const ended = held.safe?.ended ?? null
    if (ended === null) return true
    const shown = `${ended.at} ${ended.settled} ${held.head.ended?.settled ?? false}`
    if (this.#frozen.get(held) === shown) return false
    this.#frozen.set(held, shown)
    return true
  }
}
