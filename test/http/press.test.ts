/** Incident: the phone vibrated and nothing was sent (PanicButton #216); a retry opened a second alarm. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
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

t.test('R16: an authentic press is never refused for its form; the answer says what could not be used', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  let key = 0
  const press = async (headers: Record<string, string>, payload?: string | Buffer): Promise<{ kind: string, ignored: string[] }> => {
    // Each story begins without an alarm, so that the kind that it raises can be read.
    key += 1
    await house.clock.pass(30_000)
    const worker = await house.join('worker', new Phone(house), `Lina ${key}`)
    const { responder } = await house.pair(worker, new Phone(house), `Ana ${key}`)
    await house.circle(worker, [responder])
    house.ears.tellings.length = 0
    const reply = await house.app.inject({ method: 'POST', url: '/api/v1/press', headers: { host: house.host, origin: house.origin, cookie: worker.cookie, 'idempotency-key': `k${key}`, ...headers }, ...(payload === undefined ? {} : { payload }) })
    t.equal(reply.statusCode, 202, `${JSON.stringify(headers)} ${String(payload).slice(0, 30)}`)
    const { verdict, ignored } = reply.json<{ verdict: string, ignored: string[] }>()
    t.equal(verdict, 'raised')
    return { kind: house.ears.tellings[0]?.kind ?? 'nobody was told', ignored }
  }
  const json = { 'content-type': 'application/json' }
  t.same(await press({}), { kind: 'alarm', ignored: [] }, 'no body')
  t.same(await press(json), { kind: 'alarm', ignored: [] }, 'a type and no body')
  t.same(await press(json, '{"kind":"assist"}'), { kind: 'assist', ignored: [] })
  t.same(await press(json, '{}'), { kind: 'alarm', ignored: [] })
  t.same(await press(json, 'null'), { kind: 'alarm', ignored: [] })
  t.same(await press(json, '{"kind":"asist"}'), { kind: 'alarm', ignored: ['kind'] }, 'a misspelt kind means alarm')
  t.same(await press(json, '{"kind":7,"at":1}'), { kind: 'alarm', ignored: ['fields', 'kind'] })
  t.same(await press(json, '{"kind":"silent-alarm","at":1}'), { kind: 'silent-alarm', ignored: ['fields'] })
  t.same(await press(json, '{"kind"'), { kind: 'alarm', ignored: ['body'] }, 'broken JSON')
  t.same(await press(json, '{"__proto__":{"kind":"test"}}'), { kind: 'alarm', ignored: ['fields'] })
  t.same(await press(json, `{"kind":"assist","note":"${'x'.repeat(40_000)}"}`), { kind: 'alarm', ignored: ['body'] }, 'too large to be read')
  t.same(await press({ 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'), { kind: 'alarm', ignored: ['content-type', 'body'] }, 'a form')
  t.same(await press({ 'content-type': 'text/plain' }, '{"kind":"assist"}'), { kind: 'assist', ignored: ['content-type'] }, 'a kind is a kind')
  t.same(await press({ 'content-type': ';;' }, Buffer.from([0xff, 0xfe, 0])), { kind: 'alarm', ignored: ['content-type', 'body'] })
  t.same(await press({ 'idempotency-key': '' }), { kind: 'alarm', ignored: ['idempotency-key'] })
  t.same(await press({ 'idempotency-key': 'two words' }), { kind: 'alarm', ignored: ['idempotency-key'] })
  t.same(await press({ 'idempotency-key': 'x'.repeat(129) }), { kind: 'alarm', ignored: ['idempotency-key'] })
  t.match((await lina.post('/api/v1/press')).json(), { verdict: 'raised', ignored: ['idempotency-key'] }, 'no key: a press of its own')
  t.match((await lina.post('/api/v1/press')).json(), { verdict: 'joined', ignored: ['idempotency-key'] }, 'which joins what is open')
})

t.test('R16: a press whose body never comes, or breaks off, has raised', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const port = await house.listen()
  const head = (length: number, key: string): string => [
    'POST /api/v1/press HTTP/1.1', `host: ${house.host}`, `origin: ${house.origin}`, `cookie: ${lina.cookie}`, `idempotency-key: ${key}`,
    'content-type: application/json', `content-length: ${length}`, '', '{"kind":'
  ].join('\r\n')
  const broken = connect(port, '127.0.0.1', () => { broken.write(head(500, 'broken')) })
  await once(broken, 'connect')
  await until(async () => house.app.server.listening && broken.bytesWritten > 0)
  for (let turn = 0; turn < 500; turn++) await setImmediate()
  broken.destroy()
  await until(async () => house.ears.told.length > 0)
  t.same(house.ears.told, [`${ana.responder} alert`], 'the network went while she sent')
  const slow = connect(port, '127.0.0.1', () => { slow.write(head(500, 'slow')) })
  t.teardown(() => { slow.destroy() })
  await until(async () => { await house.clock.pass(100); return house.ears.tellings.some(({ n }) => n > 1) })
  t.pass('slower than any phone: told again as a second press')
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
  t.same(reply.json(), { verdict: 'raised', recorded: false, ignored: [] })
  t.same(house.ears.told, [`${ana.responder} alert`])
})

/** Turn after turn of the event loop. */
async function until (holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await setImmediate()
}
