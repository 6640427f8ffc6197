import fc from 'fast-check'
import t from 'tap'
import { encodeUp } from '../../firmware-protocol/codec.ts'
import { upTopic } from '../../firmware-protocol/topics.ts'
import { Place } from './room.ts'
import { rawSocket, untilClosed } from './wire.ts'

t.test('never: random bytes from an admitted button raise, or end the broker', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const other = await place.button().connect()
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
    await button.connect()
    const closed = button.closed()
    button.raw(Buffer.from(bytes)).catch(() => {})
    await closed
    return place.house.presses.length === 0 && other.client.connected
  }), { numRuns: 80 })
  await other.send(other.pressBody())
  t.equal(place.house.raised.length, 1)
})

t.test('never: a press with any bit changed raises', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  const frame = button.frame(button.pressBody())
  await fc.assert(fc.asyncProperty(fc.nat(frame.length * 8 - 1), async (bit) => {
    await button.connect()
    const forged = Buffer.from(frame)
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const closed = button.closed()
    button.raw(forged).catch(() => {})
    await closed
    return place.house.presses.length === 0
  }), { numRuns: 60 })
  t.pass('none did')
})

t.test('never: a frame of one button is taken as another\'s, on whatever topic', async (t) => {
  const place = await Place.open(t)
  const victim = place.button()
  const button = place.button()
  const topics = fc.oneof(fc.constant(upTopic(victim.did)), fc.constant(upTopic(button.did)), fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }).filter((topic) => !/[#+]/.test(topic)))
  await fc.assert(fc.asyncProperty(topics, async (topic) => {
    await button.connect()
    const closed = button.closed()
    const frame = Buffer.from(encodeUp(victim.pressBody(), victim.did, victim.keys.up))
    button.raw(frame, {}, topic).catch(() => {})
    await closed
    return place.house.presses.length === 0
  }), { numRuns: 60 })
  t.pass('none was')
})

t.test('never: random bytes of a stranger come through, or end the broker', async (t) => {
  const place = await Place.open(t, { limits: { connectWithinMs: 40 } })
  const other = await place.button().connect()
  await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.boolean(), async (bytes, asConnect) => {
    const socket = await rawSocket(place.broker.ports.mqtt)
    socket.write(asConnect ? Buffer.concat([Buffer.from([0x10, bytes.length & 0x7f]), bytes]) : bytes)
    await untilClosed(socket)
    return place.house.presses.length === 0 && place.broker.health().buttons === 1
  }), { numRuns: 60 })
  await other.send(other.pressBody())
  t.equal(place.house.raised.length, 1)
})
