/** Incident: an alarm of last winter lay open on a phone that somebody else was holding; and the one she needed was gone. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

const DAY = 86_400_000
const PINS = { true: '4711', duress: '9058' } as const

type Scene = { readonly lina: Phone, readonly ana: { readonly phone: Phone, readonly responder: never }, readonly luc: { readonly phone: Phone, readonly responder: never } }

async function scene (house: House): Promise<Scene> {
  const lina = await house.join('worker')
  const ana = await house.pair(lina, new Phone(house), 'Ana')
  await house.clock.pass(1_000)
  const luc = await house.pair(lina, new Phone(house), 'Luc')
  await house.clock.pass(1_000)
  await house.circle(lina, [ana.responder, luc.responder], [ana.responder])
  await house.clock.pass(1_000)
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: PINS.true, duress: PINS.duress } })
  return { lina, ana, luc } as never
}

/** An alarm that she ends; returns its id. */
async function lived (lina: Phone, key: string, pin: string = PINS.true): Promise<string> {
  await lina.press(key)
  const { alarms } = (await lina.get('/api/v1/alarms')).json<{ alarms: { alarm: string, phase: string }[] }>()
  const alarm = alarms.find(({ phase }) => phase !== 'ended')?.alarm ?? ''
  const closed = await lina.post(`/api/v1/alarms/${alarm}/close`, { pin })
  if (closed.statusCode !== 200) throw new Error(closed.body)
  return alarm
}

async function unlock (lina: Phone, pin: string = PINS.true): Promise<void> {
  const reply = await lina.post('/api/v1/unlock', { pin })
  if (reply.statusCode !== 204) throw new Error(reply.body)
}

const history = async (lina: Phone): Promise<string[]> => (await lina.get('/api/v1/history')).json<{ alarms: { alarm: string }[] }>().alarms.map(({ alarm }) => alarm)

t.test('R21: behind her PIN, readable by her alone, gone after 30 days; and from responders as soon as it is settled', async (t) => {
  const house = await openHouse(t)
  const { lina, ana } = await scene(house)
  t.equal((await lina.get('/api/v1/history')).json().code, 'PIN_NEEDED', 'a set PIN guards it (R16)')
  const alarm = await lived(lina, 'one')
  await unlock(lina)
  t.match((await lina.get('/api/v1/history')).json(), { days: 30, alarms: [{ alarm, kind: 'alarm', why: 'pin', kept: false, goesAt: house.clock.now() + 30 * DAY }] })
  const one = (await lina.get(`/api/v1/history/${alarm}`)).json()
  t.match(one, { alarm: { alarm, phase: 'ended', counts: { told: 2 } }, card: { place: null }, names: { [ana.responder]: 'Ana' } })
  t.match(Object.values(one.names as object).sort(), ['Ana', 'Luc'])
  await house.clock.pass(11 * 60_000)
  t.same((await ana.phone.get('/api/v1/alerts')).json(), { alerts: [] }, 'nothing is left on Ana\'s phone')
  const eve = await house.join('worker', new Phone(house), 'Eve')
  t.equal((await eve.get(`/api/v1/history/${alarm}`)).statusCode, 404)
  t.same(await history(eve), [])
  await house.clock.doze(29 * DAY)
  await house.retain()
  await unlock(lina)
  t.same(await history(lina), [alarm])
  await house.clock.doze(DAY)
  await unlock(lina)
  t.same(await history(lina), [], 'at its time, whether the hourly job has been or not')
  await house.retain()
  t.equal(house.reader.get('SELECT 1 FROM alarm'), null, 'and then from the disk')
  t.equal(house.reader.get('SELECT 1 FROM happening'), null)
  t.equal(house.reader.get('SELECT 1 FROM card'), null)
  t.equal(house.reader.get('SELECT 1 FROM press_of'), null)
  t.not(house.reader.get('SELECT 1 FROM heard_press'), null, 'that it was heard stays, without a time: a replay opens nothing')
})

