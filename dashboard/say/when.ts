/** Times and ages in her language, by a clock of 24 hours. */
import { localesOf } from './language.ts'
import { say, spoken } from './say.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()
const SECOND_MS = 1_000
const MINUTE_S = 60
const HOUR_S = 3_600

/** `23:41`, or `23:41:52` where seconds are part of the fact. */
export function clock (at: number, seconds = false): string {
  const key = `${spoken.value} ${seconds}`
  const format = clocks.get(key) ?? new Intl.DateTimeFormat(localesOf(spoken.value), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(seconds ? { second: '2-digit' } : {}) })
  clocks.set(key, format)
  return format.format(at)
}

/** "12 s ago", in our own words: a browser that lacks a language would say it in another. An age below zero is a clock's error: now. */
export function ago (ms: number): string {
  const s = Math.max(0, Math.round(ms / SECOND_MS))
  if (s < MINUTE_S) return say('safety.ago.s', { n: s })
  return s < HOUR_S ? say('safety.ago.min', { n: Math.floor(s / MINUTE_S) }) : say('safety.ago.h', { n: Math.floor(s / HOUR_S) })
}

/** `18:24`, or `1:02:09`. */
export function left (ms: number): string {
  const s = Math.max(0, Math.ceil(ms / SECOND_MS))
  const two = (part: number): string => String(part).padStart(2, '0')
  const minutes = Math.floor(s / MINUTE_S) % MINUTE_S
  return s < HOUR_S ? `${two(minutes)}:${two(s % MINUTE_S)}` : `${Math.floor(s / HOUR_S)}:${two(minutes)}:${two(s % MINUTE_S)}`
}
