/** The yearly report as an operator makes it. Guards against a page that calls home, and a figure that was never published. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { run } from '../../server/cli/run.ts'
import { alone, joined, sharePct, together, total } from '../../server/cli/report/figures.ts'
import { REPORT_WORDS } from '../../server/cli/report/words.ts'
import { CELLS } from '../../server/people/disclosure.ts'
import type { CellBody, Group } from '../../server/people/disclosure.ts'
import { openedStore } from '../store/opened-store.ts'

const NO_DRILLS = { drills: null, drillsShown: null, drillsAnswered: null } as const
/** 210 people of 40 drills: 150 had been shown the call by 20 s, 185 by 60 s; nobody may say how many by 5, 10, 30 or 40 s. */
const DRILLED = {
  drills: [{ results: ['drill'], n: 40 }],
  drillsShown: [{ results: ['by-5-s', 'by-10-s', 'by-20-s'], n: 150 }, { results: ['by-30-s', 'by-40-s', 'by-60-s'], n: 35 }, { results: ['by-120-s', 'not-by-120-s'], n: 25 }],
  drillsAnswered: [{ results: ['by-5-s', 'by-10-s', 'by-20-s', 'by-30-s', 'by-40-s', 'by-60-s', 'by-120-s'], n: 140 }, { results: ['not-by-120-s'], n: 70 }]
} as const
const SUPPRESSED: CellBody = { alarms: null, quietChecks: null, tests: null, ...NO_DRILLS, roomHours: null }
const ALARMS: readonly Group[] = [{ results: ['to-10-s'], n: 85 }, { results: ['to-40-s'], n: 30 }, { results: ['false-press'], n: 15 }, { results: ['to-5-min', 'after-5-min', 'nobody'], n: 20 }]
const BODIES: Readonly<Record<string, CellBody>> = {
  'BE-BRU independent': { alarms: ALARMS, quietChecks: null, tests: [{ results: ['to-10-s'], n: 410 }, { results: ['to-40-s', 'after-40-s', 'not-shown'], n: 35 }], ...DRILLED, roomHours: { hours: 41_200, workingHours: 40_365 } },
  'BE-BRU employed': { alarms: [{ results: ['to-10-s', 'to-40-s', 'to-5-min', 'after-5-min', 'nobody', 'false-press'], n: 35 }], quietChecks: null, tests: null, ...NO_DRILLS, roomHours: { hours: 9_500, workingHours: 9_495 } }
}

type Said = { readonly code: number, readonly out: string, readonly err: string }
type Typing = { readonly folder: string, readonly type: (words: string) => Promise<Said> }

async function terminal (t: Test): Promise<Typing> {
  const folder = t.testdir({})
  const type = async (words: string): Promise<Said> => {
    const said = { out: '', err: '' }
    const code = await run(words.split(' '), { out: (text) => { said.out += text }, err: (text) => { said.err += text } }, { VEILLEUSE_DATA: join(folder, 'data') })
    return { code, ...said }
  }
  await type('venue add --name Lantaarn --regime independent')
  return { folder, type }
}

/** A quarter as the service would have published it. */
async function publish (t: Test, folder: string, quarter: string): Promise<void> {
  const store = await openedStore(t, { file: join(folder, 'data', 'veilleuse.db') })
  const cells = CELLS.map(({ region, type }) => ({ region, type, body: JSON.stringify(BODIES[`${region} ${type}`] ?? SUPPRESSED) }))
  await store.writer.run('people.publishQuarter', { args: { quarter, holder: `quarter:${quarter}`, seen: '{"contributions":[],"roomHours":[]}', cells }, journal: [] })
}

