/** The service dies and comes back; the wall clock jumps; another node writes: nothing is lost, nothing happens twice. */
import t from 'tap'
import { anaThenLuc, circle, hers, house, isSettled, lina, responder, SmallDirectory, SmallHouse } from './small-house.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { MemoryStore } from '../store/memory-store.ts'

const dayMs = 24 * 3_600_000

t.test('after a crash the alarm goes on: timers, and the same telling under the same number', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const before = await new SmallHouse({ store, clock }).start()
  const { durable, heard } = before.press()
  await durable
  await clock.pass(100)
  const [first] = before.ears.tellings
  const after = await new SmallHouse({ store, clock }).start()
  t.same(after.ears.told, ['Ana alert'], 'at once: whoever should have heard it has waited long enough')
  const [repeated] = after.ears.tellings
  t.same([repeated?.alarm, repeated?.to, repeated?.n, repeated?.what], [first?.alarm, first?.to, first?.n, first?.what])
  t.equal(repeated?.card?.room, '3', 'the sealed card was opened again')
  await clock.pass(30_100)
  t.ok(after.ears.told.includes('Luc alert'))
  const again = after.engine.pressByButton(heard)
  t.equal(again.verdict, 'known', 'the retry of an old press opens nothing')
  t.equal(after.engine.lightOf(heard.did, heard.event)?.feedback, 'no-answer-yet', 'and its light is known again')
})

t.test('what fell due while the service was down happens at the start', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const before = await new SmallHouse({ store, clock }).start()
  await before.press().durable
  await before.engine.stop()
  await clock.pass(60_000)
  const after = await new SmallHouse({ store, clock }).start()
  t.ok(after.ears.told.includes('Luc alert'))
})

for (const [name, jumpMs] of [['forward', dayMs], ['back', -dayMs]] as const) {
  t.test(`the wall clock jumps ${name} by a day in the middle of an alarm: every timer happens once, at its time`, async (t) => {
    const room = await new SmallHouse().start()
    await room.press().durable
    room.receipt('Ana', 'accepted')
    await room.clock.pass(10_000)
    room.clock.jump(jumpMs)
    await room.clock.pass(5_000)
    t.same(room.ears.toldOnce, ['Ana alert 1'], 'nothing is early')
    await room.clock.pass(16_000)
    t.equal(room.ears.toldOnce.filter((line) => line.startsWith('Luc alert')).length, 1, 'nobody shown after 20 s: the next step, once')
    await room.coming('Ana')
    const openedAt = room.sees('Ana').view.openedAt
    await room.clock.pass(5 * 60_000 + 2_000)
    t.equal(room.ears.toldOnce.filter((line) => line.startsWith('Ana ask-arrival')).length, 1)
    t.ok(room.steady.now() - openedAt < 6 * 60_000, 'one timeline')
  })

  t.test(`the wall clock has jumped ${name} by a day between two runs: the alarm still escalates, once`, async (t) => {
    const store = new MemoryStore()
    const clock = new FakeClock()
    const before = await new SmallHouse({ store, clock }).start()
    await before.press().durable
    await before.engine.stop()
    clock.jump(jumpMs)
    const after = await new SmallHouse({ store, clock }).start()
    await clock.pass(32_000)
    t.equal(after.ears.toldOnce.filter((line) => line.startsWith('Luc alert')).length, 1)
  })
}

t.test('with no alarm timed, the service takes the corrected wall time', async (t) => {
  const room = await new SmallHouse().start()
  room.clock.jump(dayMs)
  await room.clock.pass(2_000)
  t.equal(room.steady.now(), room.clock.now())
})

t.test('another node closed the lane while we hold it: our own fact is said again on top of what is on disk', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const here = await new SmallHouse({ store, clock }).start()
  await here.press().durable
  const there = await new SmallHouse({ store, clock }).start()
  await there.coming('Ana')
  void here.engine.saidSafe(lina, here.sees('Ana').view.alarm)
  await clock.pass(1_000)
  const state = (await store.live())[0]?.state
  t.equal(state?.people[0]?.answer.is, 'coming', 'their fact')
  t.ok(state?.saidSafe, 'ours')
  t.equal(here.engine.workerAlarms(lina)[0]?.view.phase, 'helped')
})

t.test('two nodes hear the same press: one alarm, told under one key', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const here = await new SmallHouse({ store, clock }).start()
  const there = await new SmallHouse({ store, clock }).start()
  const heard = here.heard()
  const one = here.engine.pressByButton(heard)
  const two = there.engine.pressByButton(heard)
  await Promise.all([one.durable, two.durable])
  t.equal((await store.live()).length, 1)
  t.equal(here.ears.tellings[0]?.alarm, there.ears.tellings[0]?.alarm)
  t.equal(here.ears.tellings[0]?.n, there.ears.tellings[0]?.n)
})

