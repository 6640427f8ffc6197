import t from 'tap'
import type { ConfigBody, DownBody, StateBody } from '../../firmware-protocol/bodies.ts'
import { downTopic, upTopic } from '../../firmware-protocol/topics.ts'
import { Place, until, type TestButton } from './room.ts'
import { connectPacket, rawSocket, remainingLength, untilClosed } from './wire.ts'

const isState = (body: DownBody): body is StateBody => body.is === 'state'
const isConfig = (body: DownBody): body is ConfigBody => body.is === 'config'
const statesOf = (button: TestButton) => button.downlinks.filter(isState)
const shows = (feedback: string) => (body: DownBody) => isState(body) && body.feedback === feedback

t.test('feedback only after the disk has the press; then every change, with dseqs that rise', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.house.holdDisk()
  const acknowledged = button.send(button.pressBody())
  await button.beat()
  t.same(statesOf(button), [])
  place.house.releaseDisk()
  await acknowledged
  await button.downlink(shows('received'))
  const event = place.house.raised[0]?.event
  if (event === undefined) throw new Error('not raised')
  for (const feedback of ['coming', 'no-answer-yet', 'all-clear'] as const) {
    place.house.light(button.did, event, feedback)
    await button.downlink(shows(feedback))
  }
  const dseqs = statesOf(button).map(({ dseq }) => dseq)
  t.same(dseqs, [...dseqs].sort((a, b) => a - b))
  t.equal(new Set(dseqs).size, dseqs.length)
  t.match(statesOf(button).find(shows('coming')), { ttlS: 60, boot: 7, event })
})

t.test('coming carries the newest uptime heard, so that the button can let it expire', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const press = button.pressBody()
  await button.send(press)
  await place.clock.pass(20_000)
  await button.send({ is: 'seen', ...button.up(), shown: 0 })
  place.house.light(button.did, press.event, 'coming')
  t.match(await button.downlink(shows('coming')), { heardMs: 21_000, ttlS: 60 })
})

t.test('a `seen` that says the same again is answered with the present state of every open event', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const first = button.pressBody()
  await button.send(first)
  const second = button.pressBody()
  await button.send(second)
  await button.beat()
  await until(() => new Set(statesOf(button).map(({ event }) => event.evn)).size === 2)
  await button.send({ is: 'seen', ...button.up(), shown: 1 })
  button.downlinks.length = 0
  await button.send({ is: 'seen', ...button.up(), shown: 1 })
  await until(() => statesOf(button).length === 2)
  t.same(statesOf(button).map(({ event }) => event.evn).sort(), [first.event.evn, second.event.evn].sort())
})

t.test('the receipt of a state is not answered: button and service don\'t talk for ever', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.pressBody())
  const { dseq } = await button.downlink(isState)
  const sent = place.broker.counts().SENT_STATE
  await button.send({ is: 'seen', ...button.up(), shown: dseq })
  await button.beat()
  t.equal(place.broker.counts().SENT_STATE, sent, 'nothing new to say')
})

t.test('who was away gets the newest state on connecting, never what was said meanwhile', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const press = button.pressBody()
  await button.send(press)
  await button.downlink(shows('received'))
  await button.breakLine()
  button.downlinks.length = 0
  for (const feedback of ['coming', 'no-answer-yet', 'coming', 'no-answer-yet', 'all-clear'] as const) place.house.light(button.did, press.event, feedback)
  await button.connect()
  await button.beat()
  await button.downlink(isState)
  t.same(statesOf(button).map(({ feedback }) => feedback), ['all-clear'])
})

t.test('a button holds sixteen events: no more lights are told at once, and the newest of them', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const presses = Array.from({ length: 20 }, () => button.pressBody())
  for (const press of presses) await button.send(press)
  await button.connect()
  button.downlinks.length = 0
  await button.send(button.helloBody())
  await until(() => statesOf(button).length >= 16)
  await button.beat()
  t.same(new Set(statesOf(button).map(({ event }) => event.evn)), new Set(presses.slice(4).map(({ event }) => event.evn)))
})

t.test('who has not subscribed is told nothing', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  await button.dial()
  await button.send(button.pressBody())
  await button.beat()
  t.same(button.downlinks, [])
  t.notOk(place.broker.counts().SENT_STATE)
})

t.test('who leaves a topic that it never had is still told; who leaves its own is not', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.client.unsubscribeAsync('vbp/1/elsewhere')
  await button.send(button.pressBody())
  t.match(await button.downlink(isState), { feedback: 'received' })
  await button.client.unsubscribeAsync(downTopic(button.did))
  const sent = place.broker.counts().SENT_STATE
  await button.send(button.pressBody())
  await button.beat()
  t.equal(place.broker.counts().SENT_STATE, sent)
})

