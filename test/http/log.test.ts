/** Incident: the log of a service that forgets everything was the one thing that remembered. */
import { PassThrough } from 'node:stream'
import t from 'tap'
import { createLogger } from '../../server/http/log.ts'
import { Phone, openHouse } from './house.ts'

/** Marked secrets: wherever they stand in a request, none may stand in the log. */
const MARK = 'MARKEDSECRET'

t.test('every route, driven with marked secrets at the chattiest level, writes none of them', async (t) => {
  const house = await openHouse(t, { level: 'trace' })
  const lina = await house.join('worker', new Phone(house), `${MARK} Lina`)
  const ana = await house.pair(lina, new Phone(house), `${MARK} Ana`)
  await house.circle(lina, [ana.responder])
  const tech = await house.join('technician')
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '271828', duress: null } })
  const { token } = (await lina.post('/api/v1/shortcuts')).json<{ token: string }>()
  await lina.press('271828182845')
  const words = { alias: `${MARK} a`, name: `${MARK} n`, label: `${MARK} l`, address: `${MARK} d`, place: `${MARK} p`, pin: '271828', url: `https://fcm.googleapis.com/${MARK}`, kind: 'alarm' }
  for (const { method, url } of house.app.rules) {
    const path = url.replace(/:\w+/, `${MARK}aaaaaaaa`)
    for (const phone of [lina, ana.phone, tech, new Phone(house)]) {
      const { cookie } = phone
      await phone.ask({
        method: method as 'GET', url: `${path}?code=${MARK}`, headers: { 'x-mark': MARK, 'user-agent': MARK, 'idempotency-key': MARK, authorization: `Bearer ${MARK}${MARK}` }, ...(method === 'GET' ? {} : { body: words })
      })
      phone.cookie = cookie
    }
  }
  await new Phone(house).get(`/${MARK}`)
  await new Phone(house).get(`/%zz${MARK}`)
  house.people.shifts.current = () => { throw new Error(`${MARK} in a message`, { cause: new Error(MARK) }) }
  await lina.get('/api/v1/shift')
  const log = house.logged.join('')
  const secrets = [MARK, '271828', token, ...[lina, ana.phone, tech].flatMap(({ cookie }) => cookie.split('=')[1]?.split('.') ?? []), ana.responder, house.idOf(lina, 'worker')]
  t.ok(house.logged.length > house.app.rules.length, 'the log was written')
  t.match(log, /"route":"\/api\/v1\/invites\/:code"/, 'patterns stand for paths')
  for (const [n, secret] of secrets.entries()) t.notOk(log.includes(secret), `secret ${n}`)
})

t.test('what other parts hand to the log is cleaned too, at any depth', async (t) => {
  const lines: string[] = []
  const out = new PassThrough()
  out.on('data', (chunk: Buffer) => { lines.push(chunk.toString()) })
  const log = createLogger('trace', out)
  const circle: Record<string, unknown> = { alias: MARK, did: MARK }
  circle['self'] = circle
  log.info({ worker: { alias: MARK }, deep: { er: [{ Token: MARK }, { endpoint: { url: MARK } }] }, circle, root: Buffer.from(MARK), raw: Buffer.from(MARK), headers: { cookie: MARK } }, 'said')
  log.error({ err: Object.assign(new Error(MARK), { code: 'STORE_FAILED', row: MARK }) }, 'failed')
  log.error(new Error(MARK), 'failed')
  log.warn({ code: 'K7M2P9QR' }, 'a pairing code is no error code')
  log.warn({ code: 'PUSH_REFUSED', status: 410, count: 3 }, 'kept')
  log.child({ alias: MARK }).info({ token: MARK }, 'by a child')
  log.info({ req: { url: MARK }, res: { headers: MARK } }, 'whole requests')
  const all = lines.join('')
  t.notMatch(all, new RegExp(`${MARK}|${Buffer.from(MARK).toString('base64')}|K7M2P9QR|${[...Buffer.from(MARK)].slice(0, 4).join(',')}`))
  t.match(all, /STORE_FAILED/)
  t.match(all, /"code":"PUSH_REFUSED","status":410,"count":3/)
  t.match(all, /"frames":\["at /, 'where it happened stays')
})
