/** Incident: nobody had ever tried whether her people's phones rang; the first try was the night it mattered. */
import { join } from 'node:path'
import t from 'tap'
import { FakeClock } from '../clock/fake-clock.ts'
import { Phone, openHouse } from './house.ts'
import { readyRoom } from './ready-room.ts'
import type { ReadyRoom } from './ready-room.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
type Person = { readonly responder: string, readonly told: boolean, readonly shownMs: number | null, readonly seenMs: number | null, readonly answeredMs: number | null }
type Drill = { readonly ended: string | null, readonly people: readonly Person[] }

/** The house opens at 23:00 in Brussels; a rehearsal waits for ten in the morning. */
async function byDay (room: ReadyRoom): Promise<void> {
  room.house.clock.jump(11 * HOUR)
  await room.pass(2_000)
}
async function drills (room: ReadyRoom): Promise<readonly Drill[]> { return (await room.lina.get('/api/v1/drill')).json<{ drills: Drill[] }>().drills }
async function alertOf (phone: Phone): Promise<{ readonly alarm: string, readonly n: number, readonly kind: string, readonly phase: string, readonly card: { readonly place: string | null } | null } | undefined> {
  return (await phone.get('/api/v1/alerts')).json<{ alerts: never[] }>().alerts[0]
}

t.test('R20: a drill measures each responder by receipts: told, shown, seen, answered', async (t) => {
  const room = await readyRoom(t)
  const bo = await room.house.pair(room.lina, new Phone(room.house), 'Bo')
  const { version } = (await room.lina.get('/api/v1/circle')).json<{ version: number }>()
  const step = (responder: string) => ({ waitS: 30, assistWaitS: null, people: [responder] })
  await room.lina.ask({ method: 'PUT', url: '/api/v1/circle', body: { version, note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [], sees: {}, steps: [step(room.ana.responder), step(bo.responder)] } })
  await byDay(room)
  await room.lina.post('/api/v1/shift/place', { place: 'Hotel Nord, 214', plannedEndAt: room.house.clock.now() + HOUR, feedback: 0, house: false })
  t.equal((await room.lina.post('/api/v1/drill')).statusCode, 201)
  const anas = await alertOf(room.ana.phone)
  t.match(anas, { kind: 'test', phase: 'calling' })
  t.notMatch(JSON.stringify(anas), /Hotel Nord/, 'R8: only an alarm reveals the place')
  t.match(await alertOf(bo.phone), { kind: 'test' }, 'the second step is measured too, and does not wait')
  await room.house.clock.pass(1_200)
  await room.ana.phone.post(`/api/v1/alerts/${anas?.alarm ?? ''}/receipts`, { n: anas?.n, level: 'shown' })
  await room.house.clock.pass(800)
  await room.ana.phone.post(`/api/v1/alerts/${anas?.alarm ?? ''}/receipts`, { n: anas?.n, level: 'seen' })
  await room.house.clock.pass(2_000)
  await room.house.passUntil(room.ana.phone.post(`/api/v1/alerts/${anas?.alarm ?? ''}/answer`, { is: 'coming', minutes: 5 }))
  const [running] = await drills(room)
  t.equal(running?.ended, null, 'Bo has not answered')
  t.match(running?.people.find(({ responder }) => responder === room.ana.responder), { told: true, shownMs: 1_200, seenMs: 2_000, answeredMs: 4_000 })
  t.match(running?.people.find(({ responder }) => responder === bo.responder), { shownMs: null, answeredMs: null })
  await room.pass(2 * MINUTE)
  await room.settles()
  t.match(await drills(room), [{ ended: 'over' }])
  await room.house.statistics.collect()
  await room.house.statistics.collect()
  t.match(room.house.reader.all('SELECT counted, result, n FROM contribution ORDER BY counted, result'), [
    { counted: 'drill', result: 'drill', n: 1 }, { counted: 'drill-person', result: 'by-5-s/by-5-s', n: 1 }, { counted: 'drill-person', result: 'not-by-120-s/not-by-120-s', n: 1 }
  ], 'for the study: counted once, by marks, without a name or a time')
  t.ok((await room.ready()).reasons.every(({ code }) => code !== 'DEVICE_UNPROVEN'), 'her phone has answered')
})

