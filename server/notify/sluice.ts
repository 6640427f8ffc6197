/**
 * Lets sends go in small slices, so that a burst of encrypting never holds up a press, and a bounded number at a time
 * to each push service, so that one that hangs only holds up itself.
 */
import type { Clock } from '../clock/clock.ts'
import { IN_FLIGHT_PER_ORIGIN_MAX, SLICE_MS, WAITING_MAX } from './limits.ts'

/** Must not reject. */
type Send = () => Promise<void>
type Gate = { inFlight: number, readonly waiting: Send[] }

export class Sluice {
  readonly #clock: Clock
  readonly #gates = new Map<string, Gate>()
  #waiting = 0
  #inFlight = 0
  #scheduled = false

  constructor (clock: Clock) { this.#clock = clock }

  get waiting (): number { return this.#waiting }
  get inFlight (): number { return this.#inFlight }

  /** `false`: refused, too many wait already. Otherwise `send` is called soon, never within this call. */
  enter (origin: string, send: Send): boolean {
    if (this.#waiting >= WAITING_MAX) return false
    const gate = this.#gates.get(origin) ?? { inFlight: 0, waiting: [] }
    this.#gates.set(origin, gate)
    gate.waiting.push(send)
    this.#waiting += 1
    this.#soon()
    return true
  }

  #soon (): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#clock.after(0, () => {
      this.#scheduled = false
      this.#slice()
    })
  }

  /** Push services take turns; within one, first come first served. */
  #slice (): void {
    const endsAt = this.#clock.mono() + SLICE_MS
    for (let moved = true; moved;) {
      moved = false
      for (const [origin, gate] of this.#gates) {
        if (this.#clock.mono() >= endsAt) return this.#soon()
        moved = this.#let(origin, gate) || moved
      }
    }
  }

  #let (origin: string, gate: Gate): boolean {
    if (gate.inFlight >= IN_FLIGHT_PER_ORIGIN_MAX) return false
    const send = gate.waiting.shift()
    if (send === undefined) return false
    this.#waiting -= 1
    this.#inFlight += 1
    gate.inFlight += 1
    void send().finally(() => {
      this.#inFlight -= 1
      gate.inFlight -= 1
      if (gate.waiting.length > 0) this.#soon()
      else if (gate.inFlight === 0) this.#gates.delete(origin)
    })
    return true
  }
}
