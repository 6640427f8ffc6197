import type { Database } from 'better-sqlite3'

/**
 * One whole write. Runs in the writer's thread, inside the batch's transaction, under its own SAVEPOINT: throwing
 * undoes this one alone. Expected outcomes (a conflict, a row that is not there) are values; args and result must
 * survive a structured clone; no clock, no I/O but the database. Named `<domain>.<verb>`: the domain is the rank by
 * which the queue gives way (`write-queue.ts`).
 */
export type Operation<Args, Result> = (db: Database, args: Args) => Result
export type OperationNames = `${'alarm' | 'button' | 'people'}.${string}`
