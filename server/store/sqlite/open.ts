import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { StoreFailed, StoreRefused } from '../store-failed.ts'
import { migrations, schemaVersion } from './migrations.ts'
import { asStoreFailed } from './sqlite-failure.ts'

/** 'Veil' in the file's header: `file` and we ourselves tell our databases from others by it. */
export const APPLICATION_ID = 0x5665_696c
/** How long a write waits for the command line's short transaction. Shorter than the writer's time limit. */
const BUSY_MS = 2_000
/** The WAL file shrinks back to this after a checkpoint, in bytes. */
const WAL_KEPT_BYTES = 16 * 1024 * 1024

/**
 * Opens the database for writing, creates it if `mustExist` is false, and brings its schema up to date. A foreign or
 * newer file is refused untouched.
 * @throws StoreRefused FOREIGN_FILE, SCHEMA_NEWER, NOT_DURABLE, FILE_MISSING
 * @throws StoreFailed
 */
export function openDatabase (file: string, { mustExist }: { readonly mustExist: boolean }): Database.Database {
  if (!existsSync(file)) {
    // A disk that was unmounted under us must not turn into a fresh, empty memory.
    if (mustExist) throw new StoreRefused('FILE_MISSING', 'The database file is gone')
    createFile(file)
  }
  const db = connect(file)
  try {
    refuseStrangers(db)
    makeDurable(db)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw asStoreFailed(error)
  }
}

/** Only the service's user may read it; SQLite gives WAL and shm the same rights. */
function createFile (file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
    syncFolder(dirname(file))
  } catch (error) {
    throw new StoreFailed('The database file cannot be created', { cause: error, reason: 'IO' })
  }
}

/** Without this a power cut may forget that the file has this name, and with it everything that was acknowledged. */
export function syncFolder (folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function connect (file: string): Database.Database {
  try {
    return new Database(file, { timeout: BUSY_MS, fileMustExist: true })
  } catch (error) {
    throw asStoreFailed(error)
  }
}

/** The schema version of a file of ours; 0 for an empty one. @throws StoreRefused FOREIGN_FILE, SCHEMA_NEWER */
export function refuseStrangers (db: Database.Database): number {
  const { application, version, tables } = header(db)
  if (application === 0 && version === 0 && tables === 0) return 0
  if (application !== APPLICATION_ID) throw new StoreRefused('FOREIGN_FILE', 'This database belongs to another program')
  if (version > schemaVersion) {
    throw new StoreRefused('SCHEMA_NEWER', `This database has schema ${version}, this version knows ${schemaVersion}: install the newer version`)
  }
  return version
}

function header (db: Database.Database): { readonly application: number, readonly version: number, readonly tables: number } {
  try {
    return {
      application: db.pragma('application_id', { simple: true }) as number,
      version: db.pragma('user_version', { simple: true }) as number,
      tables: db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number
    }
  } catch (error) {
    const notDatabase = error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB'
    throw notDatabase ? new StoreRefused('FOREIGN_FILE', 'This file is not a database', { cause: error }) : asStoreFailed(error)
  }
}

/** Settings that a PUBACK stands on are read back: SQLite ignores a pragma that it cannot obey. */
function makeDurable (db: Database.Database): void {
  insist(db, 'journal_mode', 'WAL', 'wal')
  // better-sqlite3 is built with NORMAL for WAL: that is no fsync at all at COMMIT.
  insist(db, 'synchronous', 'FULL', 2)
  insist(db, 'fullfsync', 'ON', 1)
  insist(db, 'foreign_keys', 'ON', 1)
  insist(db, 'secure_delete', 'ON', 1)
  // What REPLACE deletes counts as deleted: keys go with their holders, and the picture is read again.
  insist(db, 'recursive_triggers', 'ON', 1)
  insist(db, 'busy_timeout', String(BUSY_MS), BUSY_MS)
  insist(db, 'trusted_schema', 'OFF', 0)
  insist(db, 'journal_size_limit', String(WAL_KEPT_BYTES), WAL_KEPT_BYTES)
}

function insist (db: Database.Database, pragma: string, value: string, expected: string | number): void {
  db.pragma(`${pragma} = ${value}`)
  const found = db.pragma(pragma, { simple: true })
  if (found !== expected) throw new StoreRefused('NOT_DURABLE', `PRAGMA ${pragma} is ${String(found)} where ${expected} is needed`)
}

function migrate (db: Database.Database): void {
  if (refuseStrangers(db) === schemaVersion) return
  const step = db.transaction(() => {
    // Read again under the lock: the command line may have been faster.
    const version = refuseStrangers(db)
    for (const migration of migrations.slice(version)) db.exec(migration.sql)
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${schemaVersion}`)
  })
  step.immediate()
}
