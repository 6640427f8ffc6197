import { createHmac, timingSafeEqual } from 'node:crypto'
import { readStrict, type CborMap, type CborValue } from './cbor-strict.ts'
import { writeArray, writeBytes, writeInt, writeMap, writeText } from './cbor-write.ts'
import type { EnvelopeFault } from './codes.ts'
import { didBytes, type Did } from './ids.ts'
import { FRAME_MAX_BYTES } from './limits.ts'
import { ProtocolMisuse } from './misuse.ts'
import type { Direction } from './topics.ts'

/** HMAC 256/256. @see RFC 9053 §3.1 */
export const ALG_HMAC_256_256 = 5
export const TAG_BYTES = 32
/** The only key generation of version 1. */
export const KID = 1
const PROTECTED_KEY = { alg: 1, kid: 4 } as const

export type Opened = { readonly ok: true, readonly payload: Uint8Array } | { readonly ok: false, readonly code: EnvelopeFault }
type Outer = { readonly protectedBytes: Uint8Array, readonly payload: Uint8Array, readonly tag: Uint8Array }

/** The protected header as every frame of version 1 carries it: {1: 5, 4: h'01'}. */
const PROTECTED = writeMap([[PROTECTED_KEY.alg, writeInt(ALG_HMAC_256_256)], [PROTECTED_KEY.kid, writeBytes(Uint8Array.of(KID))]])

/**
 * The tag over ["MAC0", protected, external_aad, payload]; external_aad binds the frame to its direction and button.
 * @see RFC 9052 §6.3
 */
export function macTag (protectedBytes: Uint8Array, payload: Uint8Array, direction: Direction, did: Did, key: Uint8Array): Uint8Array {
  const externalAad = writeArray([writeText('vbp1'), writeText(direction), writeBytes(didBytes(did))])
  const structure = writeArray([writeText('MAC0'), writeBytes(protectedBytes), writeBytes(externalAad), writeBytes(payload)])
  return createHmac('sha256', key).update(structure).digest()
}

/** Puts an encoded body into its envelope. Throws ProtocolMisuse when the frame would exceed 256 bytes. */
export function sealFrame (payload: Uint8Array, direction: Direction, did: Did, key: Uint8Array): Uint8Array {
  const tag = macTag(PROTECTED, payload, direction, did, key)
  const frame = writeArray([writeBytes(PROTECTED), writeMap([]), writeBytes(payload), writeBytes(tag)])
  if (frame.length > FRAME_MAX_BYTES) throw new ProtocolMisuse('FRAME_TOO_LONG')
  return frame
}

/** Checks size, outer structure, protected map and tag, in this order, and gives the authentic payload. */
export function openFrame (frame: Uint8Array, direction: Direction, did: Did, key: Uint8Array): Opened {
  if (frame.length > FRAME_MAX_BYTES) return { ok: false, code: 'FRAME_TOO_LONG' }
  const read = readStrict(frame)
  if (!read.ok) return read
  const outer = outerOf(read.value)
  if (typeof outer === 'string') return { ok: false, code: outer }
  const fault = protectedFault(outer.protectedBytes)
  if (fault !== null) return { ok: false, code: fault }
  const expected = macTag(outer.protectedBytes, outer.payload, direction, did, key)
  if (!timingSafeEqual(expected, outer.tag)) return { ok: false, code: 'MAC_WRONG' }
  return { ok: true, payload: outer.payload }
}

function outerOf (value: CborValue): Outer | EnvelopeFault {
  if (!Array.isArray(value)) return 'FRAME_NOT_ARRAY'
  const [protectedBytes, unprotected, payload, tag] = value as readonly CborValue[]
  if (value.length !== 4) return 'FRAME_LENGTH'
  if (!(protectedBytes instanceof Uint8Array)) return 'PROTECTED_NOT_BYTES'
  if (!(unprotected instanceof Map) || unprotected.size > 0) return 'UNPROTECTED_NOT_EMPTY_MAP'
  if (!(payload instanceof Uint8Array)) return 'PAYLOAD_NOT_BYTES'
  if (!(tag instanceof Uint8Array)) return 'TAG_NOT_BYTES'
  if (tag.length !== TAG_BYTES) return 'TAG_SIZE'
  return { protectedBytes, payload, tag }
}

function protectedFault (bytes: Uint8Array): EnvelopeFault | null {
  const read = readStrict(bytes)
  if (!read.ok) return read.code
  if (!(read.value instanceof Map)) return 'PROTECTED_NOT_MAP'
  const map: CborMap = read.value
  const alg = map.get(PROTECTED_KEY.alg)
  if (alg === undefined) return 'ALG_MISSING'
  if (alg !== ALG_HMAC_256_256) return 'ALG_UNKNOWN'
  const kid = map.get(PROTECTED_KEY.kid)
  if (kid === undefined) return 'KID_MISSING'
  if (!(kid instanceof Uint8Array) || kid.length !== 1 || kid[0] === 0) return 'KID_MALFORMED'
  if (kid[0] !== KID) return 'KID_UNKNOWN'
  return map.size === 2 ? null : 'PROTECTED_KEY_UNKNOWN'
}
