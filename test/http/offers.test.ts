/** Incident: he held her phone, typed any six digits, and saw by the answer that the PIN she had given was the other one. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'

const HOUR = 3_600_000
type Offered = { readonly offers: ReadonlyArray<{ readonly offer: string, readonly code: string, readonly state: string }> }

t.test('R5, R15: an offer from the door to her list; under duress it is shown as taken, and nothing is', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder], [ana.responder])
  const paul = await house.join('reference-person', new Phone(house), 'Paul')
  const tech = await house.join('technician')
  t.equal((await paul.post('/api/v1/offers/mine')).statusCode, 201)
  const [mine] = (await paul.get('/api/v1/offers/mine')).json<Offered>().offers
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: '9922' } })
  t.equal((await lina.get('/api/v1/offers')).statusCode, 403, 'her PIN guards it')
  await lina.post('/api/v1/unlock', { pin: '9922' })
  const url = `/api/v1/offers/${mine?.offer}`
  const wrong = mine?.code === '123456' ? '654321' : '123456'
  t.equal((await lina.post(`${url}/take`, { code: wrong })).statusCode, 422, 'wrong digits are wrong under duress too')
  t.equal((await lina.post(`${url}/take`, { code: mine?.code })).statusCode, 204)
  t.match((await lina.get('/api/v1/offers')).json<Offered>(), { offers: [{ state: 'taken' }] })
  t.match((await lina.get('/api/v1/contacts')).body, /Paul/)
  t.notOk(house.contactsOf(lina).some(({ name }) => name === 'Paul'), 'it is a show')
  await lina.post('/api/v1/unlock', { pin: '4711' })
  t.match((await lina.get('/api/v1/offers')).json<Offered>(), { offers: [{ state: 'open' }] })
  const before = (await tech.get('/api/v1/venue/offers')).body
  t.notMatch(before, /Paul/)
  t.equal((await lina.post(`${url}/take`, { code: mine?.code })).statusCode, 204)
  t.equal((await tech.get('/api/v1/venue/offers')).body, before, 'the venue does not learn who took it')
  t.equal((await tech.ask({ method: 'DELETE', url: `/api/v1/venue/offers/${mine?.offer}` })).statusCode, 204)
  t.ok(house.contactsOf(lina).some(({ name }) => name === 'Paul'), 'taken back, and still her contact')
  t.match((await paul.post('/api/v1/offers/mine')).json(), { reason: 'OFFER_BARRED' })
})

t.test('a colleague offers herself from the phone she works with, and answers on it', async (t) => {
  const house = await openHouse(t)
  const [lina, eva] = [await house.join('worker'), await house.join('worker', new Phone(house), 'Eva')]
  const [venue] = (await eva.get('/api/v1/standing')).json<{ venues: ReadonlyArray<{ venue: string }> }>().venues
  t.equal((await eva.post('/api/v1/offers/colleague', { venue: venue?.venue, name: 'Rose', language: 'fr', device: 'Phone' })).statusCode, 201)
  const [mine] = (await eva.get('/api/v1/offers/mine')).json<Offered>().offers
  t.match((await lina.get('/api/v1/offers')).json<Offered>(), { offers: [{ name: 'Rose', kind: 'colleague' }] })
  t.notMatch((await lina.get('/api/v1/offers')).body, /Eva/, 'under the name she chose')
  t.equal((await lina.post(`/api/v1/offers/${mine?.offer}/take`, { code: mine?.code })).statusCode, 204)
  t.equal((await eva.ask({ method: 'DELETE', url: `/api/v1/offers/mine/${mine?.offer}` })).statusCode, 204)
  t.ok(house.contactsOf(lina).some(({ name }) => name === 'Rose'))
})

t.test('the rota at its doors: own hours, a hand-over, and the technician sees gaps without a name', async (t) => {
  const house = await openHouse(t)
  const added = await house.people.venues.add('Maison', 'employed')
  if (!added.ok) throw new Error(added.code)
  const { id } = added.venue
  const [paul, rita, tech] = [await house.join('reference-person', new Phone(house), 'Paul', id), await house.join('reference-person', new Phone(house), 'Rita', id), await house.join('technician', new Phone(house), '', id)]
  const now = house.clock.now()
  t.equal((await paul.post('/api/v1/rota/hours', { from: now, until: now + 8 * HOUR })).statusCode, 204)
  t.same((await tech.get('/api/v1/venue/gaps')).json(), { gaps: [{ from: now + 8 * HOUR, until: now + 12 * HOUR }] })
  const { handover } = (await paul.post('/api/v1/rota/handovers', { from: now + 4 * HOUR, until: now + 8 * HOUR })).json<{ handover: string }>()
  t.notMatch((await rita.get('/api/v1/rota')).body, /Paul/)
  t.equal((await rita.post(`/api/v1/rota/handovers/${handover}`)).statusCode, 204)
  t.match((await rita.get('/api/v1/rota')).json(), { hours: [{ from: now + 4 * HOUR, until: now + 8 * HOUR }], handovers: [] })
  t.equal((await rita.ask({ method: 'DELETE', url: `/api/v1/rota/hours/${now + 4 * HOUR}` })).statusCode, 204)
  t.same((await tech.get('/api/v1/venue/gaps')).json(), { gaps: [{ from: now + 4 * HOUR, until: now + 12 * HOUR }] })
  t.equal((await (await house.join('technician')).get('/api/v1/venue/gaps')).json().gaps, null, 'a venue that needs none')
})

t.test('R6: at the door of pairing an organisation signs, or is taken as an authority', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const join = async (more: object) => {
    const { code } = (await lina.post('/api/v1/contacts/codes')).json<{ code: string }>()
    return (await new Phone(house).post(`/api/v1/pairings/${code}`, { name: 'Centrale', kind: 'organisation', language: 'fr', device: 'Desk', ...more })).json<{ kind: string }>().kind
  }
  t.equal(await join({}), 'authority')
  t.equal(await join({ neverForwards: 'v1' }), 'organisation')
})

t.test('R5: a responder leaves one list, is available until six, and tells each device how', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const { phone: ana } = await house.pair(lina)
  const until = house.clock.now() + 6 * HOUR
  t.equal((await ana.ask({ method: 'PUT', url: '/api/v1/me/responder/available', body: { until } })).statusCode, 204)
  t.match((await ana.get('/api/v1/me')).json(), { sessions: [{ availableUntil: until }] })
  t.match((await lina.get('/api/v1/contacts')).json(), { contacts: [{ availableUntil: until }], left: [] })
  const subscribed = await ana.ask({ method: 'PUT', url: '/api/v1/endpoints', body: { url: 'http://127.0.0.1:9/1', p256dh: 'B'.repeat(87), auth: 'A'.repeat(22), text: 'full', language: 'fr', provesShown: true } })
  const { endpoint } = subscribed.json<{ endpoint: string }>()
  t.equal((await ana.ask({ method: 'PATCH', url: `/api/v1/endpoints/${endpoint}`, body: { text: 'discreet' } })).statusCode, 204)
  t.match((await ana.get('/api/v1/endpoints')).json(), { endpoints: [{ endpoint, text: 'discreet' }] })
  const [circle] = (await ana.get('/api/v1/me/responder/circles')).json<{ circles: ReadonlyArray<{ circle: string }> }>().circles
  t.equal((await ana.ask({ method: 'DELETE', url: `/api/v1/me/responder/circles/${circle?.circle}` })).statusCode, 204)
  t.match((await lina.get('/api/v1/contacts')).json(), { contacts: [], left: [{ name: 'Ana' }] })
  t.equal((await lina.ask({ method: 'DELETE', url: '/api/v1/contacts/left' })).statusCode, 204)
  t.match((await lina.get('/api/v1/contacts')).json(), { contacts: [], left: [] })
})
