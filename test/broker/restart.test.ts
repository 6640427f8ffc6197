import t from 'tap'
import type { DownBody, StateBody } from '../../firmware-protocol/bodies.ts'
import { closeOf, Place, until } from './room.ts'
import { MemoryDisk } from './memory-house.ts'

const isState = (body: DownBody): body is StateBody => body.is === 'state'

t.test('the window is saved with every press, and without one within 10 s', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.pressBody())
  t.match(place.disk.rows.get(button.did), { window: { boot: 7, seq: 1 } })
  await button.beat()
  t.match(place.disk.rows.get(button.did), { window: { seq: 1 } }, 'a beat alone writes nothing')
  await place.clock.pass(10_000)
  t.match(place.disk.rows.get(button.did), { window: { seq: 2 } })
})

t.test('after a kill: a recording below the saved window proves no life; what was accepted stays accepted', async (t) => {
  const disk = new MemoryDisk()
  const before = await Place.open(t, {}, disk)
  const button = await before.button().connect()
  button.seq = 10
  const recorded = button.frame({ is: 'beat', ...button.up(), health: {} })
  const press = button.pressBody()
  await button.send(press)
  // Not a stop: a new service on what the disk has now.
  const after = await Place.open(t, {}, disk, (place) => { place.buttons.known.set(button.did, { did: button.did, keys: button.keys, wish: { beatS: 30, mode: 0 } }) })
  await button.hangUp()
  await button.connect({}, `mqtt://127.0.0.1:${after.broker.ports.mqtt}`)
  await button.raw(recorded)
  t.same(after.house.beats, [], 'accepted, but no sign of life')
  await button.send(press)
  t.match(after.house.presses, [{ stale: true }], 'the very same counter again: the house decides whether it knows the event')
  await button.beat()
  t.equal(after.house.beats.length, 1)
})

t.test('dseqs never repeat over restarts, killed or stopped, for they are reserved on disk before their use', async (t) => {
  const disk = new MemoryDisk()
  const dseqs: number[] = []
  let place = await Place.open(t, {}, disk)
  const button = place.button()
  const known = place.buttons.known
  for (const end of ['killed', 'stopped', 'killed']) {
    await button.connect({}, `mqtt://127.0.0.1:${place.broker.ports.mqtt}`)
    button.downlinks.length = 0
    const press = button.pressBody()
    await button.send(press)
    await button.downlink(isState)
    place.house.light(button.did, press.event, 'coming')
    await button.downlink((body) => isState(body) && body.feedback === 'coming')
    const held = disk.rows.get(button.did)?.dseqReserved ?? 0
    for (const state of button.downlinks.filter(isState)) {
      dseqs.push(state.dseq)
      t.ok(state.dseq <= held, 'reserved on disk')
    }
    if (end === 'stopped') await place.broker.close()
    await button.client.endAsync(true)
    place = await Place.open(t, {}, disk, (next) => { for (const [did, row] of known) next.buttons.known.set(did, row) })
  }
  t.same(dseqs, [...new Set(dseqs)].sort((a, b) => a - b))
})

t.test('a button that holds a higher dseq than our disk remembers is told above it', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody({ shown: 500_000 }))
  await button.send(button.pressBody())
  t.ok((await button.downlink(isState)).dseq > 500_000)
  t.ok((place.disk.rows.get(button.did)?.dseqReserved ?? 0) > 500_000)
})

t.test('after a restart no light is told before the button\'s uptime is known: it would be taken for an old one', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.pressBody())
  await place.broker.close()
  await place.start()
  await button.connect()
  button.downlinks.length = 0
  await until(() => place.broker.health().unsaved === 0)
  await button.send({ is: 'bye', boot: 1, seq: 1, uptimeMs: 5, why: 'off' })
  t.notOk(place.broker.counts().SENT_STATE)
  await place.clock.pass(5_000)
  await button.send(button.helloBody())
  t.match(await button.downlink(isState), { heardMs: 6_000, feedback: 'received' })
})

t.test('a button that claims the last dseq of all only makes itself deaf: it is still heard', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send({ is: 'seen', ...button.up(), shown: 4_294_967_295 })
  await button.send(button.pressBody())
  await button.beat()
  t.equal(place.house.raised.length, 1)
  t.notOk(place.broker.counts().SENT_STATE)
})

t.test('no dseq is used before the disk has it: the light waits, the alarm does not', async (t) => {
  const place = await Place.open(t, {}, undefined, (fresh) => { fresh.disk.fails = true })
  const button = await place.button().connect()
  const heard = place.house.nextPress()
  const acknowledged = button.send(button.pressBody())
  await heard
  await button.beat()
  t.notOk(place.broker.counts().SENT_STATE)
  t.equal(place.broker.health().unsaved, 1)
  place.disk.fails = false
  await place.clock.pass(1_000)
  await acknowledged
  t.match(await button.downlink(isState), { feedback: 'received' })
  await until(() => place.broker.health().unsaved === 0)
})

t.test('a button that is not heard again after a restart falls silent like any other', async (t) => {
  const disk = new MemoryDisk()
  const before = await Place.open(t, {}, disk)
  const button = await before.button().connect()
  await button.send(button.pressBody())
  const after = await Place.open(t, {}, disk, (place) => { place.buttons.known.set(button.did, { did: button.did, keys: button.keys, wish: { beatS: 30, mode: 0 } }) })
  await after.clock.pass(90_000)
  t.same(after.house.silences, [{ did: button.did, why: 'silent', lastHeardAt: null }])
})

t.test('a stop saves what was heard, ends every connection, and waits at most 3 s for a dead disk', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.beat()
  const gone = closeOf(button.client)
  await place.broker.close()
  await gone
  t.match(place.disk.rows.get(button.did), { window: { seq: 1 } })
  const dead = await Place.open(t)
  const other = await dead.button().connect()
  await other.beat()
  dead.disk.fails = true
  const stopped = dead.broker.close()
  await until(() => dead.broker.health().connections === 0)
  let over = false
  void stopped.then(() => { over = true })
  while (!over) await dead.clock.pass(500)
  t.equal(dead.clock.mono() <= 4_000, true)
})

t.test('counters that can\'t be read at the start are a clear fault', async (t) => {
  const disk = new MemoryDisk()
  disk.loadAll = async () => { throw new Error('disk I/O error') }
  await t.rejects(Place.open(t, {}, disk), { name: 'BrokerProblem', code: 'MEMORY_UNREADABLE' })
})
