import Database from 'better-sqlite3'
import { StoreFailed } from '../store-failed.ts'
import { asStoreFailed, failReasonOf } from './sqlite-failure.ts'
import { statement } from './statements.ts'

/** Reads are on the event loop: better a failed read than a stall. Readers of a WAL wait only during its recovery. */
const BUSY_MS = 100

/**
 * The read-only connection. Every read sees what was committed before it, by any process. A connection that failed is
 * dropped; the next read opens a fresh one.
 */
export class Reader {
  readonly #file: string
  #connection: Database.Database | null = null
  #closed = false

  constructor (file: string) { this.#file = file }

  /** First row, or null. `Row` is what the statement's columns say. @throws StoreFailed */
  get<Row> (sql: string, ...params: readonly unknown[]): Row | null {
    return this.read((db) => (statement(db, sql).get(...params) ?? null) as Row | null)
  }

  /** @throws StoreFailed */
  all<Row> (sql: string, ...params: readonly unknown[]): readonly Row[] {
    return this.read((db) => statement(db, sql).all(...params) as Row[])
  }

  /**
   * Changes whenever somebody committed: this process's writer or another process. A wake-up only: reread, decide from
   * what was read. Comparable only with the value before it. @throws StoreFailed
   */
  dataVersion (): number {
    return this.read((db) => db.pragma('data_version', { simple: true }) as number)
  }

  /** Several reads of one moment: inside one transaction. @throws StoreFailed */
  snapshot<Result> (read: (db: Database.Database) => Result): Result {
    return this.read((db) => db.transaction(() => read(db))())
  }

  read<Result> (read: (db: Database.Database) => Result): Result {
    if (this.#closed) throw new StoreFailed('The store is closed', { reason: 'CLOSED' })
    try {
      this.#connection ??= this.#connect()
      return read(this.#connection)
    } catch (error) {
      if (failReasonOf(error) !== null) this.#drop()
      throw asStoreFailed(error)
    }
  }

  close (): void {
    this.#closed = true
    this.#drop()
  }

  #drop (): void {
    this.#connection?.close()
    this.#connection = null
  }

  #connect (): Database.Database {
    const db = new Database(this.#file, { readonly: true, fileMustExist: true, timeout: BUSY_MS })
    db.pragma('query_only = ON')
    db.pragma('trusted_schema = OFF')
    return db
  }
}
