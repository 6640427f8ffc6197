import t from 'tap'
import { downTopic } from '../../firmware-protocol/topics.ts'
import type { DownBody, SyncBody } from '../../firmware-protocol/bodies.ts'
import { sealFrame } from '../../firmware-protocol/frame.ts'
import { Place, type TestButton } from './room.ts'

const isSync = (body: DownBody): body is SyncBody => body.is === 'sync'
const syncsOf = (button: TestButton) => button.downlinks.filter(isSync)

/** A button that was heard at boot 7, seq 100. */
async function heardBefore (place: Place): Promise<TestButton> {
  const button = await place.button().connect()
  button.seq = 99
  await button.beat()
  return button
}

t.test('rule 1: counters inside the window are accepted in any order, once', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  await button.send({ is: 'beat', boot: 7, seq: 37, uptimeMs: 1_000, health: {} })
  await button.send({ is: 'beat', boot: 7, seq: 37, uptimeMs: 1_000, health: {} })
  await button.send({ is: 'beat', boot: 7, seq: 36, uptimeMs: 1_000, health: {} })
  t.equal(place.house.beats.length, 2)
  t.match(place.broker.counts(), { DROPPED: 2 })
})

t.test('rule 2: a recording of a known press opens nothing and asks nothing, but is answered with its state', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  const press = button.pressBody()
  const recording = button.frame(press)
  await button.raw(recording)
  await button.downlink((body) => body.is === 'state' && body.feedback === 'received')
  place.house.light(button.did, press.event, 'all-clear')
  await button.downlink((body) => body.is === 'state' && body.feedback === 'all-clear')
  button.downlinks.length = 0
  await button.raw(recording)
  t.match(await button.downlink((body) => body.is === 'state'), { feedback: 'all-clear', event: press.event })
  t.equal(place.house.raised.length, 1)
  t.same(syncsOf(button), [])
})

t.test('rule 3: a stale press that nobody knows raises at once, asks for proof, and is cleared when it comes again accepted', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  const event = { evboot: 1, evn: 1, evid: new Uint8Array(8).fill(5) }
  await button.send(button.pressBody({ boot: 1, seq: 2, event, uptimeMs: 500 }))
  t.match(place.house.raised, [{ stale: true, event }])
  t.match(await button.downlink(isSync), { known: 7 })
  t.match(await button.downlink((body) => body.is === 'state'), { boot: 1, heardMs: 500, feedback: 'received' }, 'the answer bears the boot of the frame')
  const { nonce } = await button.downlink(isSync)
  t.same(place.house.doubts, [])
  button.boot = 8
  button.seq = 0
  await button.send(button.pressBody({ event, ageMs: 900 }))
  await button.send(button.helloBody({ nonce }))
  await place.clock.pass(60_000)
  t.same(place.house.doubts, [{ did: button.did, replay: false }])
  t.equal(place.house.raised.length, 1)
})

t.test('rule 3: a button that lost its flash sends before its subscription is in force, and still gets its sync', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  await button.breakLine()
  button.downlinks.length = 0
  await button.dial()
  const event = { evboot: 1, evn: 1, evid: new Uint8Array(8).fill(6) }
  await button.send(button.pressBody({ boot: 1, seq: 2, event, uptimeMs: 500 }))
  t.same(button.downlinks, [])
  await button.client.subscribeAsync(downTopic(button.did), { qos: 1 })
  t.match(await button.downlink(isSync), { known: 7 })
  t.match(await button.downlink((body) => body.is === 'state'), { boot: 1, event, feedback: 'received' }, 'and the answer to its press')
})

t.test('rule 3: the hello comes and the event has not: it may be a replay; a late proof takes the label away', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  const event = { evboot: 1, evn: 1, evid: new Uint8Array(8).fill(5) }
  await button.send(button.pressBody({ boot: 1, seq: 2, event }))
  const { nonce } = await button.downlink(isSync)
  await button.send(button.helloBody({ nonce: new Uint8Array(8) }))
  t.same(place.house.doubts, [], 'a hello that answers another sync proves nothing')
  await button.send(button.helloBody({ nonce }))
  t.same(place.house.doubts, [{ did: button.did, replay: true }])
  await button.send(button.pressBody({ event }))
  t.same(place.house.doubts.at(-1), { did: button.did, replay: false })
})

t.test('rule 3: silence for 30 s labels it too, not a moment before', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  await button.send(button.pressBody({ boot: 1, seq: 2 }))
  await place.clock.pass(29_999)
  t.same(place.house.doubts, [])
  await place.clock.pass(1)
  t.same(place.house.doubts, [{ did: button.did, replay: true }])
})

t.test('rule 3: at most one sync in 10 s, however many stale presses come, and every one of them raises', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  for (let n = 1; n <= 5; n++) await button.send(button.pressBody({ boot: 1, seq: n }))
  await button.beat()
  t.equal(syncsOf(button).length, 1)
  await place.clock.pass(10_000)
  await button.send(button.pressBody({ boot: 1, seq: 9 }))
  await button.downlink((body) => isSync(body) && body !== syncsOf(button)[0])
  t.equal(place.house.raised.length, 6)
})

