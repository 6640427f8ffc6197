/** Incident: the phone vibrated and nothing was sent (PanicButton #216); a retry opened a second alarm. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'
import { RECORDED_WAIT_MS } from '../../server/http/limits.ts'

t.test('the same key again opens nothing new; another key joins', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  t.match((await lina.press('one')).json(), { verdict: 'raised', recorded: true })
  t.match((await lina.press('one')).json(), { verdict: 'known' })
  t.match((await lina.press('two')).json(), { verdict: 'joined' })
  t.equal((await lina.get('/api/v1/alarms')).json().alarms.length, 1)
})

t.test('a shortcut\'s token raises and does nothing else', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const { token, shortcut } = (await lina.post('/api/v1/shortcuts')).json<{ token: string, shortcut: string }>()
  const app = new Phone(house)
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'k1' }
  t.equal((await app.ask({ method: 'POST', url: '/api/v1/press', headers: { ...headers, origin: 'null' } })).statusCode, 202, 'whatever origin the app invents')
  for (const { method, url } of house.app.rules.filter(({ access }) => !access.includes('public') && !access.includes('press-token'))) {
    t.equal((await app.ask({ method: method as 'GET', url: url.replace(/:\w+/g, 'aaaaaaaaaaaaaaaa'), headers })).statusCode, 401, `${method} ${url}`)
  }
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/shortcuts/${shortcut}` })).statusCode, 204)
  t.equal((await app.ask({ method: 'POST', url: '/api/v1/press', headers })).statusCode, 401, 'revoked')
})

t.test('apps for shortcuts send odd bodies: what can not say a kind still raises', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  let key = 0
  const press = async (headers: Record<string, string>, payload?: string): Promise<number> => {
    key += 1
    const reply = await house.app.inject({ method: 'POST', url: '/api/v1/press', headers: { host: house.host, origin: house.origin, cookie: lina.cookie, 'idempotency-key': `k${key}`, ...headers }, ...(payload === undefined ? {} : { payload }) })
    return reply.statusCode
  }
  t.equal(await press({}), 202, 'no body')
  t.equal(await press({ 'content-type': 'application/json' }), 202, 'a type and no body')
  t.equal(await press({ 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'), 202, 'a form')
  t.equal(await press({ 'content-type': 'text/plain' }, 'help'), 202, 'text')
  t.equal(await press({ 'content-type': 'application/json' }, '{"kind":"assist"}'), 202)
  t.equal(await press({ 'content-type': 'application/json' }, '{"kind":"asist"}'), 400, 'a misspelt kind is said to be one')
  t.equal(await press({ 'content-type': 'application/json' }, '{"kind"'), 400, 'as is broken JSON')
  t.equal((await lina.post('/api/v1/press')).json().field, 'idempotency-key', 'without a key a retry would open a second alarm')
})

t.test('raising is never limited', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  for (let n = 0; n < 300; n++) {
    const { statusCode } = await lina.press(`key-${n}`)
    if (statusCode !== 202) t.fail(`press ${n}: ${statusCode}`)
  }
  t.equal((await lina.get('/api/v1/alarms')).json().alarms.length, 1)
})

t.test('a full disk: she is told that it is raised and not recorded yet; the alert went out', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  house.disk.hang()
  t.teardown(() => { house.disk.mend() })
  const pressing = lina.press('one')
  const { reply, waitedMs } = await house.passUntil(pressing)
  t.ok(waitedMs >= RECORDED_WAIT_MS && waitedMs < RECORDED_WAIT_MS + 200, `answered after ${waitedMs} ms`)
  t.equal(reply.statusCode, 202)
  t.same(reply.json(), { verdict: 'raised', recorded: false })
  t.same(house.ears.told, [`${ana.responder} alert`])
})
