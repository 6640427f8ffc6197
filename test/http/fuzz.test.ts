/** Incident: one odd request took the service down, and with it every running alarm. */
import fc from 'fast-check'
import t from 'tap'
import { PROBLEM_CODES } from '../../server/contract/problem.ts'
import type { ProblemCode } from '../../server/contract/problem.ts'
import { fitting, nearlyFitting, strange } from './arbitrary.ts'
import type { Schema } from './arbitrary.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 24)
type Operation = { readonly requestBody?: { readonly content?: Record<string, { readonly schema: Schema }> }, readonly 'x-access'?: readonly string[], readonly parameters?: readonly { readonly name: string, readonly in: string, readonly schema: Schema }[] }
type Document = { readonly paths: Record<string, Record<string, Operation>> }

/** Whose phone is which in `inhabited`. */
const PHONES = ['worker', 'responder', 'technician', 'researcher', 'public'] as const

/** Signing out and leaving come last: they take the roles away from what follows. */
const LAST = /sign-out|leave|sessions|pin$/

t.test('no route answers anything, fitting or strange, with a 5xx', async (t) => {
  const house = await openHouse(t, { level: 'trace' })
  const { phones, ids } = await inhabited(house)
  const document = (await new Phone(house).get('/api/v1/openapi.json')).json<Document>()
  const routes = Object.entries(document.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })))
  routes.sort((a, b) => Number(LAST.test(a.path)) - Number(LAST.test(b.path)))
  const statuses = new Map<number, number>()
  for (const { path, method, operation } of routes) {
    const may = phones.filter((_, at) => operation['x-access']?.includes(PHONES[at] ?? '') ?? false)
    const anybody = fc.constantFrom(...phones)
    const phoneOf = may.length === 0 ? anybody : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...may) }, { weight: 1, arbitrary: anybody })
    await fc.assert(fc.asyncProperty(request(path, operation, ids), phoneOf, async ({ url, body, headers }, phone) => {
      const { cookie } = phone
      const reply = await phone.ask({ method: method as 'POST', url, headers, ...(body === undefined || method === 'GET' ? {} : { body }) })
      phone.cookie = cookie
      statuses.set(reply.statusCode, (statuses.get(reply.statusCode) ?? 0) + 1)
      if (reply.statusCode >= 500) throw new Error(`${method} ${url}: ${reply.statusCode} ${reply.body} ${house.logged.at(-1) ?? ''}`)
      if (reply.statusCode >= 400 && !isProblem(reply.headers['content-type'], reply.body)) throw new Error(`${method} ${url}: no problem details: ${reply.body}`)
    }), { numRuns: RUNS })
    // Limits have their own stories; here they would hide what is behind them.
    await house.clock.pass(60_000)
  }
  t.comment(Object.fromEntries(statuses))
  t.ok((statuses.get(200) ?? 0) > 50 && (statuses.get(400) ?? 0) > 50, 'both what fits and what does not were tried')
  t.equal((await new Phone(house).get('/healthz')).statusCode, 200)
  t.notOk(house.logged.some((line) => line.includes('"level":"error"')))
})

t.test('nor any address, body of bytes, header or cookie', async (t) => {
  const house = await openHouse(t)
  const { phones: [lina = new Phone(house)] } = await inhabited(house)
  const text = fc.string({ unit: 'binary-ascii', maxLength: 300 })
  const header = text.map((value) => value.replace(/[^\t\x20-\x7e]/g, ''))
  const paths = fc.oneof(text.map((rest) => `/${encodeURI(rest)}`), header.map((rest) => `/api/v1/${rest.replace(/\s/g, '')}`), fc.constantFrom(...house.app.rules.map(({ url }) => url)))
  const types = fc.oneof(fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'), header)
  await fc.assert(fc.asyncProperty(
    fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'), paths, fc.uint8Array({ maxLength: 200 }), types, header, header,
    async (method, url, bytes, type, cookie, other) => {
      const reply = await house.app.inject({
        method: method as 'POST',
        url,
        headers: { host: house.host, origin: house.origin, cookie: bytes.length % 2 === 0 ? lina.cookie : cookie, 'content-type': type, 'idempotency-key': other, authorization: `Bearer ${other}`, 'x-forwarded-for': other },
        ...(method === 'GET' || method === 'HEAD' ? {} : { payload: Buffer.from(bytes) })
      })
      if (reply.statusCode >= 500) throw new Error(`${method} ${url}: ${reply.statusCode} ${reply.body}`)
    }
  ), { numRuns: RUNS * 20 })
  t.equal((await lina.get('/api/v1/me')).statusCode, 200, 'she is still signed in')
})

function request (path: string, { requestBody, parameters = [] }: Operation, ids: readonly string[]): fc.Arbitrary<{ url: string, body: unknown, headers: Record<string, string> }> {
  const schema = requestBody?.content?.['application/json']?.schema
  const body = schema === undefined ? fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, strange) : fc.oneof({ weight: 3, arbitrary: fitting(schema, ids) }, { weight: 2, arbitrary: nearlyFitting(schema, ids) }, strange)
  const part = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, fc.string({ minLength: 1, maxLength: 120 }))
  const query = fc.record(Object.fromEntries(parameters.filter((p) => p.in === 'query').map((p) => [p.name, fc.oneof(fitting(p.schema, ids), fc.string())])), { requiredKeys: [] })
  const key = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,40}$/), fc.string({ unit: 'grapheme-ascii', maxLength: 200 }))
  return fc.tuple(part, body, query, key).map(([id, given, asked, idempotency]) => {
    const search = new URLSearchParams(Object.entries(asked).map(([name, value]): [string, string] => [name, String(value)])).toString()
    // A body that is no object or array would not be sent as JSON by inject.
    const sent = given === undefined || (typeof given === 'object' && given !== null) ? given ?? undefined : { given }
    return { url: path.replace(/\{\w+\}/g, encodeURIComponent(id)) + (search === '' ? '' : `?${search}`), body: sent, headers: { 'idempotency-key': idempotency } }
  })
}

/** Somebody in every role, a room, a button, an alarm that runs. */
async function inhabited (house: House): Promise<{ phones: readonly Phone[], ids: readonly string[] }> {
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const tech = await house.join('technician')
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: null })).json<{ room: string }>()
  const { did } = (await tech.post(`/api/v1/rooms/${room}/buttons`)).json<{ did: string }>()
  const { url } = (await tech.get(`/api/v1/rooms/${room}/code`)).json<{ url: string }>()
  const { code } = (await lina.post('/api/v1/contacts/codes')).json<{ code: string }>()
  const { shortcut } = (await lina.post('/api/v1/shortcuts')).json<{ shortcut: string }>()
  await lina.press('fuzz')
  const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
  return { phones: [lina, ana.phone, tech, await house.join('researcher'), new Phone(house)], ids: [ana.responder, room, did, url.split('/q/')[1] ?? '', code, shortcut, alarm] }
}

function isProblem (type: unknown, body: string): boolean {
  if (!String(type).startsWith('application/problem+json')) return false
  return PROBLEM_CODES.includes((JSON.parse(body) as { code: ProblemCode }).code)
}
