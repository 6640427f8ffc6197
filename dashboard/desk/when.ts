/** Days and ages as a list of rooms wants them: by the browser's own words. Hours are those of every page. */
import { spoken } from '../say/say.ts'
import { clock } from '../say/when.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const NEAR_MS = 18 * HOUR_MS

/** The hour alone while it is near, else the day too. */
export function moment (at: number, now: number): string {
  if (Math.abs(now - at) < NEAR_MS) return clock(at)
  return new Intl.DateTimeFormat(spoken.value, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

export function day (at: number): string {
  return new Intl.DateTimeFormat(spoken.value, { day: 'numeric', month: 'long', year: 'numeric' }).format(at)
}

/** "2 min ago", in whole minutes, hours or days that are over. */
export function ago (at: number, now: number): string {
  const ms = Math.max(0, now - at)
  const [value, unit] = ms < HOUR_MS ? [ms / MINUTE_MS, 'minute'] as const : ms < DAY_MS ? [ms / HOUR_MS, 'hour'] as const : [ms / DAY_MS, 'day'] as const
  return new Intl.RelativeTimeFormat(spoken.value, { style: 'short', numeric: 'always' }).format(-Math.floor(value), unit)
}

export function iso (at: number): string { return new Date(at).toISOString() }
