/**
 * The one door through which time enters. Two clocks kept apart: wall time may jump and is what we persist and
 * show; monotonic time never jumps, dies with the process, and is what we measure and sleep by.
 */
type Brand<T, B extends string> = T & { readonly brand: B }

/** Wall-clock milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Brand<number, 'EpochMs'>
/** Milliseconds since some moment of this process. */
export type MonoMs = Brand<number, 'MonoMs'>

/** Forgets the wake-up; harmless when it has already happened. */
export type Cancel = () => void

export interface Clock {
  now (): EpochMs
  mono (): MonoMs
  /** Calls `wake` once, `delayMs` of monotonic time from now (never synchronously, also for 0). */
  after (delayMs: number, wake: () => void): Cancel
}
