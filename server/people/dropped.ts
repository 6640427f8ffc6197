/** What a person took back and the disk may not know yet: out of the picture at once, with everything that fell with it. */
import { isEnough } from './agreed.ts'
import type { Folk, Picture, Places } from './picture.ts'

export type Dropped =
  /** Off her list, and her agreements on them. */
  | { readonly is: 'contact', readonly worker: string, readonly responder: string }
  | { readonly is: 'consent', readonly id: string, readonly responder: string }
  | { readonly is: 'agreement', readonly worker: string, readonly venue: string, readonly responder: string }
  /** They left everything: every list, room, rota and venue. */
  | { readonly is: 'everything', readonly responder: string }

export function isStillThere ({ folk, places }: Picture, what: Dropped): boolean {
  switch (what.is) {
    case 'consent': return folk.consents.has(what.id)
    case 'contact': return folk.contacts.get(what.worker)?.has(what.responder) === true || agreementsOf(places).some((row) => isGone(what, row))
    case 'agreement': return agreementsOf(places).some((row) => isGone(what, row))
    case 'everything': return [...folk.contacts.values()].some((hers) => hers.has(what.responder)) ||
      [...agreementsOf(places), ...[...places.venueResponders.values(), ...places.standing.values()].flat()].some(({ responder }) => responder === what.responder)
  }
}

export function withoutDropped (picture: Picture, dropped: readonly Dropped[]): Picture {
  return dropped.reduce((rest, what) => ({ ...rest, folk: folkWithout(rest.folk, what), places: placesWithout(rest, what) }), picture)
}

function folkWithout (folk: Folk, what: Dropped): Folk {
  switch (what.is) {
    case 'agreement': return folk
    case 'consent': {
      const consents = new Map(folk.consents)
      consents.delete(what.id)
      return { ...folk, consents }
    }
    case 'contact':
    case 'everything': {
      const contacts = new Map([...folk.contacts].map(([worker, hers]) => [worker, what.is === 'contact' && what.worker !== worker ? hers : without(hers, what.responder)]))
      return { ...folk, contacts }
    }
  }
}

function without<T> (map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  if (!map.has(key)) return map
  const rest = new Map(map)
  rest.delete(key)
  return rest
}

/** As the database does it: an agreement goes, and with it who is not agreed on by enough of them any more. */
function placesWithout ({ folk, places }: Picture, what: Dropped): Places {
  if (what.is === 'consent') return places
  const isTheirs = (row: { readonly responder: string }) => row.responder === what.responder
  const isAll = what.is === 'everything'
  const agreements = filtered(places.agreements, (row) => !isGone(what, row))
  const venueResponders = isAll ? filtered(places.venueResponders, (row) => !isTheirs(row)) : places.venueResponders
  const duties = isAll ? filtered(places.duties, (row) => !isTheirs(row)) : places.duties
  const lost = new Set(agreementsOf(places).filter((row) => isGone(what, row)).map(({ venue }) => venue))
  const rest: Places = { ...places, agreements, venueResponders, duties }
  const standing = filtered(places.standing, (row) => {
    const venue = places.rooms.get(row.room)?.venue
    if (!isTheirs(row) || venue === undefined) return true
    return !isAll && (!lost.has(venue) || isEnough({ folk, places: rest }, venue, row.responder))
  })
  return { ...rest, standing }
}

function isGone (what: Dropped, row: { readonly worker: string, readonly venue: string, readonly responder: string }): boolean {
  switch (what.is) {
    case 'consent': return false
    case 'everything': return row.responder === what.responder
    case 'contact': return row.responder === what.responder && row.worker === what.worker
    case 'agreement': return row.responder === what.responder && row.worker === what.worker && row.venue === what.venue
  }
}

function agreementsOf (places: Places) { return [...places.agreements.values()].flat() }

function filtered<T> (map: ReadonlyMap<string, readonly T[]>, keep: (row: T) => boolean): ReadonlyMap<string, readonly T[]> {
  return new Map([...map].map(([key, rows]) => [key, rows.every(keep) ? rows : rows.filter(keep)]))
}
