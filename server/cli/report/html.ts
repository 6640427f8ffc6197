/** One file that asks nobody for anything, reads on paper and on a screen, and works without colours. */
import { ACCEPTANCES, SHOWINGS } from '../../alarm/outcome.ts'
import type { Group } from '../../people/disclosure.ts'
import { WITHINS } from '../../people/round-trip.ts'
import type { PublishedCell } from '../../people/statistic-services.ts'
import { alone, availabilityPct, BS_8484, isSuppressed, sharePct, together, total, withYear } from './figures.ts'
import type { Table } from './figures.ts'
import { REPORT_WORDS } from './words.ts'
import type { ReportLanguage as Language, ReportWords, Result } from './words.ts'

type Row = ReturnType<typeof withYear>[number]
const LOCALES = { fr: 'fr-BE', nl: 'nl-BE', en: 'en-GB' } as const

const STYLE = `
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; background: #fff; color: #1a1a1a; font: 1rem/1.5 Georgia, "Times New Roman", serif; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { margin-top: 2.2rem; font-size: 1.2rem; break-after: avoid; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: .86rem/1.35 system-ui, "Helvetica Neue", Arial, sans-serif; }
th, td { padding: .3rem .5rem; text-align: right; vertical-align: top; border-bottom: 1px solid #bbb; font-variant-numeric: tabular-nums; }
th { border-bottom: 2px solid #1a1a1a; } th.w, td.w { text-align: left; } thead { display: table-header-group; } tr { break-inside: avoid; }
td small { display: block; color: #333; white-space: nowrap; } td.rest small { white-space: normal; } tr.standard td { white-space: nowrap; } tr.year td { border-bottom: 2px solid #1a1a1a; font-weight: bold; } tr.standard td { border-bottom: 2px solid #1a1a1a; font-style: italic; }
td.not { color: #444; font-style: italic; }
dl { font-size: .92rem; } dt { font-weight: bold; break-after: avoid; } code { font-size: .85rem; font-weight: normal; } dd { margin: 0 0 .6rem; } .note { font-size: .9rem; color: #333; }
@page { size: A4 landscape; margin: 15mm; } @media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } .wide { overflow: visible; } }`

