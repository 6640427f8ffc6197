/** What of an alarm's card one responder may read. Every text and every live message goes through here. */
import type { ResponderId } from '../alarm/alarm.ts'
import type { Card, Wish } from '../engine/ports.ts'

/** The same words as the card, null where this person must not know or nobody knows. */
export type SeenCard = {
  readonly alias: string | null
  readonly venue: string | null
  readonly room: string | null
  readonly address: string | null
  readonly place: string | null
  readonly note: string | null
  readonly quietCheck: string | null
  /** Shown with every alert, to whoever it goes (R6). */
  readonly wishes: { readonly ambulance: Wish, readonly police: Wish } | null
  /** `hidden`: the place is known and not shared with this person; `unknown`: nobody knows it (R8). */
  readonly where: 'shown' | 'hidden' | 'unknown'
  /** Whether this person may know what kind of press it was. The house lane is told "room 3, now" and no more (R4). */
  readonly kind: boolean
}

const NOTHING: SeenCard = {
  alias: null, venue: null, room: null, address: null, place: null, note: null, quietCheck: null, wishes: null, where: 'unknown', kind: false
}

/**
 * She chose per person what each may see; a person she did not list (the house lane's, a standing circle's) sees the
 * room alone. `null`: the card is gone (erased, or its key is), and nothing is shown.
 */
export function seenBy (card: Card | null, responder: ResponderId): SeenCard {
  if (card === null) return NOTHING
  const sees = Object.hasOwn(card.sees, responder) ? card.sees[responder] : undefined
  if (sees === undefined) return { ...NOTHING, room: card.room, wishes: card.wishes, where: whereOf(card, card.room) }
  const room = sees.room ? card.room : null
  const address = sees.address ? card.address : null
  const place = sees.address ? card.place : null
  const near = room !== null || address !== null || place !== null
  return {
    alias: sees.alias ? card.alias : null,
    venue: near ? card.venue : null,
    room,
    address,
    place,
    // How to approach tells where: it goes with the place.
    note: near ? card.note : null,
    quietCheck: card.quietCheck,
    wishes: card.wishes,
    where: whereOf(card, room ?? address ?? place),
    kind: isHers(card)
  }
}

/** Only those she chose herself learn what kind of press it was; every other lane is told the room (R4). */
function isHers (card: Card): boolean { return card.lane.startsWith('hers:') }

function whereOf (card: Card, shown: string | null): SeenCard['where'] {
  if (shown !== null) return 'shown'
  return card.room === null && card.address === null && card.place === null ? 'unknown' : 'hidden'
}
