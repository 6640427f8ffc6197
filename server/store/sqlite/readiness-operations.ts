import type { Database } from 'better-sqlite3'
import type { DeviceSignRow, DeafRow, DrillDueRow, DrillPersonRow, DrillRow, ReadinessReads, ReadinessWrites } from '../readiness-writes.ts'
import { exists, OK, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'
import type { Reader } from './reader.ts'
import { statement } from './statements.ts'

/** Every row is taken only beside the row it hangs on: she may have ended, left or erased while it waited for the disk. */
export const readinessOperations: SqliteWrites<keyof ReadinessWrites> = {
  changeRoom (db, { room }) {
    run(db, 'INSERT INTO room_change (room, n) SELECT id, 1 FROM room WHERE id = ? ON CONFLICT (room) DO UPDATE SET n = n + 1', room)
    return OK
  },

  seeShiftRoom (db, { shift, change }) {
    run(db, 'INSERT INTO shift_room (shift, change) SELECT id, ? FROM shift WHERE id = ? ON CONFLICT DO NOTHING', change, shift)
    return OK
  },

  proveButton (db, { shift, did, at, change }) {
    run(db, `INSERT INTO button_proof (shift, did, at, change) SELECT id, ?, ?, ? FROM shift WHERE id = ?
      ON CONFLICT (shift, did) DO UPDATE SET at = excluded.at, change = max(change, excluded.change)`, did, at, change, shift)
    return OK
  },

  keepDeaf (db, { rows, most }) {
    for (const { shift, why, from, until } of rows) {
      const isKnown = exists(db, 'SELECT 1 FROM deaf WHERE shift = ? AND why = ? AND from_at = ?', shift, why, from)
      if (!isKnown && exists(db, 'SELECT 1 FROM deaf WHERE shift = ? LIMIT 1 OFFSET ?', shift, most - 1)) continue
      run(db, `INSERT INTO deaf (shift, why, from_at, until_at) SELECT id, ?, ?, ? FROM shift WHERE id = ?
        ON CONFLICT (shift, why, from_at) DO UPDATE SET until_at = coalesce(excluded.until_at, until_at)`, why, from, until, shift)
    }
    return OK
  },

  signOfLife (db, { at }) {
    run(db, 'INSERT INTO sign_of_life (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at', at)
    return OK
  },

  keepSigns (db, { signs }) {
    for (const { session, responder, at, rings } of signs) {
      run(db, `INSERT INTO device_sign (session, responder, at, rings) SELECT id, responder, ?, ? FROM session WHERE id = ? AND responder = ?
        ON CONFLICT (session) DO UPDATE SET at = excluded.at, rings = excluded.rings`, at, Number(rings), session, responder)
    }
    return OK
  },

  keepSamePhone (db, { worker, session, most }) {
    if (exists(db, 'SELECT 1 FROM same_phone WHERE worker = ? LIMIT 1 OFFSET ?', worker, most - 1)) return OK
    run(db, 'INSERT INTO same_phone (worker, session) SELECT w.id, s.id FROM worker w, session s WHERE w.id = ? AND s.id = ? ON CONFLICT DO NOTHING', worker, session)
    return OK
  },

  keepSamePhonePush (db, { worker, urlHash, most }) {
    if (exists(db, 'SELECT 1 FROM same_phone_push WHERE worker = ? LIMIT 1 OFFSET ?', worker, most - 1)) return OK
    run(db, 'INSERT INTO same_phone_push (worker, url_hash) SELECT id, ? FROM worker WHERE id = ? ON CONFLICT DO NOTHING', urlHash, worker)
    return OK
  },

  keepDrill (db, { worker, drill, most }) {
    run(db, `INSERT INTO drill (id, worker, at, ended) SELECT ?, id, ?, ? FROM worker WHERE id = ?
      ON CONFLICT (id) DO UPDATE SET ended = coalesce(excluded.ended, ended)`, drill.id, drill.at, drill.ended, worker)
    for (const { responder, told, shownMs, seenMs, answeredMs } of drill.people) {
      run(db, `INSERT INTO drill_person (drill, responder, told, shown_ms, seen_ms, answered_ms)
        SELECT d.id, r.id, ?, ?, ?, ? FROM drill d, responder r WHERE d.id = ? AND r.id = ?
        ON CONFLICT (drill, responder) DO UPDATE SET shown_ms = coalesce(shown_ms, excluded.shown_ms),
          seen_ms = coalesce(seen_ms, excluded.seen_ms), answered_ms = coalesce(answered_ms, excluded.answered_ms)`,
      Number(told), shownMs, seenMs, answeredMs, drill.id, responder)
    }
    run(db, 'DELETE FROM drill WHERE worker = ? AND id NOT IN (SELECT id FROM drill WHERE worker = ? ORDER BY at DESC, id LIMIT ?)', worker, worker, most)
    return OK
  },

  endDrills (db, { why }) {
    run(db, 'UPDATE drill SET ended = ? WHERE ended IS NULL', why)
    return OK
  },

  remindedOfDrill (db, { worker, at }) {
    run(db, 'INSERT INTO drill_reminder (worker, at) SELECT id, ? FROM worker WHERE id = ? ON CONFLICT (worker) DO UPDATE SET at = excluded.at', at, worker)
    return OK
  },

  forgetDrills (db, { before }) {
    run(db, 'DELETE FROM drill WHERE at <= ?', before)
    return OK
  }
}

const DEAF = 'SELECT shift, why, from_at AS "from", until_at AS "until" FROM deaf'

/** @throws StoreFailed */
export function readinessReads (reader: Reader): ReadinessReads {
  return {
    readinessKept: async () => reader.snapshot((db) => ({
      shiftRooms: all(db, 'SELECT shift, change FROM shift_room'),
      proofs: all(db, 'SELECT shift, did, at, change FROM button_proof'),
      deaf: all<DeafRow>(db, `${DEAF} WHERE until_at IS NULL`),
      signs: all<Omit<DeviceSignRow, 'rings'> & { rings: number }>(db, 'SELECT session, responder, at, rings FROM device_sign').map((row) => ({ ...row, rings: row.rings === 1 })),
      samePhones: all(db, 'SELECT worker, session FROM same_phone'),
      samePhonePushes: all(db, 'SELECT worker, url_hash AS urlHash FROM same_phone_push'),
      aliveAt: all<{ at: number }>(db, 'SELECT at FROM sign_of_life')[0]?.at ?? null
    })),
    deafOf: async (shift) => reader.read((db) => all<DeafRow>(db, `${DEAF} WHERE shift = ? ORDER BY from_at, why`, shift)),
    drillsOf: async (worker) => reader.snapshot((db) => all<Omit<DrillRow, 'people'>>(db, 'SELECT id, at, ended FROM drill WHERE worker = ? ORDER BY at DESC, id', worker)
      .map((drill) => ({ ...drill, people: drillPeople(db, drill.id) }))),
    drillsDue: async () => reader.read((db) => all<DrillDueRow>(db, `SELECT w.id AS worker, (SELECT max(at) FROM drill d WHERE d.worker = w.id) AS drilledAt, r.at AS remindedAt
      FROM worker w LEFT JOIN drill_reminder r ON r.worker = w.id
      WHERE EXISTS (SELECT 1 FROM circle_person p WHERE p.worker = w.id) ORDER BY w.id`))
  }
}

function drillPeople (db: Database, drill: string): readonly DrillPersonRow[] {
  return all<Omit<DrillPersonRow, 'told'> & { told: number }>(db, `SELECT responder, told, shown_ms AS shownMs, seen_ms AS seenMs, answered_ms AS answeredMs
    FROM drill_person WHERE drill = ? ORDER BY responder`, drill).map((row) => ({ ...row, told: row.told === 1 }))
}

function all<Row> (db: Database, sql: string, ...args: readonly unknown[]): readonly Row[] {
  return statement(db, sql).all(...args) as Row[]
}
