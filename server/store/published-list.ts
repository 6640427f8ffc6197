/**
 * What was published, as it was published, outside data and backups: a restore must not lead to the same quarter being
 * published anew with other figures, or whoever has both can subtract them (R21). Written before the database is; where
 * the two differ, what stands here is what was said.
 */
import { existsSync, readFileSync } from 'node:fs'
import { appendLine } from './append-line.ts'
import type { PublishedRow } from './statistic-writes.ts'
import { StoreFailed } from './store-failed.ts'

export type PublishedCells = readonly Omit<PublishedRow, 'quarter'>[]
type Line = { readonly quarter: string, readonly cells: PublishedCells | null }

export interface PublishedList {
  /** By quarter. @throws StoreFailed it can't be read: then nothing may be published */
  read (): ReadonlyMap<string, PublishedCells>
  /** On disk when it returns. `cells` null: it was not published after all. @throws StoreFailed */
  record (quarter: string, cells: PublishedCells | null): void
}

export function publishedListIn (file: string): PublishedList {
  return {
    read: () => existsSync(file) ? new Map(linesOf(file).flatMap(({ quarter, cells }, i, all) => isLast(all, i, quarter) && cells !== null ? [[quarter, cells]] : [])) : new Map(),
    record: (quarter, cells) => { appendLine(file, JSON.stringify({ quarter, cells } satisfies Line), 'The list of what was published cannot be written') }
  }
}

function isLast (lines: readonly Line[], index: number, quarter: string): boolean {
  return lines.findLastIndex((line) => line.quarter === quarter) === index
}

/** A line that a crash cut short says nothing: what it would have said was not published yet. */
function linesOf (file: string): readonly Line[] {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap((text) => lineOf(text) ?? [])
  } catch (cause) {
    throw new StoreFailed('The list of what was published cannot be read', { cause, reason: 'IO' })
  }
}

function lineOf (text: string): Line | null {
  try {
    const line = JSON.parse(text) as Partial<Line>
    return typeof line.quarter === 'string' && (line.cells === null || Array.isArray(line.cells)) ? { quarter: line.quarter, cells: line.cells } : null
  } catch {
    return null
  }
}
