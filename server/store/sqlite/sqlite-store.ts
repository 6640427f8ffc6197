import type { Clock } from '../../clock/clock.ts'
import type { AlarmStore } from '../alarm-store.ts'
import { StoreFailed } from '../store-failed.ts'
import { openDatabase } from './open.ts'
import { Reader } from './reader.ts'
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
}

export type SqliteStore = {
  readonly alarms: AlarmStore
  readonly buttons: SqliteButtons
  readonly writer: Writer
  readonly reader: Reader
  /** Lets what waits reach the disk, then lets go of the file. */
  close (): Promise<void>
}

/**
 * Opens or creates the database. A disk that takes no writes does not stop the service from starting: what is open
 * must be told (R1); writes fail with StoreFailed until there is room.
 * @throws StoreRefused the operator must act
 * @throws StoreFailed not even reading works
 */
export async function openStore ({ file, clock, log }: StoreOptions): Promise<SqliteStore> {
  // Here and not in the thread: a refusal must stop the start. Migrating may block; nobody is served yet.
  openDatabase(file, { mustExist: false }).close()
  const writer = new Writer(file, clock)
  const reader = new Reader(file)
  const alarms = new SqliteAlarms(writer, reader)
  try {
    // Also warms the thread up: the first press must not pay for it.
    await alarms.probe()
  } catch (error) {
    if (!(error instanceof StoreFailed)) throw error
    log.warn({ err: error }, 'The store takes no writes')
  }
  return {
    alarms,
    buttons: new SqliteButtons(writer, reader),
    writer,
    reader,
    close: async () => {
      reader.close()
      await writer.close()
    }
  }
}
