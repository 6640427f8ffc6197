/**
 * What went wrong, for the log and the metrics; the caller's answer is the same for each: try again.
 * `QUEUE_FULL`: more writes wait than `write-queue.ts` allows. `HUNG`: the disk did not answer in time.
 */
export type FailReason = 'DISK_FULL' | 'IO' | 'CORRUPT' | 'BUSY' | 'REFUSED' | 'WORKER_DIED' | 'HUNG' | 'QUEUE_FULL' | 'CLOSED' | 'UNKNOWN'

/**
 * The disk is full, gone or failing. Nothing was acknowledged; trying again is right. After `HUNG`, `WORKER_DIED` or
 * a failed fsync the write may nevertheless be on disk: an append then comes back as SEQ_CONFLICT with our own state.
 */
export class StoreFailed extends Error {
  readonly code = 'STORE_FAILED'
  readonly reason: FailReason

  constructor (message: string, options?: { readonly cause?: unknown, readonly reason?: FailReason }) {
    super(message, options)
    this.name = 'StoreFailed'
    this.reason = options?.reason ?? 'UNKNOWN'
  }
}

/** The one failure after which trying again is wrong: the service stops. */
export function isClosed (cause: unknown): boolean {
  return cause instanceof StoreFailed && cause.reason === 'CLOSED'
}

/** A fault of ours, not of the disk: trying again brings the same. */
export class OperationBroken extends Error {
  readonly code = 'OPERATION_BROKEN'

  constructor (operation: string, options?: { readonly cause?: unknown }) {
    super(`The store's operation ${operation} broke`, options)
    this.name = 'OperationBroken'
  }
}

export type RefuseCode =
  /** Not a database of this product; it was not touched. */
  | 'FOREIGN_FILE'
  /** Written by a newer version; it was not touched. */
  | 'SCHEMA_NEWER'
  /** The file system cannot do what durability needs (WAL, or synchronous=FULL did not stick). */
  | 'NOT_DURABLE'
  /** The service, or somebody else, holds the file. */
  | 'FILE_IN_USE'
  /** The backup is damaged or half written. */
  | 'BACKUP_DAMAGED'
  /** Too old to come back: what was erased since then might come with it. */
  | 'BACKUP_OLD'
  /** The backup's target is the live database itself. */
  | 'BACKUP_ONTO_ITSELF'
  /** No such file. */
  | 'FILE_MISSING'

/** The operator has to do something before this file can be used. */
export class StoreRefused extends Error {
  readonly code: RefuseCode

  constructor (code: RefuseCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'StoreRefused'
    this.code = code
  }
}
