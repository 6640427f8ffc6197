/** Guards against a report that says another number than its tables, forgets a plot, calls home, or promises what no study supports. */
import t from 'tap'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readPackage } from '../../device-sim/data-package/read.ts'
import type { DataPackage, NamedRow } from '../../device-sim/data-package/read.ts'
import * as derived from '../../device-sim/data-package/tables/derived.ts'
import { writePackage } from '../../device-sim/data-package/write.ts'
import { frontOf } from '../../device-sim/report/plots/pareto.ts'
import { renderReport } from '../../device-sim/report/render.ts'
import { catalogs, languages } from '../../device-sim/report/say.ts'
import { launch } from '../browser/chromium.ts'
import { plausibleParts, plausibleProvenance, plausibleScenario } from './plausible-study.ts'

const figures = ['tta', 'funnel', 'steps', 'pareto', 'inequality', 'availability', 'forest', 'convergence', 'evidence']
const sections = ['summary', 'policies', 'criteria', 'invariant', 'evidence', 'costs', 'measures', 'not-modelled', 'provenance']

async function packageIn (folder: string): Promise<DataPackage> {
  await writePackage(folder, plausibleScenario, plausibleProvenance, plausibleParts(6))
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

t.test('a broken invariant and a partial study are said before anything else', async (t) => {
  const rows: DataPackage['rows'] = (table) => table.name === 'breaches' ? [{ policy: 'x', replication: 0, number: 0, code: 'AUTHORITY', press: 0, said: '-' }] : pack.rows(table)
  t.match(renderReport({ ...pack, rows }, 'en'), /class="broken".*must not be used/s)
  t.match(renderReport({ ...pack, provenance: { ...pack.provenance, stopped: 'interrupted' } }, 'en'), /class="notice">This is a partial study/)
})

t.test('a browser reads it on a screen and a phone: nothing asked for, nothing too wide, axe content', async (t) => {
  const browser = await launch()
  t.teardown(async () => { await browser.close() })
  for (const [language, width] of [['fr', 1280], ['nl', 390]] as const) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, bypassCSP: true })
    const asked: string[] = []
    page.on('request', (request) => { asked.push(request.url()) })
    await page.setContent(renderReport(pack, language))
    t.strictSame(asked, [], `${language}: no request`)
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${language}: fits ${width} px`)
    await page.addScriptTag({ path: join(createRequire(import.meta.url).resolve('axe-core'), '../axe.min.js') })
    const { violations } = await page.evaluate('axe.run()') as { violations: { id: string, nodes: { html: string }[] }[] }
    t.strictSame(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`), [], `${language}: axe`)
  }
})
