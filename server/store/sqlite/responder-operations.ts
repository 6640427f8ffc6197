import type { Database } from 'better-sqlite3'
import type { NewLeft, ResponderWrites } from '../responder-writes.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

export const responderOperations: SqliteWrites<keyof ResponderWrites> = {
  declareNeverForwards (db, { responder, wording, at }) {
    const kind = one<{ kind: string }>(db, 'SELECT kind FROM responder WHERE id = ?', responder)?.kind
    if (kind === undefined) return no('RESPONDER_NOT_FOUND')
    if (kind === 'authority') return no('AUTHORITY_FORBIDDEN')
    run(db, 'INSERT INTO declaration (responder, wording, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', responder, wording, at)
    return OK
  },

  setAvailable (db, { responder, untilAt }) {
    if (!exists(db, 'SELECT 1 FROM responder WHERE id = ?', responder)) return no('RESPONDER_NOT_FOUND')
    if (untilAt === null) run(db, 'DELETE FROM available WHERE responder = ?', responder)
    else run(db, 'INSERT INTO available (responder, until_at) VALUES (?, ?) ON CONFLICT (responder) DO UPDATE SET until_at = excluded.until_at', responder, untilAt)
    return OK
  },

  leaveCircle (db, { worker, responder, left, most }) {
    if (run(db, 'DELETE FROM contact WHERE worker = ? AND responder = ?', worker, responder) === 0) return no('CONTACT_NOT_FOUND')
    run(db, 'DELETE FROM standing_agreement WHERE worker = ? AND responder = ?', worker, responder)
    keepLeft(db, left, most)
    return OK
  },

  leaveAll (db, { responder, left, most }) {
    if (!exists(db, 'SELECT 1 FROM responder WHERE id = ?', responder)) return no('RESPONDER_NOT_FOUND')
    run(db, 'DELETE FROM contact WHERE responder = ?', responder)
    run(db, 'DELETE FROM standing_person WHERE responder = ?', responder)
    run(db, 'DELETE FROM standing_agreement WHERE responder = ?', responder)
    run(db, 'DELETE FROM venue_responder WHERE responder = ?', responder)
    run(db, 'DELETE FROM offer WHERE responder = ?', responder)
    run(db, 'DELETE FROM available WHERE responder = ?', responder)
    keepLeft(db, left, most)
    return OK
  },

  forgetLeft (db, { worker }) {
    run(db, 'DELETE FROM contact_left WHERE worker = ?', worker)
    return OK
  },

  changeEndpoint (db, { responder, id, text, language }) {
    const found = run(db, 'UPDATE endpoint SET text = coalesce(?, text), language = coalesce(?, language) WHERE id = ? AND responder = ?', text, language, id, responder)
    return found === 0 ? no('ENDPOINT_NOT_FOUND') : OK
  }
}

/** Whoever was erased meanwhile keeps nothing. */
function keepLeft (db: Database, left: readonly NewLeft[], most: number): void {
  for (const { id, worker, at, sealed } of left) {
    run(db, 'INSERT INTO contact_left (id, worker, at, sealed) SELECT ?, id, ?, ? FROM worker WHERE id = ? ON CONFLICT DO NOTHING', id, at, sealed, worker)
    run(db, 'DELETE FROM contact_left WHERE worker = ? AND id NOT IN (SELECT id FROM contact_left WHERE worker = ? ORDER BY at DESC, id LIMIT ?)', worker, worker, most)
  }
}
