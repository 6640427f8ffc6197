/** Data keys under a new master key. What they sealed, and every keyed name, stays as it is. */
import type { Database } from 'better-sqlite3'
import { StoreRefused } from '../store-failed.ts'
import { HOUSE, Seal, SecretForeign } from '../seal.ts'
import { hold } from './hold.ts'
import { openDatabase } from './open.ts'
import { failReasonOf } from './sqlite-failure.ts'
import { statement } from './statements.ts'

type KeyFound = { readonly holder: string, readonly wrapped: Uint8Array }

/**
 * All of them or none, however it ends. Nobody else may have the database open: a command that runs beside us would go
 * on wrapping with the old key. Again after it was done: changes nothing. `wrapped` is called after each.
 * @throws StoreRefused FILE_MISSING, FILE_IN_USE
 * @throws SecretForeign neither key opens it
 * @throws StoreFailed
 */
export function rewrap (file: string, from: Uint8Array, to: Uint8Array, wrapped: (n: number) => void = () => undefined): number {
  const release = hold(file)
  try {
    const db = openDatabase(file, { mustExist: true })
    try {
      alone(db)
      return rewrapRows(db, from, to, wrapped)
    } finally {
      db.close()
    }
  } finally {
    release()
  }
}

/** On an open database, in one transaction. Returns how many were wrapped anew. @throws SecretForeign */
export function rewrapRows (db: Database, from: Uint8Array, to: Uint8Array, wrapped: (n: number) => void = () => undefined): number {
  const [old, fresh] = [new Seal(from), new Seal(to)]
  return db.transaction(() => {
    const house = houseKey(db)
    if (house !== null && old.unwrap(HOUSE, house) === null) {
      if (fresh.unwrap(HOUSE, house) === null) throw new SecretForeign()
      return 0
    }
    let n = 0
    for (const row of keysOf(db)) {
      const again = old.rewrap(row.holder, row.wrapped, fresh)
      // One that did not open before opens no less now.
      if (again === null) continue
      statement(db, 'UPDATE data_key SET wrapped = ? WHERE holder = ?').run(again, row.holder)
      wrapped(++n)
    }
    return n
  }).immediate()
}

/** Whether this master key opens it. A database without any key was sealed by nobody yet. @throws StoreRefused @throws StoreFailed */
export function opens (file: string, key: Uint8Array): boolean {
  const db = openDatabase(file, { mustExist: true })
  try {
    return opensRows(db, key)
  } finally {
    db.close()
  }
}

export function opensRows (db: Database, key: Uint8Array): boolean {
  const house = houseKey(db)
  return house === null || new Seal(key).unwrap(HOUSE, house) !== null
}

/** Data keys as they lie, of holders whose name begins so. */
export function keysOf (db: Database, prefix = ''): readonly KeyFound[] {
  return statement(db, 'SELECT holder, wrapped FROM data_key WHERE substr(holder, 1, length(?)) = ? ORDER BY holder').all(prefix, prefix) as KeyFound[]
}

export function houseKey (db: Database): Uint8Array | null {
  return (statement(db, 'SELECT wrapped FROM data_key WHERE holder = ?').get(HOUSE) as { wrapped: Uint8Array } | undefined)?.wrapped ?? null
}

/** Leaving WAL needs the file for oneself alone; opening it the next time enters it again. */
function alone (db: Database): void {
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    if (failReasonOf(error) === 'BUSY') throw new StoreRefused('FILE_IN_USE', 'Somebody has this database open', { cause: error })
    throw error
  }
}
