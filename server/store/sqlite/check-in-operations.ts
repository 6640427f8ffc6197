import type { Database } from 'better-sqlite3'
import type { CheckInWrites, NewCheckIn } from '../check-in-writes.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

export const checkInOperations: SqliteWrites<keyof CheckInWrites> = {
  makeCheckIn (db, made) {
    if (exists(db, 'SELECT 1 FROM check_in WHERE id = ?', made.id)) return OK
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', made.worker)) return no('WORKER_NOT_FOUND')
    if (exists(db, 'SELECT 1 FROM check_in WHERE worker = ? AND forced = 0', made.worker)) return no('CHECK_IN_RUNNING')
    insert(db, made)
    return OK
  },

  answerCheckIn (db, { worker, id, ends, forced, next }) {
    if (next !== null && exists(db, 'SELECT 1 FROM check_in WHERE id = ?', next.id)) return OK
    if (id !== null && !exists(db, 'SELECT 1 FROM check_in WHERE id = ? AND worker = ? AND forced = 0', id, worker)) return no('CHECK_IN_NOT_FOUND')
    if (forced) goOnUnseen(db, worker, id)
    else run(db, 'DELETE FROM check_in WHERE worker = ? AND id IN (SELECT value FROM json_each(?))', worker, JSON.stringify(ends))
    if (next !== null) insert(db, next)
    return OK
  },

  dropCheckIn (db, { id }) {
    run(db, 'DELETE FROM check_in WHERE id = ?', id)
    return OK
  },

  shiftCheckIns (db, { ids, byMs }) {
    run(db, `UPDATE check_in SET shifted_ms = shifted_ms + ?, heard_at = heard_at + ?
      WHERE id IN (SELECT value FROM json_each(?))`, byMs, byMs, JSON.stringify(ids))
    return OK
  },

  hearCheckIns (db, { heard }) {
    for (const { worker, at } of heard) run(db, 'UPDATE check_in SET heard_at = max(heard_at, ?) WHERE worker = ?', at, worker)
    return OK
  }
}

function goOnUnseen (db: Database, worker: string, id: string | null): void {
  const dueOf = (forced: number) => one<{ dueAt: number }>(db, 'SELECT due_at + shifted_ms AS dueAt FROM check_in WHERE worker = ? AND forced = ?', worker, forced)?.dueAt ?? Infinity
  if (id === null) return
  if (dueOf(1) <= dueOf(0)) run(db, 'DELETE FROM check_in WHERE worker = ? AND forced = 0', worker)
  else {
    run(db, 'DELETE FROM check_in WHERE worker = ? AND forced = 1', worker)
    run(db, 'UPDATE check_in SET forced = 1 WHERE worker = ?', worker)
  }
}

function insert (db: Database, { id, worker, madeAt, dueAt, graceMs, outcome, room, place }: NewCheckIn): void {
  run(db, `INSERT INTO check_in (id, worker, forced, made_at, due_at, grace_ms, outcome, heard_at, room, place)
    VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`, id, worker, madeAt, dueAt, graceMs, outcome, madeAt, room, place)
}
