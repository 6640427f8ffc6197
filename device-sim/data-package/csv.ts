/**
 * CSV as RFC 4180 has it: CRLF, quotes only where needed and doubled inside. An empty cell is a missing value, so an
 * empty text is never written. Numbers in the shortest form that reads back to the same bits.
 */
import { InvalidInput } from '../invalid-input.ts'
import type { Cell, Column, Row } from './table.ts'

const CRLF = '\r\n'
const mustQuote = /[",\r\n]/

function cell (value: Cell): string {
  if (value === null) return ''
  // String(-0) is '0': the sign would not read back, and no measure means it.
  if (typeof value !== 'string') return String(value)
  return mustQuote.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

export function csvLine (row: Row): string { return row.map(cell).join(',') + CRLF }

/** Lines of cells as written; throws `PACKAGE_CSV` when a quote is never closed. */
export function csvCells (text: string, file: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  let at = 0
  while (at < text.length) {
    let found: string
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1)
      while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
      if (end === -1) throw new InvalidInput('PACKAGE_CSV', `${file}: a quote is opened and never closed`)
      found = text.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
    } else {
      let end = at
      while (end < text.length && text[end] !== ',' && text[end] !== '\r' && text[end] !== '\n') end++
      found = text.slice(at, end)
      at = end
    }
    line.push(found)
    if (text[at] === ',') {
      at++
      if (at === text.length) line.push('')
    } else {
      at += text.startsWith(CRLF, at) ? 2 : 1
      lines.push(line)
      line = []
    }
  }
  if (line.length > 0) lines.push(line)
  return lines
}

/** Rows in the types of their columns. Throws `PACKAGE_CSV` when header or cells don't fit. */
export function csvRows (text: string, columns: readonly Column[], file: string): Row[] {
  const [header = [], ...lines] = csvCells(text, file)
  if (header.join() !== columns.map(({ name }) => name).join()) throw new InvalidInput('PACKAGE_CSV', `${file}: its columns are not those of this version`)
  return lines.map((line, index) => columns.map((column, n): Cell => {
    const said = line[n] ?? ''
    if (said === '') return null
    if (column.type === 'string') return said
    if (column.type === 'boolean') return said === 'true'
    const number = Number(said)
    if (Number.isNaN(number)) throw new InvalidInput('PACKAGE_CSV', `${file}:${index + 2}: ${column.name} is not a number`)
    return number
  }))
}
