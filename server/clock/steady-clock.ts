import type { Clock, EpochMs, MonoMs } from './clock.ts'

/** A smaller difference is ordinary drift and is not worth a jump in anybody's timeline. */
const DRIFT_MAX_MS = 2_000

export interface SteadyClock extends Clock {
  /**
   * Takes the machine's wall time again. Call it only while nothing is timed by wall time: an alarm that runs keeps
   * the timeline it started with. Returns by how many ms the wall clock had jumped (0: not worth it).
   */
  resync (): number
}

/**
 * Wall time that can't jump: read once, then carried by the monotonic clock. A wall clock that is set a day forward
 * or back in the middle of an alarm neither loses a timer nor fires one twice.
 */
export function steady (clock: Clock): SteadyClock {
  let anchorEpoch = clock.now()
  let anchorMono = clock.mono()
  const now = (): EpochMs => Math.round(anchorEpoch + (clock.mono() - anchorMono)) as EpochMs
  return {
    now,
    mono: (): MonoMs => clock.mono(),
    after: (delayMs, wake) => clock.after(delayMs, wake),
    resync () {
      const jumped = Math.round(clock.now() - now())
      if (Math.abs(jumped) <= DRIFT_MAX_MS) return 0
      anchorEpoch = clock.now()
      anchorMono = clock.mono()
      return jumped
    }
  }
}
