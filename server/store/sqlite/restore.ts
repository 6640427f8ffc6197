import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { StoreRefused } from '../store-failed.ts'
import { asDiskFailure, checkBackup, partOf, syncFile } from './backup.ts'
import { hold } from './hold.ts'
import { openDatabase, syncFolder } from './open.ts'
import { failReasonOf } from './sqlite-failure.ts'

/**
 * Puts a backup in the database's place; the old database is gone afterwards (back it up first). The copy is checked,
 * not the original: what is renamed into place is what was read. A schema older than ours is brought up to date when
 * it is opened. `prepare` is given the copy before anybody else sees it; what it throws ends the restore.
 * @throws StoreRefused FILE_MISSING, FILE_IN_USE, BACKUP_DAMAGED, FOREIGN_FILE, SCHEMA_NEWER; then nothing was changed
 * @throws StoreFailed no room, or the disk failed
 */
export function restore (backup: string, file: string, prepare: (copy: Database.Database) => void = () => undefined): void {
  if (!existsSync(backup)) throw new StoreRefused('FILE_MISSING', 'There is no such backup')
  const release = hold(file)
  const part = partOf(file)
  try {
    copyFileSync(backup, part)
    checkBackup(part)
    make(part, prepare)
    syncFile(part)
    retire(file)
    renameSync(part, file)
    syncFolder(dirname(file))
  } catch (error) {
    rmSync(part, { force: true })
    throw asDiskFailure(error)
  } finally {
    release()
  }
}

function make (part: string, prepare: (copy: Database.Database) => void): void {
  const db = openDatabase(part, { mustExist: true })
  try {
    prepare(db)
  } finally {
    db.close()
  }
}

/** Nobody may have the old file open, and its WAL must not be found beside the new one: it would be replayed into it. */
function retire (file: string): void {
  if (existsSync(file)) lockOut(file)
  for (const tail of ['-wal', '-shm']) rmSync(`${file}${tail}`, { force: true })
}

/** Leaving WAL needs the file for oneself alone: this finds the command line, which does not hold. */
function lockOut (file: string): void {
  const db = new Database(file, { timeout: 0 })
  try {
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    if (failReasonOf(error) === 'BUSY') throw new StoreRefused('FILE_IN_USE', 'Somebody has this database open', { cause: error })
    // Damaged: that is why it is being restored.
    if (failReasonOf(error) !== 'CORRUPT') throw error
  } finally {
    db.close()
  }
}
