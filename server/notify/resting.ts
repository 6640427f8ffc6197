import type { Clock, MonoMs } from '../clock/clock.ts'
import { RESTING_MAX } from './limits.ts'
import type { EndpointId } from './ports.ts'

/** Endpoints whose push service asked for a pause (429): whatever is told meanwhile goes by the others. */
export class Resting {
  readonly #clock: Clock
  readonly #until = new Map<EndpointId, MonoMs>()

  constructor (clock: Clock) { this.#clock = clock }

  rest (endpoint: EndpointId, ms: number): void {
    if (this.#until.size >= RESTING_MAX) this.#dropOver()
    // Still full: forgetting one only means that its service says 429 once more.
    const [oldest] = this.#until.keys()
    if (this.#until.size >= RESTING_MAX && oldest !== undefined) this.#until.delete(oldest)
    this.#until.set(endpoint, (this.#clock.mono() + ms) as MonoMs)
  }

  /** Milliseconds until it may be used again; 0: now. */
  leftMs (endpoint: EndpointId): number {
    const until = this.#until.get(endpoint)
    if (until === undefined) return 0
    const left = until - this.#clock.mono()
    if (left <= 0) this.#until.delete(endpoint)
    return Math.max(left, 0)
  }

  #dropOver (): void {
    const now = this.#clock.mono()
    for (const [endpoint, until] of this.#until) if (until <= now) this.#until.delete(endpoint)
  }
}
