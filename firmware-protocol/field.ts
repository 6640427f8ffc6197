import type { EventId } from './bodies.ts'
import { decodeUtf8 } from './cbor-strict.ts'
import { writeArray, writeBytes, writeInt, writeText } from './cbor-write.ts'
import { ProtocolMisuse } from './misuse.ts'
import { COUNT_MAX, EVID_BYTES, type FieldSpec } from './wire.ts'

/** A field's value in TypeScript: number, word, bytes, text or event identity. */
export type FieldValue = number | string | Uint8Array | EventId
export type FieldRead = { readonly ok: true, readonly value: FieldValue } | { readonly ok: false, readonly code: 'FIELD_TYPE' | 'FIELD_RANGE' }

const TYPE_WRONG: FieldRead = { ok: false, code: 'FIELD_TYPE' }
const OUT_OF_RANGE: FieldRead = { ok: false, code: 'FIELD_RANGE' }

/** Checks a decoded CBOR value against a field's rule. `value` may be anything that a reader returns. */
export function readField (spec: FieldSpec, value: unknown): FieldRead {
  switch (spec.is) {
    case 'int': return readInt(value, spec.min, spec.max)
    case 'word': return readWord(value, spec.words)
    case 'bytes': return readBytes(value, spec.size)
    case 'text': return readText(value, spec.minBytes, spec.maxBytes)
    case 'event': return readEvent(value)
  }
}

function readInt (value: unknown, min: number, max: number): FieldRead {
  if (typeof value === 'bigint') return OUT_OF_RANGE
  if (typeof value !== 'number') return TYPE_WRONG
  return value >= min && value <= max ? { ok: true, value } : OUT_OF_RANGE
}

function readWord (value: unknown, words: Readonly<Record<string, number>>): FieldRead {
  if (typeof value !== 'number' && typeof value !== 'bigint') return TYPE_WRONG
  const word = Object.keys(words).find((name) => words[name] === value)
  return word === undefined ? OUT_OF_RANGE : { ok: true, value: word }
}

function readBytes (value: unknown, size: number): FieldRead {
  if (!(value instanceof Uint8Array)) return TYPE_WRONG
  // A copy: the frame's buffer belongs to the connection, and a view would keep it alive.
  return value.length === size ? { ok: true, value: Uint8Array.from(value) } : OUT_OF_RANGE
}

function readText (value: unknown, minBytes: number, maxBytes: number): FieldRead {
  if (typeof value !== 'string') return TYPE_WRONG
  const size = Buffer.byteLength(value)
  return size >= minBytes && size <= maxBytes ? { ok: true, value } : OUT_OF_RANGE
}

function readEvent (value: unknown): FieldRead {
  if (!Array.isArray(value)) return TYPE_WRONG
  if (value.length !== 3) return OUT_OF_RANGE
  const evboot = readInt(value[0], 1, COUNT_MAX)
  const evn = readInt(value[1], 1, COUNT_MAX)
  const evid = readBytes(value[2], EVID_BYTES)
  for (const part of [evboot, evn, evid]) if (!part.ok) return part
  if (!evboot.ok || !evn.ok || !evid.ok) return TYPE_WRONG
  return { ok: true, value: { evboot: evboot.value as number, evn: evn.value as number, evid: evid.value as Uint8Array } }
}

/** Encodes a field; throws ProtocolMisuse for a value that the field cannot hold. */
export function writeField (name: string, spec: FieldSpec, value: unknown): Uint8Array {
  const encoded = encode(spec, value)
  if (encoded === null) throw new ProtocolMisuse('FIELD_TYPE', name)
  if (encoded === undefined) throw new ProtocolMisuse('FIELD_RANGE', name)
  return encoded
}

/** null: not the field's type; undefined: outside its range. */
function encode (spec: FieldSpec, value: unknown): Uint8Array | null | undefined {
  switch (spec.is) {
    case 'int': {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return null
      return value >= spec.min && value <= spec.max ? writeInt(value) : undefined
    }
    case 'word': {
      const number = typeof value === 'string' && Object.hasOwn(spec.words, value) ? spec.words[value] : undefined
      return number === undefined ? undefined : writeInt(number)
    }
    case 'bytes': {
      if (!(value instanceof Uint8Array)) return null
      return value.length === spec.size ? writeBytes(value) : undefined
    }
    case 'text': return encodeText(value, spec.minBytes, spec.maxBytes)
    case 'event': return encodeEvent(value as EventId | undefined)
  }
}

function encodeText (value: unknown, minBytes: number, maxBytes: number): Uint8Array | null | undefined {
  if (typeof value !== 'string') return null
  const bytes = Buffer.from(value, 'utf8')
  // A lone surrogate would come back as another text than was given.
  if (bytes.length < minBytes || bytes.length > maxBytes || decodeUtf8(bytes) !== value) return undefined
  return writeText(value)
}

function encodeEvent (event: EventId | undefined): Uint8Array | null | undefined {
  if (event === undefined) return null
  const read = readEvent([event.evboot, event.evn, event.evid])
  if (!read.ok || !Number.isInteger(event.evboot) || !Number.isInteger(event.evn)) return undefined
  return writeArray([writeInt(event.evboot), writeInt(event.evn), writeBytes(event.evid)])
}