t.test('R13: she presses in a drill: the drill is over at once and the press is an alarm', async (t) => {
  const room = await readyRoom(t)
  await byDay(room)
  await room.startsByPress()
  await room.lina.post('/api/v1/drill')
  const drill = await alertOf(room.ana.phone)
  room.press()
  const after = (await room.ana.phone.get('/api/v1/alerts')).json<{ alerts: { alarm: string, kind: string | null, what: string }[] }>().alerts
  t.match(after.filter(({ alarm }) => alarm !== drill?.alarm), [{ what: 'alert' }])
  t.notMatch(after[0], { kind: 'test' })
  await room.settles()
  t.match(await drills(room), [{ ended: 'superseded' }])
  await room.house.statistics.collect()
  t.equal(room.house.reader.get('SELECT 1 FROM contribution WHERE counted LIKE \'drill%\''), null, 'cut short, it measured nothing')
  t.same((await room.ana.phone.get('/api/v1/alerts')).json<{ alerts: unknown[] }>().alerts.length, 1, 'nobody mistakes one for the other')
  t.match((await room.lina.post('/api/v1/drill')).json(), { reason: 'ALARM_OPEN' })
})

t.test('R20: never in the night, never again and again, never with nobody; and a foreign drill is nobody\'s to see', async (t) => {
  const room = await readyRoom(t)
  t.match((await room.lina.post('/api/v1/drill')).json(), { reason: 'DRILL_AT_NIGHT' })
  await byDay(room)
  const eve = await room.house.join('worker', undefined, 'Eve')
  t.match((await eve.post('/api/v1/drill')).json(), { reason: 'NOBODY_TO_DRILL' })
  t.equal((await room.lina.post('/api/v1/drill')).statusCode, 201)
  t.match((await room.lina.post('/api/v1/drill')).json(), { reason: 'DRILL_TOO_SOON' })
  await room.settles()
  t.same((await eve.get('/api/v1/drill')).json(), { drills: [] })
  await room.lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  t.match((await room.lina.get('/api/v1/drill')).json(), { code: 'PIN_NEEDED' }, 'who is on her list is behind her PIN')
  t.match((await room.lina.get('/api/v1/shift/deaf')).json(), { code: 'PIN_NEEDED' })
})

t.test('R20: who has not confirmed their code is not drilled', async (t) => {
  const room = await readyRoom(t)
  const { code } = (await room.lina.post('/api/v1/contacts/codes')).json<{ code: string }>()
  const cy = new Phone(room.house)
  await cy.post(`/api/v1/pairings/${code}`, { name: 'Cy', kind: 'contact', language: 'fr', device: 'Story' })
  await byDay(room)
  await room.lina.post('/api/v1/drill')
  t.equal(await alertOf(cy), undefined)
  await room.settles()
  t.equal((await drills(room))[0]?.people.length, 1)
})

t.test('R20: she is reminded once a week, by day; a drill is reminder enough', async (t) => {
  const room = await readyRoom(t)
  const due = (): number => room.house.reminded.filter((line) => line === `${room.worker} drill-due`).length
  /** So much later, an hour in which the service looks once. */
  const later = async (ms: number): Promise<void> => {
    room.house.clock.jump(ms)
    await room.house.clock.pass(HOUR)
    await room.settles()
  }
  await later(0)
  t.equal(due(), 0, 'until nine it is night')
  await later(11 * HOUR)
  t.equal(due(), 1)
  await later(6 * 24 * HOUR - 2 * HOUR)
  t.equal(due(), 1)
  await later(24 * HOUR)
  t.equal(due(), 2)
  await later(-30 * 24 * HOUR)
  t.equal(due(), 3, 'a clock set back asks once more, and does not fall silent for a month')
  await later(HOUR)
  t.equal(due(), 3)
})

t.test('R20: a restart in the middle of a drill ends it, and says so; what was measured stands, and counts for nothing', async (t) => {
  const [file, clock] = [join(t.testdir(), 'left.db'), new FakeClock()]
  const room = await readyRoom(t, { file, clock })
  await byDay(room)
  await room.lina.post('/api/v1/drill')
  const told = await alertOf(room.ana.phone)
  await clock.pass(1_200)
  await room.ana.phone.post(`/api/v1/alerts/${told?.alarm ?? ''}/receipts`, { n: told?.n, level: 'shown' })
  await room.settles()
  t.match(await drills(room), [{ ended: null }])
  await room.house.leave()
  const house = await openHouse(t, { file, clock })
  const again = room.in(house)
  await again.settles()
  t.match(await drills(again), [{ ended: 'interrupted', people: [{ told: true, shownMs: 1_200, answeredMs: null }] }])
  await again.pass(3 * MINUTE)
  await again.settles()
  await house.statistics.collect()
  t.match(await drills(again), [{ ended: 'interrupted' }], 'the rehearsal that its people still saw ends, and changes nothing of that')
  t.equal(house.reader.get('SELECT 1 FROM contribution'), null)
  await clock.pass(10 * MINUTE)
  t.equal((await again.lina.post('/api/v1/drill')).statusCode, 201)
  await again.settles()
  t.match(await drills(again), [{ ended: null }, { ended: 'interrupted' }], 'the next one runs')
})
