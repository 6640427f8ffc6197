import type { SimClock } from './live/ports.ts'

/** Longest delay that Node's timers take; beyond it they fire at once. */
const TIMER_MAX_MS = 2_147_483_647

/** The machine's clocks, for simulated people and buttons. */
export const wallClock: SimClock = {
  now: () => Date.now(),
  mono: () => performance.now(),
  after (delayMs, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(delayMs, 0), TIMER_MAX_MS))
    return () => { clearTimeout(timer) }
  }
}

/** Ends this process with its exit code if it has not ended by itself by then: no goodbye takes longer. */
export function endWithin (waitMs: number): void { setTimeout(() => { process.exit() }, waitMs).unref() }
