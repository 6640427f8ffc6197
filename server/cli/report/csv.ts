/** The figures as rows for a spreadsheet (RFC 4180), and what each code means. */
import type { PublishedCell } from '../../people/statistic-services.ts'
import { TABLES } from './figures.ts'
import type { ReportWords } from './words.ts'

const END = '\r\n'

/** Suppressed cells are rows too: their absence would be read as a nought. */
export function figuresCsv (cells: readonly PublishedCell[]): string {
  const rows = cells.flatMap((cell) => {
    const { quarter, region, type, roomHours } = cell
    const counts = TABLES.flatMap((table) => cell[table] === null
      ? [[quarter, region, type, table, '', '', 'suppressed']]
      : cell[table].map(({ results, n }) => [quarter, region, type, table, results.join('|'), String(n), 'published']))
    const hours = roomHours === null
      ? [[quarter, region, type, 'roomHours', '', '', 'suppressed']]
      : [[quarter, region, type, 'roomHours', 'all', String(roomHours.hours), 'published'], [quarter, region, type, 'roomHours', 'working', String(roomHours.workingHours), 'published']]
    return [...counts, ...hours]
  })
  return csv([['quarter', 'region', 'type', 'table', 'results', 'value', 'status'], ...rows])
}

export function definitionsCsv (words: ReportWords): string {
  return csv([['code', 'definition'], ...Object.entries(words.definitions).map(([code, text]) => [code, text])])
}

function csv (rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quoted).join(',') + END).join('')
}

function quoted (text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
