/** Incident: an error page quoted the PIN that had been typed; a stack trace told a stranger our folders. */
import { connect } from 'node:net'
import t from 'tap'
import { PROBLEMS, PROBLEM_CODES } from '../../server/contract/problem.ts'
import { REFUSALS } from '../../server/http/refuse.ts'
import { House, Phone, openHouse } from './house.ts'

t.test('each problem has a code that stays, a status and a sentence that says what to change', async (t) => {
  for (const code of PROBLEM_CODES) {
    t.match(code, /^[A-Z][A-Z_]+$/)
    t.match(PROBLEMS[code].title, /\.$/)
    t.ok(PROBLEMS[code].status >= 400)
  }
  for (const [code, { problem, detail }] of Object.entries(REFUSALS)) t.ok(problem in PROBLEMS && (detail === '' || detail.endsWith('.')), code)
})

t.test('bad input is answered with its code, and names the field, never the value', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const raw = async (method: 'POST' | 'PUT' | 'GET' | 'PATCH', url: string, payload?: string | Buffer, type = 'application/json') => await house.app.inject({
    method, url, headers: { host: house.host, origin: house.origin, cookie: lina.cookie, ...(payload === undefined ? {} : { 'content-type': type }) }, ...(payload === undefined ? {} : { payload })
  })
  const pin = '/api/v1/unlock'
  const stories: readonly [string, Awaited<ReturnType<typeof raw>>, number, string, string?][] = [
    ['no such route', await raw('GET', '/api/v1/nowhere'), 404, 'NOT_FOUND'],
    ['no such method', await raw('POST', '/api/v1/me', '{}'), 404, 'NOT_FOUND'],
    ['broken JSON', await raw('POST', pin, '{"pin":"987654'), 400, 'BODY_NOT_JSON'],
    ['empty', await raw('POST', pin, ''), 400, 'BODY_NOT_JSON'],
    ['not UTF-8', await raw('POST', pin, Buffer.from([0xff, 0xfe, 0x7b])), 400, 'BODY_NOT_JSON'],
    ['another type', await raw('POST', pin, 'pin=987654', 'application/x-www-form-urlencoded'), 415, 'CONTENT_TYPE_WRONG'],
    ['text', await raw('POST', pin, '{"pin":"987654"}', 'text/plain'), 415, 'CONTENT_TYPE_WRONG'],
    ['no body', await raw('POST', pin), 400, 'BODY_INVALID'],
    ['too large', await raw('POST', pin, JSON.stringify({ pin: '9'.repeat(40_000) })), 413, 'BODY_TOO_LARGE'],
    ['missing', await raw('POST', pin, '{}'), 400, 'BODY_INVALID', 'pin'],
    ['wrong', await raw('POST', pin, '{"pin":"987654x"}'), 400, 'BODY_INVALID', 'pin'],
    ['a number is no string', await raw('POST', pin, '{"pin":987654}'), 400, 'BODY_INVALID', 'pin'],
    ['unknown field', await raw('POST', pin, '{"pin":"987654","pim":1}'), 400, 'BODY_INVALID'],
    ['prototype', await raw('POST', pin, '{"__proto__":{"pin":"987654"}}'), 400, 'BODY_NOT_JSON'],
    ['deep field', await raw('PUT', '/api/v1/circle', JSON.stringify({ version: 0, steps: [{ waitS: 5, assistWaitS: null, people: ['x'] }], note: null, quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: [], sees: {} })), 400, 'BODY_INVALID', 'steps.0.waitS'],
    ['control characters', await raw('PATCH', '/api/v1/me/worker', '{"alias":"a\\u0000b"}'), 400, 'BODY_INVALID', 'alias'],
    ['blank', await raw('PATCH', '/api/v1/me/worker', '{"alias":"   "}'), 400, 'BODY_INVALID', 'alias'],
    ['bad percent signs', await raw('GET', '/api/v1/invites/%zz'), 400, 'URL_INVALID'],
    ['a part too long', await raw('GET', `/api/v1/invites/${'a'.repeat(500)}`), 414, 'URL_TOO_LONG'],
    ['a query that is unknown', await raw('GET', '/api/v1/live?cursor=%20'), 400, 'QUERY_INVALID', 'cursor'],
    ['a socket\'s address without one', await raw('GET', '/api/v1/live'), 426, 'UPGRADE_NEEDED']
  ]
  for (const [story, reply, status, code, field] of stories) {
    t.equal(reply.statusCode, status, story)
    t.match(reply.headers['content-type'], /^application\/problem\+json/, story)
    const body = reply.json()
    t.match(body, { code, status, title: String, type: `/api/v1/openapi.json#/x-problems/${code}` }, story)
    if (field !== undefined) t.equal(body.field, field, story)
    t.notMatch(reply.body, /987654/, 'no value comes back')
  }
})

