/**
 * Incidents: a report that somebody had put among the studies read the researcher's page with a script of its own; a link in that folder
 * showed the key of the house.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { Phone, openHouse } from './house.ts'

const REPORT = '<!doctype html><title>Two steps</title><style>p { color: #000 }</style><p>80 % in 10 s</p><script>document.title = "run"</script>'

const folderOf = (t: Test): string => join(t.testdirName, 'studies')

type Laid = { readonly title?: unknown, readonly created?: unknown }

/** A study as `device-sim` leaves one behind; `report` null: it was interrupted. */
function lay (t: Test, name: string, about: Laid | string, report: string | null = REPORT): string {
  const folder = join(folderOf(t), name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'datapackage.json'), typeof about === 'string' ? about : JSON.stringify({ name, resources: [], ...about }))
  if (report !== null) writeFileSync(join(folder, 'report.html'), report)
  return folder
}

t.test('studies are listed with title and date, the newest first; what is none is not', async (t) => {
  const house = await openHouse(t, { studies: folderOf(t) })
  const researcher = await house.join('researcher')
  t.same((await researcher.get('/api/v1/studies')).json(), { studies: [] }, 'there is no such folder yet')
  lay(t, 'two-steps', { title: 'Two steps or three', created: '2026-10-01T12:00:00Z' })
  lay(t, 'night', { title: '  A night\u0000 in Brussels \n', created: '2026-11-01T00:00:00Z' })
  lay(t, 'undated', { title: 42 })
  lay(t, 'unfinished', { title: 'No report' }, null)
  lay(t, 'torn', '{"title": "cut o')
  lay(t, '.hidden', { title: 'Hidden' })
  writeFileSync(join(folderOf(t), 'note.txt'), 'not a study')
  t.same((await researcher.get('/api/v1/studies')).json(), {
    studies: [
      { study: 'night', title: 'A night in Brussels', madeAt: Date.UTC(2026, 10, 1) },
      { study: 'two-steps', title: 'Two steps or three', madeAt: Date.UTC(2026, 9, 1, 12) },
      { study: 'undated', title: 'undated', madeAt: null }
    ]
  })
})

t.test('a report is shown as it is, without any power: no script, no origin, nothing from elsewhere', async (t) => {
  const house = await openHouse(t, { studies: folderOf(t) })
  const researcher = await house.join('researcher')
  lay(t, 'night', { title: 'A night' })
  const { statusCode, headers, body } = await researcher.get('/api/v1/studies/night/report')
  t.equal(statusCode, 200)
  t.equal(body, REPORT)
  t.match(headers['content-type'], /^text\/html/)
  const policy = String(headers['content-security-policy']).split('; ')
  t.ok(policy.includes('sandbox'), 'with no exception')
  t.ok(policy.includes('default-src \'none\''))
  t.notOk(policy.some((rule) => /script-src|connect-src|allow-/.test(rule)))
  t.equal(headers['x-content-type-options'], 'nosniff')
  t.equal(headers['cache-control'], 'no-store')
})

t.test('only researchers, only what was laid there itself', async (t) => {
  const house = await openHouse(t, { studies: folderOf(t) })
  const researcher = await house.join('researcher')
  const folder = lay(t, 'night', { title: 'A night' })
  const secret = join(t.testdirName, 'secret.html')
  writeFileSync(secret, 'the key of the house')
  const other = lay(t, 'linked', { title: 'Linked' }, null)
  symlinkSync(secret, join(other, 'report.html'))
  symlinkSync(folder, join(folderOf(t), 'folder-link'))
  t.same((await researcher.get('/api/v1/studies')).json<{ studies: { study: string }[] }>().studies.map(({ study }) => study), ['night'])
  for (const name of ['linked', 'folder-link', '..', '.hidden', '%2e%2e%2fsecret.html', 'night%2f..%2f..', 'nothing']) {
    const reply = await researcher.get(`/api/v1/studies/${name}/report`)
    t.ok([400, 404].includes(reply.statusCode), `${name}: ${reply.statusCode}`)
    t.notMatch(reply.body, /key of the house/)
  }
  for (const phone of [await house.join('worker'), await house.join('technician'), new Phone(house)]) {
    t.ok([401, 403].includes((await phone.get('/api/v1/studies/night/report')).statusCode))
  }
})
