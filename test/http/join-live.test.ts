/**
 * Incident: she stood before a room and asked to come in; nobody's page moved, the one who was there saw it twenty seconds later and said
 * no, and she went on waiting in the corridor.
 */
import t from 'tap'
import { openHouse, Phone } from './house.ts'
import type { House } from './house.ts'
import { Ear } from './twins.ts'

const MINUTE = 60_000
type Joins = { readonly asks: number, readonly mine: string | null } | null

/** Her open page: what it was last told of who asks. */
function pageOf (house: House, phone: Phone): () => Joins | undefined {
  const lines: string[] = []
  const [session] = phone.cookie.split('=')[1]?.split('.').flatMap((token) => house.people.sessions.find(token) ?? []) ?? []
  if (session === undefined) throw new Error('she is signed in')
  house.live.join(new Ear((line) => { lines.push(line) }), { subject: { is: 'worker', id: session.who.id }, session: session.id, cursor: null })
  return () => lines.filter((line) => line.includes('worker-home')).map((line) => (JSON.parse(line.replace(/^message \d+ /, '')) as { home: { joins: Joins } }).home.joins).at(-1)
}

t.test('who asks is seen at once by those who are there; "not now" reaches the asker at once, without whom and why', async (t) => {
  const house = await openHouse(t)
  const tech = await house.join('technician')
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: null })).json<{ room: string }>()
  const { url } = (await tech.get(`/api/v1/rooms/${room}/code`)).json<{ url: string }>()
  const wish = { plannedEndAt: house.clock.now() + 120 * MINUTE, feedback: 0, house: true }
  const [lina, mira] = [await house.join('worker'), await house.join('worker', new Phone(house), 'Mira')]
  t.equal((await lina.post('/api/v1/shift/code', { token: url.split('/q/')[1], ...wish })).statusCode, 201)
  const [hers, theirs] = [pageOf(house, lina), pageOf(house, mira)]
  await house.clock.pass(1_000)
  t.equal(hers(), null)
  t.equal(theirs(), null)
  const asks = async (): Promise<string> => (await mira.post('/api/v1/shift/requests', { room, ...wish })).json<{ request: string }>().request

  const first = await asks()
  await house.clock.pass(1_000)
  t.same(hers(), { asks: 1, mine: null })
  t.same(theirs(), { asks: 0, mine: 'asked' })
  await lina.post(`/api/v1/shift/requests/${first}`, { approve: false })
  await house.clock.pass(1_000)
  t.equal(hers(), null)
  t.same(theirs(), { asks: 0, mine: 'refused' }, 'and not a word more')

  const second = await asks()
  await house.clock.pass(1_000)
  t.same(theirs(), { asks: 0, mine: 'asked' }, 'she may ask anew')
  t.same((await lina.post(`/api/v1/shift/requests/${second}`, { approve: true })).json(), { started: true })
  await house.clock.pass(1_000)
  t.equal(hers(), null)
  t.equal(theirs(), null, 'it has begun')
  t.match((await mira.get('/api/v1/shift')).json(), { shift: { room } })
})

t.test('who asks no more is not let in by a yes that comes later, and those who are there are not asked any longer', async (t) => {
  const house = await openHouse(t)
  const tech = await house.join('technician')
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: null })).json<{ room: string }>()
  const { url } = (await tech.get(`/api/v1/rooms/${room}/code`)).json<{ url: string }>()
  const wish = { plannedEndAt: house.clock.now() + 120 * MINUTE, feedback: 0, house: true }
  const [lina, mira, zoe] = [await house.join('worker'), await house.join('worker', new Phone(house), 'Mira'), await house.join('worker', new Phone(house), 'Zoe')]
  await lina.post('/api/v1/shift/code', { token: url.split('/q/')[1], ...wish })
  const { request } = (await mira.post('/api/v1/shift/requests', { room, ...wish })).json<{ request: string }>()
  await zoe.post('/api/v1/shift/requests', { room, ...wish })
  const [hers, theirs] = [pageOf(house, lina), pageOf(house, mira)]
  await house.clock.pass(1_000)
  t.same(hers(), { asks: 2, mine: null })

  t.equal((await mira.ask({ method: 'DELETE', url: '/api/v1/shift/requests' })).statusCode, 204)
  await house.clock.pass(1_000)
  t.same(hers(), { asks: 1, mine: null }, 'one of two: the other still asks')
  t.equal(theirs(), null)
  t.equal((await lina.post(`/api/v1/shift/requests/${request}`, { approve: true })).statusCode, 404)
  t.match((await mira.get('/api/v1/shift')).json(), { shift: null }, 'no shift began behind her back')
  t.equal((await mira.ask({ method: 'DELETE', url: '/api/v1/shift/requests' })).statusCode, 204, 'said twice, or with nothing asked, it is as good as once')

  const again = (await mira.post('/api/v1/shift/requests', { room, ...wish })).json<{ request: string }>()
  t.same((await lina.post(`/api/v1/shift/requests/${again.request}`, { approve: true })).json(), { started: true })
})

t.test('a "not now" is forgotten after a while, and so is whoever has begun elsewhere', async (t) => {
  const house = await openHouse(t)
  const tech = await house.join('technician')
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: null })).json<{ room: string }>()
  const { url } = (await tech.get(`/api/v1/rooms/${room}/code`)).json<{ url: string }>()
  const wish = { plannedEndAt: house.clock.now() + 120 * MINUTE, feedback: 0, house: true }
  const [lina, mira] = [await house.join('worker'), await house.join('worker', new Phone(house), 'Mira')]
  await lina.post('/api/v1/shift/code', { token: url.split('/q/')[1], ...wish })
  const joins = async (phone: Phone): Promise<Joins> => (await phone.get('/api/v1/home')).json<{ joins: Joins }>().joins
  const { request } = (await mira.post('/api/v1/shift/requests', { room, ...wish })).json<{ request: string }>()
  await lina.post(`/api/v1/shift/requests/${request}`, { approve: false })
  t.same(await joins(mira), { asks: 0, mine: 'refused' })
  await house.clock.pass(11 * MINUTE)
  t.equal(await joins(mira), null)
  await mira.post('/api/v1/shift/requests', { room, ...wish })
  t.same(await joins(lina), { asks: 1, mine: null })
  t.equal((await mira.post('/api/v1/shift/place', { place: 'Quai 12', ...wish })).statusCode, 201)
  t.equal(await joins(lina), null)
  t.same((await lina.get('/api/v1/shift')).json<{ asked: unknown[] }>().asked, [])
})
