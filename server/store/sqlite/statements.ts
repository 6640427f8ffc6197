import type { Database, Statement } from 'better-sqlite3'

/** Statements are texts in our code, never built from input; more than this means that somebody builds them. */
const STATEMENTS_MAX = 500

const prepared = new WeakMap<Database, Map<string, Statement>>()

/** The prepared statement of this text on this connection; prepared once. */
export function statement (db: Database, sql: string): Statement {
  const known = prepared.get(db) ?? new Map<string, Statement>()
  prepared.set(db, known)
  const found = known.get(sql)
  if (found !== undefined) return found
  if (known.size >= STATEMENTS_MAX) throw new Error('Statements are built at run time: use parameters')
  const fresh = db.prepare(sql)
  known.set(sql, fresh)
  return fresh
}
