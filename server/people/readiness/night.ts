import { NIGHT_FROM_HOUR, NIGHT_UNTIL_HOUR } from '../limits.ts'
import type { EpochMs } from '../words.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** R20: the hours in which nobody is rung for a rehearsal, by the clocks on the walls there. */
export function isNight (at: EpochMs, timeZone: string): boolean {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone })
  clocks.set(timeZone, clock)
  const hour = Number(clock.format(at))
  return hour >= NIGHT_FROM_HOUR || hour < NIGHT_UNTIL_HOUR
}
