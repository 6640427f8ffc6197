import type { Clock, EpochMs, MonoMs } from './clock.ts'

/** Longest delay that Node's timers take; beyond it they fire at once. */
const TIMER_MAX_MS = 2_147_483_647

/** The machine's clocks. The only file that may name `Date` or `setTimeout`. */
export const systemClock: Clock = {
  now: () => Date.now() as EpochMs,
  mono: () => performance.now() as MonoMs,
  after (delayMs, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(delayMs, 0), TIMER_MAX_MS))
    return () => { clearTimeout(timer) }
  }
}