t.test('one page that asks nobody for anything, in three languages, with BS 8484 beside the times', async (t) => {
  const { folder, type } = await terminal(t)
  await publish(t, folder, '2026-Q3')
  await publish(t, folder, '2026-Q4')
  await publish(t, folder, '2027-Q1')
  for (const language of ['fr', 'nl', 'en'] as const) {
    const { code, out } = await type(`report --year 2026 --out ${join(folder, 'out')} --language ${language} --json`)
    t.equal(code, 0)
    t.match(JSON.parse(out), { year: 2026, quarters: ['2026-Q3', '2026-Q4'], cells: 18, suppressed: 14 })
    const html = readFileSync(join(folder, 'out', `report-2026-${language}.html`), 'utf8')
    t.match(html, new RegExp(`<html lang="${language}">`))
    t.notMatch(html, /https?:|src=|href=|@import|url\(|<script/i, 'no request')
    t.match(html, /default-src 'none'/)
    t.match(html, /≤\s10\ss: 80\s%/)
    t.match(html, language === 'en' ? /≤\s40\ss: 98\.5\s%/ : /≤\s40\ss: 98,5\s%/)
    t.match(html, /≤\s10\ss: 57\s%/, '85 of 150')
    t.match(html, /≤\s40\ss: 77\s%/)
    t.match(html, /<td>98\s%<\/td>/, 'availability')
    t.match(html, /<td>40<\/td><td>210<\/td><td>–<\/td><td>–<\/td><td>71\s%<\/td><td>–<\/td><td>–<\/td><td>88\s%<\/td><td>–<\/td>/, 'a curve: 150 and 185 of 210')
    t.match(html, /<td>67\s%<\/td>/, 'answered at all: 140 of 210')
    t.match(html, new RegExp(`class="year"><td class="w">${REPORT_WORDS[language].quarters}`))
    t.match(html, REPORT_WORDS[language].suppressed)
    t.notMatch(html, /2027|Lantaarn|veilleuse|undefined|null|NaN/i)
    for (const code of Object.keys(REPORT_WORDS[language].definitions)) t.match(html, `<code>${code}</code>`, `${code} is defined`)
  }
})

t.test('the same figures for a spreadsheet, suppressed ones as rows of their own, and what each code means', async (t) => {
  const { folder, type } = await terminal(t)
  await publish(t, folder, '2026-Q4')
  const out = join(folder, 'out')
  t.equal((await type(`report --year 2026 --out ${out} --language en`)).code, 0)
  const csv = readFileSync(join(out, 'figures-2026.csv'), 'utf8')
  const rows = csv.trimEnd().split('\r\n')
  t.equal(rows[0], 'quarter,region,type,table,results,value,status')
  t.ok(rows.includes('2026-Q4,BE-BRU,independent,alarms,to-5-min|after-5-min|nobody,20,published'))
  t.ok(rows.includes('2026-Q4,BE-BRU,independent,drillsShown,by-5-s|by-10-s|by-20-s,150,published'))
  t.ok(rows.includes('2026-Q4,BE-BRU,independent,quietChecks,,,suppressed'))
  t.ok(rows.includes('2026-Q4,BE-BRU,independent,roomHours,working,40365,published'))
  t.equal(rows.filter((row) => row.endsWith(',suppressed')).length, 55)
  const definitions = readFileSync(join(out, 'definitions-en.csv'), 'utf8')
  for (const code of ['false-press', 'nobody', 'to-10-s', 'roomHours', 'suppressed', 'drill', 'by-20-s', 'not-by-120-s', 'BS-8484']) t.match(definitions, new RegExp(`^${code},`, 'm'))
  const before = readFileSync(join(out, 'report-2026-en.html'), 'utf8')
  await type(`report --year 2026 --out ${out} --language en`)
  t.equal(readFileSync(join(out, 'report-2026-en.html'), 'utf8'), before, 'made twice: the same bytes')
})

t.test('a year without a published quarter says so', async (t) => {
  const { folder, type } = await terminal(t)
  const { code, out } = await type(`report --year 2031 --out ${folder} --language en`)
  t.equal(code, 0)
  t.match(out, /No quarter of 2031 is published yet/)
  t.match(readFileSync(join(folder, 'report-2031-en.html'), 'utf8'), /No quarter of 2031/)
})

t.test('what is typed wrong says what to type instead', async (t) => {
  const { folder, type } = await terminal(t)
  t.match(await type('report'), { code: 64, err: /FLAG_MISSING/ })
  t.match(await type('report --year soon'), { code: 64, err: /YEAR_UNFIT/ })
  t.match(await type(`report --year 2026 --language de --out ${folder}`), { code: 64, err: /LANGUAGE_UNKNOWN/ })
  t.match(await type('venue add --name Noord --regime employed --region street-7'), { code: 64, err: /REGION_UNKNOWN/ })
  t.match(await type('venue add --name Noord --regime employed --region BE-WAL --json'), { code: 0, out: /"region":"BE-WAL"/ })
  t.match((await type('venue list')).out, /Noord +employed +BE-WAL/)
  t.notOk(existsSync(join(folder, 'report-2026-de.html')))
})

t.test('figures are made of what was published alone', async (t) => {
  t.equal(total(ALARMS), 150)
  t.equal(alone(ALARMS, 'false-press'), 15)
  t.equal(alone(ALARMS, 'nobody'), null, 'told together with others')
  t.equal(sharePct(ALARMS, ['to-10-s', 'to-40-s']), 77)
  t.equal(sharePct(ALARMS, ['to-10-s', 'to-40-s', 'to-5-min']), null, 'a group may not be split')
  t.equal(sharePct(null, ['to-10-s']), null)
  const year = joined([ALARMS, null, [{ results: ['to-10-s'], n: 10 }, { results: ['to-40-s', 'to-5-min'], n: 10 }]])
  t.equal(total(year), 170, 'a year is the sum of what was published')
  t.equal(alone(year, 'to-10-s'), 95)
  t.equal(alone(year, 'to-40-s'), null, 'what one quarter could not tell apart, the year can\'t')
  t.equal(together(year)?.n, 60)
  t.equal(joined([null, null]), null)
})
