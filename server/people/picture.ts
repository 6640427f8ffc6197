/**
 * Everything that routing a press may need, in memory: a press never waits for a disk. Built from a store's rows, part
 * by part; a part that could not be read keeps its old content (a dead disk must not silence a press).
 */
import { NOTHING_READ } from '../store/people-rows.ts'
import type {
  AgreementRow, ButtonRow, CheckInRow, ConsentRow, ContactRow, DutyRow, EndpointRow, HerPhoneRow, OpeningRow, PeopleSlice, PictureRows, PictureVersions, PlaceSlice,
  LeftRow, ResponderRow, RoomRow, SessionRow, ShiftRow, ShortcutRow, StandingRow, VenueRow, VenueResponderRow, WorkerRow
} from '../store/people-rows.ts'

export type CirclePerson = { readonly responder: string, readonly kind: string, readonly consent: string | null }
export type CircleStepHeld = { readonly waitMs: number, readonly assistWaitMs: number | null, readonly people: readonly CirclePerson[] }

export type Places = {
  readonly venues: ReadonlyMap<string, VenueRow>
  readonly openings: ReadonlyMap<string, readonly OpeningRow[]>
  readonly rooms: ReadonlyMap<string, RoomRow>
  readonly roomsOf: ReadonlyMap<string, readonly RoomRow[]>
  readonly buttons: ReadonlyMap<string, ButtonRow>
  readonly buttonsOf: ReadonlyMap<string, readonly ButtonRow[]>
  readonly venueResponders: ReadonlyMap<string, readonly VenueResponderRow[]>
  readonly duties: ReadonlyMap<string, readonly DutyRow[]>
  readonly standing: ReadonlyMap<string, readonly StandingRow[]>
  readonly agreements: ReadonlyMap<string, readonly AgreementRow[]>
}
export type Folk = {
  readonly workers: ReadonlyMap<string, WorkerRow>
  readonly venuesOf: ReadonlyMap<string, ReadonlySet<string>>
  readonly responders: ReadonlyMap<string, ResponderRow>
  /** worker -> responder -> contact */
  readonly contacts: ReadonlyMap<string, ReadonlyMap<string, ContactRow>>
  /** responder -> the workers who know them */
  readonly workersOf: ReadonlyMap<string, ReadonlySet<string>>
  readonly circles: ReadonlyMap<string, readonly CircleStepHeld[]>
  /** Not revoked; whether its shift goes on is asked where it matters. */
  readonly consents: ReadonlyMap<string, ConsentRow>
  readonly consentsOf: ReadonlyMap<string, readonly ConsentRow[]>
  /** Who left her list by themselves, the newest first. */
  readonly leftOf: ReadonlyMap<string, readonly LeftRow[]>
}
export type Doors = {
  /** By the hash of a token, in hex; the previous token of a rotation too. */
  readonly sessions: ReadonlyMap<string, SessionRow>
  readonly sessionList: readonly SessionRow[]
  readonly shortcuts: ReadonlyMap<string, ShortcutRow>
}
export type Picture = {
  readonly versions: PictureVersions
  /** holder -> wrapped data key */
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly places: Places
  readonly folk: Folk
  readonly shifts: readonly ShiftRow[]
  readonly endpoints: ReadonlyMap<string, readonly EndpointRow[]>
  readonly doors: Doors
  readonly herPhones: ReadonlyMap<string, readonly HerPhoneRow[]>
  readonly checkIns: readonly CheckInRow[]
}

export function hex (hash: Uint8Array): string { return Buffer.from(hash).toString('hex') }

/** The next picture: what `rows` carry is new, the rest stays. */
export function withRows (old: Picture, rows: PictureRows): Picture {
  return {
    versions: rows.versions,
    keys: rows.key === undefined ? old.keys : new Map(rows.key.map((r) => [r.holder, r.wrapped])),
    places: rows.place === undefined ? old.places : placesOf(rows.place),
    folk: rows.people === undefined ? old.folk : folkOf(rows.people),
    shifts: rows.shift ?? old.shifts,
    endpoints: rows.endpoint === undefined ? old.endpoints : grouped(rows.endpoint, (r) => r.responder),
    doors: rows.door === undefined ? old.doors : doorsOf(rows.door),
    herPhones: rows['her-phone'] === undefined ? old.herPhones : grouped(rows['her-phone'], (r) => r.worker),
    checkIns: rows['check-in'] ?? old.checkIns
  }
}

function placesOf (p: PlaceSlice): Places {
  return {
    venues: byId(p.venues),
    openings: grouped(p.openings, (r) => r.venue),
    rooms: byId(p.rooms),
    roomsOf: grouped(p.rooms, (r) => r.venue),
    buttons: new Map(p.buttons.map((b) => [b.did, b])),
    buttonsOf: grouped(p.buttons, (b) => b.room),
    venueResponders: grouped(p.venueResponders, (r) => r.venue),
    duties: grouped(p.duties, (r) => r.venue),
    standing: grouped(p.standing, (r) => r.room),
    agreements: grouped(p.agreements, (r) => r.venue)
  }
}

function folkOf (p: PeopleSlice): Folk {
  const people = grouped(p.people, (r) => r.worker)
  const contacts = grouped(p.contacts, (r) => r.worker)
  return {
    workers: byId(p.workers),
    venuesOf: sets(p.workerVenues.map((r) => [r.worker, r.venue])),
    responders: byId(p.responders),
    contacts: new Map([...contacts].map(([worker, rows]) => [worker, new Map(rows.map((r) => [r.responder, r]))])),
    workersOf: sets(p.contacts.map((r) => [r.responder, r.worker])),
    circles: new Map([...grouped(p.steps, (r) => r.worker)].map(([worker, steps]) => [worker, steps.map((s) => ({
      waitMs: s.waitMs,
      assistWaitMs: s.assistWaitMs,
      people: (people.get(worker) ?? []).filter((r) => r.step === s.step)
    }))])),
    consents: byId(p.consents.filter((row) => row.revokedAt === null)),
    consentsOf: grouped(p.consents, (r) => r.worker),
    leftOf: grouped(p.left, (r) => r.worker)
  }
}

function doorsOf (door: NonNullable<PictureRows['door']>): Doors {
  const sessions = new Map<string, SessionRow>()
  for (const row of door.sessions) {
    sessions.set(hex(row.hash), row)
    if (row.previous !== null) sessions.set(hex(row.previous), row)
  }
  return { sessions, sessionList: door.sessions, shortcuts: new Map(door.shortcuts.map((r) => [hex(r.hash), r])) }
}

function byId<T extends { readonly id: string }> (rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((r) => [r.id, r]))
}

function grouped<T> (rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

function sets (pairs: ReadonlyArray<readonly [string, string]>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const [key, value] of pairs) found.set(key, (found.get(key) ?? new Set<string>()).add(value))
  return found
}

const NO_PLACES: PlaceSlice = { venues: [], openings: [], rooms: [], buttons: [], venueResponders: [], duties: [], standing: [], agreements: [] }
const NO_PEOPLE: PeopleSlice = { workers: [], workerVenues: [], responders: [], contacts: [], steps: [], people: [], consents: [], left: [] }

/** Before the first read. */
export const EMPTY_PICTURE: Picture = {
  versions: NOTHING_READ,
  keys: new Map(),
  places: placesOf(NO_PLACES),
  folk: folkOf(NO_PEOPLE),
  shifts: [],
  endpoints: new Map(),
  doors: doorsOf({ sessions: [], shortcuts: [] }),
  herPhones: new Map(),
  checkIns: []
}
