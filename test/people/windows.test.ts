import t from 'tap'
import { HOUR, MINUTE, must, smallHouse, told } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

async function scene (t: Parameters<typeof smallHouse>[0], house?: SmallHouse) {
  const h = house ?? await smallHouse(t)
  const venue = await h.venue()
  const room = await h.room(venue)
  const did = await h.button(room)
  const mira = await h.worker(venue)
  const ana = await h.responder(mira)
  await h.circle(mira, [[ana]])
  return { house: h, venue, room, did, mira, ana }
}

t.test('R7: a press in her window starts the shift and proves the button; the next one raises, even before the disk knows', async (t) => {
  const { house, room, did, mira, ana } = await scene(t)
  must(house.people.shifts.openWindow(mira, room.id, house.wish()))
  house.disk.writes = false
  const first = house.press(did)
  t.match(first, { use: 'shift', lanes: [] })
  t.same(told(house.press(did)), { [`hers:${mira}`]: [ana] }, 'the second press, a moment later, the disk full')
  let recorded = false
  void first.recorded.then(() => { recorded = true })
  await house.clock.pass(5_000)
  t.equal(recorded, false, 'nothing is acknowledged before it is on disk')
  house.disk.writes = true
  await house.clock.pass(1_000)
  await first.recorded
  t.match(house.people.shifts.current(mira), { room: room.id, provenAt: Number })
  t.match(house.people.windows.ofWorker(mira), { for: 'shift', used: true })
})

t.test('nobody may take a press that could be somebody else\'s', async (t) => {
  const { house, venue, room, did, mira, ana } = await scene(t)
  const zoe = await house.worker(venue, 'Zoe')
  must(house.people.shifts.openWindow(mira, room.id, house.wish()))
  t.match(house.people.shifts.openWindow(zoe, room.id, house.wish()), { code: 'ROOM_OCCUPIED' }, 'two who wait for one press')
  await house.onShift(zoe, room)
  const bea = await house.responder(zoe, 'Bea')
  await house.circle(zoe, [[bea]])
  t.same(told(house.press(did)), { [`hers:${zoe}`]: [bea] }, 'Zoe came on shift by QR since: the press is an alarm')
  t.equal(house.people.shifts.current(mira), null)
  t.match(house.people.shifts.openWindow(mira, room.id, house.wish()), { code: 'ROOM_OCCUPIED' })
  t.match(house.people.windows.openTest(mira, room.id), { code: 'ROOM_SHARED' })
  await house.joins(mira, room, [zoe])
  t.same(told(house.press(did)), { [`hers:${zoe}`]: [bea], [`hers:${mira}`]: [ana] })
})

t.test('R7: joining an occupied room needs everybody who is there', async (t) => {
  const { house, venue, room, mira } = await scene(t)
  const [zoe, lea] = [await house.worker(venue, 'Zoe'), await house.worker(venue, 'Lea')]
  t.match(house.people.shifts.ask(mira, room.id, house.wish()), { code: 'ROOM_FREE' })
  await house.onShift(zoe, room)
  await house.joins(lea, room, [zoe])
  const { id } = must(house.people.shifts.ask(mira, room.id, house.wish()))
  t.same(house.people.shifts.asked(zoe), [{ id, alias: 'Mira' }])
  t.match(await house.people.shifts.approve(mira, id), { code: 'REQUEST_NOT_FOUND' }, 'not by herself')
  t.match(await house.people.shifts.approve(zoe, id), { ok: true, started: false })
  t.match(await house.people.shifts.approve(lea, id), { ok: true, started: true })
  t.ok(house.people.shifts.current(mira))
  const max = await house.worker(venue, 'Max')
  const again = must(house.people.shifts.ask(max, room.id, house.wish()))
  t.match(house.people.shifts.refuse(zoe, again.id), { ok: true })
  t.match(await house.people.shifts.approve(zoe, again.id), { code: 'REQUEST_NOT_FOUND' })
  const late = must(house.people.shifts.ask(max, room.id, house.wish()))
  await house.clock.pass(11 * MINUTE)
  t.match(await house.people.shifts.approve(zoe, late.id), { code: 'REQUEST_NOT_FOUND' }, 'asked too long ago')
})

