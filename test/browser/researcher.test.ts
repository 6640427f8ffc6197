/**
 * Incidents: a figure that was held back could be read from the picture beside it; a plot was all there was, and whoever could not see it
 * read nothing; a study's page asked another site for its fonts.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { comeIn, holds } from './desk.ts'
import { BEFORE, TOLD, publish } from './published.ts'
import { DESK, Stage } from './stage.ts'
import type { Phone } from './stage.ts'

/** How many points of the picture are not of its ground. */
const INK = `[...document.querySelectorAll('.plot-place canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  return data.filter((_, at) => at % 4 === 3 && data[at] > 0).length
})`

/** A study is laid there while the page is open elsewhere, and read: its own styles, and no power. */
async function reads (t: Test, phone: Phone, studies: string): Promise<void> {
  const folder = join(studies, 'two-steps')
  mkdirSync(folder)
  writeFileSync(join(folder, 'datapackage.json'), JSON.stringify({ title: 'Two steps or three', created: '2026-10-01T12:00:00Z' }))
  writeFileSync(join(folder, 'report.html'), '<!doctype html><html lang="en"><title>Two steps</title><style>p { color: rgb(1, 2, 3) }</style><p>80 % in 10 s</p><script>document.title = "it ran"</script>')
  await phone.page.reload()
  await phone.page.getByText('October 1, 2026').waitFor()
  const [report] = await Promise.all([phone.context.waitForEvent('page'), phone.page.getByRole('link', { name: 'Two steps or three' }).click()])
  await report.getByText('80 % in 10 s').waitFor()
  t.equal(await report.evaluate<string>('getComputedStyle(document.querySelector("p")).color'), 'rgb(1, 2, 3)')
  t.equal(await report.title(), 'Two steps', 'its script did not run')
  t.ok(phone.faults.length > 0 && phone.faults.every((fault) => /sandboxed|Content Security Policy/.test(fault)), `the browser says why: ${phone.faults.join(' ')}`)
  phone.faults.length = 0
  await report.close()
}

t.test('before anything is published the page says so, and loads nothing that draws', async (t) => {
  const stage = await Stage.open(t)
  const phone = await comeIn(stage, 'researcher', null)
  await phone.page.getByText('Nothing has been published yet.').waitFor()
  await phone.page.getByText('There is no study report yet.').waitFor()
  t.same(await phone.axe(), [])
  const loaded = await phone.page.evaluate<string[]>('performance.getEntriesByType("resource").map(({ name }) => name)')
  t.same(loaded.filter((name) => /plot/i.test(name)), [])
  phone.isSound(t)
})

t.test('published figures: what is left out is said, curves stop where figures are merged, a file holds what is shown; readable everywhere', async (t) => {
  const studies = t.testdir({})
  const stage = await Stage.open(t, { VEILLEUSE_STUDIES: studies })
  await publish(stage, '2026-Q3', BEFORE)
  await publish(stage, '2026-Q4', TOLD)
  const phone = await comeIn(stage, 'researcher', null, { size: DESK })
  const { page } = phone
  await page.getByText('Quarter 4 of 2026. Small counts are left out').waitFor()
  const curve = page.locator('.panel:has-text("until a device showed it") tbody tr')
  const rows = (await curve.allInnerTexts()).map((row) => row.split(/\s*\t\s*/))
  t.same(rows.map(([mark, now]) => `${mark ?? ''} ${now ?? ''}`), ['5 s not told apart', '10 s not told apart', '20 s 71%', '30 s not told apart', '40 s not told apart', '60 s 88%', '120 s not told apart'])
  const answered = (await page.locator('.panel:has-text("until somebody answered") tbody tr').allInnerTexts()).map((row) => row.split(/\s*\t\s*/).at(-1))
  t.same(answered, ['', '80%', '', '', '98.5%', '', ''], 'what BS 8484 asks stands beside how soon a human answered, and nowhere else')
  await page.getByText('80% within 10 s, 98.5% within 40 s').waitFor()
  t.same(rows.map(([, , before]) => before), ['not told apart', '40%', 'not told apart', 'not told apart', 'not told apart', '60%', 'not told apart'], 'the quarter before beside it')
  await page.locator('.plot-place canvas').nth(1).waitFor()
  const ink = await page.evaluate<number[]>(INK)
  t.ok(ink.length === 2 && ink.every((points) => points > 500), `both were drawn: ${ink.join(', ')}`)

  const counts = page.locator('.counts tbody tr')
  t.equal(await counts.count(), 12, 'nine cells, one of them in four groups')
  t.equal(await page.locator('.counts .few').count(), 8, 'each suppressed cell is a line, and says why')
  await page.getByText('40 s to 5 min or after 5 min or nobody').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download this table' }).click()])
  t.equal(download.suggestedFilename(), '2026-Q4-alarms.csv')
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n')
  t.equal(lines.length, 13, 'a head, and a line for each line')
  t.ok(lines.includes('2026-Q4,BE-BRU,independent,alarms,to-10-s,85'))
  t.ok(lines.includes('2026-Q4,BE-BRU,employed,alarms,,suppressed'))
  await page.getByRole('button', { name: 'Room hours' }).click()
  await page.getByText('hours in which the button was heard').waitFor()
  await page.getByRole('button', { name: '2026-Q3' }).click()
  await page.getByText('Quarter 3 of 2026. Small counts').waitFor()
  t.equal(await page.locator('.counts .few').count(), 9)
  await reads(t, phone, studies)
  await holds(t, phone, 'figures', async () => { await page.locator('.plot-place canvas').nth(1).waitFor() })
  t.notMatch(await page.content(), /alarm(?!s")|Veilleuse/i)
  phone.isSound(t)
})
