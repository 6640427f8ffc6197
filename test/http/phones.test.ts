/** Incident: two women shared a phone, and one alias was read, and then signed out, from the other. */
import { join } from 'node:path'
import t from 'tap'
import { FakeClock } from '../clock/fake-clock.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

/** Mira, then Lina with a PIN, then Mira in use again; all on one phone. */
async function sharedPhone (house: House): Promise<{ phone: Phone, lina: string, mira: string }> {
  const phone = await house.join('worker', new Phone(house), 'Lina')
  await phone.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  await house.join('worker', phone, 'Mira')
  const { sessions } = (await phone.get('/api/v1/me')).json<{ sessions: { session: string, hasPin: boolean }[] }>()
  const of = (hasPin: boolean): string => sessions.find((session) => session.hasPin === hasPin)?.session ?? ''
  return { phone, lina: of(true), mira: of(false) }
}

t.test('R24: an alias behind its PIN has no name, and can be neither read nor used from the other one', async (t) => {
  const house = await openHouse(t)
  const { phone, lina, mira } = await sharedPhone(house)
  const ana = await house.pair(phone)
  await house.circle(phone, [ana.responder])
  const me = await phone.get('/api/v1/me')
  t.match(me.json(), { sessions: [{ inUse: true, alias: 'Mira' }, { inUse: false, role: 'worker', alias: null, hasPin: true }] })
  for (const url of ['/api/v1/me', '/api/v1/sessions', '/api/v1/journal', '/api/v1/me/export', '/api/v1/history']) t.notMatch((await phone.get(url)).body, /Lina/, url)
  t.equal((await phone.ask({ method: 'DELETE', url: `/api/v1/sessions/${lina}` })).statusCode, 404)
  t.equal((await phone.post('/api/v1/sessions/use', { session: lina })).json().code, 'PIN_NEEDED')
  t.equal((await phone.post('/api/v1/sessions/use', { session: lina, pin: '0000' })).json().code, 'PIN_WRONG')
  t.equal((await phone.press('one')).json().verdict, 'raised', 'raising works for the one in use')
  t.equal((await phone.post('/api/v1/sessions/use', { session: lina, pin: '4711' })).statusCode, 204)
  t.match((await phone.get('/api/v1/me')).json(), { sessions: [{ alias: 'Lina' }, { alias: 'Mira' }] })
  t.equal((await phone.get('/api/v1/circle')).json().code, 'PIN_NEEDED', 'switching opens nothing that the PIN guards')
  t.equal((await phone.post('/api/v1/sessions/use', { session: mira })).statusCode, 204, 'Mira has no PIN')
})

