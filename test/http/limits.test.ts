/** Incident: a six-digit code was tried out in an afternoon. And: a limit told who existed. */
import t from 'tap'
import { Limiter } from '../../server/http/limiter.ts'
import { BUDGETS, LIMITER_KEYS_MAX } from '../../server/http/limits.ts'
import { PIN_FREE_TRIES } from '../../server/people/limits.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { Phone, openHouse } from './house.ts'

t.test('codes that are guessed run dry, real and invented ones alike, and come back with time', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const { code } = (await lina.post('/api/v1/contacts/codes')).json<{ code: string }>()
  const thief = new Phone(house)
  const codes: number[] = []
  for (let n = 0; n < BUDGETS.code.burst; n++) codes.push((await thief.get('/api/v1/pairings/AAAA2222')).statusCode)
  t.same(new Set(codes), new Set([404]))
  const dry = await thief.get('/api/v1/pairings/AAAA2222')
  t.equal(dry.statusCode, 429)
  t.ok(Number(dry.headers['retry-after']) >= 1)
  const real = await thief.get(`/api/v1/pairings/${code}`)
  t.equal(real.statusCode, 429, 'the right code gets the same answer')
  await house.clock.pass(BUDGETS.code.everyMs)
  t.equal((await thief.get(`/api/v1/pairings/${code}`)).statusCode, 200)
  t.equal((await thief.get(`/api/v1/pairings/${code}`)).statusCode, 429)
})

t.test('wrong PINs run dry, right ones never; raising is not touched', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  for (let n = 0; n < 30; n++) if ((await lina.post('/api/v1/unlock', { pin: '4711' })).statusCode !== 204) t.fail('a right PIN was counted')
  for (let n = 0; n < PIN_FREE_TRIES; n++) t.equal((await lina.post('/api/v1/unlock', { pin: '0000' })).statusCode, 403)
  const waits = async (pin: string): Promise<number> => {
    const { statusCode, headers } = await lina.post('/api/v1/unlock', { pin })
    t.equal(statusCode, 429)
    return Number(headers['retry-after'])
  }
  t.equal(await waits('0000'), 30)
  await house.clock.pass(10_000)
  const early = await waits('4711')
  t.ok(early > 0 && early <= 25, `the right one tells nothing either; she is told how long: ${early} s`)
  t.equal((await lina.press('one')).statusCode, 202)
  await house.clock.pass(early * 1_000)
  t.equal((await lina.post('/api/v1/unlock', { pin: '0000' })).statusCode, 403)
  const later = await waits('4711')
  t.ok(later > early, `each one makes the next wait longer: ${later} s`)
  await house.clock.pass(later * 1_000)
  t.equal((await lina.post('/api/v1/unlock', { pin: '4711' })).statusCode, 204, 'who waited as long as she was told is let in')
})

t.test('callers behind a neighbouring proxy are told apart', async (t) => {
  const house = await openHouse(t)
  const from = async (address: string): Promise<number> => (await house.app.inject({ url: '/api/v1/pairings/AAAA2222', headers: { host: house.host, 'x-forwarded-for': address } })).statusCode
  for (let n = 0; n < BUDGETS.code.burst; n++) await from('203.0.113.7')
  t.equal(await from('203.0.113.7'), 429)
  t.equal(await from('203.0.113.8'), 404)
})

t.test('the limiter\'s memory has an end', async (t) => {
  const limiter = new Limiter(new FakeClock())
  for (let n = 0; n < LIMITER_KEYS_MAX + 500; n++) limiter.take('invite', `address ${n}`)
  t.equal(limiter.size, LIMITER_KEYS_MAX)
})
