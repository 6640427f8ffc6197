import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import t from 'tap'
import { PacketSizes } from '../../broker/packet-size.ts'
import { downTopic, upTopic } from '../../firmware-protocol/topics.ts'
import { closeOf, Place } from './room.ts'
import { connectPacket, rawSocket, remainingLength, untilClosed } from './wire.ts'

t.test('a stranger who announces 256 MB is cut at the announcement, before anything is kept', async (t) => {
  const place = await Place.open(t)
  const socket = await rawSocket(place.broker.ports.mqtt)
  socket.write(Buffer.concat([Buffer.from([0x10]), Buffer.from([0xff, 0xff, 0xff, 0x7f])]))
  t.equal((await untilClosed(socket)).length, 0)
  t.match(place.broker.counts(), { PACKET_TOO_LONG: 1 })
})

t.test('one byte over 4 KB is too long for an admitted button too, and a length of five bytes is none', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  for (const announced of [remainingLength(4_097), Buffer.from([0x80, 0x80, 0x80, 0x80, 0x01])]) {
    const socket = await rawSocket(place.broker.ports.mqtt)
    socket.write(connectPacket(button.did, button.keys.mqttPassword))
    await once(socket, 'data')
    socket.write(Buffer.concat([Buffer.from([0x32]), announced]))
    await untilClosed(socket)
  }
  t.match(place.broker.counts(), { PACKET_TOO_LONG: 2 })
})

t.test('packet lengths are followed wherever the stream is cut', async (t) => {
  const packets = [remainingLength(0), remainingLength(2), remainingLength(127), remainingLength(128), remainingLength(4_096)].map((length, n) => {
    const size = [0, 2, 127, 128, 4_096][n] ?? 0
    return Buffer.concat([Buffer.from([0x30]), length, Buffer.alloc(size, 0xff)])
  })
  const stream = Buffer.concat([...packets, ...packets])
  for (const step of [1, 2, 3, 7, 130, stream.length]) {
    const sizes = new PacketSizes(4_096)
    let admitted = true
    for (let at = 0; at < stream.length; at += step) admitted &&= sizes.admits(stream.subarray(at, at + step))
    t.ok(admitted, `cut every ${step} bytes`)
    t.notOk(sizes.admits(Buffer.concat([Buffer.from([0x30]), remainingLength(4_097)])), `cut every ${step} bytes`)
  }
})

t.test('a connection that says nothing, or drips its CONNECT, is ended', async (t) => {
  const place = await Place.open(t, { limits: { connectWithinMs: 60 } })
  const silent = await rawSocket(place.broker.ports.mqtt)
  const slow = await rawSocket(place.broker.ports.mqtt)
  slow.write(connectPacket('0123456789abcdef', 'x').subarray(0, 9))
  await Promise.all([untilClosed(silent), untilClosed(slow)])
  t.match(place.broker.counts(), { CONNECT_LATE: 2 })
})

