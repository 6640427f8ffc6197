/** What goes wrong with one alarm, one clock or one node silences nobody, reassures nobody and shows nobody too much. */
import t from 'tap'
import type { Alarm, AlarmId, Lane, WorkerId } from '../../server/alarm/alarm.ts'
import { laneKey } from '../../server/alarm/lanes.ts'
import { anaThenLuc, circle, hers, isSettled, lina, responder, SmallDirectory, SmallHouse } from './small-house.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { MemoryStore } from '../store/memory-store.ts'

const dayMs = 24 * 3_600_000
const noor = 'noor' as WorkerId

t.test('an alarm that can\'t be turned is reported once, and every other goes on', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const lane: Lane = hers(noor)
  const before = await new SmallHouse({ store, clock }).start()
  await before.press().durable
  await spoil(store, lane)
  await before.engine.stop()
  const directory = new SmallDirectory()
  directory.lanes = [{ lane, plan: circle({ waitMs: 30_000, people: ['Mia'] }) }, { lane: hers(), plan: anaThenLuc }]
  const after = await new SmallHouse({ store, clock, directory }).start()
  await clock.pass(32_000)
  t.ok(after.ears.told.includes('Luc alert'), 'hers escalates')
  t.equal(after.warnings.filter((code) => code === 'ALARM_FAULT').length, 1)
  after.ears.clear()
  const { verdict } = after.press({ event: { evboot: 5, evn: 5, evid: Buffer.alloc(8, 5) } })
  t.equal(verdict, 'raised')
  t.same(after.ears.told, ['Mia alert'], 'a press that meets it is told in a new one')
  await clock.pass(5_000)
  t.ok(after.ears.told.filter((line) => line === 'Mia alert').length > 1, 'and repeated, although its lane is taken on disk')
})

t.test('a press that nobody was told of stays unanswered over a restart: never "all clear"', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const directory = new SmallDirectory()
  directory.lanes = []
  const before = await new SmallHouse({ store, clock, directory }).start()
  const { heard, durable } = before.press()
  await durable
  await before.engine.stop()
  const after = await new SmallHouse({ store, clock, directory }).start()
  t.equal(after.engine.pressByButton(heard).verdict, 'known')
  t.equal(after.engine.lightOf(heard.did, heard.event)?.feedback, 'no-answer-yet')
})

t.test('somebody who was coming is told of a new press, also when the wall clock has been set back since', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const before = await new SmallHouse({ store, clock }).start()
  await before.press().durable
  await before.coming('Ana')
  await before.engine.stop()
  clock.jump(-dayMs)
  const after = await new SmallHouse({ store, clock }).start()
  after.ears.clear()
  after.press({ event: { evboot: 7, evn: 7, evid: Buffer.alloc(8, 7) } })
  const again = after.ears.tellings.find((telling) => telling.to === 'Ana')
  t.equal(again?.what, 'again')
  t.ok(again?.wanted(), 'and it is sent')
})

t.test('an answer ends the retries of what it answers', async (t) => {
  const room = await new SmallHouse().start()
  await room.press().durable
  const [alert] = room.ears.tellings
  t.ok(alert?.wanted())
  await room.coming('Ana')
  t.notOk(alert?.wanted())
})

t.test('a removed responder sees nothing more at once, although the disk does not follow', async (t) => {
  const room = await new SmallHouse().start()
  await room.press().durable
  await room.clock.pass(10)
  room.disk.hang()
  room.engine.left(lina, responder('Ana'))
  await room.clock.pass(100)
  t.same(room.engine.responderAlarms(responder('Ana')), [])
})

t.test('an authority\'s page shows nothing that is not on disk, however long the disk fails', async (t) => {
  const room = new SmallHouse()
  room.directory.lanes = [{ lane: hers(), plan: circle({ waitMs: 30_000, people: ['Ana', { authority: 'Police', consent: 'c1' }] }) }]
  room.directory.consents.add('c1')
  await room.start()
  room.disk.refuse()
  room.press()
  t.equal(room.engine.responderAlarms(responder('Ana')).length, 1)
  t.same(room.engine.responderAlarms(responder('Police')), [])
  await room.clock.pass(12_000)
  t.equal(room.sees('Ana').saved, false, 'acting from memory')
  t.same(room.engine.responderAlarms(responder('Police')), [])
  room.disk.mend()
  await room.clock.pass(1_000)
  t.equal(room.engine.responderAlarms(responder('Police')).length, 1)
})

t.test('a press is not acknowledged for what another node wrote under the same number', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const first = await new SmallHouse({ store, clock }).start()
  await first.press().durable
  const there = await new SmallHouse({ store, clock }).start()
  const here = await new SmallHouse({ store: new HangsAbove(store, 1), clock }).start()
  await there.coming('Ana')
  await there.answer('Ana', 'arrived')
  const { verdict, durable } = here.press({ event: { evboot: 8, evn: 8, evid: Buffer.alloc(8, 8) } })
  t.equal(verdict, 'joined')
  await clock.pass(100)
  t.notOk(await isSettled(durable), 'its own fact is not on disk')
})

t.test('neither a figure nor a label tells a false end from a true one', async (t) => {
  const runs = await Promise.all((['true', 'duress'] as const).map(async (pin) => {
    const directory = new SmallDirectory()
    directory.lanes = [{ lane: hers(), plan: circle({ waitMs: 30_000, people: ['Ana', 'Luc*'] }) }]
    const room = await new SmallHouse({ directory }).start()
    await room.press().durable
    await room.engine.pin(lina, room.sees('Ana').view.alarm, pin)
    await room.clock.pass(1_000)
    room.disk.refuse()
    room.receipt('Luc', 'shown')
    await room.clock.pass(8_000)
    const labels = [room.engine.workerAlarms(lina)[0]?.saved, room.sees('Ana').saved]
    room.disk.mend()
    const figures: number[] = []
    for (let minute = 0; minute < 30; minute++) {
      await room.clock.pass(60_000)
      figures.push(room.engine.health().alarmsLive)
    }
    return { labels, figures }
  }))
  t.same(runs[0], runs[1])
  t.equal(runs[0]?.figures.at(-1), 0)
})

/** Puts an alarm of this lane on disk whose phase no version of the core knows. */
async function spoil (store: MemoryStore, lane: Lane): Promise<void> {
  const [sound] = await store.live()
  if (sound === undefined) throw new Error('an alarm is on disk')
  const state = { ...sound.state, id: 'spoilt' as AlarmId, lane, phase: { is: 'unheard of', step: 0 } } as unknown as Alarm
  await store.append({
    id: state.id, lane: laneKey(lane), expectedSeq: 0, seq: 1, open: true, live: true, dueAt: null, state, happenings: [], card: null, presses: []
  })
}

/** A disk that answers the first write after `seq` as it is, and never one that stands on a later history. */
class HangsAbove extends MemoryStore {
  readonly #store: MemoryStore
  readonly #seq: number
  constructor (store: MemoryStore, seq: number) {
    super()
    this.#store = store
    this.#seq = seq
  }

  override async append (append: Parameters<MemoryStore['append']>[0]): ReturnType<MemoryStore['append']> {
    if (append.expectedSeq > this.#seq) return await new Promise(() => {})
    return await this.#store.append(append)
  }

  override live (): ReturnType<MemoryStore['live']> { return this.#store.live() }
  override known (press: Parameters<MemoryStore['known']>[0]): ReturnType<MemoryStore['known']> { return this.#store.known(press) }
}
