/** Incident: a reminder went to the phone of somebody who had signed in once, and showed her name on it. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'

const subscription = { url: 'https://fcm.googleapis.com/fcm/send/abc', p256dh: 'B'.repeat(87), auth: 'a'.repeat(22), language: 'fr', provesShown: true }

t.test('her own devices are hers: discreet unless she says otherwise, sealed, and gone when she says so', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const eve = await house.join('worker', new Phone(house), 'Eve')
  const put = async (body: object) => await lina.ask({ method: 'PUT', url: '/api/v1/me/endpoints', body })
  t.equal((await put({ ...subscription, url: 'https://evil.example/push' })).json().reason, 'PUSH_HOST_UNKNOWN')
  const { endpoint } = (await put(subscription)).json<{ endpoint: string }>()
  t.equal((await put(subscription)).statusCode, 200, 'the same again replaces it')
  const { endpoints } = (await lina.get('/api/v1/me/endpoints')).json<{ endpoints: { endpoint: string }[] }>()
  t.match(endpoints, [{ text: 'discreet', language: 'fr', provesShown: true }])
  t.equal(endpoints.length, 1)
  const kept = endpoints[0]?.endpoint ?? ''
  t.not(kept, endpoint)
  t.same((await eve.get('/api/v1/me/endpoints')).json(), { endpoints: [] })
  t.equal((await eve.ask({ method: 'DELETE', url: `/api/v1/me/endpoints/${kept}` })).statusCode, 404)
  t.equal((await lina.ask({ method: 'DELETE', url: `/api/v1/me/endpoints/${kept}` })).statusCode, 204)
  t.same((await lina.get('/api/v1/me/endpoints')).json(), { endpoints: [] })
  t.match((await lina.get('/api/v1/journal')).json(), { lines: [{ what: 'phone-removed', by: 'you' }] })
})

t.test('her own page, by HTTP as by the socket', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  t.match((await lina.get('/api/v1/home')).json(), { checkIn: null, readiness: { level: 'red', reasons: [{ code: 'NO_SHIFT' }, {}] }, shortcut: null })
})
