/** What an alarm says besides ids (R8), and how it is kept: sealed with the key of whose lane it is. */
import type { LaneKey, ResponderId } from '../alarm/alarm.ts'
import { laneKey } from '../alarm/lanes.ts'
import type { Lane } from '../alarm/lanes.ts'
import type { Card, Wish } from '../engine/ports.ts'
import type { ShiftRow } from '../store/people-rows.ts'
import type { Keyring } from './keyring.ts'
import type { Picture } from './picture.ts'
import { NO_WISHES } from './words.ts'
import type { Sees } from './words.ts'

const EMPTY = { alias: null, venue: null, address: null, room: null, place: null, note: null, quietCheck: null, wishes: NO_WISHES, sees: {} } as const
const LENGTH_BYTES = 2

/** Where she is, or was when she promised. */
type Whereabouts = Pick<ShiftRow, 'room' | 'place'>

/**
 * @param named whether it is certain that she pressed: not when several are on shift, nor when her shift is doubtful
 * @param room where the press came from; null: from her phone
 */
export function cardOfHers (picture: Picture, keyring: Keyring, lane: Lane, worker: string, shift: Whereabouts | null, named: boolean, room: string | null): Card {
  const row = picture.folk.workers.get(worker)
  const where = whereabouts(picture, keyring, room ?? shift?.room ?? null)
  if (row === undefined) return { ...EMPTY, ...where, lane: laneKey(lane) }
  return {
    ...where,
    lane: laneKey(lane),
    alias: named ? keyring.text(worker, row.alias, 'alias') : null,
    place: room === null && shift !== null ? keyring.text(worker, shift.place, 'place') : null,
    note: keyring.text(worker, row.note, 'note'),
    quietCheck: keyring.text(worker, row.quietCheck, 'quiet-check'),
    wishes: { ambulance: row.ambulance as Wish, police: row.police as Wish },
    sees: seesOf(picture, worker)
  }
}

/** "Room 3, now", to people she did not choose: never who, what kind or what for (R4). */
export function cardOfRoom (picture: Picture, keyring: Keyring, lane: Lane, room: string, readers: readonly ResponderId[]): Card {
  const sees: Record<ResponderId, Sees> = {}
  for (const reader of readers) sees[reader] = { alias: false, room: true, address: true }
  return { ...EMPTY, ...whereabouts(picture, keyring, room), lane: laneKey(lane), sees }
}

function whereabouts (picture: Picture, keyring: Keyring, id: string | null): { readonly venue: string | null, readonly address: string | null, readonly room: string | null } {
  const room = id === null ? undefined : picture.places.rooms.get(id)
  const venue = room === undefined ? undefined : picture.places.venues.get(room.venue)
  if (room === undefined || venue === undefined) return { venue: null, address: null, room: null }
  return {
    venue: keyring.text(venue.id, venue.name, 'venue'),
    address: keyring.text(venue.id, room.address, 'address'),
    room: keyring.text(venue.id, room.label, 'label')
  }
}

function seesOf (picture: Picture, worker: string): Readonly<Record<ResponderId, Sees>> {
  const sees: Record<ResponderId, Sees> = {}
  for (const [responder, c] of picture.folk.contacts.get(worker) ?? []) {
    const mark: Sees = { alias: c.seesAlias, room: c.seesRoom, address: c.seesAddress }
    if (c.confirmed) sees[responder as ResponderId] = mark
  }
  return sees
}

/**
 * length of the lane (2) | lane | sealed JSON. The lane stands beside the card in the store anyway, and says whose key opens it;
 * it is bound into the seal, so that a card moved to another alarm's lane does not open.
 */
export function sealCard (card: Card, keyring: Keyring, picture: Picture): Uint8Array {
  const lane = Buffer.from(card.lane, 'utf8')
  const head = Buffer.alloc(LENGTH_BYTES)
  head.writeUInt16BE(lane.length)
  const holder = holderOf(card.lane, picture)
  const plain = Buffer.from(JSON.stringify(card), 'utf8')
  // Erased meanwhile: a key that nobody keeps. The alarm goes on, and after a restart it has no card.
  const key = holder === null || keyring.key(holder) === null ? null : holder
  const sealed = key === null ? Buffer.alloc(0) : keyring.sealBytes(key, plain, meaningOf(card.lane))
  return new Uint8Array(Buffer.concat([head, lane, sealed]))
}

export function openCard (sealed: Uint8Array, keyring: Keyring, picture: Picture): Card | null {
  const bytes = Buffer.from(sealed)
  if (bytes.length < LENGTH_BYTES) return null
  const end = LENGTH_BYTES + bytes.readUInt16BE(0)
  const lane = bytes.toString('utf8', LENGTH_BYTES, end) as LaneKey
  const holder = holderOf(lane, picture)
  const plain = holder === null ? null : keyring.bytes(holder, bytes.subarray(end), meaningOf(lane))
  return plain === null ? null : JSON.parse(Buffer.from(plain).toString('utf8')) as Card
}

function meaningOf (lane: LaneKey): string { return `card:${lane}` }

/** Her lanes: hers. A room's: the venue's. */
function holderOf (lane: LaneKey, picture: Picture): string | null {
  const [is = '', first = '', second = ''] = partsOf(lane)
  switch (is) {
    case 'hers':
    case 'test-worker':
    case 'test-drill': return first
    case 'house': return picture.places.rooms.get(second)?.venue ?? null
    case 'standing':
    case 'test-technician': return picture.places.rooms.get(first)?.venue ?? null
    default: return null
  }
}

/** Reads what `laneKey` of alarm/lanes.ts writes: `is:LENGTH.id:LENGTH.id`. */
function partsOf (lane: LaneKey): readonly string[] {
  const colon = lane.indexOf(':')
  const parts = [colon < 0 ? lane : lane.slice(0, colon)]
  let at = colon < 0 ? lane.length : colon + 1
  while (at < lane.length) {
    const dot = lane.indexOf('.', at)
    const length = Number(lane.slice(at, dot))
    if (dot < 0 || !Number.isInteger(length)) break
    parts.push(lane.slice(dot + 1, dot + 1 + length))
    at = dot + 1 + length + 1
  }
  return parts
}
