import type { Counts } from './counts.ts'
import type { Clock, Log } from './ports.ts'

/**
 * Runs what nobody waits for. A throw there would end the process, and with it every button's line; it is counted and
 * logged by the lines of ours that failed, never by its message, which might name a button.
 */
export type Safely = (work: () => void) => void

export function safelyWith (counts: Counts, log: Log): Safely {
  return (work) => {
    try {
      work()
    } catch (error) {
      counts.add('WORK_FAILED')
      log.error({ code: 'WORK_FAILED', ...traceOf(error) }, 'Something that the broker does by itself failed')
    }
  }
}

/** The same clock, with wake-ups that can't end the process. */
export function safeClock (clock: Clock, safely: Safely): Clock {
  return {
    now: () => clock.now(),
    mono: () => clock.mono(),
    after: (delayMs, wake) => clock.after(delayMs, () => { safely(wake) })
  }
}

export function traceOf (error: unknown): { readonly reason: string, readonly stack: string } {
  if (!(error instanceof Error)) return { reason: typeof error, stack: '' }
  return { reason: error.name, stack: (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')).slice(0, 5).join('\n') }
}
