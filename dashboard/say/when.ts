/** Times and ages in her language, by a clock of 24 hours. */
import { tagOf } from './language.ts'
import { spoken } from './say.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()
const SECOND_MS = 1_000
const MINUTE_S = 60
const HOUR_S = 3_600

/** `23:41`, or `23:41:52` where seconds are part of the fact. */
export function clock (at: number, seconds = false): string {
  const key = `${spoken.value} ${seconds}`
  const format = clocks.get(key) ?? new Intl.DateTimeFormat(tagOf(spoken.value), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(seconds ? { second: '2-digit' } : {}) })
  clocks.set(key, format)
  return format.format(at)
}

/** "12 s ago". An age below zero is a clock's error: now. */
export function ago (ms: number): string {
  const s = Math.max(0, Math.round(ms / SECOND_MS))
  const format = new Intl.RelativeTimeFormat(tagOf(spoken.value), { style: 'short' })
  if (s < MINUTE_S) return format.format(-s, 'second')
  return s < HOUR_S ? format.format(-Math.floor(s / MINUTE_S), 'minute') : format.format(-Math.floor(s / HOUR_S), 'hour')
}

/** `18:24`, or `1:02:09`. */
export function left (ms: number): string {
  const s = Math.max(0, Math.ceil(ms / SECOND_MS))
  const two = (part: number): string => String(part).padStart(2, '0')
  const minutes = Math.floor(s / MINUTE_S) % MINUTE_S
  return s < HOUR_S ? `${two(minutes)}:${two(s % MINUTE_S)}` : `${Math.floor(s / HOUR_S)}:${two(minutes)}:${two(s % MINUTE_S)}`
}
