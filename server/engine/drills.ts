import type { Level, ResponderId } from '../alarm/alarm.ts'
import type { DrillFact } from './desk.ts'
import type { Held } from './held.ts'

/** Tells at once what happens in drills: what they measure must not wait for a disk. */
export class Drills {
  readonly #listeners = new Set<(fact: DrillFact) => void>()

  on (listener: (fact: DrillFact) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  receipt (held: Held, from: ResponderId, level: Level): void { this.#tell(held, { is: 'receipt', alarm: held.id, from, level }) }

  answered (held: Held, from: ResponderId): void { this.#tell(held, { is: 'answered', alarm: held.id, from }) }

  ended (held: Held): void {
    const { phase } = held.head
    const isSuperseded = (phase.is === 'closed' || phase.is === 'settled') && phase.why === 'superseded'
    this.#tell(held, { is: 'ended', alarm: held.id, why: isSuperseded ? 'superseded' : 'over' })
  }

  #tell ({ head: { lane } }: Held, fact: DrillFact): void {
    if (lane.is !== 'test' || lane.by !== 'drill') return
    for (const listener of this.#listeners) listener(fact)
  }
}
