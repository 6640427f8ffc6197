/** Incident: a shortcut's address was in a screenshot; for weeks nobody knew who had been pressing. */
import { join } from 'node:path'
import t from 'tap'
import { FakeClock } from '../clock/fake-clock.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

async function withShortcut (house: House, lina: Phone): Promise<{ shortcut: string, press: (key: string) => Promise<number> }> {
  const { token, shortcut } = (await lina.post('/api/v1/shortcuts')).json<{ token: string, shortcut: string }>()
  const app = new Phone(house)
  const press = async (key: string): Promise<number> => (await app.ask({ method: 'POST', url: '/api/v1/press', headers: { authorization: `Bearer ${token}`, 'idempotency-key': key } })).statusCode
  return { shortcut, press }
}

const codesOf = async (lina: Phone): Promise<string[]> => (await lina.get('/api/v1/journal')).json<{ lines: { what: string }[] }>().lines.map(({ what }) => what)

t.test('a flood keeps raising once, is counted, told on her page, and stopped by her at once; what runs goes on', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const { shortcut, press } = await withShortcut(house, lina)
  t.match((await lina.get('/api/v1/shortcuts')).json(), { shortcuts: [{ usedAt: null, presses: 0 }] })
  for (let n = 0; n < 150; n++) t.equal(await press(`flood-${n}`), 202)
  t.equal(await press('flood-3'), 202, 'the same key again is no other press')
  t.match((await lina.get('/api/v1/shortcuts')).json(), { shortcuts: [{ shortcut, usedAt: house.clock.now(), presses: 150 }] })
  t.match((await lina.get('/api/v1/home')).json(), { shortcut: { usedAt: house.clock.now(), presses: 150 } })
  t.equal((await lina.get('/api/v1/alarms')).json().alarms.length, 1)
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/shortcuts/${shortcut}` })).statusCode, 204)
  t.equal(await press('after'), 401)
  t.match((await lina.get('/api/v1/alarms')).json().alarms, [{ phase: 'calling' }], 'a real press may stand among them')
  t.equal((await lina.get('/api/v1/home')).json().shortcut, null)
  const codes = await codesOf(lina)
  t.equal(codes.filter((what) => what === 'shortcut-used').length, 1, 'one line, not a hundred')
  t.same(codes.filter((what) => what.startsWith('shortcut')).sort(), ['shortcut-made', 'shortcut-revoked', 'shortcut-used'])
})

t.test('her record says so at most once an hour; after a day, and over a restart, the count is what it should be', async (t) => {
  const file = join(t.testdir(), 'left.db')
  const clock = new FakeClock()
  const house = await openHouse(t, { file, clock })
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const { press } = await withShortcut(house, lina)
  await press('one')
  await press('two')
  await clock.pass(61 * 60_000)
  await press('three')
  t.equal((await codesOf(lina)).filter((what) => what === 'shortcut-used').length, 2)
  await house.leave()
  const again = await openHouse(t, { file, clock })
  const phone = new Phone(again)
  phone.cookie = lina.cookie
  t.match((await phone.get('/api/v1/shortcuts')).json(), { shortcuts: [{ usedAt: clock.now(), presses: 3 }] })
  await again.leave()
  clock.jump(25 * 3_600_000)
  const later = await openHouse(t, { file, clock })
  const next = new Phone(later)
  next.cookie = lina.cookie
  t.match((await next.get('/api/v1/shortcuts')).json(), { shortcuts: [{ presses: 0 }] })
  t.equal((await next.get('/api/v1/home')).json().shortcut, null)
})
