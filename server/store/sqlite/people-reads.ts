/** The reads of `people-store.ts` on any open connection. Never writes. */
import type { Database } from 'better-sqlite3'
import { SLICES } from '../people-rows.ts'
import type { PeopleSlice, PictureRows, PictureVersions, PlaceSlice, Slice } from '../people-rows.ts'
import type { PeopleStore } from '../people-store.ts'
import type { ReadinessReads } from '../readiness-writes.ts'
import type { Reader } from './reader.ts'
import { privacyReads } from './privacy-reads.ts'
import { statement } from './statements.ts'
import { statisticReads } from './statistic-reads.ts'

/** Columns that SQLite keeps as 0 and 1. */
const FLAGS = new Set(['confirmed', 'mayKnow', 'seesAlias', 'seesRoom', 'seesAddress', 'house', 'provesShown', 'shiftOpen', 'isLeft', 'forced', 'away'])

function rows<T> (db: Database, sql: string, ...args: readonly unknown[]): readonly T[] {
  const found = statement(db, sql).all(...args) as Array<Record<string, unknown>>
  for (const row of found) {
    for (const name in row) if (FLAGS.has(name)) row[name] = row[name] === 1
  }
  return found as T[]
}

function row<T> (db: Database, sql: string, ...args: readonly unknown[]): T | null {
  return rows<T>(db, sql, ...args)[0] ?? null
}

function places (db: Database): PlaceSlice {
  return {
    venues: rows(db, 'SELECT id, name, regime, region FROM venue ORDER BY id'),
    openings: rows(db, 'SELECT venue, weekday, from_min AS fromMin, until_min AS untilMin FROM opening ORDER BY venue, weekday, from_min'),
    rooms: rows(db, 'SELECT id, venue, label, address, code, retired_at AS retiredAt, coalesce(c.n, 0) AS change FROM room LEFT JOIN room_change c ON c.room = id ORDER BY id'),
    buttons: rows(db, 'SELECT did, room, owner, root, retired_at AS retiredAt FROM button ORDER BY did'),
    venueResponders: rows(db, 'SELECT venue, responder, kind FROM venue_responder'),
    duties: rows(db, 'SELECT venue, responder, from_at AS fromAt, until_at AS untilAt FROM duty ORDER BY from_at'),
    standing: rows(db, `SELECT p.room, p.step, s.wait_ms AS waitMs, p.responder, p.kind
      FROM standing_person p JOIN standing_step s ON s.room = p.room AND s.step = p.step ORDER BY p.room, p.step, p.responder`),
    agreements: rows(db, 'SELECT venue, responder, worker FROM standing_agreement')
  }
}

function people (db: Database): PeopleSlice {
  return {
    workers: rows(db, `SELECT id, alias, language, pins, circle_version AS circleVersion, note, quiet_check AS quietCheck,
      ambulance, police, (SELECT due_at FROM erasure e WHERE e.worker = worker.id) AS erasesAt FROM worker`),
    workerVenues: rows(db, 'SELECT worker, venue FROM worker_venue'),
    responders: rows(db, `SELECT r.id, r.kind, r.name, r.language, a.until_at AS availableUntil, d.at AS neverForwardsAt
      FROM responder r LEFT JOIN available a ON a.responder = r.id LEFT JOIN declaration d ON d.responder = r.id`),
    contacts: rows(db, `SELECT worker, responder, joined_at AS joinedAt, confirmed_at IS NOT NULL AS confirmed, may_know AS mayKnow,
      sees_alias AS seesAlias, sees_room AS seesRoom, sees_address AS seesAddress FROM contact ORDER BY joined_at, responder`),
    steps: rows(db, 'SELECT worker, step, wait_ms AS waitMs, assist_wait_ms AS assistWaitMs FROM circle_step ORDER BY worker, step'),
    people: rows(db, 'SELECT worker, step, responder, kind, consent FROM circle_person ORDER BY worker, step, place'),
    consents: rows(db, `SELECT id, worker, responder, shift, wording, given_at AS givenAt, revoked_at AS revokedAt
      FROM consent ORDER BY given_at, id`),
    left: rows(db, 'SELECT id, worker, at, sealed FROM contact_left ORDER BY at DESC, id')
  }
}

const SHIFTS = `SELECT id, worker, room, place, started_at AS startedAt, planned_end_at AS plannedEndAt, ended_at AS endedAt,
  proven_at AS provenAt, feedback, house FROM shift ORDER BY started_at, id`
const ENDPOINTS = `SELECT id, responder, sealed, text, language, proves_shown AS provesShown, added_at AS addedAt
  FROM endpoint ORDER BY added_at, id`
