/** What a researcher may read. Guards against a study that sees one alarm, one room or one person. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'

const DAY = 86_400_000
type Shown = { readonly definitions: string, readonly cells: readonly Record<string, unknown>[] }

t.test('a researcher reads published aggregates: every cell of a quarter, suppressed ones said as such', async (t) => {
  const house = await openHouse(t)
  const researcher = await house.join('researcher')
  t.same((await researcher.get('/api/v1/statistics')).json(), { definitions: 'statistics/2', cells: [] }, 'nothing is published yet')
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  await lina.press('one')
  await house.statistics.publish()
  t.same((await researcher.get('/api/v1/statistics')).json<Shown>().cells, [], 'the quarter goes on')
  await house.engine.stop()
  house.clock.jump(60 * DAY)
  await house.statistics.publish()
  const reply = await researcher.get('/api/v1/statistics')
  const { cells } = reply.json<Shown>()
  t.equal(cells.length, 9)
  t.same(cells[0], { quarter: '2026-Q4', region: 'BE-BRU', type: 'employed', alarms: null, quietChecks: null, tests: null, drills: null, drillsShown: null, drillsAnswered: null, roomHours: null })
  t.notMatch(reply.body, /Lina|Ana|Maison/)
})

t.test('and nothing else: no other route of theirs shows anything of anybody', async (t) => {
  const house = await openHouse(t)
  const theirs = house.app.rules.filter(({ access }) => access.includes('researcher')).map(({ method, url }) => `${method} ${url}`)
  t.same(theirs.filter((route) => !/\/(me|sessions|sign-out)(\/|$)/.test(route)), ['GET /api/v1/statistics', 'GET /api/v1/studies', 'GET /api/v1/studies/:study/report'])
  t.equal((await new Phone(house).get('/api/v1/statistics')).statusCode, 401)
})
