/** Guards against a frame that somebody without the key could make, and against bytes that bring the decoder down. */
import t from 'tap'
import fc from 'fast-check'
import { decodeDown, decodeUp, encodeDown, encodeUp } from '../../firmware-protocol/codec.ts'
import { sealFrame } from '../../firmware-protocol/frame.ts'
import { FRAME_MAX_BYTES } from '../../firmware-protocol/limits.ts'
import { ProtocolMisuse } from '../../firmware-protocol/misuse.ts'
import { DID, KEYS } from '../../firmware-protocol/vectors/craft.ts'
import { PRESS } from '../../firmware-protocol/vectors/make-frames.ts'
import { anyBytes, anyDid, anyDown, anyKey, anyUp } from './any-body.ts'
import { plain } from './vector-reader.ts'

t.test('decode(encode(x)) = x, for all that button and service can say', async (t) => {
  fc.assert(fc.property(anyUp, anyDid, anyKey, (body, did, key) => {
    const frame = encodeUp(body, did, key)
    t.ok(frame.length <= FRAME_MAX_BYTES)
    t.strictSame(plain(decodeUp(frame, did, key)), plain({ ok: true, body, discarded: [] }))
  }), { numRuns: 300 })
  fc.assert(fc.property(anyDown, anyDid, anyKey, (body, did, key) => {
    t.strictSame(plain(decodeDown(encodeDown(body, did, key), did, key)), plain({ ok: true, body, discarded: [] }))
  }), { numRuns: 200 })
})

const forged = (frame: Uint8Array, did: Parameters<typeof decodeUp>[1], key: Uint8Array): boolean => {
  const result = decodeUp(frame, did, key)
  return result.ok || result.authentic
}

t.test('no flip of any bit of a frame is accepted', async (t) => {
  fc.assert(fc.property(anyUp, anyDid, anyKey, (body, did, key) => {
    const frame = encodeUp(body, did, key)
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const flipped = Uint8Array.from(frame)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (forged(flipped, did, key)) t.fail(`bit ${bit} of ${Buffer.from(frame).toString('hex')}`)
    }
  }), { numRuns: 15 })
})

t.test('no piece of a frame, and no frame with something behind, is accepted', async (t) => {
  fc.assert(fc.property(anyUp, anyDid, anyKey, fc.uint8Array({ minLength: 1, maxLength: 64 }), (body, did, key, tail) => {
    const frame = encodeUp(body, did, key)
    for (let size = 0; size < frame.length; size++) {
      if (forged(frame.subarray(0, size), did, key) || forged(frame.subarray(frame.length - size), did, key)) t.fail(`${size} bytes`)
    }
    t.notOk(forged(Buffer.concat([frame, tail]), did, key))
  }), { numRuns: 50 })
})

t.test('no splice of two good frames is accepted', async (t) => {
  fc.assert(fc.property(anyUp, anyUp, anyDid, anyKey, (one, other, did, key) => {
    const a = encodeUp(one, did, key)
    const b = encodeUp(other, did, key)
    fc.pre(Buffer.compare(a, b) !== 0)
    for (let at = 1; at < Math.min(a.length, b.length); at++) {
      for (const spliced of [Buffer.concat([a.subarray(0, at), b.subarray(at)]), Buffer.concat([a.subarray(0, -at), b.subarray(-at)])]) {
        if (spliced.equals(a) || spliced.equals(b)) continue
        if (forged(spliced, did, key)) t.fail(spliced.toString('hex'))
      }
    }
  }), { numRuns: 25 })
})

t.test('no other button, key or direction opens a frame', async (t) => {
  fc.assert(fc.property(anyUp, anyDid, anyDid, anyKey, anyKey, (body, did, otherDid, key, otherKey) => {
    fc.pre(did !== otherDid && Buffer.compare(key, otherKey) !== 0)
    const frame = encodeUp(body, did, key)
    t.strictSame(decodeUp(frame, otherDid, key), { ok: false, code: 'MAC_WRONG', authentic: false })
    t.strictSame(decodeUp(frame, did, otherKey), { ok: false, code: 'MAC_WRONG', authentic: false })
    t.strictSame(decodeDown(frame, did, key), { ok: false, code: 'MAC_WRONG', authentic: false })
  }), { numRuns: 100 })
})

t.test('any bytes are answered with a code, never with a throw', async (t) => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), anyDid, anyKey, (bytes, did, key) => {
    for (const decode of [decodeUp, decodeDown]) {
      const result = decode(bytes, did, key)
      if (result.ok || result.authentic) t.fail(Buffer.from(bytes).toString('hex'))
    }
  }), { numRuns: 3000 })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 210 }), anyDid, anyKey, (payload, did, key) => {
    decodeUp(sealFrame(payload, 'up', did, key), did, key)
    decodeDown(sealFrame(payload, 'down', did, key), did, key)
  }), { numRuns: 3000 })
  t.pass('nothing was thrown')
})

