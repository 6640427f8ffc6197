import type { Database } from 'better-sqlite3'
import { addNewcomer, insertSession } from './people-door-operations.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'
import type { PrivacyWrites } from '../privacy-store.ts'
import { statement } from './statements.ts'
import { contribute, dropContributions } from './statistic-operations.ts'
import type { Contributing } from '../statistic-writes.ts'

const DAY_MS = 86_400_000
/** Nobody is told any more, and no PIN on her phone ends it: the one kind of unsettled alarm that erasing need not wait for. */
const AT_REST = `open = 0 AND json_extract(state, '$.phase.is') = 'unresolved'`

/** What has settled in this very moment is counted first, the next time; what others of its press still run for is counted with them. */
const COUNTED = `(id NOT IN (SELECT alarm FROM contribution_due) OR EXISTS (
  SELECT 1 FROM press_of p JOIN press_of q ON q.hash = p.hash JOIN alarm other ON other.id = q.alarm WHERE p.alarm = alarm.id AND other.live = 1 AND other.lane NOT LIKE 'test%'))`

export const privacyOperations: SqliteWrites<keyof PrivacyWrites> = {
  makeHouseKey (db, { key }) {
    run(db, 'INSERT INTO data_key (holder, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING', key.holder, key.wrapped)
    return OK
  },

  joinAlone (db, { newcomer, key, session, most }) {
    if (exists(db, 'SELECT 1 FROM worker WHERE id = ?', newcomer.id)) return OK
    if ((one<{ n: number }>(db, 'SELECT count(*) AS n FROM worker')?.n ?? 0) >= most) return no('HOUSE_FULL')
    addNewcomer(db, newcomer, key, null)
    insertSession(db, session)
    return OK
  },

  setRecovery (db, { worker, hash, at }) {
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    run(db, 'INSERT INTO recovery (worker, hash, made_at) VALUES (?, ?, ?) ON CONFLICT (worker) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at', worker, hash, at)
    return OK
  },

  recover (db, { worker, hash, session }) {
    if (exists(db, 'SELECT 1 FROM session WHERE id = ?', session.id)) return OK
    if (!exists(db, 'SELECT 1 FROM recovery WHERE worker = ? AND hash = ?', worker, hash)) return no('WORDS_WRONG')
    // A phone that is in other hands is signed out, raises nothing and is reminded of nothing.
    for (const table of ['session', 'shortcut', 'her_phone']) run(db, `DELETE FROM ${table} WHERE worker = ?`, worker)
    insertSession(db, session)
    return OK
  },

  confirmRotation (db, { id, hash, previousUntil }) {
    run(db, 'UPDATE session SET previous_until = ? WHERE id = ? AND hash = ? AND previous_until IS NULL', previousUntil, id, hash)
    return OK
  },

  setAlarmLife (db, { worker, lanes, days }) {
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    for (const lane of lanes) run(db, 'INSERT INTO alarm_life (lane, worker, days) VALUES (?, ?, ?) ON CONFLICT (lane) DO UPDATE SET days = excluded.days', lane, worker, days)
    return OK
  },

  forgetAlarms (db, { worker, lanes, alarm, counted }) {
    const ended = statement(db, `SELECT id, live FROM alarm WHERE lane IN (SELECT value FROM json_each(?)) AND open = 0
      AND id NOT IN (SELECT alarm FROM alarm_forgotten)`).all(JSON.stringify(lanes)) as Array<{ id: string, live: number }>
    const wanted = ended.filter(({ id }) => alarm === null || id === alarm)
    if (alarm !== null && wanted.length === 0) return no('ALARM_NOT_FOUND')
    if (counted !== null && !countBefore(db, wanted.filter(({ live }) => live === 0).map(({ id }) => id), counted)) return no('CONTRIBUTION_DUE')
    for (const { id, live } of wanted) {
      if (live === 0) run(db, 'DELETE FROM alarm WHERE id = ?', id)
      else run(db, 'INSERT INTO alarm_forgotten (alarm, worker) VALUES (?, ?)', id, worker)
    }
    return { ok: true, gone: wanted.map(({ id }) => id) }
  },

  keepAlarm (db, { worker, alarm, sealed, at }) {
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    const kept = one<{ alarm: string }>(db, 'SELECT alarm FROM kept_alarm WHERE worker = ?', worker)
    if (kept !== null) return kept.alarm === alarm ? OK : no('KEPT_ALREADY')
    run(db, 'INSERT INTO kept_alarm (worker, alarm, kept_at, sealed) VALUES (?, ?, ?, ?)', worker, alarm, at, sealed)
    return OK
  },

  unkeepAlarm (db, { worker, alarm }) {
    return run(db, 'DELETE FROM kept_alarm WHERE worker = ? AND alarm = ?', worker, alarm) === 0 ? no('ALARM_NOT_FOUND') : OK
  },

  tidy (db, { at, daysDefault, keptMs }) {
    run(db, `DELETE FROM alarm WHERE live = 0 AND id IN (SELECT alarm FROM alarm_forgotten) AND ${COUNTED}`)
    run(db, `DELETE FROM alarm WHERE live = 0 AND ${COUNTED} AND coalesce(json_extract(state, '$.ended.at'), json_extract(state, '$.openedAt'))
      + coalesce((SELECT days FROM alarm_life l WHERE l.lane = alarm.lane), ?) * ${DAY_MS} <= ?`, daysDefault, at)
    run(db, `DELETE FROM alarm WHERE (live = 0 OR (${AT_REST})) AND json_extract(state, '$.lane.worker') IS NOT NULL
      AND json_extract(state, '$.lane.worker') NOT IN (SELECT id FROM worker)`)
    run(db, 'DELETE FROM kept_alarm WHERE kept_at <= ?', at - keptMs)
    run(db, `DELETE FROM responder WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.responder = responder.id)
      AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.responder = responder.id)
      AND NOT EXISTS (SELECT 1 FROM venue_responder v WHERE v.responder = responder.id)`)
    run(db, 'INSERT INTO tidied (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at', at)
    return OK
  },

  askErasure (db, { worker, at, dueAt }) {
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    run(db, 'INSERT INTO erasure (worker, asked_at, due_at) VALUES (?, ?, ?) ON CONFLICT (worker) DO UPDATE SET due_at = min(due_at, max(excluded.due_at, asked_at))', worker, at, dueAt)
    return { ok: true, dueAt: one<{ dueAt: number }>(db, 'SELECT due_at AS dueAt FROM erasure WHERE worker = ?', worker)?.dueAt ?? dueAt }
  },

  cancelErasure (db, { worker }) {
    return run(db, 'DELETE FROM erasure WHERE worker = ?', worker) === 0 ? no('NO_ERASURE') : OK
  },

  closeDoors (db, { worker, at }) {
    closeDoors(db, worker, at)
    return OK
  },

  eraseWorker (db, { worker, lanes, marks }) {
    if (exists(db, `SELECT 1 FROM alarm WHERE lane IN (SELECT value FROM json_each(?)) AND live = 1 AND NOT (${AT_REST})`, JSON.stringify(lanes))) return no('ALARM_RUNS')
    // What she was forced to call kept falls due all the same (R17).
    if (exists(db, 'SELECT 1 FROM check_in WHERE worker = ? AND forced = 1', worker)) return no('ALARM_RUNS')
    eraseWorker(db, worker, lanes, marks)
    return OK
  }
}

