/** Measured times become an empirical distribution: quantile points that a scenario takes as they are. Pure. */
import { InvalidInput } from '../invalid-input.ts'
import { hasCommas, numberOf, readTable } from './measured-table.ts'

/** Fewer say nothing about a tail, and little about a middle. */
export const VALUES_LEAST = 30
/** Rows that are named one by one. */
const FAULTS_NAMED_MOST = 10
/** The middle evenly, the tail as far as the data reach. */
const SHARES: readonly number[] = [0, 0.01, 0.05, ...Array.from({ length: 17 }, (_, i) => (i + 2) * 0.05), 0.95, 0.975, 0.99, 0.995, 0.999, 0.9999, 1]
/** A time of more than a year is a clock that jumped, or another column. */
const YEAR_MS = 366 * 86_400_000
const UNITS: Readonly<Record<string, string>> = { ms: 'ms', s: 's', min: 'min', h: 'h' }

export type Unit = 'ms' | 's' | 'min' | 'h' | 'number'
/** A plain number is bound as milliseconds are: it must stop somewhere. */
const UNIT_MS: Readonly<Record<Unit, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, number: 1 }
export type Point = { readonly p: number, readonly x: number }
export type Measured = {
  readonly column: string
  readonly unit: Unit
  /** In the order of the file. */
  readonly values: readonly number[]
  /** Rows in which it did not happen. */
  readonly absent: number
}

export type MeasuredWish = {
  /** null: the only column there is, or `planned_to_puback_ms` of a capture. */
  readonly column?: string | null
  /** null: the end of the column's name. */
  readonly unit?: Unit | null
  /** null: as the file parts its columns. */
  readonly decimal?: 'comma' | 'point' | null
}

/** Values of one column of a capture (`live --capture`) or a CSV with a line of names. Throws `InvalidInput` that names the lines. */
export function readMeasured (text: string, file: string, { column = null, unit = null, decimal = null }: MeasuredWish = {}): Measured {
  const { names, rows, mayHaveCommas } = readTable(text, file, decimal)
  const name = columnOf(names, column, file)
  const itsUnit = unitFor(name, unit, file)
  const commas = mayHaveCommas && (decimal === 'comma' || hasCommas(rows, name))
  const faults: string[] = []
  const values: number[] = []
  let absent = 0
  for (const { cells, number } of rows) {
    const cell = cells.get(name)
    if (cell === undefined || cell === null || cell === '') absent += 1
    else {
      const value = numberOf(cell, commas) ?? NaN
      if (value >= 0 && value <= mostOf(itsUnit)) values.push(value)
      else faults.push(`line ${number}: ${JSON.stringify(cell)} is ${whatIsWrong(value, commas && String(cell).includes('.'))}`)
    }
  }
  if (faults.length > 0) throw new InvalidInput('MEASURED_NONSENSE', `${file}, column ${name}: ${faults.slice(0, FAULTS_NAMED_MOST).join('; ')}${faults.length > FAULTS_NAMED_MOST ? `; and ${faults.length - FAULTS_NAMED_MOST} more` : ''}`)
  if (values.length < VALUES_LEAST) throw new InvalidInput('MEASURED_TOO_FEW', `${file}, column ${name}, lines ${rows[0]?.number ?? 0} to ${rows.at(-1)?.number ?? 0}: ${values.length} values; at least ${VALUES_LEAST} are needed`)
  return { column: name, unit: itsUnit, values, absent }
}

function whatIsWrong (value: number, hasPoint: boolean): string {
  if (Number.isFinite(value)) return value < 0 ? 'below 0' : 'more than a year'
  return hasPoint ? 'no number where others of its column have a decimal comma' : 'no number'
}

function mostOf (unit: Unit): number { return YEAR_MS / UNIT_MS[unit] }

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

function columnOf (names: readonly string[], asked: string | null, file: string): string {
  if (asked !== null) {
    if (!names.includes(asked)) throw new InvalidInput('COLUMN_UNKNOWN', `${file} has no column ${JSON.stringify(asked)}; it has ${names.join(', ')}`)
    return asked
  }
  const [only, ...more] = names
  if (only !== undefined && more.length === 0) return only
  if (names.includes('planned_to_puback_ms')) return 'planned_to_puback_ms'
  throw new InvalidInput('COLUMN_MISSING', `${file} has several columns: --column is one of ${names.join(', ')}`)
}

/** A thousand times too slow looks like a measurement: what a name says of its unit is not overruled in silence. */
function unitFor (column: string, asked: Unit | null, file: string): Unit {
  const named = unitOf(column)
  if (asked !== null && named !== 'number' && asked !== named) throw new InvalidInput('UNIT_CONTRADICTS', `${file}: the name of column ${column} says ${named}, and --unit says ${asked}: rename the column, or leave --unit away`)
  return asked ?? named
}

/** `latency_ms`, `reaction (s)`: the unit is the end of the name. */
function unitOf (column: string): Unit {
  const [, unit] = /(?:^|[_\s([])(ms|s|min|h)[)\]]?$/.exec(column) ?? []
  return unit === undefined ? 'number' : unit as Unit
}

function rounded (x: number): number { return Number(x.toPrecision(6)) }
