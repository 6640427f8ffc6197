import type { Database } from 'better-sqlite3'
import type { PeopleWrite, PeopleWrites } from '../people-store.ts'
import { statement } from './statements.ts'

/** What a set of people's writes has to look like on this database: the port's own arguments and outcomes. */
export type SqliteWrites<N extends PeopleWrite> = {
  readonly [W in N]: (db: Database, args: Parameters<PeopleWrites[W]>[0]) => ReturnType<PeopleWrites[W]>
}

export const OK = { ok: true } as const

export function no<C extends string> (code: C): { readonly ok: false, readonly code: C } {
  return { ok: false, code }
}

export function exists (db: Database, sql: string, ...args: readonly unknown[]): boolean {
  return statement(db, sql).get(...args) !== undefined
}

/** How many rows it changed. */
export function run (db: Database, sql: string, ...args: readonly unknown[]): number {
  return statement(db, sql).run(...args).changes
}

export function one<T> (db: Database, sql: string, ...args: readonly unknown[]): T | null {
  return (statement(db, sql).get(...args) as T | undefined) ?? null
}