export function reportHtml (cells: readonly PublishedCell[], year: number, language: Language): string {
  const words = REPORT_WORDS[language]
  const shown = cells.filter((cell) => !isSuppressed(cell))
  const sections = cells.length === 0
    ? [`<p><strong>${text(words.nothing(year))}</strong></p>`]
    : [
        countsSection(shown, 'alarms', words.alarms, words.alarmsIntro, ACCEPTANCES, words, language),
        countsSection(shown, 'quietChecks', words.quietChecks, words.alarmsIntro, ACCEPTANCES, words, language),
        countsSection(shown, 'tests', words.tests, words.testsIntro, SHOWINGS, words, language),
        latencySection(shown, 'drillsShown', words, language),
        latencySection(shown, 'drillsAnswered', words, language),
        availabilitySection(shown, words, language),
        suppressedSection(cells, words)
      ]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(words.title(year))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${text(words.title(year))}</h1>
<p>${text(words.intro)}</p>
${sections.filter((section) => section !== '').join('\n')}
${definitionsSection(words)}
</body>
</html>
`
}

function countsSection (cells: readonly PublishedCell[], table: Table, title: string, intro: string, results: readonly Result[], words: ReportWords, language: Language): string {
  const rows = withYear(cells, (cell) => cell[table] !== null)
  const heads = [words.total, ...results.map((result) => words.results[result]), words.together]
  const body = rows.map((cell) => {
    const groups = cell[table]
    const rest = together(groups)
    const counts = results.map((result) => number(alone(groups, result), language, shareOf(groups, table, result, language)))
    return `<tr${yearClass(cell)}>${where(cell, words)}${number(total(groups), language)}${counts.join('')}${restOf(rest, results, words, language)}</tr>`
  })
  const standard = table === 'tests' || rows.length === 0 ? '' : standardRow(results, words, language)
  const legend = rows.length === 0 ? '' : `\n<p class="note">${text(words.legend)}</p>`
  return `<h2>${text(title)}</h2>\n<p class="note">${text(intro)}</p>\n${tableOf(heads, body, words, standard)}${legend}`
}

/** What could not be told apart, and what it may have been; where nothing could, that goes without saying. */
function restOf (rest: Group | null, results: readonly Result[], words: ReportWords, language: Language): string {
  const some = rest === null || rest.results.length === results.length ? [] : rest.results
  return number(rest?.n ?? null, language, some.map((result) => words.results[result as Result]).join(', '), 'rest')
}

/** Up to and including this result, in per cent of all: what the standard asks for stands at the same two places. */
function shareOf (groups: PublishedCell['alarms'], table: Table, result: Result, language: Language): string {
  const reached = table === 'tests' ? [] : BS_8484.filter(({ within }) => within.at(-1) === result)
  return reached.map(({ within, seconds }) => {
    const pct = sharePct(groups, within)
    return pct === null ? '' : `≤\u00a0${seconds}\u00a0s: ${percent(pct, language)}`
  }).join('')
}

function standardRow (results: readonly Result[], words: ReportWords, language: Language): string {
  const cells = results.map((result) => {
    const asked = BS_8484.find(({ within }) => within.at(-1) === result)
    return `<td>${asked === undefined ? '' : text(`≤\u00a0${asked.seconds}\u00a0s: ${percent(asked.pct, language)}`)}</td>`
  })
  return `<tr class="standard"><td class="w" colspan="2">${text(words.standard)}</td><td></td>${cells.join('')}<td></td></tr>`
}

/** Up to and including each mark, in per cent of all people on the lists: what a curve is drawn from. */
function latencySection (cells: readonly PublishedCell[], table: 'drillsShown' | 'drillsAnswered', words: ReportWords, language: Language): string {
  const marks = WITHINS.slice(0, -1)
  const rows = withYear(cells, (cell) => cell[table] !== null).map((cell) => {
    const shares = marks.map((_, i) => sharePct(cell[table], WITHINS.slice(0, i + 1))).map((pct) => `<td>${pct === null ? '–' : text(percent(pct, language))}</td>`)
    return `<tr${yearClass(cell)}>${where(cell, words)}${number(total(cell.drills), language)}${number(total(cell[table]), language)}${shares.join('')}</tr>`
  })
  const heads = [words.drills, words.people, ...marks.map((mark) => words.results[mark])]
  const legend = rows.length === 0 ? '' : `\n<p class="note">${text(words.latencyLegend)}</p>`
  return `<h2>${text(words[table])}</h2>\n<p class="note">${text(words.latencyIntro)}</p>\n${tableOf(heads, rows, words, '')}${legend}`
}

function availabilitySection (cells: readonly PublishedCell[], words: ReportWords, language: Language): string {
  const rows = withYear(cells, (cell) => cell.roomHours !== null).map((cell) => {
    const pct = availabilityPct(cell)
    return `<tr${yearClass(cell)}>${where(cell, words)}${number(cell.roomHours?.hours ?? null, language)}${number(cell.roomHours?.workingHours ?? null, language)}<td>${pct === null ? '–' : text(percent(pct, language))}</td></tr>`
  })
  return `<h2>${text(words.availability)}</h2>\n<p class="note">${text(words.availabilityIntro)}</p>\n${tableOf([words.hours, words.workingHours, '%'], rows, words, '')}`
}

function tableOf (heads: readonly string[], rows: readonly string[], words: ReportWords, standard: string): string {
  const empty = `<tr><td class="w not" colspan="${heads.length + 2}">${text(words.suppressed)}</td></tr>`
  return `<div class="wide"><table>
<thead><tr><th class="w">${text(words.quarter)}</th><th class="w">${text(words.where)}</th>${heads.map((head) => `<th>${text(head)}</th>`).join('')}</tr></thead>
<tbody>${standard}${rows.length === 0 ? empty : rows.join('\n')}</tbody>
</table></div>`
}

/** By cell: what of it was not published, and in which quarters. */
function suppressedSection (cells: readonly PublishedCell[], words: ReportWords): string {
  const quarters = new Map<string, string[]>()
  for (const cell of cells) {
    const names = [[words.alarms, cell.alarms], [words.quietChecks, cell.quietChecks], [words.tests, cell.tests], [words.drillsShown, cell.drillsShown], [words.drillsAnswered, cell.drillsAnswered], [words.availability, cell.roomHours]] as const
    const missing = names.filter(([, figures]) => figures === null).map(([name]) => name.split(/ ?:/)[0] ?? name)
    const key = `<td class="w">${text(placeOf(cell, words))}</td><td class="w">${text(missing.join(', '))}</td>`
    if (missing.length > 0) quarters.set(key, [...quarters.get(key) ?? [], cell.quarter])
  }
  const rows = [...quarters].map(([cell, when]) => `<tr>${cell}<td class="w">${text(when.join(', '))}</td></tr>`)
  if (rows.length === 0) return ''
  return `<h2>${text(words.suppressedTitle)}</h2>\n<p class="note">${text(words.suppressedIntro)}</p>\n<div class="wide"><table><tbody>${rows.join('\n')}</tbody></table></div>`
}

function definitionsSection (words: ReportWords): string {
  const entries = Object.entries(words.definitions).map(([code, definition]) => `<dt>${text(labelOf(code, words))} <code>${text(code)}</code></dt><dd>${text(definition)}</dd>`)
  return `<h2>${text(words.definitionsTitle)}</h2>\n<dl>${entries.join('\n')}</dl>`
}

/** The word of the tables, where it is another than the code. */
function labelOf (code: string, { results, hours, quarter, suppressed, together }: ReportWords): string {
  const others: Readonly<Record<string, string>> = { roomHours: hours, quarter, suppressed, together }
  return (results as Readonly<Record<string, string>>)[code] ?? others[code] ?? ''
}

function yearClass ({ isYear }: Row): string { return isYear === true ? ' class="year"' : '' }

function where (cell: Row, words: ReportWords): string {
  return `<td class="w">${text(cell.isYear === true ? words.quarters : cell.quarter)}</td><td class="w">${text(placeOf(cell, words))}</td>`
}

function placeOf ({ region, type }: PublishedCell, words: ReportWords): string { return `${words.regions[region]}, ${words.types[type]}` }

function number (n: number | null, language: Language, below = '', kind = ''): string {
  const figure = n === null ? '–' : n.toLocaleString(LOCALES[language])
  return `<td${kind === '' ? '' : ` class="${kind}"`}>${text(figure)}${below === '' ? '' : `<small>${text(below)}</small>`}</td>`
}

function percent (pct: number, language: Language): string {
  return `${pct.toLocaleString(LOCALES[language])}\u00a0%`
}

function text (words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
