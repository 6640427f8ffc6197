import type { Database } from 'better-sqlite3'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

type Places = SqliteWrites<'addVenue' | 'addRoom' | 'addButton' | 'retireButton' | 'setDuty' | 'setStanding' | 'agreeStanding'>

export const placeOperations: Places = {
  addVenue (db, { id, name, regime, region, key }) {
    run(db, 'INSERT INTO data_key (holder, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING', key.holder, key.wrapped)
    run(db, 'INSERT INTO venue (id, name, regime, region) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', id, name, regime, region)
    return OK
  },

  addRoom (db, { id, venue, label, labelHash, address }) {
    if (exists(db, 'SELECT 1 FROM room WHERE id = ?', id)) return OK
    if (!exists(db, 'SELECT 1 FROM venue WHERE id = ?', venue)) return no('VENUE_NOT_FOUND')
    if (exists(db, 'SELECT 1 FROM room WHERE venue = ? AND label_hash = ?', venue, labelHash)) return no('LABEL_TAKEN')
    run(db, 'INSERT INTO room (id, venue, label, label_hash, address) VALUES (?, ?, ?, ?, ?)', id, venue, label, labelHash, address)
    return OK
  },

  addButton (db, { did, room, owner, root, at }) {
    if (!exists(db, 'SELECT 1 FROM room WHERE id = ?', room)) return no('ROOM_NOT_FOUND')
    if (owner !== null && !exists(db, 'SELECT 1 FROM worker WHERE id = ?', owner)) return no('WORKER_NOT_FOUND')
    run(db, 'INSERT INTO button (did, room, owner, root, enrolled_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', did, room, owner, root, at)
    return OK
  },

  retireButton (db, { venue, did, at }) {
    const found = run(db, `UPDATE button SET retired_at = coalesce(retired_at, ?)
      WHERE did = ? AND room IN (SELECT id FROM room WHERE venue = ?)`, at, did, venue)
    return found === 0 ? no('BUTTON_NOT_FOUND') : OK
  },

  setDuty (db, { venue, responder, fromAt, untilAt }) {
    if (!exists(db, "SELECT 1 FROM venue_responder WHERE venue = ? AND responder = ? AND kind = 'reference-person'", venue, responder)) return no('NOT_A_REFERENCE_PERSON')
    run(db, `INSERT INTO duty (venue, responder, from_at, until_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (venue, responder, from_at) DO UPDATE SET until_at = excluded.until_at`, venue, responder, fromAt, untilAt)
    return OK
  },

  setStanding (db, { room, steps }) {
    const venue = one<{ venue: string }>(db, 'SELECT venue FROM room WHERE id = ?', room)?.venue
    if (venue === undefined) return no('ROOM_NOT_FOUND')
    const kinds = new Map<string, string>()
    for (const responder of steps.flatMap((s) => s.people)) {
      const kind = kindOf(db, responder)
      if (kind === 'authority') return no('AUTHORITY_FORBIDDEN')
      if (kind === null || !ofVenue(db, venue, responder)) return no('NOT_OF_THIS_VENUE')
      kinds.set(responder, kind)
    }
    run(db, 'DELETE FROM standing_step WHERE room = ?', room)
    for (const [step, { waitMs, people }] of steps.entries()) {
      run(db, 'INSERT INTO standing_step (room, step, wait_ms) VALUES (?, ?, ?)', room, step, waitMs)
      for (const responder of people) {
        run(db, 'INSERT INTO standing_person (room, responder, kind, step) VALUES (?, ?, ?, ?)', room, responder, kinds.get(responder), step)
      }
    }
    return OK
  },

  agreeStanding (db, { worker, venue, responder }) {
    if (!exists(db, 'SELECT 1 FROM worker_venue WHERE worker = ? AND venue = ?', worker, venue)) return no('NOT_HER_VENUE')
    const contact = one<{ kind: string, confirmedAt: number | null }>(db, 'SELECT kind, confirmed_at AS confirmedAt FROM contact WHERE worker = ? AND responder = ?', worker, responder)
    if (contact === null) return no('NOT_HER_CONTACT')
    if (contact.confirmedAt === null) return no('NOT_CONFIRMED')
    if (contact.kind === 'authority') return no('AUTHORITY_FORBIDDEN')
    run(db, 'INSERT INTO standing_agreement (venue, responder, kind, worker) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', venue, responder, contact.kind, worker)
    return OK
  }
}

function kindOf (db: Database, responder: string): string | null {
  return one<{ kind: string }>(db, 'SELECT kind FROM responder WHERE id = ?', responder)?.kind ?? null
}

function ofVenue (db: Database, venue: string, responder: string): boolean {
  return exists(db, 'SELECT 1 FROM venue_responder WHERE venue = ? AND responder = ?', venue, responder) ||
    exists(db, 'SELECT 1 FROM standing_agreement WHERE venue = ? AND responder = ?', venue, responder)
}
