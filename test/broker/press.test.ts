import { once } from 'node:events'
import t from 'tap'
import { Place } from './room.ts'

/** Whether a promise is still open after everything already settled has run. */
async function isOpen (promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open')
  return await Promise.race([promise, new Promise((resolve) => { setImmediate(resolve, open) })]) === open
}

t.test('a press is heard before its PUBACK, and acknowledged only when the disk has it', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.house.holdDisk()
  const heard = place.house.nextPress()
  const acknowledged = button.send(button.pressBody())
  await heard
  t.equal(place.house.raised.length, 1, 'raised while the disk still waits')
  await button.beat()
  t.ok(await isOpen(acknowledged), 'no PUBACK: the beat sent after it has long been acknowledged')
  place.house.releaseDisk()
  await acknowledged
  t.equal(place.house.raised.length, 1)
})

t.test('behind a hung disk the next presses of the same connection are heard at once, all of them', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.house.holdDisk()
  const acknowledged = []
  for (let n = 1; n <= 20; n++) {
    const heard = place.house.nextPress()
    acknowledged.push(button.send(button.pressBody()))
    await heard
    t.equal(place.house.raised.length, n)
  }
  t.ok(await isOpen(Promise.race(acknowledged)))
  place.house.releaseDisk()
  await Promise.all(acknowledged)
})

t.test('the counters are on disk before the PUBACK: a failing disk holds it, and is tried again', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.disk.fails = true
  const heard = place.house.nextPress()
  const acknowledged = button.send(button.pressBody())
  await heard
  await button.beat()
  t.ok(await isOpen(acknowledged))
  place.disk.fails = false
  await place.clock.pass(1_000)
  await acknowledged
  t.match(place.disk.rows.get(button.did), { window: { boot: 7, seq: 2 } })
})

t.test('a fault too is acknowledged when it is on disk, and told once however often it comes', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.house.holdDisk()
  const event = button.event()
  const told = once(place.house.told, 'fault')
  const first = button.send({ is: 'fault', ...button.up(), event, fcode: 'tamper' })
  await told
  const again = button.send({ is: 'fault', ...button.up(), event, fcode: 'tamper' })
  await button.beat()
  t.ok(await isOpen(Promise.race([first, again])))
  place.house.releaseDisk()
  await Promise.all([first, again])
  t.match(place.house.faults, [{ fault: 'tamper', did: button.did }])
  t.equal(place.house.faults.length, 1)
})

t.test('what a press says reaches the house: kind, age, merged and the time it was pressed', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const now = place.clock.now()
  await button.send(button.pressBody({ kind: 'silent-alarm', ageMs: 4_000, merged: 2 }))
  t.match(place.house.raised, [{ kind: 'silent-alarm', merged: 3, ageMs: 4_000, pressedAt: now - 4_000, receivedAt: now, queueMs: 0, stale: false }])
})

t.test('without age nobody knows when: the time of receiving, and it says so', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const { ageMs: _, ...press } = button.pressBody()
  await button.send(press)
  t.match(place.house.raised, [{ ageMs: null, pressedAt: place.clock.now() }])
})

t.test('the same event again opens nothing, and is acknowledged', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const press = button.pressBody()
  await button.send(press)
  await button.send(press)
  await button.send({ ...press, ...button.up(), ageMs: 700 })
  t.equal(place.house.raised.length, 1)
  t.equal(place.house.presses.length, 3)
})

t.test('a press merged into an event whose alarm is over is a new alarm', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const press = button.pressBody()
  await button.send(press)
  place.house.light(button.did, press.event, 'all-clear')
  await button.send({ ...press, ...button.up(), merged: 1 })
  t.equal(place.house.raised.length, 2)
})

t.test('many unacknowledged presses: all are raised, and those beyond the limit go without a PUBACK', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.house.holdDisk()
  const acknowledged: Promise<void>[] = []
  for (let n = 0; n < 70; n++) acknowledged.push(button.send(button.pressBody()))
  acknowledged.forEach((promise) => { promise.catch(() => {}) })
  while (place.house.raised.length < 70) await place.house.nextPress()
  place.house.releaseDisk()
  await Promise.all(acknowledged.slice(0, 64))
  await button.beat()
  t.ok(await isOpen(Promise.race(acknowledged.slice(64))))
  t.equal(place.broker.counts().PUBACK_FORGONE, 6)
})

t.test('the counters are on disk before the PUBACK of a fault too', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.disk.fails = true
  const told = once(place.house.told, 'fault')
  const acknowledged = button.send({ is: 'fault', ...button.up(), event: button.event(), fcode: 'battery' })
  await told
  await button.beat()
  t.ok(await isOpen(acknowledged))
  place.disk.fails = false
  await place.clock.pass(1_000)
  await acknowledged
})

t.test('a fault that could not be kept gets no PUBACK, and is told anew when it comes again', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const keep = place.house.fault.bind(place.house)
  place.house.fault = async () => { throw new Error('disk full') }
  const event = button.event()
  const first = button.send({ is: 'fault', ...button.up(), event, fcode: 'tamper' })
  first.catch(() => {})
  await button.beat()
  t.ok(await isOpen(first))
  t.match(place.broker.counts(), { DURABLE_FAILED: 1 })
  place.house.fault = keep
  await button.send({ is: 'fault', ...button.up(), event, fcode: 'tamper' })
  t.equal(place.house.faults.length, 1)
})

t.test('of one button sixteen faults are remembered: a flood of them holds no more memory', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const faults = Array.from({ length: 17 }, () => ({ is: 'fault', ...button.up(), event: button.event(), fcode: 'tamper' }) as const)
  for (const fault of faults) await button.send(fault)
  const [oldest] = faults
  const newest = faults.at(-1)
  if (oldest === undefined || newest === undefined) throw new Error('seventeen')
  await button.send({ ...newest, ...button.up() })
  t.equal(place.house.faults.length, 17)
  await button.send({ ...oldest, ...button.up() })
  t.equal(place.house.faults.length, 18, 'the oldest is forgotten, and told again')
})
