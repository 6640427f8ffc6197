import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

type Shifts = SqliteWrites<'startShift' | 'proveShift' | 'changeShift' | 'endShift' | 'retain' | 'changeResponder' | 'subscribe' | 'unsubscribe'>

export const shiftOperations: Shifts = {
  startShift (db, { id, worker, room, place, startedAt, plannedEndAt, provenAt, feedback, house }) {
    if (exists(db, 'SELECT 1 FROM shift WHERE id = ?', id)) return OK
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    if (exists(db, 'SELECT 1 FROM shift WHERE worker = ? AND ended_at IS NULL', worker)) return no('ALREADY_ON_SHIFT')
    run(db, `INSERT INTO shift (id, worker, room, place, started_at, planned_end_at, proven_at, feedback, house)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, worker, room, place, startedAt, plannedEndAt, provenAt, feedback, Number(house))
    // The QR on the wall is the room's own invitation: who works there belongs to the venue.
    if (room !== null) run(db, 'INSERT INTO worker_venue (worker, venue) SELECT ?, venue FROM room WHERE id = ? ON CONFLICT DO NOTHING', worker, room)
    return OK
  },

  proveShift (db, { worker, room, at }) {
    run(db, 'UPDATE shift SET proven_at = ? WHERE worker = ? AND room = ? AND ended_at IS NULL', at, worker, room)
    return OK
  },

  changeShift (db, { worker, plannedEndAt, feedback, house }) {
    const found = run(db, `UPDATE shift SET planned_end_at = coalesce(?, planned_end_at), feedback = coalesce(?, feedback), house = coalesce(?, house)
      WHERE worker = ? AND ended_at IS NULL`, plannedEndAt, feedback, house === null ? null : Number(house), worker)
    return found === 0 ? no('NO_SHIFT') : OK
  },

  /** The place she typed goes with the shift (R8). */
  endShift (db, { worker, at }) {
    return run(db, 'UPDATE shift SET ended_at = ?, place = NULL WHERE worker = ? AND ended_at IS NULL', at, worker) === 0 ? no('NO_SHIFT') : OK
  },

  retain (db, { at, endedBefore, plannedBefore, unconfirmedBefore, sessionsBefore, journalBefore, busy, onShift }) {
    const kept = JSON.stringify(busy)
    run(db, `UPDATE shift SET ended_at = ?, place = NULL WHERE ended_at IS NULL AND planned_end_at <= ?
      AND worker NOT IN (SELECT value FROM json_each(?))`, at, plannedBefore, JSON.stringify(onShift))
    run(db, 'DELETE FROM shift WHERE ended_at <= ? AND worker NOT IN (SELECT value FROM json_each(?))', endedBefore, kept)
    run(db, 'DELETE FROM contact WHERE confirmed_at IS NULL AND joined_at <= ?', unconfirmedBefore)
    run(db, 'DELETE FROM session WHERE used_at <= ?', sessionsBefore)
    run(db, 'DELETE FROM journal WHERE at <= ?', journalBefore)
    run(db, 'DELETE FROM veil WHERE at <= ?', journalBefore)
    run(db, 'DELETE FROM invite WHERE expires_at <= ?', at)
    run(db, 'DELETE FROM pairing WHERE expires_at <= ?', at)
    run(db, 'DELETE FROM duty WHERE until_at <= ?', endedBefore)
    run(db, 'DELETE FROM handover WHERE until_at <= ?', endedBefore)
    run(db, 'DELETE FROM offer WHERE barred_at <= ?', journalBefore)
    run(db, 'DELETE FROM available WHERE until_at <= ?', endedBefore)
    run(db, 'DELETE FROM contact_left WHERE at <= ?', journalBefore)
    return OK
  },

  changeResponder (db, { responder, name, language }) {
    const found = run(db, 'UPDATE responder SET name = coalesce(?, name), language = coalesce(?, language) WHERE id = ?', name, language, responder)
    return found === 0 ? no('RESPONDER_NOT_FOUND') : OK
  },

  subscribe (db, { id, responder, urlHash, sealed, text, language, provesShown, at, most }) {
    if (!exists(db, 'SELECT 1 FROM responder WHERE id = ?', responder)) return no('RESPONDER_NOT_FOUND')
    // The browser's subscription changed its keys or its text: the same device, one row.
    run(db, 'DELETE FROM endpoint WHERE responder = ? AND (url_hash = ? OR id = ?)', responder, urlHash, id)
    const { n } = one<{ n: number }>(db, 'SELECT count(*) AS n FROM endpoint WHERE responder = ?', responder) ?? { n: 0 }
    if (n >= most) return no('TOO_MANY_ENDPOINTS')
    run(db, `INSERT INTO endpoint (id, responder, url_hash, sealed, text, language, proves_shown, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      id, responder, urlHash, sealed, text, language, Number(provesShown), at)
    return OK
  },

  unsubscribe (db, { id }) {
    return run(db, 'DELETE FROM endpoint WHERE id = ?', id) === 0 ? no('ENDPOINT_NOT_FOUND') : OK
  }
}
