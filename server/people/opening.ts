/**
 * The weekly hours in which a venue is open, by the rooms' own clock: a wall clock that is set for summer or winter moves
 * none of them. Pure.
 */
import { joined, within } from '../store/hours.ts'
import type { Span } from '../store/hours.ts'
import type { OpeningRow } from '../store/people-rows.ts'
import { ROOMS_TIME_ZONE } from './limits.ts'
import type { OpeningHours } from './place-services.ts'

const MINUTE_MS = 60_000
const DAY_MIN = 1_440
const DAY_MS = DAY_MIN * MINUTE_MS
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4

const zone = new Intl.DateTimeFormat('en', { timeZone: ROOMS_TIME_ZONE, timeZoneName: 'longOffset' })

/** What of `window` (bounded) the venue is open. With no hours set it always is: better a gap too many than one unseen. */
export function openIn (opening: readonly OpeningRow[], window: { readonly fromAt: number, readonly untilAt: number }): readonly Span[] {
  if (opening.length === 0) return [window]
  const first = dayOf(window.fromAt) - 1
  const days = Array.from({ length: dayOf(window.untilAt) - first + 1 }, (_, n) => first + n)
  const spans = days.flatMap((day) => opening.filter(({ weekday }) => weekday === weekdayOf(day)).map(({ fromMin, untilMin }) => ({
    // An hour that a change of clocks brings twice is open both times, and one that it skips shortens nothing else.
    fromAt: Math.min(...momentsOf(day * DAY_MS + fromMin * MINUTE_MS)),
    untilAt: Math.max(...momentsOf(day * DAY_MS + untilMin * MINUTE_MS))
  })))
  return within(joined(spans.filter(({ fromAt, untilAt }) => fromAt < untilAt)), window)
}

/** "20:00" to "04:00", as people say it. At or before its beginning, it ends on the next day. */
export function openingOf ({ weekday, from, until }: { readonly weekday: number, readonly from: string, readonly until: string }): OpeningHours {
  const [fromMin, untilMin] = [minutesOf(from), minutesOf(until)]
  return { weekday, fromMin, untilMin: untilMin <= fromMin ? untilMin + DAY_MIN : untilMin }
}

export function clockHours ({ weekday, fromMin, untilMin }: OpeningHours): { weekday: number, from: string, until: string } {
  return { weekday, from: clockOf(fromMin), until: clockOf(untilMin) }
}

function minutesOf (clock: string): number {
  const [hours, minutes] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}

function clockOf (minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}

/** The moments at which the rooms' clock shows this; two when it is set back, one (its nearest) when it skips it. */
function momentsOf (wall: number): readonly number[] {
  const offsets = [...new Set([offsetMs(wall - DAY_MS), offsetMs(wall + DAY_MS)])]
  const moments = offsets.map((offset) => wall - offset).filter((at) => at + offsetMs(at) === wall)
  return moments.length > 0 ? moments : offsets.slice(0, 1).map((offset) => wall - offset)
}

function dayOf (at: number): number { return Math.floor((at + offsetMs(at)) / DAY_MS) }

/** 1 is Monday. */
function weekdayOf (day: number): number { return ((day + FIRST_WEEKDAY - 1) % 7 + 7) % 7 + 1 }

function offsetMs (at: number): number {
  const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE_MS
}
