/** Incident: a new route was added in a hurry and anybody could read a circle. */
import t from 'tap'
import { fastify } from 'fastify'
import { ROLES, requireRules } from '../../server/http/access.ts'
import type { Role } from '../../server/http/access.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'
import { cellsOf, missingFor } from './matrix.ts'
import type { Document } from './matrix.ts'
import { putAwayPhone } from './put-away.ts'

/** Written down apart from the code: a change of who may do what has to be made twice. */
const TABLE: Readonly<Record<string, readonly Role[]>> = {
  'GET /healthz': ['public'],
  'GET /readyz': ['public'],
  'GET /api/v1/openapi.json': ['public'],
  'GET /api/v1/invites/:code': ['public'],
  'POST /api/v1/invites/:code': ['public'],
  'GET /api/v1/pairings/:code': ['public'],
  'POST /api/v1/pairings/:code': ['public'],
  'GET /api/v1/join': ['public'],
  'POST /api/v1/workers': ['public'],
  'POST /api/v1/recover': ['public'],
  'GET /api/v1/vapid': ['public'],
  'GET /': ['public'],
  'GET /w': ['public'],
  'GET /r': ['public'],
  'GET /t': ['public'],
  'GET /s': ['public'],
  'GET /exit': ['public'],
  'GET /sw.js': ['public'],
  'GET /shell.json': ['public'],
  'GET /a/:file': ['public'],
  'GET /m/:file': ['public'],
  'GET /icons/:file': ['public'],
  'GET /q/:token': ['public'],
  'GET /api/v1/me': ['worker', 'responder', 'technician', 'researcher', 'put-away'],
  'GET /api/v1/sessions': ['worker', 'responder', 'technician', 'researcher'],
  'DELETE /api/v1/sessions/:session': ['worker', 'responder', 'technician', 'researcher'],
  'POST /api/v1/sessions/use': ['worker', 'responder', 'technician', 'researcher', 'put-away'],
  'POST /api/v1/sessions/refresh': ['worker', 'responder', 'technician', 'researcher'],
  'POST /api/v1/sign-out': ['worker', 'responder', 'technician', 'researcher'],
  'PATCH /api/v1/me/worker': ['worker'],
  'PATCH /api/v1/me/responder': ['responder'],
  'PUT /api/v1/me/responder/available': ['responder'],
  'PUT /api/v1/me/responder/declaration': ['responder'],
  'GET /api/v1/me/responder/circles': ['responder'],
  'DELETE /api/v1/me/responder/circles/:circle': ['responder'],
  'POST /api/v1/me/responder/leave': ['responder'],
  'PUT /api/v1/me/pin': ['worker'],
  'POST /api/v1/unlock': ['worker'],
  'POST /api/v1/lock': ['worker'],
  'GET /api/v1/journal': ['worker'],
  'GET /api/v1/history': ['worker'],
  'DELETE /api/v1/history': ['worker'],
  'PUT /api/v1/history/days': ['worker'],
  'GET /api/v1/history/:alarm': ['worker'],
  'DELETE /api/v1/history/:alarm': ['worker'],
  'POST /api/v1/history/:alarm/keep': ['worker'],
  'DELETE /api/v1/history/:alarm/keep': ['worker'],
  'GET /api/v1/me/export': ['worker'],
  'GET /api/v1/me/recovery': ['worker'],
  'POST /api/v1/me/recovery': ['worker'],
  'POST /api/v1/me/erasure': ['worker'],
  'DELETE /api/v1/me/erasure': ['worker'],
  'GET /api/v1/shortcuts': ['worker'],
  'POST /api/v1/shortcuts': ['worker'],
  'DELETE /api/v1/shortcuts/:shortcut': ['worker'],
  'GET /api/v1/venue': ['technician'],
  'POST /api/v1/rooms': ['technician'],
  'GET /api/v1/rooms/:room/code': ['technician'],
  'PATCH /api/v1/rooms/:room': ['technician'],
  'DELETE /api/v1/rooms/:room': ['technician'],
  'POST /api/v1/rooms/:room/code': ['technician'],
  'PATCH /api/v1/buttons/:did': ['technician'],
  'GET /api/v1/venue/opening': ['technician'],
  'PUT /api/v1/venue/opening': ['technician'],
  'POST /api/v1/rooms/:room/buttons': ['technician'],
  'DELETE /api/v1/buttons/:did': ['technician'],
  'POST /api/v1/buttons/:did/test': ['technician'],
  'GET /api/v1/buttons/:did/test': ['technician'],
  'GET /api/v1/circle': ['worker'],
  'PUT /api/v1/circle': ['worker'],
  'GET /api/v1/contacts': ['worker'],
  'POST /api/v1/contacts/codes': ['worker'],
  'DELETE /api/v1/contacts/left': ['worker'],
  'POST /api/v1/contacts/:responder/confirm': ['worker'],
  'DELETE /api/v1/contacts/:responder': ['worker'],
  'GET /api/v1/consents': ['worker'],
  'POST /api/v1/consents': ['worker'],
  'DELETE /api/v1/consents/:consent': ['worker'],
  'POST /api/v1/offers/mine': ['responder'],
  'GET /api/v1/offers/mine': ['responder'],
  'DELETE /api/v1/offers/mine/:offer': ['responder'],
  'POST /api/v1/offers/colleague': ['worker'],
  'GET /api/v1/offers': ['worker'],
  'POST /api/v1/offers/:offer/take': ['worker'],
  'POST /api/v1/offers/:offer/leave': ['worker'],
  'GET /api/v1/venue/offers': ['technician'],
  'DELETE /api/v1/venue/offers/:offer': ['technician'],
  'GET /api/v1/rota': ['responder'],
  'POST /api/v1/rota/hours': ['responder'],
  'DELETE /api/v1/rota/hours/:from': ['responder'],
  'POST /api/v1/rota/handovers': ['responder'],
  'POST /api/v1/rota/handovers/:handover': ['responder'],
  'DELETE /api/v1/rota/handovers/:handover': ['responder'],
  'GET /api/v1/venue/gaps': ['technician'],
  'GET /api/v1/standing': ['worker'],
  'PUT /api/v1/rooms/:room/standing': ['worker'],
  'PUT /api/v1/venues/:venue/agreements/:responder': ['worker'],
  'DELETE /api/v1/venues/:venue/agreements/:responder': ['worker'],
  'GET /api/v1/endpoints': ['responder'],
  'PUT /api/v1/endpoints': ['responder'],
  'PATCH /api/v1/endpoints/:endpoint': ['responder'],
  'DELETE /api/v1/endpoints/:endpoint': ['responder'],
  'GET /api/v1/check-in': ['worker'],
  'POST /api/v1/check-in': ['worker'],
  'POST /api/v1/check-in/confirm': ['worker'],
  'POST /api/v1/check-in/extend': ['worker'],
  'POST /api/v1/me/receipts': ['worker'],
  'GET /api/v1/home': ['worker'],
  'GET /api/v1/me/endpoints': ['worker'],
  'PUT /api/v1/me/endpoints': ['worker'],
  'DELETE /api/v1/me/endpoints/:endpoint': ['worker'],
  'GET /api/v1/shift': ['worker'],
  'GET /api/v1/shift/rooms': ['worker'],
  'POST /api/v1/shift/window': ['worker'],
  'POST /api/v1/shift/code': ['worker'],
  'POST /api/v1/shift/place': ['worker'],
  'PATCH /api/v1/shift': ['worker'],
  'DELETE /api/v1/shift': ['worker'],
  'POST /api/v1/shift/requests': ['worker'],
  'DELETE /api/v1/shift/requests': ['worker'],
  'POST /api/v1/shift/requests/:request': ['worker'],
  'GET /api/v1/readiness': ['worker'],
  'GET /api/v1/shift/deaf': ['worker'],
  'POST /api/v1/drill': ['worker'],
  'GET /api/v1/drill': ['worker'],
  'POST /api/v1/me/responder/test': ['responder'],
  'POST /api/v1/test': ['worker'],
  'DELETE /api/v1/test': ['worker'],
  'POST /api/v1/press': ['worker', 'press-token'],
  'GET /api/v1/alarms': ['worker'],
  'POST /api/v1/alarms/:alarm/said-safe': ['worker'],
  'POST /api/v1/alarms/:alarm/close': ['worker'],
  'GET /api/v1/alerts': ['responder'],
  'POST /api/v1/alerts/:alarm/answer': ['responder'],
  'POST /api/v1/alerts/:alarm/receipts': ['responder'],
  'GET /api/v1/statistics': ['researcher'],
  'GET /api/v1/studies': ['researcher'],
  'GET /api/v1/studies/:study/report': ['researcher'],
  'GET /api/v1/live': ['worker', 'responder', 'technician']
}