t.test('bad cookies are no session, never an error', async (t) => {
  const house = await openHouse(t)
  for (const cookie of ['s=', '__Host-s=', '__Host-s=%%%', '__Host-s=%E0%A4%A', '__Host-s=a.b.c', `__Host-s=${'a'.repeat(5000)}`, '__Host-s=../../etc', ';;;', '=', `__Host-s=${Array(20).fill('a'.repeat(43)).join('.')}`]) {
    const reply = await house.app.inject({ url: '/api/v1/me', headers: { host: house.host, cookie } })
    t.equal(reply.statusCode, 401, cookie.slice(0, 20))
    t.equal(reply.json().code, 'SIGNED_OUT')
  }
})

t.test('an error of ours tells nothing but a request id', async (t) => {
  const house = await openHouse(t, { level: 'trace' })
  const lina = await house.join('worker')
  house.people.shifts.current = () => { throw new Error('row 7 of Lina is broken') }
  const reply = await lina.get('/api/v1/shift')
  t.equal(reply.statusCode, 500)
  t.same(Object.keys(reply.json()).sort(), ['code', 'request', 'status', 'title', 'type'])
  t.equal(reply.json().code, 'INTERNAL')
  const { request } = reply.json()
  t.ok(house.logged.some((line) => line.includes(request) && line.includes('"level":"error"')), 'the operator finds it by that id')
  t.notOk(house.logged.some((line) => line.includes('row 7 of Lina')), 'and the message stays out of the log')
})

t.test('a failing disk is said to be one', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  house.people.shifts.end = async () => { throw Object.assign(new Error('full'), { code: 'STORE_FAILED' }) }
  const reply = await lina.ask({ method: 'DELETE', url: '/api/v1/shift' })
  t.equal(reply.statusCode, 503)
  t.equal(reply.json().code, 'STORE_FAILING')
})

t.test('what is not even HTTP is told so, hung up on, and the service goes on', async (t) => {
  const house = await openHouse(t, { publicUrl: null })
  const port = await house.listen()
  const large = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(9_000)}\r\n\r\n`
  const told = { 'GET / HTTP/9.9\r\n\r\n': 'REQUEST_MALFORMED', 'NONSENSE\r\n\r\n': 'REQUEST_MALFORMED', '\u0016\u0003\u0001\u0000': 'REQUEST_MALFORMED', [large]: 'HEADERS_TOO_LARGE' }
  for (const [bytes, code] of Object.entries(told)) {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.write(bytes) })
      let heard = ''
      socket.on('data', (chunk: Buffer) => { heard += chunk.toString() })
      socket.on('error', () => {})
      socket.on('close', () => { resolve(heard) })
    })
    t.match(said, /^HTTP\/1\.1 4\d\d /)
    t.match(said, /^content-type: application\/problem\+json\r$/m)
    t.match(said, /^x-content-type-options: nosniff\r$/m)
    t.match(JSON.parse(said.split('\r\n\r\n')[1] ?? ''), { code, status: Number(said.slice(9, 12)), type: `/api/v1/openapi.json#/x-problems/${code}` })
  }
  t.equal((await new Phone(house).get('/healthz')).statusCode, 200)
})

t.test('everything wears the headers that keep a page to itself', async (t) => {
  const house: House = await openHouse(t)
  for (const url of ['/healthz', '/a/nowhere.js', '/nowhere', '/api/v1/me', '/api/v1/invites/%zz']) {
    const { headers } = await new Phone(house).get(url)
    t.match(headers, {
      'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/, 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'strict-transport-security': /max-age/
    }, url)
    t.notMatch(headers['content-security-policy'], /unsafe/)
  }
  // A page holds nothing of anybody; it may be kept, and is asked for again each time.
  for (const url of ['/w', '/q/whatever']) {
    const { headers } = await new Phone(house).get(url)
    t.match(headers, { 'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/, 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' }, url)
  }
})
