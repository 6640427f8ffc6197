import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { People } from '../../people/services.ts'
import type { Command } from '../arguments.ts'
import { say, type Output } from '../output.ts'
import { definitionsCsv, figuresCsv } from '../report/csv.ts'
import { isSuppressed, ofYear } from '../report/figures.ts'
import { reportHtml } from '../report/html.ts'
import { REPORT_WORDS } from '../report/words.ts'
import type { ReportLanguage } from '../report/words.ts'
import { UsageError } from '../usage.ts'

/** What a concertation platform would publish of one year: made of published figures alone, so it may be made again and again. */
export async function report ({ command, people, output }: { readonly command: Command, readonly people: People, readonly output: Output }): Promise<void> {
  const year = yearOf(command.text('year'))
  const language = languageOf(command.maybe('language') ?? 'fr')
  const cells = ofYear(await people.statistics.published(), year)
  const folder = resolve(command.maybe('out') ?? '.')
  const files = {
    [`report-${year}-${language}.html`]: reportHtml(cells, year, language),
    [`figures-${year}.csv`]: figuresCsv(cells),
    [`definitions-${language}.csv`]: definitionsCsv(REPORT_WORDS[language])
  }
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const quarters = [...new Set(cells.map(({ quarter }) => quarter))]
  const result = { year, language, quarters, cells: cells.length, suppressed: cells.filter(isSuppressed).length, files: Object.keys(files).map((name) => join(folder, name)) }
  say(output, command.json, result, () => [
    quarters.length === 0 ? `No quarter of ${year} is published yet` : `Published quarters: ${quarters.join(', ')}; ${result.suppressed} of ${result.cells} cells suppressed`,
    ...result.files
  ].join('\n'))
}

function yearOf (asked: string): number {
  if (!/^20\d\d$/.test(asked)) throw new UsageError('YEAR_UNFIT', '--year is a year, such as 2026')
  return Number(asked)
}

function languageOf (asked: string): ReportLanguage {
  if (asked !== 'fr' && asked !== 'nl' && asked !== 'en') throw new UsageError('LANGUAGE_UNKNOWN', '--language is fr, nl or en')
  return asked
}