t.test('her choice, 1 to 365 days; erased now; never one that is open', async (t) => {
  const house = await openHouse(t)
  const { lina } = await scene(house)
  const first = await lived(lina, 'one')
  await unlock(lina)
  for (const days of [0, 366, 1.5]) t.equal((await lina.ask({ method: 'PUT', url: '/api/v1/history/days', body: { days } })).statusCode, 400)
  t.equal((await lina.ask({ method: 'PUT', url: '/api/v1/history/days', body: { days: 1 } })).statusCode, 204)
  await house.clock.doze(DAY)
  // What settles in this very moment is counted in one round and goes in the next.
  await house.retain()
  await house.retain()
  await unlock(lina)
  t.same(await history(lina), [])
  t.equal(house.reader.get('SELECT 1 FROM alarm WHERE id = ?', first), null)
  const second = await lived(lina, 'two')
  await house.clock.pass(1_000)
  const third = await lived(lina, 'three')
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/history/${second}` })).statusCode, 204)
  t.same(await history(lina), [third], 'gone from her screen at once, although its people still get their stand-down')
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/history/${second}` })).statusCode, 404)
  await lina.press('four')
  const open = (await lina.get('/api/v1/alarms')).json().alarms.find(({ phase }: { phase: string }) => phase === 'calling').alarm as string
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/history/${open}` })).statusCode, 404, 'an open alarm is no history')
  t.equal((await lina.ask({ method: 'DELETE', url: '/api/v1/history' })).statusCode, 204)
  t.same(await history(lina), [])
  t.match((await lina.get('/api/v1/alarms')).json().alarms.map(({ alarm }: { alarm: string }) => alarm).includes(open), true, 'the open one goes on')
  await house.clock.pass(11 * 60_000)
  await house.retain()
  await house.retain()
  t.same(house.reader.all('SELECT id FROM alarm'), [{ id: open }], 'settled, they are gone from the disk; the open one never')
})

t.test('one alarm is kept, sealed, for a year; only one', async (t) => {
  const house = await openHouse(t)
  const { lina } = await scene(house)
  const first = await lived(lina, 'one')
  const second = await lived(lina, 'two')
  await unlock(lina)
  t.match((await lina.post(`/api/v1/history/${first}/keep`)).json(), { kept: true, goesAt: house.clock.now() + 365 * DAY })
  t.match((await lina.post(`/api/v1/history/${second}/keep`)).json(), { code: 'CONFLICT', reason: 'KEPT_ALREADY' })
  t.equal((await lina.post('/api/v1/history/nothing/keep')).statusCode, 404)
  const before = (await lina.get(`/api/v1/history/${first}`)).json()
  await house.clock.doze(150 * DAY)
  await lina.post('/api/v1/sessions/refresh')
  await house.clock.doze(150 * DAY)
  await house.retain()
  t.equal(house.reader.get('SELECT 1 FROM alarm'), null)
  await unlock(lina)
  t.same(await history(lina), [first])
  t.same((await lina.get(`/api/v1/history/${first}`)).json(), before, 'everything that was kept of it, names too')
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/history/${first}/keep` })).statusCode, 204)
  t.same(await history(lina), [])
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/history/${first}/keep` })).statusCode, 404)
})

t.test('R15: after a duress PIN her history has the same bytes as after a true end, then and a month later', async (t) => {
  const seen: unknown[] = []
  for (const pin of [PINS.true, PINS.duress]) {
    const house = await openHouse(t)
    const { lina, ana } = await scene(house)
    const alarm = await lived(lina, 'one', pin)
    const bare = (body: string): string => [...new Set(body.match(/[A-Za-z0-9_-]{22}/g) ?? [])].reduce((text, id, n) => text.replaceAll(id, `id ${n}`), body)
    await unlock(lina, pin)
    const looks = [bare((await lina.get('/api/v1/history')).body), bare((await lina.get(`/api/v1/history/${alarm}`)).body)]
    await ana.phone.post(`/api/v1/alerts/${alarm}/answer`, { is: 'coming', minutes: 5 })
    looks.push(bare((await lina.get(`/api/v1/history/${alarm}`)).body))
    await house.clock.doze(60 * 60_000)
    await house.retain()
    await unlock(lina, pin)
    looks.push(bare((await lina.get('/api/v1/history')).body), bare((await lina.get('/api/v1/me/export')).body.replace(/"exported"/g, '')))
    await lina.ask({ method: 'DELETE', url: `/api/v1/history/${alarm}` })
    looks.push(bare((await lina.get('/api/v1/history')).body))
    await house.clock.doze(31 * DAY)
    await house.retain()
    await unlock(lina, pin)
    looks.push(bare((await lina.get('/api/v1/history')).body))
    seen.push(looks)
    t.equal(house.reader.get('SELECT 1 FROM alarm') !== null, pin === PINS.duress, 'what still tells those who may know is never deleted')
  }
  t.same(seen[0], seen[1])
})

t.test('a wall clock that leaps a year deletes nothing, until it has kept to it for a day', async (t) => {
  const house = await openHouse(t)
  const { lina } = await scene(house)
  const alarm = await lived(lina, 'one')
  await house.clock.pass(11 * 60_000)
  house.clock.jump(365 * DAY)
  await house.retain()
  t.not(house.reader.get('SELECT 1 FROM alarm WHERE id = ?', alarm), null, 'nothing is lost')
  house.clock.jump(-365 * DAY)
  await house.retain()
  await unlock(lina)
  t.same(await history(lina), [alarm], 'the clock is right again and so is her history')
  house.clock.jump(365 * DAY)
  await house.retain()
  await house.clock.doze(DAY + 1)
  await house.retain()
  t.equal(house.reader.get('SELECT 1 FROM alarm WHERE id = ?', alarm), null, 'it was the truth after all')
})