/** Each that is due is counted in this very transaction. false: nobody has said as what, or its quarter was published meanwhile. */
function countBefore (db: Database, alarms: readonly string[], counted: readonly Contributing[]): boolean {
  const due = alarms.filter((id) => exists(db, 'SELECT 1 FROM contribution_due WHERE alarm = ?', id))
  const counts = counted.filter(({ alarms: these }) => these.some((id) => due.includes(id)))
  return due.every((id) => counts.some(({ alarms: these }) => these.includes(id))) && counts.every((each) => contribute(db, each))
}

function closeDoors (db: Database, worker: string, at: number): void {
  for (const table of ['session', 'shortcut', 'her_phone', 'recovery', 'pairing']) run(db, `DELETE FROM ${table} WHERE worker = ?`, worker)
  run(db, 'UPDATE shift SET ended_at = ?, place = NULL WHERE worker = ? AND ended_at IS NULL', at, worker)
}

/** Also what a restore has to do again (`replay.ts`), whatever ran when the backup was made. */
export function eraseWorker (db: Database, worker: string, lanes: readonly string[], marks: readonly string[]): void {
  dropContributions(db, marks)
  run(db, 'DELETE FROM alarm WHERE lane IN (SELECT value FROM json_each(?))', JSON.stringify(lanes))
  // Keyed by the button, not by her: they would outlive the row that says whose it was.
  for (const table of ['button_memory', 'button_fault', 'button_beat']) run(db, `DELETE FROM ${table} WHERE did IN (SELECT did FROM button WHERE owner = ?)`, worker)
  // Everything else hangs on her row.
  run(db, 'DELETE FROM worker WHERE id = ?', worker)
}