t.test('config is told until hello agrees, and not chased', async (t) => {
  const place = await Place.open(t)
  const button = await place.button(3).connect()
  await button.send(button.helloBody({ mode: 0 }))
  t.match(await button.downlink(isConfig), { mode: 3, beatS: 30, boot: 7 })
  for (let n = 0; n < 5; n++) await button.send(button.helloBody({ mode: 0 }))
  t.equal(button.downlinks.filter(isConfig).length, 1, 'a button that answers no at once')
  await place.clock.pass(10_000)
  await button.beat()
  await until(() => button.downlinks.filter(isConfig).length === 2)
  await button.send(button.helloBody({ mode: 3 }))
  await place.clock.pass(30_000)
  await button.beat()
  t.equal(button.downlinks.filter(isConfig).length, 2, 'they agree')
  const known = place.buttons.find(button.did)
  if (known === null) throw new Error('unknown')
  place.buttons.known.set(button.did, { ...known, wish: { beatS: 30, mode: 0 } })
  place.broker.configChanged(button.did)
  await until(() => button.downlinks.filter(isConfig).length === 3)
  t.match(button.downlinks.filter(isConfig).at(-1), { mode: 0 })
})

t.test('a wish that the wire can\'t hold keeps no light from being told', async (t) => {
  const place = await Place.open(t)
  const button = await place.button(99).connect()
  const press = button.pressBody()
  await button.send(press)
  await button.send(button.helloBody())
  t.match(await button.downlink(isState), { feedback: 'received' })
  await until(() => place.broker.counts().DOWNLINK_UNWRITABLE === 1)
})

t.test('a light that the house can\'t read ends nobody\'s line', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  place.house.lightsOf = () => { throw new TypeError('a fault of the house') }
  await button.send(button.helloBody())
  await button.send(button.pressBody())
  t.equal(place.house.raised.length, 1)
  t.ok((place.broker.counts().WORK_FAILED ?? 0) >= 1)
  t.notMatch(place.log.lines.join('\n'), button.did)
})

/** Connects and subscribes, and then never reads again. */
async function deafConnection (place: Place, button: TestButton) {
  const socket = await rawSocket(place.broker.ports.mqtt)
  const topic = Buffer.from(downTopic(button.did))
  const subscribe = Buffer.concat([Buffer.from([0x82]), remainingLength(5 + topic.length), Buffer.from([0, 1, 0, topic.length]), topic, Buffer.from([1])])
  socket.pause()
  socket.write(Buffer.concat([connectPacket(button.did, button.keys.mqttPassword), subscribe]))
  return socket
}

function publishPacket (button: TestButton, frame: Buffer, id: number): Buffer {
  const topic = Buffer.from(upTopic(button.did))
  const body = Buffer.concat([Buffer.from([0, topic.length]), topic, Buffer.from([id >> 8, id & 0xff]), frame])
  return Buffer.concat([Buffer.from([0x32]), remainingLength(body.length), body])
}

t.test('a button that never reads delays nobody: its lights don\'t pile up, it is cut, and gets the newest when it is back', async (t) => {
  const place = await Place.open(t)
  const other = await place.button().connect()
  const button = place.button()
  const socket = await deafConnection(place, button)
  const presses = Array.from({ length: 16 }, () => button.pressBody())
  presses.forEach((press, n) => socket.write(publishPacket(button, button.frame(press), n + 1)))
  await until(() => place.house.raised.length === 16)
  let rounds = 0
  let sent = -1
  // Until the kernel takes no more and the newest states wait: nothing is sent in a whole round.
  while (place.broker.counts().SENT_STATE !== sent) {
    sent = place.broker.counts().SENT_STATE ?? 0
    rounds += 1
    for (const { event } of presses) place.house.light(button.did, event, rounds % 2 === 0 ? 'coming' : 'no-answer-yet')
    for (let n = 0; n < 3; n++) await new Promise((resolve) => { setImmediate(resolve) })
  }
  const before = place.house.raised.length
  await other.send(other.pressBody())
  t.equal(place.house.raised.length, before + 1, 'another button is heard and acknowledged meanwhile')
  await until(() => statesOf(other).length === 1)
  const full = place.broker.counts().SENT_STATE
  socket.write(publishPacket(button, button.frame(button.pressBody()), 99))
  await until(() => place.house.raised.length === before + 2)
  t.pass('and so is the one that does not read')
  for (let n = 0; n < 1_000; n++) for (const { event } of presses) place.house.light(button.did, event, n % 2 === 0 ? 'coming' : 'no-answer-yet')
  t.equal(place.broker.counts().SENT_STATE, full, 'nothing more is sent into a full socket')
  await place.clock.pass(4_250)
  t.match(place.broker.counts(), { NOT_DRAINED: 1 })
  socket.resume()
  await untilClosed(socket)
  await button.connect()
  await until(() => statesOf(button).length >= 17)
  await button.beat()
  t.equal(statesOf(button).length, 17, 'one state for each event')
})
