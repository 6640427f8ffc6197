import { DID, KEYS, ROOT, hex } from './craft.ts'
import type { Direction } from '../topics.ts'

/** Wycheproof's words: `acceptable` is read, but something in it was left aside and counted. */
export type Result = 'valid' | 'acceptable' | 'invalid'
export type Note = { readonly bugType: string, readonly description: string }
export type Case = { readonly comment: string, readonly flags: readonly string[], readonly result: Result } & Readonly<Record<string, unknown>>
export type Group = Readonly<Record<string, unknown>> & { readonly type: string, readonly tests: readonly Case[] }

/** What one vector file holds before its cases are numbered. */
export type Draft = {
  readonly header: readonly string[]
  readonly notes: Readonly<Record<string, Note>>
  readonly groups: readonly Group[]
}

/** The button that a group's frames belong to. */
export function groupOf (type: string, direction: Direction, tests: readonly Case[]): Group {
  return { type, did: DID, root: hex(ROOT), direction, key: hex(direction === 'up' ? KEYS.up : KEYS.down), tests }
}

/** JSON text of a draft: cases numbered from 1 through all groups, bytes as hex, two spaces, one newline at the end. */
export function fileText (draft: Draft): string {
  let tcId = 0
  const testGroups = draft.groups.map((group) => ({ ...group, tests: group.tests.map((test) => ({ tcId: ++tcId, ...test })) }))
  const file = { protocol: 'vbp1', schema: 'firmware-protocol/README.md#vectors', numberOfTests: tcId, header: draft.header, notes: draft.notes, testGroups }
  return JSON.stringify(file, (_key, value: unknown) => value instanceof Uint8Array ? hex(value) : value, 2) + '\n'
}
