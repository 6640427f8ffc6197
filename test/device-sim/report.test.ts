/** Guards against a report that says another number than its tables, forgets a plot, calls home, or promises what no study supports. */
import t from 'tap'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { published } from '../../device-sim/data-package/published.ts'
import { readPackage } from '../../device-sim/data-package/read.ts'
import type { DataPackage, NamedRow } from '../../device-sim/data-package/read.ts'
import * as derived from '../../device-sim/data-package/tables/derived.ts'
import { designTable, indices } from '../../device-sim/data-package/tables/sensitivity.ts'
import { verification } from '../../device-sim/data-package/tables/verification.ts'
import type { Row } from '../../device-sim/data-package/table.ts'
import { writePackage } from '../../device-sim/data-package/write.ts'
import { frontOf } from '../../device-sim/report/plots/pareto.ts'
import { renderReport } from '../../device-sim/report/render.ts'
import { catalogs, languages, sayer } from '../../device-sim/report/say.ts'
import type { Scenario } from '../../device-sim/scenario/scenario.ts'
import { verificationRows } from '../../device-sim/verify/outcome-rows.ts'
import { launch } from '../browser/chromium.ts'
import { plausibleParts, plausibleProvenance, plausibleScenario } from './plausible-study.ts'

const figures = ['tta', 'funnel', 'steps', 'pareto', 'inequality', 'availability', 'forest', 'morris', 'tornado', 'convergence', 'evidence']
const sections = ['sensitivity', 'verification', 'summary', 'policies', 'criteria', 'invariant', 'evidence', 'costs', 'measures', 'not-modelled', 'provenance']

const scenario: Scenario = { ...plausibleScenario, factors: [{ path: 'push.provable', low: 0.1, high: 1, scale: 'linear' }, { path: 'venues.house.workers.accidents', low: 0.2, high: 12, scale: 'log' }, { path: 'buttons.wall.cost', low: 5, high: 50, scale: 'linear' }] }
/** By factor: what it is at the low and high end (100 is as it is), mu* and sigma; each policy a little slower than the one before. */
const plausibleEffects = [[80, 140, 70, 65], [95, 99, 12, 20], [100, 100, 0, 0]] as const
const effects = scenario.policies.flatMap(({ name }, p) => scenario.factors.flatMap(({ path }, f): Row[] => {
  const [low, high, muStar, sigma] = (plausibleEffects[f] ?? plausibleEffects[2]).map((value) => value * (1 + p / 3)) as [number, number, number, number]
  const row = (index: string, estimate: number, half: number | null, n: number): Row => [name, 'tta_p90', path, index, estimate, half === null ? null : estimate - half, half === null ? null : estimate + half, n]
  return [row('base', 100 * (1 + p / 3), null, 10), row('low_end', low, Math.abs(low - 100) / 4, 10), row('high_end', high, Math.abs(high - 100) / 4, 10), row('mu', muStar, null, 8), row('mu_star', muStar, muStar / 3, 8), row('sigma', sigma, null, 8), row('prcc', 0.9 - f / 3, 0.1, 30), row('srrc', 0.8 - f / 3, 0.1, 30)]
}))
const checked = verificationRows(1, [
  { check: 'closed form of TTA', claim: 'It is as the formula says.', measures: 'KS distance', statistic: 0.009, least: null, most: 0.0186, n: 10_988, passes: true },
  { check: "Little's law", claim: 'Nobody is lost.', measures: '|L / (lambda W) - 1|', statistic: 2e-16, least: null, most: 1e-9, n: 6_000, passes: true },
  { check: 'coverage', claim: 'They hold the truth.', measures: 'share that holds', statistic: 0.91, least: 0.93, most: 0.97, n: 1_000, passes: false }
])
async function packageIn (folder: string): Promise<DataPackage> {
  await writePackage(folder, scenario, plausibleProvenance, plausibleParts(6), [[designTable(scenario.factors), []], [indices, effects], [verification, checked]])
  return await readPackage(folder)
}
const pack = await packageIn(t.testdir())
/** Attributes `data-*` of every element that has `data-policy`, of the wide plots. */
function drawn (html: string, id: string): Record<string, string>[] {
  const figure = new RegExp(`<figure id="${id}">.*?<svg class="plot wide"(.*?)</svg>`, 's').exec(html)?.[1] ?? ''
  return [...figure.matchAll(/<(?:rect|g|path)[^>]*data-policy[^>]*>/g)].map(([tag]) => Object.fromEntries([...tag.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])))
}