t.test('rule 3: beyond sixteen doubtful presses the oldest is labelled at once, and every one of them has raised', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  for (let n = 1; n <= 16; n++) await button.send(button.pressBody({ boot: 1, seq: n }))
  t.same(place.house.doubts, [])
  await button.send(button.pressBody({ boot: 1, seq: 17 }))
  t.same(place.house.doubts, [{ did: button.did, replay: true }])
  t.equal(place.house.raised.length, 17)
})

t.test('rule 3: a sync that came too soon after another goes when its time has come: the first may be lost', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  button.boot = 1
  button.seq = 0
  await button.send(button.helloBody())
  await button.breakLine()
  await place.clock.pass(1_000)
  await button.connect()
  button.downlinks.length = 0
  await button.send(button.helloBody())
  await button.beat()
  t.same(syncsOf(button), [], 'not yet')
  await place.clock.pass(8_999)
  await button.beat()
  t.same(syncsOf(button), [])
  await place.clock.pass(1)
  t.match(await button.downlink(isSync), { known: 7 })
})

t.test('rule 3: a press that comes after the last sync was answered is asked for too, and proven', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  await button.send(button.helloBody({ boot: 1, seq: 1 }))
  const { nonce } = await button.downlink(isSync)
  await button.send(button.helloBody({ nonce }))
  const event = { evboot: 1, evn: 1, evid: new Uint8Array(8).fill(5) }
  await button.send(button.pressBody({ boot: 1, seq: 2, event }))
  await place.clock.pass(10_000)
  const second = await button.downlink((body): body is SyncBody => isSync(body) && Buffer.compare(body.nonce, nonce) !== 0)
  t.same(place.house.doubts, [])
  await button.send(button.helloBody({ nonce: second.nonce }))
  t.same(place.house.doubts, [{ did: button.did, replay: true }], 'its hello without the event is the answer')
})

t.test('rule 3: who has come back with good counters is not asked again', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  await button.send(button.helloBody({ boot: 1, seq: 1 }))
  await button.send(button.helloBody({ boot: 1, seq: 2 }))
  const { nonce } = await button.downlink(isSync)
  await button.send(button.helloBody({ boot: 8, seq: 1, nonce }))
  await place.clock.pass(60_000)
  await button.send({ is: 'beat', boot: 8, seq: 2, uptimeMs: 90_000, health: {} })
  t.equal(place.broker.counts().SENT_SYNC, 1)
})

t.test('rule 4: anything else stale is dropped, counted and acknowledged; a stale hello gets a sync', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  const beats = place.house.beats.length
  const old = { boot: 6, uptimeMs: 9_000 }
  await button.send({ is: 'beat', ...old, seq: 900, health: {} })
  await button.send({ is: 'seen', ...old, seq: 901, shown: 77 })
  await button.send({ is: 'bye', ...old, seq: 902, why: 'off' })
  t.match(place.broker.counts(), { DROPPED: 3 })
  t.same(syncsOf(button), [])
  await button.send(button.helloBody({ ...old, seq: 903 }))
  await button.downlink(isSync)
  t.equal(place.house.beats.length, beats, 'none was a sign of life')
  t.same(place.house.silences, [])
})

t.test('a boot too far ahead is stale: it raises, but does not shut the button out', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  await button.send(button.pressBody({ boot: 7 + 65_537, seq: 1 }))
  t.match(place.house.raised, [{ stale: true }])
  await button.send(button.pressBody())
  t.match(place.house.raised[1], { stale: false })
})

t.test('an authentic press is never lost to strictness; one without identity troubles the technician and is acknowledged', async (t) => {
  const place = await Place.open(t)
  const button = await heardBefore(place)
  const seal = (hex: string): Buffer => Buffer.from(sealFrame(new Uint8Array(Buffer.from(hex, 'hex')), 'up', button.did, button.keys.up))
  // {0: 1, 1: 7, 2: 101, 3: "x", 4: [7, 1, 8 bytes], 5: 99, 63: []}: no uptime, an unknown kind, an unknown key.
  await button.raw(seal('a7000101070218650361780483070148112233445566778805186318' + '3f80'))
  t.match(place.house.raised, [{ kind: 'alarm', ageMs: null }])
  t.match(place.broker.counts(), { DISCARDED_UPTIME: 1, DISCARDED_KIND: 1, DISCARDED_KEY_UNKNOWN: 1 })
  await button.raw(seal('a400010107021866' + '0500'))
  await button.raw(seal('a400010107021867' + '0500'))
  t.equal(place.house.raised.length, 1)
  t.same(place.house.troubles, [{ did: button.did, code: 'PRESS_EVENT_UNREADABLE' }], 'told once a minute')
  await button.raw(seal('a4000a0107021868' + '0301'))
  t.ok(button.client.connected, 'a body of tomorrow, or an unreadable one, ends no connection')
})