t.test('what is read is never larger than the frame, whatever lengths it announces', async (t) => {
  const liars = ['5bffffffffffffffff', '5affffffff', '9bffffffffffffffff', 'bb0fffffffffffffff', '7b7fffffffffffffff', '9affffffff', 'baffffffff', '5b001fffffffffffff']
  const held = process.memoryUsage().arrayBuffers
  const frames = liars.flatMap((liar) => ['', '84', '8440a0', 'a50001010702010300041a'].flatMap((before) => {
    const bytes = Buffer.from(before + liar, 'hex')
    const pressed = Buffer.concat([Buffer.from('a700010107020104', 'hex'), bytes])
    return [bytes, sealFrame(bytes, 'up', DID, KEYS.up), sealFrame(pressed, 'up', DID, KEYS.up)]
  }))
  for (let round = 0; round < 200; round++) for (const frame of frames) if (decodeUp(frame, DID, KEYS.up).ok) t.fail(Buffer.from(frame).toString('hex'))
  t.ok(process.memoryUsage().arrayBuffers - held < 8 * 1024 * 1024, 'announced bytes were never reserved')
  fc.assert(fc.property(anyUp, anyDid, anyKey, (body, did, key) => {
    const frame = encodeUp(body, did, key)
    const result = decodeUp(frame, did, key)
    if (result.ok && result.body.is === 'press') t.not(result.body.event.evid.buffer, frame.buffer, 'the identity outlives the frame')
    t.ok(bytesIn(result) <= frame.length)
  }), { numRuns: 100 })
})

/** Bytes of strings and byte strings that a value holds. */
function bytesIn (value: unknown): number {
  if (value instanceof Uint8Array) return value.buffer.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, each) => sum + bytesIn(each), 0)
}

t.test('what the wire cannot hold is refused at home', async (t) => {
  const did = DID
  const key = KEYS.up
  const bad: ReadonlyArray<readonly [string, object]> = [
    ['FIELD_RANGE: boot', { boot: 0 }], ['FIELD_RANGE: seq', { seq: 4_294_967_295 }], ['FIELD_TYPE: uptimeMs', { uptimeMs: 1.5 }], ['FIELD_RANGE: uptimeMs', { uptimeMs: -1 }],
    ['FIELD_RANGE: kind', { kind: 'panic' }], ['FIELD_RANGE: kind', { kind: 'toString' }], ['FIELD_MISSING: event', { event: undefined }], ['FIELD_RANGE: event', { event: { ...PRESS.event, evn: 0 } }],
    ['FIELD_RANGE: event', { event: { ...PRESS.event, evn: 1.5 } }], ['FIELD_RANGE: event', { event: { ...PRESS.event, evid: new Uint8Array(7) } }], ['FIELD_RANGE: batteryPct', { health: { batteryPct: 101 } }],
    ['FIELD_TYPE: batteryMv', { health: { batteryMv: NaN } }], ['FIELD_MISSING: uptimeMs', { uptimeMs: undefined }]
  ]
  for (const [message, change] of bad) t.throws(() => encodeUp({ ...PRESS, ...change }, did, key), new ProtocolMisuse(...message.split(': ') as ['FIELD_RANGE', string]), message)
  const hello = { is: 'hello', boot: 1, seq: 1, uptimeMs: 0, health: {}, fw: '1', model: 'm', beatS: 30 } as const
  for (const fw of ['', 'x'.repeat(33), 'é'.repeat(17), '\ud800']) t.throws(() => encodeUp({ ...hello, fw }, did, key), { code: 'FIELD_RANGE', field: 'fw' })
  t.throws(() => encodeUp({ ...hello, nonce: new Uint8Array(7) }, did, key), { code: 'FIELD_RANGE', field: 'nonce' })
  t.throws(() => sealFrame(new Uint8Array(212), 'up', did, key), { code: 'FRAME_TOO_LONG' })
  t.equal(sealFrame(new Uint8Array(211), 'up', did, key).length, FRAME_MAX_BYTES)
})

t.test('random payloads under a good tag never count as anything but what they say', async (t) => {
  fc.assert(fc.property(anyBytes(40), anyDid, anyKey, (payload, did, key) => {
    const result = decodeUp(sealFrame(payload, 'up', did, key), did, key)
    if (!result.ok) t.equal(result.authentic, true)
  }), { numRuns: 500 })
})
