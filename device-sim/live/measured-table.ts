/** What was measured, as its file has it: NDJSON of a capture, or CSV as spreadsheets write it, in the Belgian way too. */
import { InvalidInput } from '../invalid-input.ts'

export const VALUES_MOST = 5_000_000
/** Every line of a capture has the same names. */
const NAMES_FROM = 100
const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/
const WITH_COMMA = /^\s*[-+]?(\d+(,\d*)?|,\d+)([eE][-+]?\d+)?\s*$/

export type Row = { readonly cells: ReadonlyMap<string, unknown>, readonly number: number }
export type MeasuredTable = {
  readonly names: readonly string[]
  readonly rows: readonly Row[]
  /** Whether "3,5" is a number here: where commas part no columns. */
  readonly mayHaveCommas: boolean
}
type Line = { readonly line: string, readonly number: number }
type Delimiter = ',' | ';' | '\t' | 'none'

/** `decimal` null: points, and commas too where semicolons or tabs part the columns. Throws `InvalidInput` that names the line. */
export function readTable (text: string, file: string, decimal: 'comma' | 'point' | null): MeasuredTable {
  if (text.includes('\0')) throw new InvalidInput('MEASURED_UNREADABLE', `${file} is no UTF-8: save it as CSV UTF-8`)
  // Spreadsheets begin their UTF-8 with a mark of three bytes.
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '')
  if (lines.length === 0) throw new InvalidInput('MEASURED_NONE', `${file} is empty`)
  return lines[0]?.line.trimStart().startsWith('{') === true ? readNdjson(lines, file) : readCsv(lines, file, decimal)
}

/** null: no number. `commas`: 3,5 is three and a half, and a point may only be what a spreadsheet puts between thousands. */
export function numberOf (cell: unknown, commas: boolean): number | null {
  if (typeof cell === 'number') return cell
  const text = String(cell)
  if (!commas) return NUMBER.test(text) ? Number(text) : null
  return WITH_COMMA.test(text) ? Number(text.replace(',', '.')) : null
}

/** A comma in any cell of a column says how the whole column is to be read. */
export function hasCommas (rows: readonly Row[], name: string): boolean {
  return rows.some(({ cells }) => { const cell = cells.get(name); return typeof cell === 'string' && cell.includes(',') && WITH_COMMA.test(cell) })
}

/** Its first line says what it is, and is no row. */
function readNdjson (lines: readonly Line[], file: string): MeasuredTable {
  const rows = bounded(lines.flatMap(({ line, number }) => {
    const read = parsed(line)
    if (read === null) throw new InvalidInput('MEASURED_UNREADABLE', `${file}, line ${number} is no JSON object`)
    return 'what' in read ? [] : [{ cells: new Map(Object.entries(read)), number }]
  }), file)
  return { names: [...new Set(rows.slice(0, NAMES_FROM).flatMap(({ cells }) => [...cells.keys()]))], rows, mayHaveCommas: false }
}

function readCsv (lines: readonly Line[], file: string, decimal: 'comma' | 'point' | null): MeasuredTable {
  // A spreadsheet's own hint to itself.
  const [, hint] = /^\s*"?sep=(.)"?\s*$/.exec(lines[0]?.line ?? '') ?? []
  const [head, ...rest] = hint === undefined ? lines : lines.slice(1)
  const delimiter = delimiterOf(hint, head?.line ?? '', decimal)
  const names = cellsOf(head?.line ?? '', delimiter)
  checkNames(names, file, head?.number ?? 0)
  const rows = bounded(rest.map(({ line, number }) => {
    const cells = cellsOf(line, delimiter)
    if (cells.length !== names.length) {
      const comma = names.length === 1 && WITH_COMMA.test(line) ? ' (if that is a decimal comma, say --decimal comma)' : ''
      throw new InvalidInput('MEASURED_UNREADABLE', `${file}, line ${number} has ${cells.length} cells, and the first line names ${names.length}${comma}`)
    }
    return { cells: new Map(cells.map((cell, i) => [names[i] ?? '', cell])), number }
  }), file)
  return { names, rows, mayHaveCommas: decimal === null ? delimiter !== ',' : decimal === 'comma' }
}

function delimiterOf (hint: string | undefined, head: string, decimal: 'comma' | 'point' | null): Delimiter {
  const bare = head.replaceAll(/"(?:[^"]|"")*"/g, '')
  const found = ([';', '\t'] as const).find((each) => hint === each || bare.includes(each))
  return found ?? (decimal === 'comma' ? 'none' : ',')
}

function checkNames (names: readonly string[], file: string, line: number): void {
  const number = names.find((name) => NUMBER.test(name) || WITH_COMMA.test(name))
  if (number !== undefined) throw new InvalidInput('MEASURED_NAMES_MISSING', `${file}, line ${line} begins with ${JSON.stringify(number)}: the first line must name the columns, such as reaction_s`)
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i)
  if (twice !== undefined) throw new InvalidInput('COLUMN_TWICE', `${file} names the column ${JSON.stringify(twice)} twice`)
}

function bounded (rows: readonly Row[], file: string): readonly Row[] {
  if (rows.length > VALUES_MOST) throw new InvalidInput('MEASURED_TOO_MANY', `${file} has ${rows.length} rows; at most ${VALUES_MOST} are read`)
  return rows
}

const CELL: Readonly<Record<Delimiter, RegExp>> = {
  ',': /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/y, ';': /\s*(?:"((?:[^"]|"")*)"|([^;]*))\s*(?:;|$)/y,
  '\t': /[^\S\t]*(?:"((?:[^"]|"")*)"|([^\t]*))[^\S\t]*(?:\t|$)/y, none: /\s*(?:"((?:[^"]|"")*)"|(.*))\s*$/y
}

/** @see RFC 4180 */
function cellsOf (line: string, delimiter: Delimiter): readonly string[] {
  const cells: string[] = []
  const cell = new RegExp(CELL[delimiter])
  while (cell.lastIndex < line.length) {
    const found = cell.exec(line)
    if (found === null) return [...cells, line]
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2]?.trim() ?? '')
  }
  return line.endsWith(delimiter) ? [...cells, ''] : cells
}

function parsed (line: string): Readonly<Record<string, unknown>> | null {
  try {
    const read: unknown = JSON.parse(line)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read as Readonly<Record<string, unknown>> : null
  } catch {
    return null
  }
}
