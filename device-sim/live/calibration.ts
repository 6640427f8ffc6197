/** Measured times become an empirical distribution: quantile points that a scenario takes as they are. Pure. */
import { InvalidInput } from '../invalid-input.ts'

/** Fewer say nothing about a tail, and little about a middle. */
export const VALUES_LEAST = 30
export const VALUES_MOST = 5_000_000
/** Rows that are named one by one. */
const FAULTS_NAMED_MOST = 10
/** The middle evenly, the tail as far as the data reach. */
const SHARES: readonly number[] = [0, 0.01, 0.05, ...Array.from({ length: 17 }, (_, i) => (i + 2) * 0.05), 0.95, 0.975, 0.99, 0.995, 0.999, 0.9999, 1]
/** A time of more than a year is a clock that jumped, or another column. */
const MOST = 366 * 86_400_000
const UNITS: Readonly<Record<string, string>> = { ms: 'ms', s: 's', min: 'min', h: 'h' }

export type Unit = 'ms' | 's' | 'min' | 'h' | 'number'
export type Point = { readonly p: number, readonly x: number }
export type Measured = {
  readonly column: string
  readonly unit: Unit
  /** In the order of the file. */
  readonly values: readonly number[]
  /** Rows in which it did not happen. */
  readonly absent: number
}

/**
 * NDJSON as `live --capture` writes it, or CSV with a line of names. `column` null: the only column of times there is, or
 * `planned_to_puback_ms` of a capture. Throws `InvalidInput` that names the lines.
 */
export function readMeasured (text: string, file: string, column: string | null): Measured {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '')
  if (lines.length === 0) throw new InvalidInput('MEASURED_NONE', `${file} is empty`)
  const rows = lines[0]?.line.trimStart().startsWith('{') === true ? readNdjson(lines, file) : readCsv(lines, file)
  const name = columnOf(rows, column, file)
  const faults: string[] = []
  const values: number[] = []
  let absent = 0
  for (const { cells, number } of rows) {
    const cell = cells.get(name)
    if (cell === undefined || cell === null || cell === '') absent += 1
    else {
      const value = typeof cell === 'number' ? cell : /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(String(cell)) ? Number(cell) : NaN
      if (value >= 0 && value <= MOST) values.push(value)
      else faults.push(`line ${number}: ${JSON.stringify(cell)} is ${Number.isFinite(value) ? value < 0 ? 'below 0' : 'more than a year' : 'no number'}`)
    }
  }
  if (faults.length > 0) throw new InvalidInput('MEASURED_NONSENSE', `${file}, column ${name}: ${faults.slice(0, FAULTS_NAMED_MOST).join('; ')}${faults.length > FAULTS_NAMED_MOST ? `; and ${faults.length - FAULTS_NAMED_MOST} more` : ''}`)
  if (values.length < VALUES_LEAST) throw new InvalidInput('MEASURED_TOO_FEW', `${file}, column ${name}, lines ${rows[0]?.number ?? 0} to ${rows.at(-1)?.number ?? 0}: ${values.length} values; at least ${VALUES_LEAST} are needed`)
  return { column: name, unit: unitOf(name), values, absent }
}

/** Points of the distribution function, p rising, x not falling; linear between order statistics (type 7). @see Hyndman, Fan 1996 */
export function quantilePoints (values: readonly number[]): readonly Point[] {
  const sorted = Float64Array.from(values).sort()
  // Beyond the data's own reach a quantile is the greatest value again.
  return SHARES.filter((p) => p === 0 || p === 1 || (1 - p) * sorted.length >= 1).map((p) => {
    const at = p * (sorted.length - 1)
    const below = sorted[Math.floor(at)] ?? 0
    const above = sorted[Math.ceil(at)] ?? below
    return { p: Math.round(p * 1e4) / 1e4, x: rounded(below + (above - below) * (at - Math.floor(at))) }
  })
}

/** One parameter in the words of a scenario. */
export function asParameter ({ column, unit, values, absent }: Measured, source: string): string {
  const said = (x: number): string => unit === 'number' ? String(x) : `${x} ${UNITS[unit] ?? ''}`
  const points = quantilePoints(values).map(({ p, x }) => `  - { p: ${Number((p * 100).toFixed(2))} %, x: ${said(x)} }`)
  const rows = `column ${column}, n = ${values.length}${absent === 0 ? '' : `, ${absent} rows without it left out`}`
  return ['empirical:', ...points, 'evidence: measured', `source: ${JSON.stringify(`${source}, ${rows}`)}`].join('\n')
}

type Row = { readonly cells: ReadonlyMap<string, unknown>, readonly number: number }
type Line = { readonly line: string, readonly number: number }

/** Its first line says what it is, and is no row. */
function readNdjson (lines: readonly Line[], file: string): readonly Row[] {
  return bounded(lines.flatMap(({ line, number }) => {
    const read = parsed(line)
    if (read === null) throw new InvalidInput('MEASURED_UNREADABLE', `${file}, line ${number} is no JSON object`)
    return 'what' in read ? [] : [{ cells: new Map(Object.entries(read)), number }]
  }), file)
}

function readCsv ([head, ...lines]: readonly Line[], file: string): readonly Row[] {
  const names = cellsOf(head?.line ?? '')
  return bounded(lines.map(({ line, number }) => {
    const cells = cellsOf(line)
    if (cells.length !== names.length) throw new InvalidInput('MEASURED_UNREADABLE', `${file}, line ${number} has ${cells.length} cells, and the first line names ${names.length}`)
    return { cells: new Map(cells.map((cell, i) => [names[i] ?? '', cell])), number }
  }), file)
}

function bounded (rows: readonly Row[], file: string): readonly Row[] {
  if (rows.length > VALUES_MOST) throw new InvalidInput('MEASURED_TOO_MANY', `${file} has ${rows.length} rows; at most ${VALUES_MOST} are read`)
  return rows
}

function columnOf (rows: readonly Row[], asked: string | null, file: string): string {
  const names = [...new Set(rows.slice(0, VALUES_LEAST).flatMap(({ cells }) => [...cells.keys()]))]
  if (asked !== null) {
    if (!names.includes(asked)) throw new InvalidInput('COLUMN_UNKNOWN', `${file} has no column ${JSON.stringify(asked)}; it has ${names.join(', ')}`)
    return asked
  }
  const [only, ...more] = names
  if (only !== undefined && more.length === 0) return only
  if (names.includes('planned_to_puback_ms')) return 'planned_to_puback_ms'
  throw new InvalidInput('COLUMN_MISSING', `${file} has several columns: --column is one of ${names.join(', ')}`)
}

/** `latency_ms`, `reaction (s)`: the unit is the end of the name. */
function unitOf (column: string): Unit {
  const [, unit] = /(?:^|[_\s([])(ms|s|min|h)[)\]]?$/.exec(column) ?? []
  return unit === undefined ? 'number' : unit as Unit
}

/** @see RFC 4180 */
function cellsOf (line: string): readonly string[] {
  const cells: string[] = []
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/y
  while (cell.lastIndex < line.length) {
    const found = cell.exec(line)
    if (found === null) return [...cells, line]
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2]?.trim() ?? '')
  }
  return line.endsWith(',') ? [...cells, ''] : cells
}

function parsed (line: string): Readonly<Record<string, unknown>> | null {
  try {
    const read: unknown = JSON.parse(line)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read as Readonly<Record<string, unknown>> : null
  } catch {
    return null
  }
}

function rounded (x: number): number { return Number(x.toPrecision(6)) }