t.test('who is not a known button with its own password does not come in', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const other = place.button()
  const cases = [
    ['a wrong password', { password: other.keys.mqttPassword }, /Bad username or password/i, 'PASSWORD_WRONG'],
    ['no password', { password: undefined }, /Bad username or password/i, 'PASSWORD_WRONG'],
    ['another one\'s client id', { clientId: other.did }, /Bad username or password/i, 'USER_REFUSED'],
    ['a client id that is no did', { clientId: 'CAFE' }, /Identifier rejected/i, 'CLIENT_ID_REFUSED'],
    ['upper case is not the same id', { clientId: 'ABCDEFABCDEFABCD', username: 'ABCDEFABCDEFABCD' }, /Identifier rejected/i, 'CLIENT_ID_REFUSED'],
    ['a did that nobody enrolled', { clientId: '00'.repeat(8), username: '00'.repeat(8) }, /Bad username or password/i, 'BUTTON_UNKNOWN'],
    ['a session that would outlive the connection', { clean: false }, /Not authorized/i, 'SESSION_REFUSED'],
    ['keep-alive 0', { keepalive: 0 }, /./, 'KEEPALIVE_REFUSED'],
    ['keep-alive of an hour', { keepalive: 3_600 }, /./, 'KEEPALIVE_REFUSED'],
    ['MQTT 5', { protocolVersion: 5 }, /./, null],
    ['MQTT 3.1', { protocolVersion: 3, protocolId: 'MQIsdp' }, /Not authorized/i, 'PROTOCOL_REFUSED'],
    ['the will of another', { will: { topic: upTopic(other.did), payload: Buffer.alloc(1), qos: 1, retain: false } }, /Not authorized/i, 'WILL_REFUSED'],
    ['a will on its own /down', { will: { topic: downTopic(button.did), payload: Buffer.alloc(1), qos: 1, retain: false } }, /Not authorized/i, 'WILL_REFUSED'],
    ['a will of QoS 2', { will: { topic: upTopic(button.did), payload: Buffer.alloc(1), qos: 2, retain: false } }, /Not authorized/i, 'WILL_REFUSED'],
    ['a retained will', { will: { topic: upTopic(button.did), payload: Buffer.alloc(1), qos: 1, retain: true } }, /Not authorized/i, 'WILL_REFUSED']
  ] as const
  for (const [what, options, error, code] of cases) {
    const before = place.broker.counts()[code ?? ''] ?? 0
    await t.rejects(button.dial(options as object), error, what)
    if (code !== null) t.equal(place.broker.counts()[code], before + 1, what)
    button.client.end(true)
  }
  await button.connect()
  await button.send(button.pressBody())
  t.equal(place.house.raised.length, 1, 'the true button comes in all the same')
})

t.test('a refused CONNECT with a will leaves no will behind', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const bye = button.frame({ is: 'bye', ...button.up(), why: 'will' })
  await t.rejects(button.dial({ password: 'wrong', will: { topic: upTopic(button.did), payload: bye, qos: 1, retain: false } }))
  t.same(place.house.silences, [])
  t.notOk(place.broker.counts().HEARD_BYE)
})

t.test('a button publishes to its own /up and nowhere else', async (t) => {
  const place = await Place.open(t)
  const other = await place.button().connect()
  const button = place.button()
  const topics = [upTopic(other.did), downTopic(other.did), downTopic(button.did), '$SYS/x/new/clients', 'vbp/1', `vbp/2/${button.did}/up`, `${upTopic(button.did)}/`, 'a/'.repeat(50)]
  for (const topic of topics) {
    await button.connect()
    const closed = button.closed()
    button.client.publish(topic, button.frame(button.pressBody()), { qos: 1 })
    await closed
  }
  t.same(place.house.presses, [])
  await other.beat()
  t.same(other.downlinks.filter((body) => body.is === 'state'), [], 'nothing reached the other button')
})

t.test('a button subscribes to its own /down and to nothing else', async (t) => {
  const place = await Place.open(t)
  const other = place.button()
  const button = place.button()
  await button.dial()
  for (const topic of ['#', '+/#', 'vbp/#', 'vbp/1/+/up', 'vbp/1/+/down', upTopic(button.did), upTopic(other.did), downTopic(other.did), '$SYS/#', '$SYS/+/new/clients', `$share/g/${downTopic(button.did)}`]) {
    await t.rejects(button.client.subscribeAsync(topic, { qos: 1 }), topic)
  }
  await button.client.subscribeAsync(downTopic(button.did), { qos: 1 })
  t.match(place.broker.counts(), { SUBSCRIPTION_REFUSED: 11 })
})

t.test('a retained or QoS 2 press is heard, for somebody pressed; then the connection ends and nothing is retained', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  for (const options of [{ retain: true }, { qos: 2 as const }]) {
    await button.connect()
    const closed = button.closed()
    button.send(button.pressBody(), options).catch(() => {})
    await closed
  }
  t.equal(place.house.raised.length, 2)
  t.match(place.broker.counts(), { RETAIN_REFUSED: 1, QOS_REFUSED: 1 })
})

