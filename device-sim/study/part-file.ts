/** One part on disk: whole or absent, and small. Rows are kept without the names of their columns. */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault } from '../data-package/whole-file.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { Replication } from '../virtual/model/replication.ts'
import type { Part } from './part.ts'
import { programMark } from './provenance.ts'

type Columns = { readonly columns: readonly string[], readonly rows: readonly (readonly unknown[])[] }
const tables = ['presses', 'burden', 'availability'] as const
const NAME = /^(\d{6,})[.]json$/

export function partsFolder (folder: string): string { return join(folder, 'parts') }
function fileOf (folder: string, replication: number): string { return join(partsFolder(folder), `${String(replication).padStart(6, '0')}.json`) }

export function makePartsFolder (folder: string): void {
  try {
    mkdirSync(partsFolder(folder), { recursive: true })
  } catch (cause) { throw diskFault(cause, partsFolder(folder)) }
}

/** Renamed into its place once it is written: an interrupted or full disk leaves no part that looks whole. */
export function writePart (folder: string, part: Part): void {
  const file = fileOf(folder, part.replication)
  const beside = `${file}.partial`
  try {
    writeFileSync(beside, JSON.stringify({ ...part, program: programMark(), results: part.results.map(packed) }))
    renameSync(beside, file)
  } catch (cause) {
    rmSync(beside, { force: true })
    throw diskFault(cause, file)
  }
}

/** Numbers of the parts that are there, rising. */
export function partNumbers (folder: string): readonly number[] {
  try {
    return readdirSync(partsFolder(folder)).flatMap((name) => { const found = NAME.exec(name); return found === null ? [] : [Number(found[1])] }).sort((a, b) => a - b)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return []
    throw cause
  }
}

export function dropPart (folder: string, replication: number): void { rmSync(fileOf(folder, replication), { force: true }) }

/** What an interrupted run left half-written. */
export function dropPartials (folder: string): void {
  try {
    for (const name of readdirSync(partsFolder(folder))) if (name.endsWith('.partial')) rmSync(join(partsFolder(folder), name), { force: true })
  } catch { /* There is no such folder: nothing was left in it. */ }
}

/** The text as it is: parts of shards are joined byte by byte. */
export function partText (folder: string, replication: number): string { return readFileSync(fileOf(folder, replication), 'utf8') }

/** Throws `InvalidInput` for what is no part, or one of another scenario. */
export function readPart (folder: string, replication: number, scenario: string): Part { return readMarked(folder, replication, scenario).part }

/**
 * As `readPart`. `isOwn`: this very program, on this kind of machine, made it. Of two versions no one study can be made, for nobody could
 * compute it again.
 */
export function readMarked (folder: string, replication: number, scenario: string): { readonly part: Part, readonly isOwn: boolean } {
  const file = fileOf(folder, replication)
  const read = parsed(partText(folder, replication))
  if (read === null || read.version !== 1 || read.replication !== replication) throw new InvalidInput('PART_UNREADABLE', `${file} is no part of a study, or one that was damaged: delete it and run again with --resume`)
  if (read.scenario !== scenario) throw new InvalidInput('PART_OF_ANOTHER_STUDY', `${file} belongs to another scenario (or another version of this one): give another folder`)
  const { program, ...part } = read
  return { part: { ...part, results: read.results.map(unpacked) }, isOwn: program === programMark() }
}

function parsed (text: string): (Omit<Part, 'results'> & { readonly program?: string, readonly results: readonly Packed[] }) | null {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && 'results' in read && Array.isArray(read.results) ? read as never : null
  } catch {
    return null
  }
}

type Packed = Omit<Replication, typeof tables[number]> & Readonly<Record<typeof tables[number], Columns>>

function packed (result: Replication): Packed {
  return { ...result, ...Object.fromEntries(tables.map((name) => [name, columnsOf(result[name])])) } as unknown as Packed
}

function unpacked (result: Packed): Replication {
  return { ...result, ...Object.fromEntries(tables.map((name) => [name, rowsOf(result[name])])) } as unknown as Replication
}

function columnsOf (rows: readonly object[]): Columns {
  const columns = Object.keys(rows[0] ?? {})
  return { columns, rows: rows.map((row) => Object.values(row)) }
}

function rowsOf ({ columns, rows }: Columns): readonly Readonly<Record<string, unknown>>[] {
  return rows.map((values) => Object.fromEntries(columns.map((name, i) => [name, values[i]])))
}