t.test('forgetting the phone: its sessions end and its pages\' traces go; another one\'s PIN keeps her', async (t) => {
  const house = await openHouse(t)
  const { phone } = await sharedPhone(house)
  const out = await phone.post('/api/v1/sign-out')
  t.equal(out.headers['clear-site-data'], '"storage"')
  const left = (await phone.get('/api/v1/me')).json<{ sessions: { session: string }[] }>()
  t.match(left, { sessions: [{ role: 'worker', alias: null, inUse: false }] }, 'Lina was not hers to sign out, and stays behind her PIN')
  t.equal((await phone.post('/api/v1/sign-out')).statusCode, 401)
  await phone.post('/api/v1/sessions/use', { session: left.sessions[0]?.session, pin: '4711' })
  t.equal((await phone.post('/api/v1/sign-out')).json().code, 'PIN_NEEDED')
  await phone.post('/api/v1/unlock', { pin: '4711' })
  const last = await phone.post('/api/v1/sign-out')
  t.equal(last.headers['clear-site-data'], '"cookies", "storage"')
  t.match(last.headers['set-cookie'], /^__Host-s=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  t.equal((await phone.get('/api/v1/me')).statusCode, 401)
})

t.test('R24: whoever signs out, edits the cookie or restarts the service finds the other one behind her PIN; her own people are told all the same', async (t) => {
  const [file, clock] = [join(t.testdir(), 'shared.db'), new FakeClock()]
  const house = await openHouse(t, { file, clock })
  const phone = await house.join('worker', new Phone(house), 'Lina')
  const ana = await house.pair(phone)
  await house.circle(phone, [ana.responder])
  await phone.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  await phone.press('before')
  const own = phone.cookie
  await house.join('worker', phone, 'Mira')
  const edited = new Phone(house)
  edited.cookie = own
  const opens = async (by: Phone): Promise<readonly number[]> => (await Promise.all(['/api/v1/alarms', '/api/v1/home', '/api/v1/shift', '/api/v1/sessions', '/api/v1/contacts'].map(async (url) => await by.get(url)))).map(({ statusCode }) => statusCode)
  const shut = [401, 401, 401, 401, 401]
  t.same(await opens(edited), shut, 'her token alone, cut out of the cookie')
  t.match((await edited.get('/api/v1/me')).json(), { sessions: [{ alias: null, inUse: false, hasPin: true }] })
  t.equal((await phone.get('/api/v1/alarms')).statusCode, 200, 'Mira is in use')
  await phone.post('/api/v1/sign-out')
  t.same(await opens(phone), shut, 'Mira has gone')
  t.match((await ana.phone.get('/api/v1/alerts')).json(), { alerts: [{ kind: 'alarm', phase: 'calling' }] }, 'what runs goes on')

  await house.leave()
  const again = await openHouse(t, { file, clock })
  const later = new Phone(again)
  later.cookie = phone.cookie
  t.same(await opens(later), shut, 'after a restart too')
  const { sessions: [lina] } = (await later.get('/api/v1/me')).json<{ sessions: { session: string }[] }>()
  t.equal((await later.post('/api/v1/sessions/use', { session: lina?.session, pin: '0000' })).json().code, 'PIN_WRONG')
  t.same(await opens(later), shut)
  t.equal((await later.post('/api/v1/sessions/use', { session: lina?.session, pin: '4711' })).statusCode, 204)
  t.equal((await later.get('/api/v1/alarms')).json().alarms.length, 1)
  t.equal((await later.press('after')).json().verdict, 'joined')
})

t.test('a phone whose answer was lost is not signed out; a token that was replaced and used opens nothing, and she reads of it', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const before = lina.cookie
  await lina.post('/api/v1/sessions/refresh')
  const lost = lina.cookie
  lina.cookie = before
  await house.clock.pass(3_600_000)
  t.equal((await lina.press('one')).statusCode, 202, 'an hour later she still raises with the old one')
  t.equal((await lina.post('/api/v1/sessions/refresh')).statusCode, 204, 'and gets another new one')
  t.equal((await lina.get('/api/v1/me')).statusCode, 200)
  const thief = new Phone(house)
  thief.cookie = lost
  t.equal((await thief.get('/api/v1/me')).statusCode, 401, 'what was lost opens nothing')
  await house.clock.pass(121_000)
  for (let n = 0; n < 3; n++) {
    thief.cookie = before
    t.equal((await thief.get('/api/v1/me')).statusCode, 401)
  }
  while (!(await lina.get('/api/v1/journal')).body.includes('old-token-used')) await new Promise(setImmediate)
  const { lines } = (await lina.get('/api/v1/journal')).json<{ lines: { what: string, device?: string }[] }>()
  t.match(lines.filter(({ what }) => what === 'old-token-used'), [{ device: 'Story' }], 'one line, however often it is tried')
  t.equal((await lina.get('/api/v1/me')).statusCode, 200, 'a worthless token signs nobody out')
})

t.test('joining alone: where it is open, told who keeps the machine; else not', async (t) => {
  const closed = await openHouse(t)
  const body = { alias: 'Zoe', language: 'nl', device: 'x', notice: 'MACHINE_HOLDER_READS' }
  t.match((await new Phone(closed).post('/api/v1/workers', body)).json(), { code: 'REFUSED', reason: 'JOIN_CLOSED' })
  t.match((await new Phone(closed).get('/api/v1/join')).json(), { open: false, operator: null })
  const house = await openHouse(t, { join: { open: true, operator: 'Agenda asbl, 02 000 00 00' } })
  const zoe = new Phone(house)
  const shown = (await zoe.get('/api/v1/join')).json<{ notice: { text: Record<string, string> } }>()
  t.match(shown, { open: true, operator: 'Agenda asbl, 02 000 00 00', notice: { code: 'MACHINE_HOLDER_READS' } })
  for (const language of ['fr', 'nl', 'en', 'ro', 'bg', 'es', 'pt', 'sq']) t.ok(shown.notice.text[language], language)
  const { notice: _, ...unread } = body
  t.equal((await zoe.post('/api/v1/workers', unread)).statusCode, 400, 'nobody joins unread')
  t.equal((await zoe.post('/api/v1/workers', body)).statusCode, 201)
  t.match((await zoe.get('/api/v1/me')).json(), { sessions: [{ alias: 'Zoe', hasPin: false, erasesAt: null }] })
  const ana = await house.pair(zoe)
  await house.circle(zoe, [ana.responder])
  t.equal((await zoe.press('one')).json().verdict, 'raised', 'one person and her phone, no venue at all')
  const codes = []
  for (let n = 0; n < 4; n++) codes.push((await new Phone(house).post('/api/v1/workers', body)).statusCode)
  t.same(codes, [201, 201, 429, 429])
})