t.test('a route that does not say who may keeps the app from being built', async (t) => {
  const app = fastify()
  requireRules(app)
  t.throws(() => app.get('/forgotten', async () => ({})), /does not say who may/)
  t.throws(() => app.get('/misspelt', { config: { access: ['wroker'] } }, async () => ({})), /does not say who may/)
  t.throws(() => app.get('/empty', { config: { access: [] } }, async () => ({})), /does not say who may/)
})

t.test('the routes there are, and who may, are those of the table', async (t) => {
  const house = await openHouse(t)
  const built = Object.fromEntries(house.app.rules.map(({ method, url, access }) => [`${method} ${url}`, [...access]]))
  t.same(built, TABLE)
})

/** Each role on a fresh phone; for a press token, the header. */
async function callers (house: House): Promise<Readonly<Record<Role, { phone: Phone, headers: Record<string, string> }>>> {
  const worker = await house.join('worker')
  const { token } = (await worker.post('/api/v1/shortcuts')).json<{ token: string }>()
  const as = (phone: Phone, headers: Record<string, string> = {}): { phone: Phone, headers: Record<string, string> } => ({ phone, headers })
  return {
    public: as(new Phone(house)),
    worker: as(worker),
    responder: as((await house.pair(worker)).phone),
    technician: as(await house.join('technician')),
    researcher: as(await house.join('researcher')),
    'press-token': as(new Phone(house), { authorization: `Bearer ${token}` }),
    'put-away': as(await putAwayPhone(house))
  }
}