t.test('two nodes hear two presses of one lane: they end as one alarm that knows both', async (t) => {
  const store = new MemoryStore()
  const clock = new FakeClock()
  const here = await new SmallHouse({ store, clock }).start()
  const there = await new SmallHouse({ store, clock }).start()
  const one = here.press()
  const two = there.engine.pressByButton(there.heard({ event: { evboot: 9, evn: 9, evid: Buffer.alloc(8, 9) } }))
  await Promise.all([one.durable, two.durable])
  await clock.pass(1_000)
  const live = await store.live()
  t.equal(live.length, 1)
  t.equal(live[0]?.presses.length, 2)
})

t.test('the house lane ends with hers, also when the service died between the two', async (t) => {
  const directory = new SmallDirectory()
  directory.lanes = [{ lane: hers(), plan: anaThenLuc }, { lane: house, plan: circle({ waitMs: 30_000, people: ['Rosa'] }) }]
  const store = new MemoryStore()
  const clock = new FakeClock()
  const before = await new SmallHouse({ store, clock, directory }).start()
  const { heard, durable } = before.press()
  await durable
  for (const name of ['Ana', 'Rosa']) before.receipt(name, 'shown')
  await clock.pass(10)
  t.equal(before.engine.lightOf(heard.did, heard.event)?.feedback, 'received')
  // Her lane's end reaches the disk, then the process is gone: the house lane's does not.
  const hersId = before.sees('Ana').view.alarm
  const row = await store.load(hersId)
  if (row === null) throw new Error('her lane is on disk')
  const died = await new SmallHouse({ store: new StopsAfter(store, hersId), clock, directory }).start()
  void died.engine.pin(lina, hersId, 'true')
  await clock.pass(100)
  t.equal((await store.load(hersId))?.open, false)
  t.equal((await store.live()).filter((one) => one.open).length, 1, 'the house lane is still open on disk')
  const after = await new SmallHouse({ store, clock, directory }).start()
  await clock.pass(100)
  t.same((await store.live()).filter((one) => one.open), [])
  t.equal(after.sees('Rosa').view.phase, 'over')
  after.engine.pressByButton(heard)
  t.equal(after.engine.lightOf(heard.did, heard.event)?.feedback, 'all-clear')
})

t.test('under duress nothing that anybody unmarked or her phone is told differs from a true end', async (t) => {
  const runs = await Promise.all((['true', 'duress'] as const).map(async (pin) => {
    const directory = new SmallDirectory()
    directory.lanes = [{ lane: hers(), plan: circle({ waitMs: 30_000, people: ['Ana', 'Luc*'] }) }]
    const room = await new SmallHouse({ directory }).start()
    const { heard, durable } = room.press()
    await durable
    for (const name of ['Ana', 'Luc']) room.receipt(name, 'shown')
    await room.clock.pass(1_000)
    room.ears.clear()
    const outcome = await room.engine.pin(lina, room.sees('Ana').view.alarm, pin)
    await room.clock.pass(60_000)
    const seen = {
      outcome,
      her: room.engine.workerAlarms(lina),
      ana: room.engine.responderAlarms(responder('Ana')),
      light: room.engine.lightOf(heard.did, heard.event),
      toldAna: room.ears.told.filter((line) => line.startsWith('Ana'))
    }
    await room.clock.pass(20 * 60_000)
    return { seen, later: room.engine.workerAlarms(lina), luc: room.ears.told.filter((line) => line.startsWith('Luc')), room }
  }))
  t.same(runs[0]?.seen, runs[1]?.seen)
  t.same(runs[0]?.later, runs[1]?.later, 'it leaves her screen at the same time')
  t.ok(runs[1]?.luc.includes('Luc duress'))
  const pressedAgain = runs[1]?.room.press()
  t.equal(pressedAgain?.verdict, 'raised', 'a new press opens a new alarm')
})

t.test('a removed responder is told nothing more, at once and silently', async (t) => {
  const room = await new SmallHouse().start()
  await room.press().durable
  room.engine.left(lina, responder('Luc'))
  await room.clock.pass(120_000)
  t.notOk(room.ears.told.some((line) => line.startsWith('Luc')))
  t.same(room.engine.responderAlarms(responder('Luc')), [])
})

t.test('stopping waits for what is being written', async (t) => {
  const room = await new SmallHouse().start()
  room.disk.hang()
  const { durable } = room.press()
  await room.clock.pass(1)
  const stopped = room.engine.stop()
  t.notOk(await isSettled(stopped))
  room.disk.mend()
  await stopped
  t.ok(await isSettled(durable))
})

/** A disk that takes the writes of one alarm and, as if the process had died, no others. */
class StopsAfter extends MemoryStore {
  readonly #store: MemoryStore
  readonly #only: string
  constructor (store: MemoryStore, only: string) {
    super()
    this.#store = store
    this.#only = only
  }

  override async append (append: Parameters<MemoryStore['append']>[0]): ReturnType<MemoryStore['append']> {
    if (append.id !== this.#only) return await new Promise(() => {})
    return await this.#store.append(append)
  }

  override live (): ReturnType<MemoryStore['live']> { return this.#store.live() }
  override known (press: Parameters<MemoryStore['known']>[0]): ReturnType<MemoryStore['known']> { return this.#store.known(press) }
}
