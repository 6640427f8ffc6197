import type { Clock } from '../../clock/clock.ts'
import type { AlarmStore } from '../alarm-store.ts'
import { StoreFailed } from '../store-failed.ts'
import { runErrand } from './errand.ts'
import { hold } from './hold.ts'
import { openDatabase } from './open.ts'
import { Reader } from './reader.ts'
import { keepReserve, spendReserve } from './reserve.ts'
import { SqliteAlarms } from './sqlite-alarms.ts'
import { SqliteButtons } from './sqlite-buttons.ts'
import { Writer } from './writer.ts'

/** Pino's shape, as far as the store speaks. */
export type StoreLog = { warn (detail: object, message: string): void }

export type StoreOptions = {
  /** Path of the database file; created if it is not there. Its folder must exist. */
  readonly file: string
  readonly clock: Clock
  readonly log: StoreLog
  /** The service: nobody else may run on this file, and nobody restores over it. The command line: absent. */
  readonly hold?: boolean
}

export type SqliteStore = {
  readonly alarms: AlarmStore
  readonly buttons: SqliteButtons
  readonly writer: Writer
  readonly reader: Reader
  /** Copies everything, as of one moment, to a file that appears whole or not at all. @throws StoreFailed @throws StoreRefused */
  backup (target: string): Promise<void>
  /** After deleting: removes what was deleted from the WAL file too. false: somebody kept reading, try again. @throws StoreFailed */
  emptyWal (): Promise<boolean>
  /** Lets what waits reach the disk, then lets go of the file. */
  close (): Promise<void>
}

/**
 * Opens or creates the database. A disk that takes no writes does not stop the service from starting: what is open
 * must be told (R1); writes fail with StoreFailed until there is room.
 * @throws StoreRefused the operator must act
 * @throws StoreFailed not even reading works
 */
export async function openStore (options: StoreOptions): Promise<SqliteStore> {
  const { file, clock, log } = options
  const release = options.hold === true ? hold(file) : () => undefined
  try {
    // Here and not in the thread: a refusal must stop the start. Migrating may block; nobody is served yet.
    openOnce(file)
  } catch (error) {
    release()
    throw error
  }
  const writer = new Writer(file, clock)
  const reader = new Reader(file)
  const alarms = new SqliteAlarms(writer, reader)
  try {
    // While the reader has the file open, the writer's side files stay: a full disk has no room to make them anew.
    reader.dataVersion()
    // Also warms the thread up: the first press must not pay for it.
    await alarms.probe()
    if (options.hold === true) keepReserve(file)
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    log.warn({ err: error }, 'The store takes no writes')
  }
  return {
    alarms,
    buttons: new SqliteButtons(writer, reader),
    writer,
    reader,
    backup: async (target) => { await runErrand({ is: 'back-up', file, target, at: clock.now() }) },
    emptyWal: () => runErrand({ is: 'empty-wal', file }),
    close: async () => {
      reader.close()
      await writer.close()
      release()
    }
  }
}

/** A disk without room for SQLite's side files is given the room that was kept for this. */
function openOnce (file: string): void {
  try {
    openDatabase(file, { mustExist: false }).close()
  } catch (error) {
    if (!(error instanceof StoreFailed) || !spendReserve(file)) throw error
    openDatabase(file, { mustExist: true }).close()
  }
}
