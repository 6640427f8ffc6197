/** Incident: a phone with an empty battery sent four people running. */
import t from 'tap'
import type { ResponderId } from '../../server/people/words.ts'
import { Phone, openHouse } from './house.ts'
import { DUE, GRACE, HOUR, MINUTE, alarmsOf, alertsOf, homeOf, pass, promise, scene } from './promised.ts'

t.test('R17: nobody sees a promise before it is overdue; then she is reminded, then her circle is told, as she chose', async (t) => {
  const { house, lina, id, ana, luc } = await scene(t)
  t.equal((await promise(lina)).statusCode, 201)
  t.match(await homeOf(lina), { for: 'promise', phase: 'waiting', dueAt: house.clock.now() + DUE, raisesAt: house.clock.now() + DUE + GRACE, then: 'alarm' })
  const dueAt = house.clock.now() + DUE
  await pass(house, DUE - 1)
  t.same([house.reminded, house.ears.told], [[], []])
  t.same(await alertsOf(ana), [])
  await pass(house, 1)
  t.same(house.reminded, [`${id} check-in-due`])
  t.match(await homeOf(lina), { phase: 'overdue' })
  await pass(house, GRACE - 1)
  t.same(house.ears.told, [], 'the grace is hers')
  t.equal(house.reminded.length, 2, 'and once more half-way')
  await pass(house, 1)
  t.same(house.ears.toldOnce, [`${ana.responder} alert 1`, `${luc.responder} alert 1`])
  t.match(await alarmsOf(lina), [{ kind: 'alarm', missed: { dueAt, unreachableSince: null }, pressedAt: dueAt + GRACE }])
  t.match(await alertsOf(ana), [{ kind: 'alarm', missed: { dueAt, unreachableSince: null } }])
  t.equal(await homeOf(lina), null)
  await pass(house, HOUR / 2)
  t.equal((await alarmsOf(lina)).length, 1, 'once')
  t.match((await lina.get('/api/v1/journal')).json().lines[0], { what: 'check-in-raised', by: 'service' })
})

t.test('"I am fine" ends it; twice is as good as once; put off is a new promise', async (t) => {
  const { house, lina } = await scene(t)
  await promise(lina)
  t.equal((await promise(lina)).json().reason, 'CHECK_IN_RUNNING')
  await pass(house, 8 * MINUTE)
  t.match((await lina.post('/api/v1/check-in/extend', { forS: 900 })).json(), { checkIn: { dueAt: house.clock.now() + 15 * MINUTE } })
  await pass(house, 14 * MINUTE)
  t.same(house.reminded, [])
  t.same((await lina.post('/api/v1/check-in/confirm', {})).json(), { checkIn: null, saved: true })
  t.same((await lina.post('/api/v1/check-in/confirm', {})).json(), { checkIn: null, saved: true })
  t.equal((await lina.post('/api/v1/check-in/extend', { forS: 3600 })).statusCode, 404)
  await pass(house, HOUR / 2)
  t.same([house.reminded, house.ears.told], [[], []])
})

t.test('R17: a phone that can not be reached: a quiet check, with since when; a page or a shown reminder is reach', async (t) => {
  const { house, lina, id } = await scene(t)
  await promise(lina)
  await pass(house, 4 * MINUTE)
  house.pages.set(id, 0)
  const since = house.clock.now()
  await pass(house, 8 * MINUTE + 1)
  const [alarm] = await alarmsOf(lina)
  t.match(alarm, { kind: 'assist', missed: { unreachableSince: Number } })
  t.ok(Math.abs((alarm?.missed?.unreachableSince ?? 0) - since) <= 10_000, 'to ten seconds')
  t.match(alarm?.facts.map(({ reason }) => reason), ['OPENED', 'CHECK_IN_MISSED', 'PHONE_UNREACHABLE', 'STEP_TOLD'])
  const other = await scene(t)
  await promise(other.lina)
  other.house.pages.set(other.id, 0)
  await pass(other.house, DUE + 1)
  t.equal((await other.lina.post('/api/v1/me/receipts')).statusCode, 204)
  await pass(other.house, GRACE)
  t.match(await alarmsOf(other.lina), [{ kind: 'alarm', missed: { unreachableSince: null } }])
})

t.test('R17: an authority is never told of it, whatever she consented to', async (t) => {
  const { house, lina, ana, luc } = await scene(t)
  const { code } = (await lina.post('/api/v1/contacts/codes')).json<{ code: string }>()
  const police = new Phone(house)
  const joined = await police.post(`/api/v1/pairings/${code}`, { name: 'Post 5', kind: 'authority', language: 'fr', device: 'Story' })
  const post5 = house.contactsOf(lina).find(({ kind }) => kind === 'authority')?.responder ?? '' as ResponderId
  await lina.post(`/api/v1/contacts/${post5}/confirm`, { code: joined.json<{ confirm: string }>().confirm })
  await lina.post('/api/v1/shift/place', { place: 'Rue Verte 7', plannedEndAt: house.clock.now() + 4 * HOUR, feedback: 0, house: false })
  t.equal((await lina.post('/api/v1/consents', { responder: post5, wording: 'v1' })).statusCode, 201)
  await house.circle(lina, [ana.responder, post5, luc.responder], [ana.responder])
  await promise(lina)
  await pass(house, 20 * MINUTE)
  t.notOk(house.ears.tellings.some(({ to, authority }) => authority || to === post5))
  t.same(await alertsOf({ phone: police, responder: post5 }), [])
  t.equal((await alarmsOf(lina))[0]?.phase, 'nobody-yet')
})

t.test('a disk that takes nothing keeps nobody from being told', async (t) => {
  const { house, lina, ana } = await scene(t)
  await promise(lina)
  house.disk.hang()
  t.teardown(() => { house.disk.mend() })
  await house.clock.pass(DUE + GRACE)
  t.ok(house.ears.toldOnce.includes(`${ana.responder} alert 1`))
})

t.test('what is odd is refused: too soon, too late, and a promise that nobody would miss', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  t.equal((await promise(lina)).json().reason, 'CIRCLE_EMPTY')
  for (const forS of [0, 299, 43_201, -1, 1.5]) t.equal((await promise(lina, { forS })).statusCode, 400)
  for (const graceS of [0, 59, 901]) t.equal((await promise(lina, { graceS })).statusCode, 400)
})
