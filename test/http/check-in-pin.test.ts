/** Incident: somebody else answered for her, and her screen told him what came of it. */
import t from 'tap'
import { DUE, GRACE, HOUR, MINUTE, alarmsOf, alertsOf, homeOf, pass, promise, scene, setPins } from './promised.ts'

t.test('R17: her PIN guards the answers, not the promise; the shift that ends on a locked phone ends no promise', async (t) => {
  const { house, lina } = await scene(t)
  await setPins(lina)
  await lina.post('/api/v1/shift/place', { place: 'Rue Verte 7', plannedEndAt: house.clock.now() + 4 * HOUR, feedback: 0, house: false })
  t.equal((await promise(lina)).statusCode, 201)
  t.equal((await lina.post('/api/v1/check-in/confirm', {})).json().code, 'PIN_NEEDED')
  t.equal((await lina.post('/api/v1/check-in/extend', { forS: 3600 })).json().code, 'PIN_NEEDED')
  t.equal((await lina.post('/api/v1/check-in/confirm', { pin: '0000' })).json().code, 'PIN_WRONG')
  t.equal((await lina.ask({ method: 'DELETE', url: '/api/v1/shift' })).statusCode, 204)
  t.match(await homeOf(lina), { for: 'promise' })
  await pass(house, DUE + GRACE)
  t.equal((await alarmsOf(lina)).length, 1)
  t.match(house.ears.tellings[0]?.card, { place: 'Rue Verte 7' }, 'where she was when she promised')
  const other = await scene(t)
  await other.lina.post('/api/v1/shift/place', { place: 'Rue Verte 7', plannedEndAt: other.house.clock.now() + 4 * HOUR, feedback: 0, house: false })
  await promise(other.lina)
  await other.lina.ask({ method: 'DELETE', url: '/api/v1/shift' })
  t.equal(await homeOf(other.lina), null, 'with no PIN, or a right one, it ends with the shift')
})

t.test('"I am fine" under duress: the same bytes and the same page; it falls due unseen, and only those marked learn', async (t) => {
  const seen: unknown[] = []
  for (const pin of ['4711', '9058']) {
    const { house, lina, ana, luc } = await scene(t)
    await setPins(lina)
    await promise(lina)
    await pass(house, 4 * MINUTE)
    const { headers, body, statusCode } = await lina.post('/api/v1/check-in/confirm', { pin })
    const { date: _date, ...shown } = headers
    await pass(house, 6 * MINUTE - 1)
    t.same(house.ears.told, [], 'not before its time')
    await pass(house, 1)
    t.same(house.ears.toldOnce, pin === '4711' ? [] : [`${ana.responder} duress 1`])
    t.match((await alertsOf(ana)).map(({ phase }) => phase), pin === '4711' ? [] : ['duress'])
    await pass(house, HOUR / 4)
    seen.push({ statusCode, shown, body, reminded: house.reminded, home: await homeOf(lina), alarms: await alarmsOf(lina), journal: (await lina.get('/api/v1/journal')).statusCode, lucs: await alertsOf(luc), told: house.ears.tellings.filter(({ to }) => to === luc.responder).length })
  }
  t.same(seen[0], seen[1])
})

t.test('put off under duress: the old promise falls due unseen, the shown one as shown; her true PIN ends what was forced', async (t) => {
  const { house, lina, ana, luc } = await scene(t)
  await setPins(lina)
  await promise(lina)
  const { checkIn } = (await lina.post('/api/v1/check-in/extend', { forS: 1200, pin: '9058' })).json<{ checkIn: { dueAt: number } }>()
  t.equal(checkIn.dueAt, house.clock.now() + 20 * MINUTE)
  await pass(house, DUE)
  t.same(house.ears.toldOnce, [`${ana.responder} duress 1`])
  await pass(house, 10 * MINUTE + GRACE)
  t.ok(house.ears.toldOnce.includes(`${luc.responder} alert 1`), 'and the shown one is kept to, as after a true word')
  t.equal((await alarmsOf(lina)).length, 1)
  const other = await scene(t)
  await setPins(other.lina)
  await promise(other.lina)
  await other.lina.post('/api/v1/check-in/confirm', { pin: '9058' })
  t.same((await other.lina.post('/api/v1/check-in/confirm', { pin: '4711' })).json(), { checkIn: null, saved: true })
  await pass(other.house, HOUR / 4)
  t.same(other.house.ears.told, [])
})

t.test('raised meanwhile: her PIN on the same button ends it, and without one she can only say so', async (t) => {
  const { house, lina } = await scene(t)
  await promise(lina)
  await pass(house, DUE + GRACE)
  t.equal((await lina.post('/api/v1/check-in/confirm', {})).json().reason, 'PIN_UNSET')
  await setPins(lina)
  t.same((await lina.post('/api/v1/check-in/confirm', { pin: '4711' })).json(), { checkIn: null, saved: true })
  t.match(await alarmsOf(lina), [{ phase: 'ended' }])
})

t.test('in a circle of one "it is over" becomes a check-in on her page, answered like any other (R14)', async (t) => {
  const { house, lina, ana, id } = await scene(t)
  await setPins(lina)
  await lina.post('/api/v1/unlock', { pin: '4711' })
  await house.circle(lina, [ana.responder], [ana.responder])
  await lina.press('one')
  const [{ alarm } = { alarm: '' }] = await alertsOf(ana)
  for (const is of ['arrived', 'over']) await ana.phone.post(`/api/v1/alerts/${alarm}/answer`, { is })
  t.match(await homeOf(lina), { checkIn: alarm, for: 'over', dueAt: house.clock.now() + 15 * MINUTE, then: null })
  t.same(house.reminded, [`${id} check-in-due`])
  t.same((await lina.post('/api/v1/check-in/confirm', { pin: '4711' })).json(), { checkIn: null, saved: true })
  t.match(await alarmsOf(lina), [{ phase: 'ended' }])
})
