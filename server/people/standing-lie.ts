/**
 * The standing circles of her venues as they would be, had been done what she was forced to do (R16): the picture with her
 * agreements and rooms as they are pretended to be. Pure; nothing that tells anybody reads it.
 */
import type { AgreementRow, ContactRow, StandingRow } from '../store/people-rows.ts'
import { isEnough } from './agreed.ts'
import type { Contact } from './circle-services.ts'
import type { StandingStep } from './offer-services.ts'
import type { Picture } from './picture.ts'
import type { ResponderId, RoomId, VenueId, WorkerId } from './words.ts'

export type StandingLie = {
  readonly contacts: readonly Contact[]
  /** Her own word, as pretended; null: as it is. */
  readonly agreed: (venue: VenueId, responder: ResponderId) => boolean | null
  /** null: as it is. */
  readonly steps: (room: RoomId) => readonly StandingStep[] | null
}

const SECOND_MS = 1_000

export function underLie (picture: Picture, worker: WorkerId, lie: StandingLie): Picture {
  const hers = picture.folk.contacts.get(worker)
  const contacts = new Map(lie.contacts.map((contact): [string, ContactRow] => [contact.responder, {
    worker, responder: contact.responder, joinedAt: contact.joinedAt, confirmed: contact.confirmed, mayKnow: contact.mayKnow, seesAlias: contact.sees.alias, seesRoom: contact.sees.room, seesAddress: contact.sees.address
  }]))
  const folk = { ...picture.folk, contacts: new Map([...picture.folk.contacts, [worker, contacts]]) }
  const people = new Set([...hers?.keys() ?? [], ...contacts.keys(), ...[...picture.places.venueResponders.values(), ...picture.places.agreements.values()].flat().map(({ responder }) => responder)])
  const venues = [...picture.folk.venuesOf.get(worker) ?? []] as VenueId[]
  const agreements = new Map(picture.places.agreements)
  for (const venue of venues) agreements.set(venue, agreementsUnder(agreements.get(venue) ?? [], worker, venue, people, lie))
  const places = { ...picture.places, agreements }
  const rooms = venues.flatMap((venue) => places.roomsOf.get(venue) ?? [])
  const standing = new Map(places.standing)
  for (const room of rooms) {
    const rows = lie.steps(room.id as RoomId)?.flatMap((step, at) => rowsOf(room.id, step, at, picture)) ?? places.standing.get(room.id) ?? []
    // Whom she took her word from is out, unless enough others agree.
    standing.set(room.id, rows.filter(({ responder }) => lie.agreed(room.venue as VenueId, responder as ResponderId) !== false || isEnough({ folk, places }, room.venue, responder)))
  }
  return { ...picture, folk, places: { ...places, standing } }
}

function agreementsUnder (rows: readonly AgreementRow[], worker: WorkerId, venue: VenueId, people: ReadonlySet<string>, lie: StandingLie): readonly AgreementRow[] {
  const isHers = (row: AgreementRow): boolean => row.worker === worker
  const others = rows.filter((row) => !isHers(row))
  const hers = [...people].filter((responder) => lie.agreed(venue, responder as ResponderId) ?? rows.some((row) => isHers(row) && row.responder === responder))
  // In the order in which the database reads them.
  return [...others, ...hers.map((responder) => ({ venue, responder, worker }))].sort((a, b) => a.responder < b.responder || (a.responder === b.responder && a.worker < b.worker) ? -1 : 1)
}

function rowsOf (room: string, { waitS, people }: StandingStep, step: number, { folk }: Picture): readonly StandingRow[] {
  return people.map((responder) => ({ room, step, waitMs: waitS * SECOND_MS, responder, kind: folk.responders.get(responder)?.kind ?? 'contact' }))
}
