import type { Slice } from '../people-rows.ts'

/** A subject's own part of a migration. Tables that press routing never reads belong to no slice. */
export type SchemaSection = { readonly sql: string, readonly sliceOfTable: Readonly<Record<string, Slice>> }
