/** Incident: with a phone that he had taken he typed wrong PINs all evening, so that hers would neither end nor change anything. */
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import type { Test } from 'tap'
import { addressOf } from '../../server/http/address.ts'
import { BUDGETS } from '../../server/http/limits.ts'
import { PIN_FREE_TRIES, PIN_HASHES_AT_ONCE, PIN_HASHES_WAITING_MAX } from '../../server/people/limits.ts'
import { Argon } from '../../server/people/argon.ts'
import type { WorkerId } from '../../server/people/words.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

async function linaWithTwoPhones (t: Test): Promise<{ house: House, hers: Phone, stolen: Phone }> {
  const house = await openHouse(t)
  const hers = await house.join('worker')
  const ana = await house.pair(hers)
  await house.circle(hers, [ana.responder], [ana.responder])
  const { token } = await house.people.sessions.open({ is: 'worker', id: house.idOf(hers, 'worker') as WorkerId }, 'Old phone')
  const stolen = new Phone(house)
  stolen.cookie = `__Host-s=${token}`
  const set = await hers.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: '9058' } })
  if (set.statusCode !== 204) throw new Error(set.body)
  return { house, hers, stolen }
}

t.test('R16: wrong PINs on another phone keep hers from nothing: not from raising, not from ending, not from her list', async (t) => {
  const { house, hers, stolen } = await linaWithTwoPhones(t)
  for (let n = 0; n < PIN_FREE_TRIES + 3; n++) await stolen.post('/api/v1/unlock', { pin: '0000' })
  t.equal((await stolen.post('/api/v1/unlock', { pin: '4711' })).statusCode, 429, 'that phone waits')
  t.equal((await hers.press('one')).statusCode, 202)
  const alarm = (await hers.get('/api/v1/alarms')).json().alarms[0].alarm as string
  t.equal((await hers.post('/api/v1/unlock', { pin: '4711' })).statusCode, 204)
  t.equal((await hers.get('/api/v1/circle')).statusCode, 200)
  t.same((await hers.post(`/api/v1/alarms/${alarm}/close`, { pin: '4711' })).json(), { saved: true })
  t.equal((await hers.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: '4711', pin: '2580', duress: null } })).statusCode, 204)
  t.equal((await stolen.press('two')).statusCode, 202, 'and that phone raises all the same')
  await house.clock.pass(60 * 60_000)
  t.equal((await stolen.post('/api/v1/unlock', { pin: '2580' })).statusCode, 204, 'it waits, it is not shut out')
})

t.test('a phone that guesses wears out its own tries, whichever door it tries them at', async (t) => {
  const { hers, stolen } = await linaWithTwoPhones(t)
  await stolen.press('one')
  const alarm = (await stolen.get('/api/v1/alarms')).json().alarms[0].alarm as string
  const doors: readonly (() => Promise<{ statusCode: number }>)[] = [
    async () => await stolen.post('/api/v1/unlock', { pin: '0000' }),
    async () => await stolen.post(`/api/v1/alarms/${alarm}/close`, { pin: '0000' }),
    async () => await stolen.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: '0000', pin: '1111', duress: null } })
  ]
  for (let n = 0; n < PIN_FREE_TRIES; n++) t.equal((await doors[n % doors.length]!()).statusCode, 403)
  for (const door of doors) t.equal((await door()).statusCode, 429)
  t.equal((await hers.post('/api/v1/unlock', { pin: '4711' })).statusCode, 204)
})

t.test('a flood of PINs holds up neither a press nor the event loop, and has an end', async (t) => {
  const { house, hers, stolen } = await linaWithTwoPhones(t)
  const flood = Array.from({ length: 50 }, async () => await stolen.post('/api/v1/unlock', { pin: '0000' }))
  let turns = 0
  let flooding = true
  void Promise.all(flood).finally(() => { flooding = false })
  const pressed = await hers.press('one')
  t.equal(pressed.statusCode, 202)
  t.same(house.ears.told.length, 1)
  while (flooding) { turns += 1; await setImmediate() }
  t.ok(turns > 20, 'the event loop turned meanwhile')
  t.same(new Set((await Promise.all(flood)).map(({ statusCode }) => statusCode)), new Set([403, 429]))
})

