/**
 * The time by which things are deleted. A wall clock that is set a year ahead, while the service runs or before it
 * starts, must not erase a year at once: a leap forward is believed only after the clock has kept to it for a day.
 */
import type { Clock, EpochMs } from '../clock/clock.ts'

/** While it runs, a greater difference between wall clock and steady time is a leap. */
const LEAP_MS = 60 * 60_000
/** After a start: a service that was off for longer waits a day too. */
export const OFF_MS = 48 * 60 * 60_000
export const BELIEVED_AFTER_MS = 24 * 60 * 60_000

export class SlowTime {
  readonly #clock: Clock
  #epoch: number
  #mono: number
  #slackMs: number
  #leaptAtMono: number | null = null

  /** @param seenAt when the house last looked at this clock; null: never */
  constructor (clock: Clock, seenAt: number | null) {
    this.#clock = clock
    this.#epoch = seenAt ?? clock.now()
    this.#mono = clock.mono()
    this.#slackMs = seenAt === null ? LEAP_MS : OFF_MS
  }

  now (): EpochMs {
    const now = this.#clock.now()
    const mono = this.#clock.mono()
    const carried = this.#epoch + (mono - this.#mono)
    const leapt = now > carried + this.#slackMs
    if (leapt) this.#leaptAtMono ??= mono
    if (leapt && mono - (this.#leaptAtMono ?? mono) < BELIEVED_AFTER_MS) return Math.round(carried) as EpochMs
    this.#epoch = now
    this.#mono = mono
    this.#slackMs = LEAP_MS
    this.#leaptAtMono = null
    return now
  }
}
