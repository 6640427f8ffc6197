/** Incident: a button was hung in another room, her press brought people to the old one; and a manager read from "last heard" who had pressed. */
import t from 'tap'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { RoomId } from '../../server/people/words.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

type Venue = { rooms: { room: string, label: string }[], buttons: { did: string, room: string, lastBeatAt: number | null, batteryPct: number | null, trouble: string | null }[] }
const venueOf = async (tech: Phone) => (await tech.get('/api/v1/venue')).json<Venue>()
const room = async (tech: Phone, label: string) => (await tech.post('/api/v1/rooms', { label, address: null })).json<{ room: string }>().room
const button = async (tech: Phone, where: string) => (await tech.post(`/api/v1/rooms/${where}/buttons`)).json<{ did: string }>().did
const tokenOf = async (tech: Phone, where: string) => (await tech.get(`/api/v1/rooms/${where}/code`)).json<{ url: string }>().url.split('/q/')[1] ?? ''
const wish = (house: House) => ({ plannedEndAt: house.clock.now() + 3_600_000, feedback: 0, house: false })
const told = async (phone: Phone) => (await phone.get('/api/v1/journal')).json<{ lines: { what: string, room?: string }[] }>().lines.filter(({ what }) => what === 'room-changed').map((line) => line.room)

async function scene (t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t)
  const tech = await house.join('technician')
  const [lilac, willow] = [await room(tech, 'Lilac'), await room(tech, 'Willow')]
  const lina = await house.join('worker')
  const started = await lina.post('/api/v1/shift/code', { token: await tokenOf(tech, lilac), ...wish(house) })
  if (started.statusCode !== 201) throw new Error(started.body)
  return { house, tech, lilac, willow, lina }
}

t.test('R13: a room renamed, a button moved: both rooms are changed, and who works there is told', async (t) => {
  const { house, tech, lilac, willow, lina } = await scene(t)
  const did = await button(tech, willow)
  const changes = (id: string) => house.open.directory.picture.places.rooms.get(id)?.change ?? 0
  const before = [changes(lilac), changes(willow)]
  t.equal((await tech.ask({ method: 'PATCH', url: `/api/v1/buttons/${did}`, body: { room: lilac } })).statusCode, 204)
  t.same([changes(lilac), changes(willow)], before.map((n) => n + 1))
  t.match((await venueOf(tech)).buttons, [{ did, room: lilac }])
  t.equal((await tech.ask({ method: 'PATCH', url: `/api/v1/rooms/${lilac}`, body: { label: 'Rose', address: 'Rue Verte 7' } })).statusCode, 204)
  t.same(await told(lina), [lilac, lilac])
  t.equal(changes(lilac), (before[0] ?? 0) + 2)
  t.equal((await tech.ask({ method: 'PATCH', url: `/api/v1/rooms/${lilac}`, body: { label: 'Rose', address: 'Rue Verte 7' } })).statusCode, 204)
  t.equal(changes(lilac), (before[0] ?? 0) + 2, 'the same again changes nothing')
  t.match((await tech.ask({ method: 'PATCH', url: `/api/v1/rooms/${lilac}`, body: { label: 'willow', address: null } })).json(), { reason: 'LABEL_TAKEN' })
})

t.test('a room is retired whether somebody works there or not, for the answer must not tell; hers goes on', async (t) => {
  const { house, tech, lilac, willow, lina } = await scene(t)
  const did = await button(tech, lilac)
  t.match((await tech.ask({ method: 'DELETE', url: `/api/v1/rooms/${lilac}` })).json(), { reason: 'ROOM_HAS_BUTTONS' }, 'no button hangs where nobody looks')
  await tech.ask({ method: 'PATCH', url: `/api/v1/buttons/${did}`, body: { room: willow } })
  const token = await tokenOf(tech, lilac)
  t.equal((await tech.ask({ method: 'DELETE', url: `/api/v1/rooms/${lilac}` })).statusCode, 204)
  t.same((await venueOf(tech)).rooms.map(({ label }) => label), ['Willow'])
  t.match((await lina.get('/api/v1/shift')).json(), { shift: { room: lilac } })
  t.equal((await told(lina)).length, 3)
  const mira = await house.join('worker', new Phone(house), 'Mira')
  t.equal((await mira.post('/api/v1/shift/code', { token, ...wish(house) })).statusCode, 404)
  t.equal((await mira.post('/api/v1/shift/window', { room: lilac, ...wish(house) })).statusCode, 404)
  for (const [method, url] of [['POST', `/api/v1/rooms/${lilac}/buttons`], ['GET', `/api/v1/rooms/${lilac}/code`], ['DELETE', `/api/v1/rooms/${lilac}`]] as const) t.equal((await tech.ask({ method, url })).statusCode, 404)
  t.ok(await room(tech, 'Lilac'), 'its name is free')
})