t.test('every role on every route gets what the table says', async (t) => {
  const house = await openHouse(t)
  const who = await callers(house)
  for (const [route, access] of Object.entries(TABLE)) {
    const [method, pattern] = route.split(' ') as ['GET', string]
    const url = pattern.replace(/:did/, '00112233445566aa').replace(/:code/, 'ABCD2345').replace(/:\w+/, 'nothing-of-yours')
    for (const role of ROLES) {
      const { phone, headers } = who[role]
      const cookie = phone.cookie
      const { statusCode, body } = await phone.ask({ method, url, headers: { 'x-story': role, ...headers }, ...(method === 'GET' ? {} : { body: {} }) })
      const may = access.includes('public') || access.includes(role)
      const isRefusal = statusCode === 401 || (statusCode === 403 && /FORBIDDEN/.test(body))
      t.equal(isRefusal, !may, `${role} ${may ? 'may' : 'may not'} ${route} (${statusCode})`)
      if (!may) t.equal(statusCode, role === 'public' || role === 'press-token' || role === 'put-away' ? 401 : 403)
      // Signing out or leaving would take the role away from the rows that follow.
      if (/sign-out/.test(url) && may) {
        await house.clock.pass(300_000)
        Object.assign(who, await callers(house))
      } else phone.cookie = cookie
    }
  }
})

t.test('a route whose ids nobody tries on strangers is found', async (t) => {
  const house = await openHouse(t)
  const document = (await new Phone(house).get('/api/v1/openapi.json')).json<Document>()
  for (const cell of cellsOf(house.app.rules, document)) {
    const missing = missingFor(cell)
    if (missing !== null) t.fail(missing)
  }
  const diary = { role: 'worker', method: 'DELETE', url: '/api/v1/diaries/:diary', at: 'diary', hasBody: false } as const
  t.match(missingFor(diary), /OBJECTS/)
  t.match(missingFor({ ...diary, url: '/api/v1/rooms/:room/paint', at: 'room', hasBody: true }), /BODIES/)
  t.match(missingFor({ ...diary, url: '/api/v1/rooms/:room', at: 'room', role: 'press-token' }), /stranger/)
})

t.test('what is somebody else\'s is not there', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const eve = await house.join('worker', new Phone(house), 'Eve')
  const ana = await house.pair(lina)
  const mallory = await house.pair(eve, new Phone(house), 'Mallory')
  await house.circle(lina, [ana.responder])
  await lina.press('one')
  const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
  t.same((await mallory.phone.get('/api/v1/alerts')).json(), { alerts: [] })
  t.equal((await mallory.phone.post(`/api/v1/alerts/${alarm}/receipts`, { n: 0, level: 'seen' })).statusCode, 204, 'a foreign receipt is taken and changes nothing')
  t.equal((await lina.get('/api/v1/alarms')).json().alarms[0].counts.shown, 0)
})

t.test('R21: a technician sees neither a press, nor a name, nor another venue', async (t) => {
  const house = await openHouse(t)
  const other = await house.people.venues.add('Elsewhere', 'independent')
  if (!other.ok) throw new Error(other.code)
  const tech = await house.join('technician')
  const stranger = await house.join('technician', new Phone(house), '', other.venue.id)
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: null })).json<{ room: string }>()
  const button = await tech.post(`/api/v1/rooms/${room}/buttons`)
  t.equal(button.statusCode, 201)
  const { did } = button.json<{ did: string }>()
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const before = (await tech.get('/api/v1/venue')).body
  await lina.press('one')
  t.equal((await tech.get('/api/v1/venue')).body, before, 'a press changes no byte of the list')
  t.notMatch(before, /Lina|Ana/)
  t.same((await stranger.get('/api/v1/venue')).json().buttons, [])
  for (const [method, url] of [['DELETE', `/api/v1/buttons/${did}`], ['POST', `/api/v1/buttons/${did}/test`], ['GET', `/api/v1/buttons/${did}/test`], ['GET', `/api/v1/rooms/${room}/code`], ['POST', `/api/v1/rooms/${room}/buttons`]] as const) {
    t.equal((await stranger.ask({ method, url })).statusCode, 404, `${method} ${url.replace(did, ':did').replace(room, ':room')}`)
  }
  t.equal((await tech.post(`/api/v1/buttons/${did}/test`)).statusCode, 200)
  t.match((await tech.get(`/api/v1/buttons/${did}/test`)).json(), { window: { for: 'test', used: false } })
  t.equal((await tech.ask({ method: 'DELETE', url: `/api/v1/buttons/${did}` })).statusCode, 204)
})
