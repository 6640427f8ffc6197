/** A table for a spreadsheet: the lines that are shown, by their stable codes; what is left out is a line too. */
import type { Line, Table } from './figures.ts'

export function csvOf (quarter: string, table: Table, lines: readonly Line[]): string {
  const rows = lines.map(({ region, type, results, n }) => [quarter, region, type, table, results.join(' '), n === null ? 'suppressed' : String(n)])
  return [['quarter', 'region', 'type', 'table', 'results', 'n'], ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

export function save (name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