t.test('R7, R22: a new QR voids the old one at once, ends no shift, and opens a blank page to everybody else', async (t) => {
  const { house, tech, willow, lilac, lina } = await scene(t)
  const old = await tokenOf(tech, willow)
  const renewed = await tech.post(`/api/v1/rooms/${willow}/code`)
  t.equal(renewed.statusCode, 200)
  const { url } = renewed.json<{ url: string }>()
  t.equal(url, `${house.origin}/q/${await tokenOf(tech, willow)}`)
  const mira = await house.join('worker', new Phone(house), 'Mira')
  t.equal((await mira.post('/api/v1/shift/code', { token: old, ...wish(house) })).statusCode, 404)
  t.equal((await mira.post('/api/v1/shift/code', { token: url.split('/q/')[1], ...wish(house) })).statusCode, 201)
  await tech.post(`/api/v1/rooms/${lilac}/code`)
  t.match((await lina.get('/api/v1/shift')).json(), { shift: { room: lilac } })
  const pages = await Promise.all([old, url.split('/q/')[1] ?? '', 'nothing'].map(async (token) => (await new Phone(house).get(`/q/${token}`)).body))
  t.equal(new Set(pages).size, 1, 'void, valid and unknown look alike')
})

t.test('R21: a press changes nothing that the technician sees: not the time, not the battery, not the trouble', async (t) => {
  const { house, tech, willow } = await scene(t)
  const did = await button(tech, willow) as Did
  const beat = { did, at: house.clock.now(), beatS: 30, batteryPct: 80, batteryMv: null, rssiDbm: -60, flags: null, fw: '1', model: 'wall' }
  house.people.buttons.heard(beat as never, 'beat')
  const before = (await venueOf(tech)).buttons
  await house.clock.pass(12_345)
  house.people.buttons.heard({ ...beat, at: house.clock.now(), batteryPct: 79, rssiDbm: -71 } as never, 'press')
  t.same((await venueOf(tech)).buttons, before)
  await house.clock.pass(17_655)
  house.people.buttons.heard({ ...beat, at: house.clock.now(), batteryPct: 79 } as never, 'beat')
  const beatAt = house.clock.now()
  t.same((await venueOf(tech)).buttons, before, 'nor does the rhythm in which it beats from now on: a stretch is shown when it is over')
  await house.clock.pass(60_000)
  const [after] = (await venueOf(tech)).buttons
  t.match(after, { batteryPct: 79 }, 'then it says what the beat said')
  t.ok(Number(after?.['lastBeatAt']) <= beatAt && beatAt - Number(after?.['lastBeatAt']) < 60_000, 'and in which minute it came')
  house.people.buttons.trouble(did, 'PRESS_EVENT_UNREADABLE')
  t.match((await venueOf(tech)).buttons, [{ trouble: 'FRAME_UNREADABLE' }])
})

t.test('her own button is nobody\'s to look at, to test, to move or to retire', async (t) => {
  const { house, tech, willow, lilac, lina } = await scene(t)
  const added = await house.people.buttons.add(willow as RoomId, house.idOf(lina, 'worker') as never)
  if (!added.ok) throw new Error(added.code)
  const { did } = added.button
  t.same((await venueOf(tech)).buttons, [])
  t.equal((await tech.post(`/api/v1/buttons/${did}/test`)).statusCode, 404)
  t.equal((await tech.ask({ method: 'PATCH', url: `/api/v1/buttons/${did}`, body: { room: lilac } })).statusCode, 404)
  t.equal((await tech.ask({ method: 'DELETE', url: `/api/v1/buttons/${did}` })).statusCode, 404)
})

t.test('the venue says when it is open, in words of a clock', async (t) => {
  const { tech } = await scene(t)
  t.same((await tech.get('/api/v1/venue/opening')).json(), { opening: [] })
  const opening = [{ weekday: 5, from: '20:00', until: '04:00' }, { weekday: 6, from: '20:00', until: '00:00' }]
  t.equal((await tech.ask({ method: 'PUT', url: '/api/v1/venue/opening', body: { opening } })).statusCode, 204)
  t.same((await tech.get('/api/v1/venue/opening')).json(), { opening })
  t.equal((await tech.ask({ method: 'PUT', url: '/api/v1/venue/opening', body: { opening: [{ weekday: 5, from: '24:00', until: '04:00' }] } })).statusCode, 400)
})
