/** `report.html`: one page that needs nothing besides itself. */
import type { DataPackage } from '../data-package/read.ts'
import { criteria, summary } from '../data-package/tables/derived.ts'
import type { Table } from '../data-package/table.ts'

export const languages = ['en', 'fr', 'nl'] as const
export type Language = typeof languages[number]

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function tableOf (study: DataPackage, table: Table): string {
  const head = table.columns.map(({ name }) => `<th scope="col">${escaped(name)}</th>`).join('')
  const rows = study.rows(table).map((row) => `<tr>${table.columns.map(({ name }) => `<td>${escaped(String(row[name] ?? ''))}</td>`).join('')}</tr>`).join('')
  return `<table><caption>${escaped(table.title)}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
}

export function renderReport (study: DataPackage, language: Language): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(study.scenario.title)}</title></head><body><main><h1>${escaped(study.scenario.title)}</h1><p>${escaped(study.scenario.question)}</p>${tableOf(study, criteria)}${tableOf(study, summary)}</main></body></html>\n`
}
