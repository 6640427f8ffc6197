/** Incident: he watched the screen while she typed, and the screen told him. */
import t from 'tap'
import type { LightMyRequestResponse } from 'fastify'
import type { WorkerId } from '../../server/people/words.ts'
import { Phone, emptyCircle, openHouse } from './house.ts'
import type { House } from './house.ts'

/** What whoever holds her phone can see of an answer; a request id differs each time and says nothing. */
function seen (reply: LightMyRequestResponse): unknown {
  const headers = Object.fromEntries(Object.entries(reply.headers).filter(([name]) => name !== 'date'))
  return { status: reply.statusCode, headers, body: reply.body }
}

async function linaWithTwoPins (house: House): Promise<{ lina: Phone, ana: { phone: Phone, responder: never }, luc: { phone: Phone, responder: never } }> {
  const lina = await house.join('worker')
  const ana = await house.pair(lina, new Phone(house), 'Ana')
  const luc = await house.pair(lina, new Phone(house), 'Luc')
  await house.circle(lina, [ana.responder, luc.responder], [ana.responder])
  const set = await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: '9058' } })
  if (set.statusCode !== 204) throw new Error(set.body)
  return { lina, ana, luc } as never
}

t.test('the true and the duress PIN give the same bytes; only those marked learn more', async (t) => {
  const answers: unknown[] = []
  for (const pin of ['4711', '9058']) {
    const house = await openHouse(t)
    const { lina, ana, luc } = await linaWithTwoPins(house)
    await lina.press('one')
    const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
    const closed = await lina.post(`/api/v1/alarms/${alarm}/close`, { pin })
    const after = (await lina.get('/api/v1/alarms')).json().alarms.map(({ phase, ended }: { phase: string, ended: unknown }) => ({ phase, ended }))
    const lucs = (await luc.phone.get('/api/v1/alerts')).json().alerts.map(({ phase, card }: { phase: string, card: unknown }) => ({ phase, card }))
    answers.push({ closed: seen(closed), after, lucs })
    const [anas] = (await ana.phone.get('/api/v1/alerts')).json().alerts
    t.equal(anas.phase, pin === '4711' ? 'over' : 'duress')
  }
  t.same(answers[0], answers[1])
})

t.test('R16: with the duress PIN every change is shown as done, and none is', async (t) => {
  const house = await openHouse(t)
  const { lina, ana, luc } = await linaWithTwoPins(house)
  const tablet = await house.people.sessions.open({ is: 'worker', id: house.idOf(lina, 'worker') as WorkerId }, 'Tablet')
  t.equal((await lina.get('/api/v1/circle')).json().code, 'PIN_NEEDED', 'a set PIN guards her circle')
  t.equal((await lina.get('/api/v1/contacts')).json().code, 'PIN_NEEDED')
  t.equal((await lina.post('/api/v1/unlock', { pin: '9058' })).statusCode, 204)
  const before = (await lina.get('/api/v1/circle')).json()
  const put = await lina.ask({ method: 'PUT', url: '/api/v1/circle', body: { ...emptyCircle, version: before.version, steps: [{ waitS: 60, assistWaitS: null, people: [luc.responder] }], mayKnow: [ana.responder] } })
  t.equal(put.statusCode, 200)
  t.same((await lina.get('/api/v1/circle')).json(), put.json(), 'read again, it holds')
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/contacts/${ana.responder}` })).statusCode, 204)
  t.notMatch((await lina.get('/api/v1/contacts')).body, /Ana/)
  const { sessions } = (await lina.get('/api/v1/sessions')).json()
  const other = (sessions as { session: string, current: boolean }[]).find(({ current }) => !current)?.session ?? ''
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/sessions/${other}` })).statusCode, 204)
  t.notMatch((await lina.get('/api/v1/sessions')).body, new RegExp(other))
  t.ok(house.people.sessions.find(tablet.token), 'her tablet is signed in still')
  t.match((await lina.post('/api/v1/contacts/codes')).json(), { code: /^[0-9A-Z]{8}$/ })
  t.equal((await lina.post('/api/v1/lock')).statusCode, 204)
  t.equal((await lina.post('/api/v1/unlock', { pin: '4711' })).statusCode, 204)
  t.same((await lina.get('/api/v1/circle')).json(), before, 'nothing was changed')
  t.match((await lina.get('/api/v1/contacts')).body, /Ana/)
})

t.test('R16: unlocked for five minutes, no longer; raising asks for nothing', async (t) => {
  const house = await openHouse(t)
  const { lina } = await linaWithTwoPins(house)
  await lina.post('/api/v1/unlock', { pin: '4711' })
  await house.clock.pass(299_000)
  t.equal((await lina.get('/api/v1/circle')).statusCode, 200)
  await house.clock.pass(2_000)
  t.equal((await lina.get('/api/v1/circle')).statusCode, 403)
  t.equal((await lina.post('/api/v1/sign-out')).json().code, 'PIN_NEEDED', 'nor can this phone be made to forget her')
  t.equal((await lina.press('one')).statusCode, 202)
})

t.test('R14: "I am safe" without a PIN reaches responders as unproven', async (t) => {
  const house = await openHouse(t)
  const { lina, ana } = await linaWithTwoPins(house)
  await lina.press('one')
  const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
  t.same((await lina.post(`/api/v1/alarms/${alarm}/said-safe`)).json(), { saved: true })
  t.match((await ana.phone.get('/api/v1/alerts')).json().alerts, [{ phase: 'calling', saidSafeUnproven: Number }])
  t.equal((await lina.post(`/api/v1/alarms/${alarm}/close`, { pin: '0000' })).json().code, 'PIN_WRONG')
  t.match((await lina.get('/api/v1/alarms')).json().alarms, [{ phase: 'calling' }])
})
