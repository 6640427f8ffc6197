/** What is known of a button, as one word; and the order of the list: what needs somebody comes first. */
import type { Sure } from '../parts/mark.tsx'
import type { Button, Room, Venue } from './venue.ts'

export type Health = 'none' | 'never' | 'silent' | 'cut' | 'off' | 'trouble' | 'low' | 'asleep' | 'heard'
export type Row = { readonly room: Room, readonly button: Button | null, readonly is: Health }

/** R19: at or below this a battery is weak. */
export const LOW_PCT = 20
const MINUTE_MS = 60_000
const MISSED_MAX = 3
const ORDER: readonly Health[] = ['silent', 'cut', 'off', 'never', 'none', 'trouble', 'low', 'asleep', 'heard']

export function healthOf (button: Button | null, now: number): Health {
  if (button === null) return 'none'
  if (button.lastBeatAt === null) return 'never'
  switch (button.silent) {
    case 'silent': return 'silent'
    case 'will': return 'cut'
    case 'off': return 'off'
    case 'sleeping':
    case null: break
  }
  // A service that was away has called nothing silent yet.
  if (now - button.lastBeatAt > MISSED_MAX * Math.max(MINUTE_MS, button.beatS * 1_000) + MINUTE_MS) return 'silent'
  if (button.trouble !== null) return 'trouble'
  if (button.batteryPct !== null && button.batteryPct <= LOW_PCT) return 'low'
  return button.silent === 'sleeping' ? 'asleep' : 'heard'
}

export function isUnheard (is: Health): boolean { return is === 'silent' || is === 'cut' || is === 'off' || is === 'never' }
export function isHeard (is: Health): boolean { return is === 'trouble' || is === 'low' || is === 'asleep' || is === 'heard' }

/** How sure it is, by the shape of its mark. `fresh` false: the service itself was not heard lately, and nothing is lit. */
export function sureOf (is: Health, fresh: boolean): Sure {
  switch (is) {
    case 'silent':
    case 'cut':
    case 'none': return 'missing'
    case 'off': return 'no'
    case 'never': return 'next'
    case 'trouble':
    case 'low': return 'weak'
    case 'asleep':
    case 'heard': return fresh ? 'proven' : 'next'
  }
}

/** One line a button, and one for each room that has none. */
export function rowsOf ({ rooms, buttons }: Venue, now: number): readonly Row[] {
  const rows = rooms.flatMap((room) => {
    const here = buttons.filter((button) => button.room === room.room && !button.retired)
    return (here.length === 0 ? [null] : here).map((button) => ({ room, button, is: healthOf(button, now) }))
  })
  return rows.sort((a, b) => ORDER.indexOf(a.is) - ORDER.indexOf(b.is) || since(a) - since(b) || a.room.label.localeCompare(b.room.label))
}

/** Among the unheard the longest unheard first; those that are heard keep their places. */
function since ({ is, button }: Row): number { return isUnheard(is) ? button?.lastBeatAt ?? 0 : 0 }
