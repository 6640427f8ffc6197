/** Incident: the gateway lost its power at midnight, and her screen said "ready" until she reloaded it. */
import t from 'tap'
import { readyRoom } from './ready-room.ts'
import type { ReadyRoom } from './ready-room.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

async function ready (room: ReadyRoom): Promise<void> {
  await room.startsByPress()
  await room.available()
  await room.tapsTest()
  await room.pass(2_000)
}

t.test('R19: what her page shows is pushed when a reason changes, and only then; beats and receipts alone push nothing', async (t) => {
  const room = await readyRoom(t)
  await ready(room)
  const page = await room.page()
  await room.settles()
  t.same(page.codes, [[]], 'green')
  for (let minute = 0; minute < 10; minute++) {
    await room.pass(MINUTE)
    await room.tapsTest()
  }
  await room.settles()
  t.same(page.codes, [[]], 'ten quiet minutes: not a word')
  room.beat({ batteryPct: 15 })
  await room.house.clock.pass(1_000)
  await room.settles()
  t.same(page.codes, [[], ['BATTERY_LOW amber']])
  room.beat({ batteryPct: 14 })
  await room.house.clock.pass(1_000)
  room.beat({ batteryPct: 90 })
  await room.house.clock.pass(1_000)
  await room.settles()
  t.same(page.codes, [[], ['BATTERY_LOW amber'], []])
  room.house.health.broker = false
  await room.house.clock.pass(1_000)
  await room.settles()
  t.same(page.codes.at(-1), ['SERVICE_DEAF red'])
})

t.test('R19: a button that falls silent in a shift is told within 90 s, to her page and to her phone; what happens before is told too', async (t) => {
  const room = await readyRoom(t)
  await ready(room)
  const page = await room.page()
  const silentFrom = room.house.clock.now()
  for (let second = 0; second < 90; second++) {
    // The broker looks every 5 s and tells after 2.5 beats: here at the latest moment.
    if (second === 80) room.house.people.buttons.silent(room.did, 'silent')
    await room.house.clock.pass(1_000)
    if (second % 15 === 0) await room.settles()
  }
  await room.settles()
  t.same(page.codes, [[], ['BUTTON_LATE amber'], ['BUTTON_SILENT red']])
  t.same(room.house.reminded.filter((line) => line.includes('readiness-lost')), [`${room.worker} readiness-lost`])
  const { shift } = (await room.lina.get('/api/v1/shift/deaf')).json<{ shift: { times: { why: string, from: number, until: number | null }[] } }>()
  t.match(shift.times, [{ why: 'BUTTON_SILENT', until: null }])
  t.ok(Math.abs((shift.times[0]?.from ?? 0) - silentFrom) <= 2_000, 'from its last sign on')
})

t.test('R19: what others do pushes nothing to her: another room\'s button, another worker\'s people', async (t) => {
  const room = await readyRoom(t)
  await ready(room)
  const eve = await room.house.join('worker', undefined, 'Eve')
  const mallory = await room.house.pair(eve, undefined, 'Mallory')
  await room.house.circle(eve, [mallory.responder])
  const page = await room.page()
  await room.settles()
  const before = page.told.length
  await room.available(mallory.phone, HOUR)
  await room.tapsTest(mallory.phone, true)
  await eve.ask({ method: 'DELETE', url: `/api/v1/contacts/${mallory.responder}` })
  await room.pass(MINUTE)
  await room.settles()
  t.equal(page.told.length, before)
})

t.test('the wall clock jumps a day ahead and back: nothing is green that was not proven, and it heals', async (t) => {
  const room = await readyRoom(t)
  await ready(room)
  const page = await room.page()
  room.house.clock.jump(86_400_000)
  await room.pass(MINUTE)
  await room.settles()
  t.not((await room.ready()).level, 'green', '"available" until tonight is over, tomorrow')
  room.house.clock.jump(-86_400_000)
  await room.pass(MINUTE)
  await room.settles()
  t.same(await room.codes(), [])
  t.same(page.codes.at(-1), [], 'and her page knows both')
  const deaf = (await room.lina.get('/api/v1/shift/deaf')).json<{ shift: { times: unknown[] } }>()
  t.same(deaf.shift.times, [], 'no minute was deaf')
})