t.test('every language says every key, with the same places to fill', (t) => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()
  for (const language of languages) {
    t.strictSame(Object.keys(catalogs[language]).sort(), Object.keys(catalogs.en).sort(), language)
    for (const [key, text] of Object.entries(catalogs[language])) {
      t.ok(text.trim().length > 0)
      t.strictSame(places(text), places(catalogs.en[key as keyof typeof catalogs.en]), `${language} ${key}`)
    }
  }
  t.end()
})

t.test('every plot and section is there, in every language, and nothing comes from elsewhere', async (t) => {
  for (const language of languages) {
    const html = renderReport(pack, language)
    for (const id of [...figures.filter((each) => each !== 'evidence'), ...sections]) t.match(html, `id="${id}"`, `${language} ${id}`)
    for (const id of figures) t.match(html, `aria-labelledby="${id}-wide-t ${id}-wide-d"`, `${language}: ${id} is drawn`)
    t.match(html, "content=\"default-src 'none'; style-src 'unsafe-inline'\"")
    t.notMatch(html, /<script|<link|<img|<iframe|\son\w+=|url\(|@import|https?:\/\//, 'nothing to load and nothing to run')
    t.match(html, /BS 8484/)
    t.notMatch(/<figure id="tta">.*?<\/figure>/s.exec(html)?.[0], new RegExp(sayer(language).text('nothing')), 'each time that is asked for stands in the table')
    for (const [what, { low, high }] of published.entries()) t.match(html, sayer(language).interval(low, high, 'share'), `published ${what}`)
    t.notMatch(html, /\bundefined\b|\bNaN\b|\[object|Infinity/, 'no hole shows')
    t.notMatch(html, /(violence|assaults?|attacks?|agressions?|violences?|geweld)\s+(prevented|avoided|évitées?|vermeden|voorkomen)|prevented\s+(violence|assaults?)/i, 'no violence prevented, ever')
  }
})

t.test('what is drawn is what stands in the tables', async (t) => {
  const html = renderReport(pack, 'en')
  const rows = (table: typeof derived.funnel, keep: (row: NamedRow) => boolean): NamedRow[] => pack.rows(table).filter(keep)
  const shares = (of: readonly NamedRow[]): string[] => of.map((row) => `${row.policy} ${row.share}`).sort()
  t.strictSame(drawn(html, 'funnel').map(({ policy, share }) => `${policy} ${share}`).sort(), shares(rows(derived.funnel, ({ cause }) => cause === 'incident')))
  t.strictSame(drawn(html, 'steps').map(({ policy, share }) => `${policy} ${share}`).sort(), shares(pack.rows(derived.steps)))
  for (const { policy, x, y } of drawn(html, 'pareto')) {
    const of = (measure: string): string => String(pack.rows(derived.summary).find((row) => row.policy === policy && row.measure === measure)?.estimate)
    t.strictSame([x, y], [of('wakings_month'), of('tta_p90')], `${policy}`)
  }
  const forest = drawn(html, 'forest')
  t.ok(forest.length > 10)
  for (const { policy, measure, estimate } of forest) t.equal(estimate, String(pack.rows(derived.differences).find((row) => row.policy === policy && row.measure === measure)?.estimate), `${policy} ${measure}`)
  for (const { policy, verdict } of pack.rows(derived.criteria)) t.match(html, new RegExp(`<tr data-verdict="${verdict}">.*?<td>${policy}</td>`, 's'))
  t.equal((html.match(/<tr data-verdict="red">/g) ?? []).length, rows(derived.criteria, ({ verdict }) => verdict === 'red').length)
})

t.test('sensitivity is drawn from the indices, the widest first; without them nothing is said of it', async (t) => {
  const html = renderReport(pack, 'en')
  const of = (policy = '', factor = '', index = ''): string => String(effects.find((row) => row[0] === policy && row[2] === factor && row[3] === index)?.[4])
  const dots = drawn(html, 'morris')
  t.equal(dots.length, 9)
  for (const { policy, factor, x, y } of dots) t.strictSame([x, y], [of(policy, factor, 'mu_star'), of(policy, factor, 'sigma')], `${policy} ${factor}`)
  const bars = drawn(html, 'tornado')
  t.equal(bars.length, 9)
  for (const { policy, factor, low, high } of bars) t.strictSame([low, high], [of(policy, factor, 'low_end'), of(policy, factor, 'high_end')], `${policy} ${factor}`)
  t.strictSame(bars.slice(0, 3).map(({ factor }) => factor), ['push.provable', 'venues.house.workers.accidents', 'buttons.wall.cost'])
  t.match(html, /PRCC.*0[.]9 \(0[.]8 to 1\)/s)
  const bare = renderReport({ ...pack, rows: (table) => ['indices', 'verification'].includes(table.name) ? [] : pack.rows(table) }, 'en')
  for (const id of ['sensitivity', 'morris', 'tornado']) t.notMatch(bare, `id="${id}"`)
  t.match(bare, /id="verification".*class="notice">Nobody has checked so/s, 'that nobody verified it is said')
})

t.test('a check that failed is said before the table, and a tiny limit is not called 0', async (t) => {
  const html = renderReport(pack, 'en')
  t.match(html, /id="verification".*class="notice">At least one check failed/s)
  t.equal((html.match(/<tr data-passes="false">/g) ?? []).length, 1)
  t.match(html, /≤\u202f1\u202f×\u202f10⁻⁹/)
  const passed = renderReport({ ...pack, rows: (table) => pack.rows(table).filter(({ passes }) => passes !== false) }, 'en')
  t.match(passed, 'id="verification"')
  t.notMatch(passed, /At least one check failed/)
})

t.test('who is beaten by none in both stands on the line', (t) => {
  const dot = (wakings: number, tta: number): { wakings: { estimate: number }, tta: { estimate: number } } => ({ wakings: { estimate: wakings }, tta: { estimate: tta } })
  const [slow, fast, beaten, same] = [dot(0, 100), dot(2, 10), dot(2, 50), dot(2, 10)]
  t.strictSame(frontOf([slow, fast, beaten, same]), [slow, fast, same])
  t.end()
})

t.test('a title is a title, whatever its author wrote into it', async (t) => {
  const html = renderReport({ ...pack, scenario: { ...pack.scenario, title: '<script>alert(1)</script>', question: '" onload="x' } }, 'en')
  t.notMatch(html, /<script>|" onload="/)
})

t.test('what the author of the scenario wrote claims no language; what is ours is in the reader\'s', async (t) => {
  const html = renderReport(pack, 'nl')
  for (const text of ['<h1><span lang="">One house, five rooms</span></h1>', '<p class="question"><span lang="">Does telling', '<li><span lang="">The reference person alone</span> (legal-minimum): ', '<td><span lang="">Everybody at once</span></td>', '<td><span lang="">Mehrotra</span></td>', '<p class="cite"><span lang="">One house, five rooms</span>. Simulatiestudie']) t.ok(html.includes(text), text)
  t.match(html, 'zoals de auteur van het scenario ze schreef')
  t.match(html, '<td>tussen 1,3 m/s en 2,5 m/s, meestal rond 1,8 m/s</td>', 'a distribution is said in Dutch, with its comma')
})

t.test('headings never leap, a table names its rows and columns, and each picture says what it shows', async (t) => {
  for (const language of languages) {
    const html = renderReport(pack, language)
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    t.equal(levels[0], 1)
    t.strictSame(levels.filter((level, n) => n > 0 && (level === 1 || level - (levels[n - 1] ?? 0) > 1)), [])
    for (const [table] of html.matchAll(/<table.*?<[/]table>/gs)) t.notMatch(table, /<th\b(?![^>]* scope=)/)
    for (const [svg] of html.matchAll(/<svg class="plot.*?<[/]svg>/gs)) t.match(svg, /^<svg[^>]* role="img" aria-labelledby="(\S+) (\S+)"[^>]*><title id="\1">[^<]+<[/]title><desc id="\2">[^<]+<[/]desc>/)
  }
})

t.test('an hour that never ended is a bound, not a time, and no difference can be told from two of them', async (t) => {
  const study = { ...pack, rows: ((table) => pack.rows(table).map((row) => table.name === 'summary' && row['measure'] === 'tto_p90' ? { ...row, estimate: 3600, low: 1200, high: 3600 } : row)) as DataPackage['rows'] }
  const html = renderReport(study, 'en')
  t.match(html, /≥\u202f60\u202fmin<br><span class="quiet">20\u202fmin to ≥\u202f60\u202fmin/)
  t.match(html, /<th scope="row">90\u202f% arrived within<[/]th><td>one-by-one<[/]td><td>nothing to measure<[/]td><td>not reached under either</)
  const better = { ...study, rows: ((table) => study.rows(table).map((row) => table.name === 'summary' && row['measure'] === 'tto_p90' && row['policy'] !== 'legal-minimum' ? { ...row, estimate: 600 } : row)) as DataPackage['rows'] }
  t.match(renderReport(better, 'en'), /<td>≤\u202f[^<]+<[/]td><td>not seen under the baseline</)
})

t.test('BS 8484 stands beside what was reached, in numbers', async (t) => {
  const html = renderReport(pack, 'fr')
  t.match(html, /id="tta".*?<div class="aims">.*?acceptés en 10\u202fs \(BS 8484\u202f: 80\u202f%\).*?40\u202fs \(BS 8484\u202f: 98,5\u202f%\).*?<th scope="row">legal-minimum<[/]th><td>[\d,]+\u202f% \([\d,]+\u202f% à/s)
})

t.test('a broken invariant and a partial study are said before anything else', async (t) => {
  const rows: DataPackage['rows'] = (table) => table.name === 'breaches' ? [{ policy: 'x', replication: 0, number: 0, code: 'AUTHORITY', press: 0, said: '-' }] : pack.rows(table)
  t.match(renderReport({ ...pack, rows }, 'en'), /class="broken".*must not be used/s)
  t.match(renderReport({ ...pack, provenance: { ...pack.provenance, stopped: 'interrupted' } }, 'en'), /class="notice">This is a partial study/)
})

/** In the page: pairs of words in a plot whose boxes overlap by more than a hair. */
const covered = `[...document.querySelectorAll('svg.plot')].flatMap((plot) => {
  const all = [...plot.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]).filter(([, { width }]) => width > 0)
  return all.flatMap(([a, r], n) => all.slice(n + 1).filter(([, s]) => Math.min(r.right, s.right) - Math.max(r.left, s.left) > 1 && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 4).map(([b]) => a + ' | ' + b))
})`

t.test('a browser reads it on a screen and a phone: nothing asked for, nothing too wide or covered, axe content', async (t) => {
  const browser = await launch()
  t.teardown(async () => { await browser.close() })
  for (const [language, width] of [['fr', 1280], ['nl', 390]] as const) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, bypassCSP: true })
    const asked: string[] = []
    page.on('request', (request) => { asked.push(request.url()) })
    await page.setContent(renderReport(pack, language))
    t.strictSame(asked, [], `${language}: no request`)
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${language}: fits ${width} px`)
    t.strictSame(await page.evaluate(covered), [], `${language}: no word of a plot lies on another`)
    await page.addScriptTag({ path: join(createRequire(import.meta.url).resolve('axe-core'), '../axe.min.js') })
    const { violations } = await page.evaluate('axe.run()') as { violations: { id: string, nodes: { html: string }[] }[] }
    t.strictSame(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`), [], `${language}: axe`)
  }
})