t.test('so many PINs are computed at once, so many wait, one more is told to come back', async (t) => {
  const argon = new Argon()
  const hashed = await argon.hash('4711')
  const before = argon.computed
  const all = Array.from({ length: PIN_HASHES_AT_ONCE + PIN_HASHES_WAITING_MAX }, async () => await argon.verify(hashed, '4711'))
  t.equal(argon.computed - before, PIN_HASHES_AT_ONCE)
  t.equal(argon.isFull, true)
  t.same(new Set(await Promise.all(all)), new Set([true]))
  t.equal(argon.isFull, false)
  t.equal(await argon.verify(hashed, '0000'), false)
})

t.test('codes, confirmations, shortcuts and new tokens run dry by phone: one that was stolen uses up nobody else\'s', async (t) => {
  const { hers, stolen } = await linaWithTwoPhones(t)
  for (const phone of [hers, stolen]) await phone.post('/api/v1/unlock', { pin: '4711' })
  for (let n = 0; n < BUDGETS.make.burst; n++) await stolen.post('/api/v1/shortcuts')
  t.equal((await stolen.post('/api/v1/shortcuts')).statusCode, 429)
  t.equal((await stolen.post('/api/v1/contacts/codes')).statusCode, 429)
  t.equal((await hers.post('/api/v1/contacts/codes')).statusCode, 201)
  for (let n = 0; n < BUDGETS.pin.burst; n++) await stolen.post('/api/v1/contacts/nobody/confirm', { code: '123456' })
  t.equal((await stolen.post('/api/v1/contacts/nobody/confirm', { code: '123456' })).statusCode, 429)
  t.equal((await hers.post('/api/v1/contacts/nobody/confirm', { code: '123456' })).statusCode, 404)
  for (let n = 0; n < BUDGETS.refresh.burst; n++) await stolen.post('/api/v1/sessions/refresh')
  t.equal((await stolen.post('/api/v1/sessions/refresh')).statusCode, 429)
  t.equal((await hers.post('/api/v1/sessions/refresh')).statusCode, 204)
  t.equal((await stolen.press('dry everywhere')).statusCode, 202, 'raising has no budget')
})

t.test('R24: she sees the other phone, and signs it out', async (t) => {
  const { hers, stolen } = await linaWithTwoPhones(t)
  await hers.post('/api/v1/unlock', { pin: '4711' })
  const { sessions } = (await hers.get('/api/v1/sessions')).json<{ sessions: { session: string, device: string, current: boolean }[] }>()
  const other = sessions.find(({ device }) => device === 'Old phone')
  t.match(sessions.map(({ current }) => current).filter(Boolean).length, 1)
  t.equal((await hers.ask({ method: 'DELETE', url: `/api/v1/sessions/${other?.session ?? ''}` })).statusCode, 204)
  for (const url of ['/api/v1/me', '/api/v1/alarms']) t.equal((await stolen.get(url)).statusCode, 401)
  t.equal((await hers.get('/api/v1/me')).statusCode, 200)
})

t.test('whoever has one address of an IPv6 network has all of them, and is counted once', async (t) => {
  t.equal(addressOf({ ip: '203.0.113.7' }), '203.0.113.7')
  t.equal(addressOf({ ip: '::ffff:203.0.113.7' }), '203.0.113.7')
  t.equal(addressOf({ ip: '2001:db8:1:2:3:4:5:6' }), addressOf({ ip: '2001:0db8:1:2:ffff::1' }))
  t.not(addressOf({ ip: '2001:db8:1:2::1' }), addressOf({ ip: '2001:db8:1:3::1' }))
  t.equal(addressOf({ ip: '::1' }), '0:0:0:0::/64')
  t.equal(addressOf({ ip: 'fe80::1%eth0' }), 'fe80:0:0:0::/64')
})