t.test('a newer connection of the same button takes over', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const first = button.client
  const gone = closeOf(first)
  await button.connect()
  await gone
  await button.send(button.pressBody())
  t.equal(place.house.raised.length, 1)
  t.equal(place.broker.health().buttons, 1)
})

t.test('ten connections of one button at once: one is left, and it is heard', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const sockets = await Promise.all(Array.from({ length: 10 }, () => rawSocket(place.broker.ports.mqtt)))
  for (const socket of sockets) socket.write(connectPacket(button.did, button.keys.mqttPassword))
  const gone = sockets.map((socket) => untilClosed(socket))
  await button.connect()
  await Promise.all(gone)
  await button.send(button.pressBody())
  t.equal(place.house.raised.length, 1)
  t.equal(place.broker.health().connections, 1)
})

t.test('too many connections: strangers give way to buttons, and a full house turns the next one away', async (t) => {
  const place = await Place.open(t, { limits: { connectionsMax: 3, strangersMax: 2 } })
  const strangers = await Promise.all([rawSocket(place.broker.ports.mqtt), rawSocket(place.broker.ports.mqtt)])
  const gone = Promise.all(strangers.map((socket) => untilClosed(socket)))
  const buttons = [place.button(), place.button(), place.button()]
  for (const button of buttons) await button.connect()
  await gone
  await t.rejects(place.button().dial(), 'the fourth')
  t.match(place.broker.counts(), { TOO_MANY_CONNECTIONS: 1, STRANGER_REPLACED: 2 })
  for (const button of buttons) await button.send(button.pressBody())
  t.equal(place.house.raised.length, 3)
})

t.test('a bad tag ends the connection of the button that sent it, and no other', async (t) => {
  const place = await Place.open(t)
  const other = await place.button().connect()
  const button = await place.button().connect()
  const frame = button.frame(button.pressBody())
  frame[frame.length - 1] = (frame[frame.length - 1] ?? 0) ^ 1
  const closed = button.closed()
  button.raw(frame).catch(() => {})
  await closed
  t.same(place.house.presses, [])
  t.match(place.house.troubles, [{ did: button.did, code: 'MAC_WRONG' }])
  await other.send(other.pressBody())
  t.equal(place.house.raised.length, 1)
})

t.test('a retired button is cut, and does not come back', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const closed = button.closed()
  place.buttons.known.delete(button.did)
  place.broker.cut(button.did)
  await closed
  await t.rejects(button.dial(), /Bad username or password/i)
})

t.test('a hook that fails refuses what it was asked and leaves everybody else their line', async (t) => {
  const place = await Place.open(t)
  const other = await place.button().connect()
  const button = await place.button().connect()
  const press = place.house.press.bind(place.house)
  place.house.press = (heard) => {
    if (heard.did === button.did) throw new TypeError('a fault of the house')
    return press(heard)
  }
  const closed = button.closed()
  button.send(button.pressBody()).catch(() => {})
  await closed
  await other.send(other.pressBody())
  t.equal(place.house.raised.length, 1)
  t.match(place.broker.counts(), { HOOK_FAILED: 1 })
  t.notMatch(place.log.lines.join('\n'), button.did)
})

const skip = spawnSync('mosquitto_pub', ['--help']).error === undefined ? false : 'mosquitto-clients is not installed'
t.test('mosquitto_pub, a client that none of us wrote, raises an alarm', { skip }, async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const run = promisify(execFile)
  const args = ['-h', '127.0.0.1', '-p', String(place.broker.ports.mqtt), '-i', button.did, '-u', button.did, '-P', button.keys.mqttPassword, '-q', '1', '-k', '30', '-t', upTopic(button.did)]
  const sent = run('mosquitto_pub', [...args, '-s'])
  sent.child.stdin?.end(button.frame(button.pressBody()))
  await sent
  t.equal(place.house.raised.length, 1)
})
