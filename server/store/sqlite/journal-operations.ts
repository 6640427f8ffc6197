import type { Database } from 'better-sqlite3'
import type { JournalRow } from '../people-rows.ts'
import { OK, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

/** Lines kept for one worker; beyond it the oldest go. */
export const JOURNAL_MAX = 500

export const journalOperations: SqliteWrites<'note'> = {
  note: () => OK
}

/** Beside the write that they tell of, in its transaction. Whoever was erased meanwhile keeps no line. */
export function keepJournal (db: Database, lines: readonly JournalRow[]): void {
  for (const { id, worker, at, sealed } of lines) {
    run(db, 'INSERT INTO journal (id, worker, at, sealed) SELECT ?, id, ?, ? FROM worker WHERE id = ? ON CONFLICT DO NOTHING', id, at, sealed, worker)
    run(db, 'DELETE FROM journal WHERE worker = ? AND id NOT IN (SELECT id FROM journal WHERE worker = ? ORDER BY at DESC, seq DESC LIMIT ?)', worker, worker, JOURNAL_MAX)
  }
}
