/** Virtual time: whole milliseconds from midnight of the first day. */
import type { Hours } from '../../scenario/scenario.ts'

export const SECOND_MS = 1_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
export const MONTH_MS = 30 * DAY_MS
export const YEAR_MS = 365 * DAY_MS
/** What a row calls night, whoever sleeps when. */
const NIGHT: Hours = { from: 22, to: 6 }

/** Seconds, as they are drawn, to whole milliseconds. Never is Infinity. */
export function ms (seconds: number): number { return Math.round(seconds * SECOND_MS) }
export function seconds (time: number): number { return time / SECOND_MS }

/** From `from` to before `to`; over midnight if `from` is the later; the whole day if they are equal. */
export function isWithin ({ from, to }: Hours, at: number): boolean {
  const hour = (at % DAY_MS) / HOUR_MS
  if (from === to) return true
  return from < to ? hour >= from && hour < to : hour >= from || hour < to
}

export function isNight (at: number): boolean { return isWithin(NIGHT, at) }

export function lengthH ({ from, to }: Hours): number { return from < to ? to - from : 24 - from + to }

/** When these hours begin or end next, after `at`. Infinity: they are the whole day. */
export function changesAfter (hours: Hours, at: number): number {
  if (hours.from === hours.to) return Infinity
  const midnight = at - at % DAY_MS
  let next = Infinity
  for (const hour of [hours.from, hours.to]) {
    const today = midnight + hour * HOUR_MS
    next = Math.min(next, today > at ? today : today + DAY_MS)
  }
  return next
}
