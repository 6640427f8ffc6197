import type { Cancel, Clock, EpochMs, MonoMs } from '../../server/clock/clock.ts'

type Alarm = { readonly at: number, readonly order: number, readonly wake: () => void }

/** A clock that moves only when the story says so. Wake-ups happen in the order of their times. */
export class FakeClock implements Clock {
  #epoch: number
  #mono = 0
  #order = 0
  readonly #alarms = new Set<Alarm>()

  constructor (startMs = Date.UTC(2026, 10, 23, 22, 0, 0)) { this.#epoch = startMs }

  now (): EpochMs { return this.#epoch as EpochMs }
  mono (): MonoMs { return this.#mono as MonoMs }

  after (delayMs: number, wake: () => void): Cancel {
    const alarm = { at: this.#mono + Math.max(delayMs, 0), order: this.#order++, wake }
    this.#alarms.add(alarm)
    return () => { this.#alarms.delete(alarm) }
  }

  /** Lets `ms` pass; what falls due on the way happens at its own time. Promises settle between wake-ups. */
  async pass (ms: number): Promise<void> {
    const end = this.#mono + ms
    for (;;) {
      await settle()
      const next = [...this.#alarms].filter((a) => a.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (next === undefined) break
      this.#alarms.delete(next)
      const step = Math.max(0, next.at - this.#mono)
      this.#mono += step
      this.#epoch += step
      next.wake()
    }
    const rest = Math.max(0, end - this.#mono)
    this.#mono += rest
    this.#epoch += rest
    await settle()
  }

  /** The machine dozes: both clocks move on at once, and what fell due meanwhile happens at the end. For days on end. */
  async doze (ms: number): Promise<void> {
    this.#mono += ms
    this.#epoch += ms
    await this.pass(0)
  }

  /** The wall clock jumps (a day forward, a day back); monotonic time does not notice. */
  jump (ms: number): void { this.#epoch += ms }
}

/** Lets promises that are already settled run their continuations. */
async function settle (): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
