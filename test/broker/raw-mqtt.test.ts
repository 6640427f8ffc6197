/** Incident: a client library is polite. What a hostile one may write, byte by byte, before and after its CONNECT. */
import { once } from 'node:events'
import t from 'tap'
import { downTopic, upTopic } from '../../firmware-protocol/topics.ts'
import { Place, until, type TestButton } from './room.ts'
import { connectPacket, rawSocket, remainingLength, untilClosed } from './wire.ts'

const text = (value: string): Buffer => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)])
const packet = (first: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([first]), remainingLength(body.length), body])
const id = (number: number): Buffer => Buffer.from([number >> 8, number & 0xff])

function publish (button: TestButton, frame: Buffer, messageId: number): Buffer {
  return packet(0x32, Buffer.concat([text(upTopic(button.did)), id(messageId), frame]))
}

t.test('a press in the same breath as a CONNECT that is refused is not heard', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const socket = await rawSocket(place.broker.ports.mqtt)
  socket.write(Buffer.concat([connectPacket(button.did, 'wrong'), publish(button, button.frame(button.pressBody()), 1)]))
  t.same([...await untilClosed(socket)], [0x20, 2, 0, 4], 'CONNACK, bad user name or password, and nothing more')
  t.same(place.house.presses, [])
})

t.test('a press before any CONNECT is not heard', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const socket = await rawSocket(place.broker.ports.mqtt)
  socket.write(Buffer.concat([publish(button, button.frame(button.pressBody()), 1), connectPacket(button.did, button.keys.mqttPassword)]))
  t.equal((await untilClosed(socket)).length, 0)
  t.same(place.house.presses, [])
})

t.test('sixteen presses, SUBSCRIBE and hello without waiting for CONNACK are all heard; a flood of them ends the connection', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const socket = await rawSocket(place.broker.ports.mqtt)
  const subscribe = packet(0x82, Buffer.concat([id(1), text(downTopic(button.did)), Buffer.from([1])]))
  const presses = Array.from({ length: 16 }, (_, n) => publish(button, button.frame(button.pressBody()), n + 2))
  socket.write(Buffer.concat([connectPacket(button.did, button.keys.mqttPassword), subscribe, ...presses, publish(button, button.frame(button.helloBody()), 90)]))
  await until(() => place.broker.counts().HEARD_HELLO === 1)
  t.equal(place.house.raised.length, 16)
  socket.destroy()
  const other = place.button()
  const flood = await rawSocket(place.broker.ports.mqtt)
  const many = Array.from({ length: 60 }, (_, n) => publish(other, other.frame(other.pressBody()), n + 1))
  flood.write(Buffer.concat([connectPacket(other.did, other.keys.mqttPassword), ...many]))
  await untilClosed(flood)
  t.match(place.broker.counts(), { EARLY_PACKETS_REFUSED: 1 })
})

t.test('a second CONNECT, as itself or as another, ends the connection', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const other = await place.button().connect()
  for (const as of [button, other]) {
    const socket = await rawSocket(place.broker.ports.mqtt)
    socket.write(connectPacket(button.did, button.keys.mqttPassword))
    await once(socket, 'data')
    socket.write(connectPacket(as.did, as.keys.mqttPassword))
    await untilClosed(socket)
  }
  await other.send(other.pressBody())
  t.equal(place.house.raised.length, 1, 'the other one has kept its line')
})

t.test('an admitted connection that drips a packet is ended by its own keep-alive', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const socket = await rawSocket(place.broker.ports.mqtt)
  socket.write(connectPacket(button.did, button.keys.mqttPassword, 1))
  await once(socket, 'data')
  // A press that never ends; what came of it keeps nothing alive.
  socket.write(publish(button, button.frame(button.pressBody()), 1).subarray(0, -1))
  await untilClosed(socket)
  t.match(place.broker.counts(), { KEEPALIVE_EXPIRED: 1 })
  t.same(place.house.presses, [])
})

t.test('one SUBSCRIBE for its own /down and for everything: its own alone is granted', async (t) => {
  const place = await Place.open(t)
  const other = await place.button().connect()
  const button = place.button()
  const socket = await rawSocket(place.broker.ports.mqtt)
  socket.write(connectPacket(button.did, button.keys.mqttPassword))
  await once(socket, 'data')
  const topics = ['#', downTopic(button.did), '$SYS/#'].map((topic) => Buffer.concat([text(topic), Buffer.from([1])]))
  socket.write(packet(0x82, Buffer.concat([id(7), ...topics])))
  const [suback] = await once(socket, 'data') as [Buffer]
  t.same([...suback], [0x90, 5, 0, 7, 0x80, 1, 0x80])
  const heard: Buffer[] = []
  socket.on('data', (chunk) => { heard.push(chunk) })
  await other.send(other.pressBody())
  await other.downlink((body) => body.is === 'state')
  socket.write(publish(button, button.frame(button.pressBody()), 8))
  await until(() => Buffer.concat(heard).includes(downTopic(button.did)))
  t.notOk(Buffer.concat(heard).includes(other.did), 'nothing of the other button came')
})

t.test('a topic of too many levels, or none, ends the connection before anything is looked up', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  for (const topic of ['', 'a/'.repeat(9), '#', 'vbp/1/+/up']) {
    const socket = await rawSocket(place.broker.ports.mqtt)
    socket.write(connectPacket(button.did, button.keys.mqttPassword))
    await once(socket, 'data')
    socket.write(packet(0x32, Buffer.concat([text(topic), id(1), button.frame(button.pressBody())])))
    await untilClosed(socket)
  }
  t.same(place.house.presses, [])
})

t.test('a press of QoS 0 raises, and nothing is acknowledged that asked for nothing', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const socket = await rawSocket(place.broker.ports.mqtt)
  socket.write(connectPacket(button.did, button.keys.mqttPassword))
  await once(socket, 'data')
  const unasked = packet(0x30, Buffer.concat([text(upTopic(button.did)), button.frame(button.pressBody())]))
  socket.write(Buffer.concat([unasked, publish(button, button.frame(button.pressBody()), 5)]))
  const [puback] = await once(socket, 'data') as [Buffer]
  t.same([...puback], [0x40, 2, 0, 5])
  t.equal(place.house.raised.length, 2)
})
