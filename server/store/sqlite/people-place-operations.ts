import type { Database } from 'better-sqlite3'
import { exists, no, OK, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

type Places = SqliteWrites<'addVenue' | 'addRoom' | 'alterRoom' | 'retireRoom' | 'renewRoomCode' | 'moveButton' | 'setOpening' | 'addButton' | 'retireButton' | 'setDuty'>

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

  alterRoom (db, { id, venue, label, labelHash, address }) {
    if (!isRoomOf(db, id, venue)) return no('ROOM_NOT_FOUND')
    if (exists(db, 'SELECT 1 FROM room WHERE venue = ? AND label_hash = ? AND id <> ?', venue, labelHash, id)) return no('LABEL_TAKEN')
    run(db, 'UPDATE room SET label = ?, label_hash = ?, address = ? WHERE id = ?', label, labelHash, address, id)
    return OK
  },

  retireRoom (db, { id, venue, at }) {
    if (!isRoomOf(db, id, venue)) return no('ROOM_NOT_FOUND')
    if (exists(db, 'SELECT 1 FROM button WHERE room = ? AND owner IS NULL AND retired_at IS NULL', id)) return no('ROOM_HAS_BUTTONS')
    run(db, 'UPDATE room SET retired_at = ?, label_hash = CAST(id AS BLOB) WHERE id = ?', at, id)
    run(db, 'INSERT INTO room_change (room, n) VALUES (?, 1) ON CONFLICT (room) DO UPDATE SET n = n + 1', id)
    return OK
  },

  renewRoomCode (db, { id, venue, from }) {
    if (!isRoomOf(db, id, venue)) return no('ROOM_NOT_FOUND')
    run(db, 'UPDATE room SET code = code + 1 WHERE id = ? AND code = ?', id, from)
    return OK
  },

  moveButton (db, { did, venue, room }) {
    if (!isRoomOf(db, room, venue)) return no('ROOM_NOT_FOUND')
    const moved = run(db, `UPDATE button SET room = ? WHERE did = ? AND owner IS NULL AND retired_at IS NULL
      AND room IN (SELECT id FROM room WHERE venue = ?)`, room, did, venue)
    return moved === 0 ? no('BUTTON_NOT_FOUND') : OK
  },

  setOpening (db, { venue, hours }) {
    if (!exists(db, 'SELECT 1 FROM venue WHERE id = ?', venue)) return no('VENUE_NOT_FOUND')
    run(db, 'DELETE FROM opening WHERE venue = ?', venue)
    for (const { weekday, fromMin, untilMin } of hours) run(db, 'INSERT INTO opening (venue, weekday, from_min, until_min) VALUES (?, ?, ?, ?)', venue, weekday, fromMin, untilMin)
    return OK
  },

  addButton (db, { did, room, owner, root, at }) {
    if (!exists(db, 'SELECT 1 FROM room WHERE id = ? AND retired_at IS NULL', room)) return no('ROOM_NOT_FOUND')
    if (owner !== null && !exists(db, 'SELECT 1 FROM worker WHERE id = ?', owner)) return no('WORKER_NOT_FOUND')
    run(db, 'INSERT INTO button (did, room, owner, root, enrolled_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', did, room, owner, root, at)
    return OK
  },

  retireButton (db, { venue, did, at }) {
    const found = run(db, `UPDATE button SET retired_at = coalesce(retired_at, ?)
      WHERE did = ? AND owner IS NULL AND room IN (SELECT id FROM room WHERE venue = ?)`, at, did, venue)
    return found === 0 ? no('BUTTON_NOT_FOUND') : OK
  },

  setDuty (db, { venue, responder, fromAt, untilAt }) {
    if (!exists(db, "SELECT 1 FROM venue_responder WHERE venue = ? AND responder = ? AND kind = 'reference-person'", venue, responder)) return no('NOT_A_REFERENCE_PERSON')
    run(db, `INSERT INTO duty (venue, responder, from_at, until_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (venue, responder, from_at) DO UPDATE SET until_at = excluded.until_at`, venue, responder, fromAt, untilAt)
    return OK
  }
}

function isRoomOf (db: Database, room: string, venue: string): boolean {
  return exists(db, 'SELECT 1 FROM room WHERE id = ? AND venue = ? AND retired_at IS NULL', room, venue)
}
