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
      if (held.head.lane.is === 'hers') workers.add(held.head.lane.worker)
      for (const person of held.opened.people) responders.add(person.who.id)
      for (const did of this.#lights.buttonsOf(held)) buttons.add(did)
    }
    this.#alarms.clear()
    for (const listener of this.#people) listener({ workers: [...workers], responders: [...responders] })
    for (const listener of this.#buttons) listener([...buttons])
  }
}
