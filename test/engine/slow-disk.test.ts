/** The disk answers late, twice, not at all or with nonsense: nothing is said twice, nothing decided is dropped, nobody else notices. */
import t from 'tap'
import type { Alarm } from '../../server/alarm/alarm.ts'
import { houseOf } from '../../server/engine/house.ts'
import { StoreFailed } from '../../server/store/store-failed.ts'
import { circle, hers, lina, responder, SmallDirectory, SmallHouse } from './small-house.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { MemoryStore } from '../store/memory-store.ts'

const anaLucZoe = circle({ waitMs: 30_000, people: ['Ana'] }, { waitMs: 30_000, people: ['Luc'] }, { waitMs: 30_000, people: ['Zoe'] })

t.test('a write came through although its reply was lost, and people answered meanwhile: nobody is woken twice', async (t) => {
  const directory = new SmallDirectory()
  directory.lanes = [{ lane: hers(), plan: anaLucZoe }]
  const room = await new SmallHouse({ directory }).start()
  await room.press().durable
  await room.coming('Ana')
  await room.answer('Ana', 'arrived')
  room.ears.clear()
  room.disk.loseReplies(1)
  const answered = room.answer('Ana', 'need-more')
  await room.clock.pass(10)
  room.receipt('Luc', 'accepted')
  await room.clock.pass(1_000)
  t.same(await answered, { ok: true, saved: true })
  t.same(room.ears.told, ['Luc alert'], 'she asked for more once')
  const [row] = await room.disk.live()
  t.equal((await room.disk.happenings(row?.id ?? room.sees('Ana').view.alarm)).filter(({ event }) => event.is === 'need-more').length, 1)
})

t.test('the end came through although its reply was lost, and somebody answered meanwhile: the stand-down goes when that is known', async (t) => {
  const directory = new SmallDirectory()
  directory.lanes = [{ lane: hers(), plan: circle({ waitMs: 30_000, people: ['Ana', 'Luc'] }) }]
  const room = await new SmallHouse({ directory }).start()
  await room.press().durable
  await room.clock.pass(3_000)
  room.ears.clear()
  room.disk.loseReplies(1)
  void room.engine.pin(lina, room.sees('Ana').view.alarm, 'true')
  await room.clock.pass(10)
  room.receipt('Ana', 'shown')
  await room.clock.pass(300)
  t.same(room.ears.told, ['Ana stand-down', 'Luc stand-down'], 'not only with the next outbox')
})

t.test('a stop lets what was decided behind a write in flight reach the disk too', async (t) => {
  const store = new MemoryStore()
  const room = await new SmallHouse({ store }).start()
  await room.press().durable
  room.disk.hang()
  room.receipt('Ana', 'accepted')
  await room.clock.pass(1)
  const answered = room.coming('Ana')
  const stopped = room.engine.stop()
  room.disk.mend()
  await stopped
  t.equal((await store.live())[0]?.state.people[0]?.answer.is, 'coming')
  t.same(await answered, { ok: true, saved: true })
})

t.test('a stop on a failing disk ends: nothing is tried again', async (t) => {
  const room = await new SmallHouse().start()
  room.disk.refuse()
  room.press()
  await room.engine.stop()
  const { writes } = room.disk
  await room.clock.pass(5_000)
  t.equal(room.disk.writes, writes)
})

t.test('a closed store is asked no more: a stopped process ends', async (t) => {
  const closed = new StoreFailed('The store is closed', { reason: 'CLOSED' })
  const directory = new SmallDirectory()
  directory.lanes = []
  const store = new MemoryStore()
  let asked = 0
  store.remember = async () => { asked += 1; throw closed }
  const room = await new SmallHouse({ directory, store }).start()
  room.press()
  await room.clock.pass(5_000)
  t.equal(asked, 1, 'a press that nobody was told of')
  const { engine, clock } = room
  const nobody = { heard: () => {}, silent: () => {}, trouble: () => {} }
  const house = houseOf({ engine, clock, buttons: nobody, saveFault: async () => { asked += 1; throw closed } })
  void house.fault({ did: room.heard().did, fault: 'stuck', at: clock.now() } as Parameters<typeof house.fault>[0])
  await clock.pass(5_000)
  t.equal(asked, 2, 'a fault of a button')
})

t.test('what another hand wrote can\'t be turned: this alarm goes on from memory, and every other too', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const room = await new SmallHouse({ store, clock }).start()
  await room.press().durable
  const [row] = await store.live()
  if (row === undefined) throw new Error('an alarm is on disk')
  const state = { ...row.state, phase: { is: 'unheard of', step: 0 } } as unknown as Alarm
  await store.append({ ...row, expectedSeq: row.seq, seq: row.seq + 1, state, happenings: [], presses: [] })
  room.receipt('Ana', 'accepted')
  await clock.pass(35_000)
  t.ok(room.ears.told.includes('Luc alert'), 'it escalates')
  t.equal(room.warnings.filter((code) => code === 'ALARM_FAULT').length, 1)
})

t.test('an alarm turns out to be another node\'s: whoever said "I am coming" is coming', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const here = await new SmallHouse({ store, clock }).start()
  const there = await new SmallHouse({ store, clock }).start()
  here.disk.hang()
  here.press()
  await clock.pass(1)
  const answered = here.coming('Ana')
  await there.engine.pressByButton(there.heard({ event: { evboot: 9, evn: 9, evid: Buffer.alloc(8, 9) } })).durable
  here.disk.mend()
  await clock.pass(1_000)
  t.same(await answered, { ok: true, saved: true })
  const live = await store.live()
  t.equal(live.length, 1)
  t.equal(live[0]?.state.people.find(({ who }) => who.id === responder('Ana'))?.answer.is, 'coming')
})
