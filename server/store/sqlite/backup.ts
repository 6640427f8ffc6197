import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { StoreFailed, StoreRefused } from '../store-failed.ts'
import { openDatabase, refuseStrangers, syncFolder } from './open.ts'
import { asStoreFailed } from './sqlite-failure.ts'

/**
 * Copies the database, as of one moment, while others write it; blocks until done (call it in a thread of its own).
 * The target appears whole or not at all, and replaces an older backup of that name. Personal fields stay sealed: the
 * key is not in it.
 * @throws StoreRefused FILE_MISSING, BACKUP_ONTO_ITSELF, BACKUP_DAMAGED
 * @throws StoreFailed no room, or the disk failed
 */
export function backUp (file: string, target: string, at: number): void {
  if (!existsSync(file)) throw new StoreRefused('FILE_MISSING', 'There is no database to back up')
  if (isSameFile(file, target)) throw new StoreRefused('BACKUP_ONTO_ITSELF', 'The backup would replace the live database')
  const part = partOf(target)
  try {
    copy(file, part)
    mark(part, at)
    checkBackup(part)
    renameSync(part, target)
    syncFolder(dirname(target))
  } catch (error) {
    rmSync(part, { force: true })
    throw asDiskFailure(error)
  }
}

/** A name beside the target, so that the last step can be a rename. */
export function partOf (target: string): string {
  return `${target}.${randomBytes(6).toString('hex')}.part`
}

export function syncFile (file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Whole, ours, and of a schema that we know. @throws StoreRefused BACKUP_DAMAGED, FOREIGN_FILE, SCHEMA_NEWER */
export function checkBackup (file: string): void {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    if (refuseStrangers(db) === 0) throw new StoreRefused('BACKUP_DAMAGED', 'The backup is empty')
    const faults = [...db.pragma('integrity_check') as readonly { readonly integrity_check: string }[]].filter((row) => row.integrity_check !== 'ok')
    const orphans = db.pragma('foreign_key_check') as readonly unknown[]
    if (faults.length + orphans.length > 0) throw new StoreRefused('BACKUP_DAMAGED', 'The backup is damaged')
  } catch (error) {
    const failed = asStoreFailed(error)
    if (failed instanceof StoreFailed && failed.reason === 'CORRUPT') throw new StoreRefused('BACKUP_DAMAGED', 'The backup is damaged', { cause: error })
    throw failed
  } finally {
    db.close()
  }
}

/** The file system's own refusals (no room, no such folder) as the port names them. */
export function asDiskFailure (error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return asStoreFailed(error)
  const noRoom = 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
  return new StoreFailed(`The disk failed: ${error.message}`, { cause: error, reason: noRoom ? 'DISK_FULL' : 'IO' })
}

function copy (file: string, part: string): void {
  // VACUUM INTO takes an empty file, and keeps its rights.
  closeSync(openSync(part, 'wx', 0o600))
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    refuseStrangers(db)
    // better-sqlite3's backup() starts over at every write of others; this reads one moment.
    db.prepare('VACUUM INTO ?').run(part)
  } finally {
    db.close()
  }
  // VACUUM INTO itself does not sync.
  syncFile(part)
}

/** A backup says when it was made: what is too old to come back is refused (R21). */
function mark (part: string, at: number): void {
  const db = openDatabase(part, { mustExist: true })
  try {
    db.prepare('INSERT INTO copied (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at').run(at)
    // One file: whoever only reads a database in WAL mode leaves two more beside it.
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
  syncFile(part)
}

function isSameFile (file: string, target: string): boolean {
  if (!existsSync(target)) return false
  const [one, other] = [statSync(file), statSync(target)]
  return one.ino === other.ino && one.dev === other.dev
}
