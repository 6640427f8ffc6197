import type { Database } from 'better-sqlite3'
import { operationNamed } from './operations.ts'
import { failReasonOf } from './sqlite-failure.ts'
import { statement } from './statements.ts'
import type { Job, JobOutcome } from './writer-messages.ts'

/**
 * Group commit: all jobs in one transaction, one fsync. Returns after COMMIT has. Throws when the disk failed; then
 * nothing of the batch is there.
 */
export function commitBatch (db: Database, jobs: readonly Job[]): readonly JobOutcome[] {
  // IMMEDIATE: taking the lock at the first write instead could fail half way, without waiting (SQLITE_BUSY_SNAPSHOT).
  statement(db, 'BEGIN IMMEDIATE').run()
  try {
    const outcomes = jobs.map((job) => runJob(db, job))
    statement(db, 'COMMIT').run()
    return outcomes
  } catch (error) {
    if (db.inTransaction) statement(db, 'ROLLBACK').run()
    throw error
  }
}

function runJob (db: Database, { operation, args }: Job): JobOutcome {
  statement(db, 'SAVEPOINT job').run()
  try {
    const value = operationNamed(operation)(db, args)
    statement(db, 'RELEASE job').run()
    return { is: 'done', value }
  } catch (error) {
    // SQLite may already have rolled everything back (disk full, I/O): then the neighbours are gone too.
    if (failReasonOf(error) !== null || !db.inTransaction) throw error
    statement(db, 'ROLLBACK TO job').run()
    statement(db, 'RELEASE job').run()
    return { is: 'broken', stack: error instanceof Error ? error.stack ?? error.message : String(error) }
  }
}