t.test('R13: a test is a test only inside her two minutes, and only once', async (t) => {
  const { house, room, did, mira, ana } = await scene(t)
  await house.onShift(mira, room)
  t.match(house.press(did, { kind: 'test' }).lanes[0], { kind: 'alarm', lane: { is: 'hers' } }, 'outside a window it is an alarm')
  await house.clock.pass(MINUTE)
  must(house.people.windows.openTest(mira, room.id))
  t.equal(house.press(did, { agoMs: 10_000 }).use, 'alarm', 'pressed before the window was opened')
  const test = house.press(did)
  t.match(test, { use: 'test' })
  t.match(test.lanes[0], { kind: 'test', lane: { is: 'test', by: 'worker', worker: mira } })
  t.same(told(test), { [`test:${mira}`]: [ana] })
  await test.recorded
  t.equal(house.people.shifts.current(mira)?.provenAt, house.clock.now())
  t.equal(house.press(did, { kind: 'test' }).use, 'alarm', 'its first press ended it')
  must(house.people.windows.openTest(mira, room.id))
  await house.clock.pass(2 * MINUTE + 1)
  t.equal(house.press(did).use, 'alarm', 'two minutes are over')
})

t.test('the wall clock jumps back a day: an old window does not turn alarms into tests', async (t) => {
  const { house, room, did, mira } = await scene(t)
  await house.onShift(mira, room)
  must(house.people.windows.openTest(mira, room.id))
  house.clock.jump(-24 * HOUR)
  await house.clock.pass(3 * MINUTE)
  t.equal(house.press(did).use, 'alarm')
})

t.test('her phone: `test` is one in her window, an alarm never is', async (t) => {
  const { house, mira } = await scene(t)
  t.match(house.phone(mira, 'test').lanes[0], { kind: 'alarm' })
  must(house.people.windows.openTest(mira, null))
  t.match(house.phone(mira, 'alarm').lanes[0], { kind: 'alarm', lane: { is: 'hers' } })
  t.match(house.phone(mira, 'test'), { use: 'test', lanes: [{ kind: 'test' }] })
  t.match(house.phone(mira, 'test').lanes[0], { kind: 'alarm' })
})

t.test('R13: the technician\'s window mutes nobody', async (t) => {
  const { house, venue, room, did, mira, ana } = await scene(t)
  await house.onShift(mira, room)
  must(await house.people.shifts.end(mira))
  must(house.people.windows.openTechnicianTest(venue.id, did))
  t.same(told(house.press(did, { uncertain: true })), { [`hers:${mira}`]: [ana] }, 'kept over a change of battery: hers, of before the window')
  t.match(house.press(did), { use: 'test', lanes: [] }, 'nobody on shift: a test')
  t.match(house.people.windows.ofButton(venue.id, did), { for: 'test', used: true })
  await house.onShift(mira, room)
  must(house.people.windows.openTechnicianTest(venue.id, did))
  const routed = house.press(did)
  t.same(told(routed), { [`hers:${mira}`]: [ana] })
  t.equal(routed.use, 'alarm')
  const elsewhere = await house.venue('independent', 'Elsewhere')
  t.match(house.people.windows.openTechnicianTest(elsewhere.id, did), { code: 'BUTTON_NOT_FOUND' }, 'another venue\'s button')
  t.equal(house.people.windows.ofButton(elsewhere.id, did), null)
})

t.test('an authority is never drilled', async (t) => {
  const { house, room, did, mira, ana } = await scene(t)
  await house.onShift(mira, room)
  const police = await house.responder(mira, 'Post 5', 'authority')
  await house.consent(mira, police)
  await house.circle(mira, [[ana], [police]])
  t.same(told(house.press(did)), { [`hers:${mira}`]: [ana, police] })
  must(house.people.windows.openTest(mira, room.id))
  t.same(told(house.press(did)), { [`test:${mira}`]: [ana] })
})

t.test('R18: light in the room: the darkest choice wins', async (t) => {
  const { house, venue, room, did, mira } = await scene(t)
  const mode = () => house.people.buttons.find(did as never)?.wish.mode
  t.equal(mode(), 0, 'dark, with nobody there')
  await house.onShift(mira, room, { feedback: 3 })
  t.equal(mode(), 3)
  const zoe = await house.worker(venue, 'Zoe')
  await house.joins(zoe, room, [mira], { feedback: 1 })
  t.equal(mode(), 1)
  must(await house.people.shifts.change(zoe, { feedback: 0 }))
  t.equal(mode(), 0)
  must(await house.people.shifts.end(zoe))
  t.equal(mode(), 3)
})
