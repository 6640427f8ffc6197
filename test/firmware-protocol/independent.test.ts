/** Guards against a codec that agrees only with itself: cborg and node:crypto make and check the same frames. */
import t from 'tap'
import { createHmac } from 'node:crypto'
import { decode, encode } from 'cborg'
import fc from 'fast-check'
import { encodeUp } from '../../firmware-protocol/codec.ts'
import { readStrict } from '../../firmware-protocol/cbor-strict.ts'
import { deriveKeys } from '../../firmware-protocol/keys.ts'
import { anyBytes, anyDid, anyKey, anyUp } from './any-body.ts'
import { unhex, vectorFile } from './vector-reader.ts'

const cborgStrict = { strict: true, allowIndefinite: false, useMaps: true, rejectDuplicateMapKeys: true } as const

/** RFC 9052 §6.3, written once more with another CBOR library. */
function tagBy (protectedBytes: Uint8Array, payload: Uint8Array, direction: string, did: Uint8Array, key: Uint8Array): string {
  const externalAad = encode(['vbp1', direction, did])
  return createHmac('sha256', key).update(encode(['MAC0', protectedBytes, externalAad, payload])).digest('hex')
}

/** HKDF-SHA256 for 32 bytes by the letter of RFC 5869. */
function hkdf (root: Uint8Array, salt: Uint8Array, info: string): Buffer {
  const prk = createHmac('sha256', salt).update(root).digest()
  return createHmac('sha256', prk).update(info).update(Uint8Array.of(1)).digest()
}

t.test('every frame that must be read has the tag of RFC 9052, and cborg finds its CBOR canonical', async (t) => {
  for (const name of ['frames', 'presses', 'bodies'] as const) {
    for (const group of vectorFile<{ readonly hex: string }>(name).testGroups) {
      for (const test of group.tests) {
        const [protectedBytes, unprotected, payload, tag, ...more] = decode(unhex(test.hex), cborgStrict) as Array<Uint8Array & Map<never, never>>
        if (protectedBytes === undefined || payload === undefined || tag === undefined) throw new TypeError(test.comment)
        t.equal(Buffer.from(tag).toString('hex'), tagBy(protectedBytes, payload, group.direction, unhex(group.did), unhex(group.key)), test.comment)
        t.strictSame([unprotected?.size, more.length], [0, 0])
        t.strictSame(decode(protectedBytes, cborgStrict), new Map<number, unknown>([[1, 5], [4, Uint8Array.of(1)]]))
        if (name === 'frames') t.equal(Buffer.from(encode(decode(payload, cborgStrict))).toString('hex'), Buffer.from(payload).toString('hex'), `${test.comment}: canonical`)
      }
    }
  }
})

t.test('the keys of the vectors are those of RFC 5869', async (t) => {
  type KeyCase = { readonly root: string, readonly did: string, readonly generation: number, readonly up: string, readonly down: string, readonly mqttPassword: string }
  for (const test of vectorFile<KeyCase>('keys').testGroups.flatMap((group) => group.tests)) {
    const by = (purpose: string) => hkdf(unhex(test.root), unhex(test.did), `vbp1/${purpose}/${test.generation}`)
    t.equal(by('up').toString('hex'), test.up, test.comment)
    t.equal(by('down').toString('hex'), test.down)
    t.equal(by('mqtt').toString('base64url'), test.mqttPassword)
    t.match(test.mqttPassword, /^[A-Za-z0-9_-]{43}$/)
  }
})

t.test('any frame of ours is what cborg and HMAC would make', async (t) => {
  fc.assert(fc.property(anyUp, anyDid, anyKey, (body, did, key) => {
    const frame = encodeUp(body, did, key)
    const [protectedBytes, , payload, tag] = decode(frame, cborgStrict) as Uint8Array[]
    if (protectedBytes === undefined || payload === undefined || tag === undefined) throw new TypeError('not four items')
    t.equal(Buffer.from(tag).toString('hex'), tagBy(protectedBytes, payload, 'up', unhex(did), key))
    t.ok(Buffer.from(encode([protectedBytes, {}, encode(decode(payload, cborgStrict)), tag])).equals(frame))
  }), { numRuns: 200 })
})

t.test('what our strict reader takes, cborg takes too, and reads the same', async (t) => {
  fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), anyBytes(3), anyBytes(6)), (bytes) => {
    const ours = readStrict(bytes)
    if (!ours.ok) return
    t.strictSame(decode(bytes, cborgStrict), ours.value, Buffer.from(bytes).toString('hex'))
  }), { numRuns: 4000 })
  const nested = fc.letrec((tie) => ({
    item: fc.oneof({ maxDepth: 3 }, fc.maxSafeInteger(), fc.uint8Array({ maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 20 }), tie('list'), tie('map')),
    list: fc.array(tie('item'), { maxLength: 5 }),
    map: fc.uniqueArray(fc.tuple(fc.nat(), tie('item')), { maxLength: 5, selector: ([key]) => key }).map((pairs) => new Map(pairs))
  })).item
  fc.assert(fc.property(nested, (value) => {
    const read = readStrict(Uint8Array.from(encode(value)))
    if (read.ok) t.strictSame(read.value, value)
    else t.equal(read.code, 'CBOR_TOO_DEEP')
  }), { numRuns: 1000 })
})

t.test('a root of another size or a generation beyond a byte is our own fault', async (t) => {
  const did = fc.sample(anyDid, 1)[0]
  if (did === undefined) throw new TypeError('no did')
  for (const size of [0, 31, 33]) t.throws(() => deriveKeys(new Uint8Array(size), did), { code: 'ROOT_SIZE' })
  for (const generation of [0, 256, 1.5]) t.throws(() => deriveKeys(new Uint8Array(32), did, generation), { code: 'GENERATION_RANGE' })
  const keys = deriveKeys(new Uint8Array(32), did)
  t.equal(new Set([Buffer.from(keys.up).toString('base64url'), Buffer.from(keys.down).toString('base64url'), keys.mqttPassword]).size, 3)
})
