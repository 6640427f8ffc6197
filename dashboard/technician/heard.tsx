/** When a button was heard, in words; its age moves with the service's clock. */
import { say } from '../say/say.ts'
import { now } from '../shell/service-time.ts'
import { ago, iso, moment } from '../desk/when.ts'
import { isHeard } from './health.ts'
import type { Health } from './health.ts'
import type { Button, Room, Venue } from './venue.ts'

const MINUTE_MS = 60_000

export function Heard ({ is, button }: { readonly is: Health, readonly button: Button | null }) {
  const at = button?.lastBeatAt ?? null
  if (at === null) return <>{say(is === 'none' ? 'technician.heard.none' : 'technician.heard.never')}</>
  const word = say(`technician.heard.${wordOf(is)}`)
  // What is heard has an age, what is not has a time: it does not get younger by being looked at.
  if (!isHeard(is)) return <>{word} <time dateTime={iso(at)}>{moment(at, now.value)}</time></>
  return <>{word} <time dateTime={iso(at)}>{now.value - at < MINUTE_MS ? say('technician.heard.now') : ago(at, now.value)}</time></>
}

function wordOf (is: Health): 'none' | 'never' | 'silent' | 'cut' | 'off' | 'beat' | 'asleep' {
  switch (is) {
    case 'none':
    case 'never':
    case 'silent':
    case 'cut':
    case 'off':
    case 'asleep': return is
    case 'trouble':
    case 'low':
    case 'heard': return 'beat'
  }
}

/** Its room; where a room has several, the end of its number too. */
export function nameOf (room: Room, button: Button | null, all: Venue): string {
  const several = all.buttons.filter((other) => other.room === room.room && !other.retired).length > 1
  return button !== null && several ? `${room.label} · ${shortOf(button.did)}` : room.label
}

export function shortOf (did: string): string { return did.slice(-4) }
