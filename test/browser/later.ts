/** Hours that pass while the service is down: it comes back, and its wall clock is so much further than ours. Nobody waits. */
import { systemClock } from '../../server/clock/system-clock.ts'

const HOUR_MS = 3_600_000

/** For the environment of a service whose clock on the wall is this much ahead. */
export function later (ms: number): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`const real = Date.now; Date.now = () => real() + ${Math.round(ms)}`)}` }
}

/** How far it is from now to an hour in which people may be rung for a rehearsal (R20): 0 by day. */
export function toDayMs (): number {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Brussels' }).format(systemClock.now()))
  return hour >= 10 && hour < 21 ? 0 : (34 - hour) % 24 * HOUR_MS
}
