import Database from 'better-sqlite3'
import { StoreRefused } from '../store-failed.ts'
import { failReasonOf } from './sqlite-failure.ts'

/** Lets go of the database. */
export type Release = () => void

/**
 * Says "this process runs on this database" until released or dead: a lock of the kernel on an empty file beside it,
 * so that a kill leaves nothing behind and a damaged database can still be asked for. The service and `restore` hold;
 * the command line's short transactions do not.
 * @throws StoreRefused FILE_IN_USE
 */
export function hold (file: string): Release {
  const lock = new Database(`${file}.hold`, { timeout: 0 })
  try {
    // No journal file: nothing is ever written.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (failReasonOf(error) === 'BUSY') throw new StoreRefused('FILE_IN_USE', 'A service runs on this database', { cause: error })
    throw error
  }
  return () => { lock.close() }
}
