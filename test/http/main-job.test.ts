/** Incident: the button was built and nobody's phone rang, because each door was tested alone. */
import t from 'tap'
import { openHouse } from './house.ts'

t.test('she presses on her phone; Ana is told, comes, arrives; she closes by PIN', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder], [], { [ana.responder]: { alias: true, room: true, address: false } })
  const tech = await house.join('technician')
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: 'Rue des Tilleuls 12' })).json<{ room: string }>()
  const token = (await tech.get(`/api/v1/rooms/${room}/code`)).json<{ url: string }>().url.split('/q/')[1]
  const shift = await lina.post('/api/v1/shift/code', { token, plannedEndAt: house.clock.now() + 4 * 3_600_000, feedback: 0, house: false })
  t.equal(shift.statusCode, 201, shift.body)
  t.equal((await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })).statusCode, 204)

  const pressed = await lina.press('one')
  t.equal(pressed.statusCode, 202)
  t.same(pressed.json(), { verdict: 'raised', recorded: true, ignored: [] })
  t.same(house.ears.told, [`${ana.responder} alert`], 'told at once')

  const { alerts } = (await ana.phone.get('/api/v1/alerts')).json()
  t.equal(alerts.length, 1)
  t.match(alerts[0], { phase: 'calling', kind: 'alarm', card: { room: 'Lilac', address: null, alias: 'Lina' } }, 'what she may see and no more')
  const alarm = alerts[0].alarm as string
  t.equal((await ana.phone.post(`/api/v1/alerts/${alarm}/receipts`, { n: alerts[0].n, level: 'shown' })).statusCode, 204)
  t.same((await ana.phone.post(`/api/v1/alerts/${alarm}/answer`, { is: 'coming', minutes: 5 })).json(), { saved: true })
  const seen = (await lina.get('/api/v1/alarms')).json().alarms[0]
  t.match(seen, { alarm, phase: 'helped', counts: { told: 1, shown: 1, coming: 1 } })

  t.same((await lina.post(`/api/v1/alarms/${alarm}/close`, { pin: '4711' })).json(), { saved: true })
  t.match((await ana.phone.get('/api/v1/alerts')).json().alerts[0], { phase: 'over', card: null }, 'over, and nothing of hers to read')
})
