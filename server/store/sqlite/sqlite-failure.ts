import Database from 'better-sqlite3'
import { StoreFailed } from '../store-failed.ts'
import type { FailReason } from '../store-failed.ts'

/** First words of SQLite's result codes that mean: the world is broken, not the statement. @see https://sqlite.org/rescode.html */
const REASONS: readonly (readonly [prefix: string, reason: FailReason])[] = [
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_IOERR', 'IO'],
  ['SQLITE_CANTOPEN', 'IO'],
  ['SQLITE_READONLY', 'IO'],
  ['SQLITE_PERM', 'IO'],
  ['SQLITE_NOLFS', 'IO'],
  ['SQLITE_NOMEM', 'IO'],
  ['SQLITE_CORRUPT', 'CORRUPT'],
  ['SQLITE_NOTADB', 'CORRUPT'],
  ['SQLITE_BUSY', 'BUSY'],
  ['SQLITE_LOCKED', 'BUSY'],
  ['SQLITE_PROTOCOL', 'BUSY']
]

/** Why the disk failed, or null: the error is a fault of ours (a constraint, a wrong statement, a TypeError). */
export function failReasonOf (error: unknown): FailReason | null {
  if (!(error instanceof Database.SqliteError)) return null
  const { code } = error
  return REASONS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null
}

/** The disk's failure as the port names it; anything else is handed on as it is. */
export function asStoreFailed (error: unknown): unknown {
  const reason = failReasonOf(error)
  return reason === null ? error : new StoreFailed(`The disk failed: ${(error as Error).message}`, { cause: error, reason })
}