const HER_PHONES = `SELECT id, worker, sealed, text, language, proves_shown AS provesShown, added_at AS addedAt
  FROM her_phone ORDER BY added_at, id`
const CHECK_INS = `SELECT id, worker, forced, made_at AS madeAt, due_at AS dueAt, shifted_ms AS shiftedMs, grace_ms AS graceMs, outcome,
  heard_at AS heardAt, room, place FROM check_in ORDER BY due_at, id`
const SESSIONS = `SELECT s.id, s.hash, s.previous, s.previous_until AS previousUntil, s.worker, s.responder, s.technician, s.researcher,
  t.venue, s.device, s.opened_at AS openedAt, s.used_at AS usedAt, s.away
  FROM session s LEFT JOIN technician t ON t.id = s.technician ORDER BY s.opened_at, s.id`

function slice (db: Database, name: Slice): Partial<PictureRows> {
  switch (name) {
    case 'key': return { key: rows(db, 'SELECT holder, wrapped FROM data_key') }
    case 'place': return { place: places(db) }
    case 'people': return { people: people(db) }
    case 'shift': return { shift: rows(db, SHIFTS) }
    case 'endpoint': return { endpoint: rows(db, ENDPOINTS) }
    case 'her-phone': return { 'her-phone': rows(db, HER_PHONES) }
    case 'check-in': return { 'check-in': rows(db, CHECK_INS) }
    case 'door': return { door: { sessions: rows(db, SESSIONS), shortcuts: rows(db, 'SELECT id, hash, worker, made_at AS madeAt FROM shortcut ORDER BY made_at, id') } }
  }
}

function picture (db: Database, known: PictureVersions): PictureRows {
  const counted = rows<{ slice: Slice, n: number }>(db, 'SELECT slice, n FROM people_change')
  const versions = { ...known, ...Object.fromEntries(counted.map(({ slice, n }) => [slice, n])) }
  const changed = SLICES.filter((name) => versions[name] !== known[name])
  return Object.assign({ versions }, ...changed.map((name) => slice(db, name))) as PictureRows
}

const OFFER = 'o.id, o.venue, o.responder, o.kind, o.worker, o.at, o.barred_at AS barredAt'

const CONSENT = `SELECT c.worker, s.ended_at IS NULL AS shiftOpen FROM consent c JOIN shift s ON s.id = c.shift
  WHERE c.id = ? AND c.responder = ? AND c.revoked_at IS NULL`

/** Every read sees what was committed before it, by any process. @throws StoreFailed */
export function peopleReads (reader: Reader): Omit<PeopleStore, 'write' | 'trial' | 'saveBeats' | 'loadBeats' | keyof ReadinessReads> {
  return {
    privacy: privacyReads(reader),
    // One snapshot, so that a circle and the consents it leans on are of one moment.
    picture: async (known) => reader.snapshot((db) => picture(db, known)),
    invite: async (hash) => reader.read((db) => row(db, 'SELECT role, venue, expires_at AS expiresAt FROM invite WHERE hash = ?', hash)),
    pairing: async (hash) => reader.read((db) => row(db, 'SELECT expires_at AS expiresAt FROM pairing WHERE hash = ?', hash)),
    journal: async (worker) => reader.read((db) => rows(db, 'SELECT id, worker, at, sealed FROM journal WHERE worker = ? ORDER BY at DESC, seq DESC', worker)),
    veils: async () => reader.read((db) => rows(db, 'SELECT worker, at, sealed FROM veil')),
    shortcutUses: async () => reader.read((db) => rows(db, 'SELECT shortcut, sealed FROM shortcut_use')),
    statistics: statisticReads(reader),
    offersAt: async (venues, worker) => reader.read((db) => rows(db, `SELECT ${OFFER}, EXISTS (SELECT 1 FROM offer_left l WHERE l.offer = o.id AND l.worker = ?) AS isLeft
      FROM offer o WHERE o.venue IN (SELECT value FROM json_each(?)) ORDER BY o.at, o.id`, worker, JSON.stringify(venues))),
    offersBy: async (responder) => reader.read((db) => rows(db, `SELECT ${OFFER} FROM offer o WHERE o.responder = ? ORDER BY o.at, o.id`, responder)),
    handovers: async (venue) => reader.read((db) => rows(db, 'SELECT id, responder, from_at AS fromAt, until_at AS untilAt FROM handover WHERE venue = ? ORDER BY from_at, id', venue)),
    consentHolds: async (consent, responder, laneOf) => reader.snapshot((db) => {
      const found = row<{ worker: string, shiftOpen: boolean }>(db, CONSENT, consent, responder)
      if (found === null) return false
      return found.shiftOpen || row(db, 'SELECT 1 FROM alarm WHERE lane = ? AND live = 1', laneOf(found.worker)) !== null
    })
  }
}
