import { dueAt, isDue } from '../alarm/transition.ts'
import type { Cancel, Clock, MonoMs } from '../clock/clock.ts'
import type { SteadyClock } from '../clock/steady-clock.ts'
import type { Registry } from './registry.ts'
import type { Teller } from './teller.ts'
import type { Turns } from './turns.ts'

/** The loop sleeps no longer than this, whatever is due: it is also the auditor. */
export const SLEEP_MAX_MS = 1_000
/** ... and wakes no more often than this. */
export const SLEEP_MIN_MS = 20
/** Tellings that nobody has accepted are handed over again this often. */
export const OUTBOX_EVERY_MS = 5_000
/** The disk is asked to prove itself this often. */
export const PROBE_EVERY_MS = 5_000
/** An auditor that is later than this is not on time (`/readyz`). */
export const LATE_MAX_MS = 2_000

export type LoopPorts = {
  readonly clock: SteadyClock
  readonly registry: Registry
  readonly turns: Turns
  readonly teller: Teller
  readonly probe: () => void
  readonly clockJumped: (jumpedMs: number) => void
}

/** One loop: feeds `time` to what is due, repeats what nobody accepted, and measures its own lateness. */
export class Loop {
  readonly #ports: LoopPorts
  readonly #clock: Clock
  #cancel: Cancel | null = null
  #wakeAt: MonoMs
  #outboxAt: MonoMs
  #probeAt: MonoMs
  /** Worst lateness of a wake-up since last asked, ms. */
  #latenessMaxMs = 0

  constructor (ports: LoopPorts) {
    this.#ports = ports
    this.#clock = ports.clock
    const now = ports.clock.mono()
    this.#wakeAt = now
    // At once: what was decided before a crash may have reached nobody.
    this.#outboxAt = now
    this.#probeAt = now
  }

  start (): void { this.#run() }

  stop (): void {
    this.#cancel?.()
    this.#cancel = null
  }

  get isOnTime (): boolean { return this.#clock.mono() - this.#wakeAt < LATE_MAX_MS }

  takeLatenessMs (): number {
    const lateness = this.#latenessMaxMs
    this.#latenessMaxMs = 0
    return lateness
  }

  #run (): void {
    const mono = this.#clock.mono()
    this.#latenessMaxMs = Math.max(this.#latenessMaxMs, mono - this.#wakeAt)
    this.#timers()
    if (mono >= this.#outboxAt) {
      this.#outboxAt = later(mono, OUTBOX_EVERY_MS)
      for (const held of this.#ports.registry.all()) this.#ports.turns.guard(held, () => { this.#ports.teller.again(held) })
    }
    if (mono >= this.#probeAt) {
      this.#probeAt = later(mono, PROBE_EVERY_MS)
      this.#ports.probe()
    }
    this.#sleep(this.#sleepMs())
  }

  #timers (): void {
    const { clock, registry, turns } = this.#ports
    let timed = false
    for (const held of [...registry.all()]) {
      turns.guard(held, () => {
        if (dueAt(held.head) !== null) timed = true
        if (isDue(held.head, clock.now())) turns.apply(held, { is: 'time' })
        turns.actUnsaved(held)
        registry.release(held)
      })
    }
    if (timed) return
    const jumpedMs = clock.resync()
    if (jumpedMs !== 0) this.#ports.clockJumped(jumpedMs)
  }

  #sleepMs (): number {
    const now = this.#ports.clock.now()
    let sleepMs = SLEEP_MAX_MS
    for (const held of this.#ports.registry.all()) {
      // One that can't be turned stays due for ever: it is tried when the loop wakes, and wakes nobody.
      if (!this.#ports.turns.isFaulty(held)) sleepMs = Math.min(sleepMs, (dueAt(held.head) ?? Infinity) - now)
    }
    return Math.max(SLEEP_MIN_MS, sleepMs)
  }

  #sleep (sleepMs: number): void {
    this.#wakeAt = later(this.#clock.mono(), sleepMs)
    this.#cancel = this.#clock.after(sleepMs, () => { this.#run() })
  }
}

function later (at: MonoMs, ms: number): MonoMs {
  return (at + ms) as MonoMs
}
