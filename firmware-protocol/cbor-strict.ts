import type { CborFault } from './codes.ts'
import { INDEFINITE, MAJOR, headInteger, readHead, type Head } from './cbor-head.ts'

/** What our deterministic subset can hold. Byte strings are views into the bytes that were read. */
export type CborValue = number | bigint | string | Uint8Array | CborArray | CborMap
export type CborArray = readonly CborValue[]
export type CborMap = ReadonlyMap<number | bigint, CborValue>
export type StrictRead = { readonly ok: true, readonly value: CborValue } | { readonly ok: false, readonly code: CborFault }

/** Depth of the deepest item; the outermost item has depth 0, so a scalar in the outer array has depth 1. */
export const DEPTH_MAX = 4

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
type Cursor = { readonly bytes: Uint8Array, at: number, fault: CborFault | null }

/**
 * Reads bytes that must be exactly one deterministic CBOR item with integer keys.
 * Never throws; holds nothing that the bytes do not hold, whatever lengths they announce.
 * @see RFC 8949 §4.2.1
 */
export function readStrict (bytes: Uint8Array): StrictRead {
  const cursor: Cursor = { bytes, at: 0, fault: null }
  const value = readItem(cursor, 0)
  if (value === undefined) return { ok: false, code: cursor.fault ?? 'CBOR_MALFORMED' }
  if (cursor.at < bytes.length) return { ok: false, code: 'CBOR_TRAILING' }
  return { ok: true, value }
}

function fail (cursor: Cursor, fault: CborFault): undefined {
  cursor.fault ??= fault
  return undefined
}

function readItem (cursor: Cursor, depth: number): CborValue | undefined {
  if (depth > DEPTH_MAX) return fail(cursor, 'CBOR_TOO_DEEP')
  const head = readHead(cursor.bytes, cursor.at)
  if (typeof head === 'string') return fail(cursor, head)
  const fault = headFault(head)
  if (fault !== null) return fail(cursor, fault)
  cursor.at = head.next
  if (head.major === MAJOR.uint || head.major === MAJOR.nint) return headInteger(head)
  // Each element, pair or byte takes at least one byte: an announced length beyond the rest is a lie, known before any work.
  const left = cursor.bytes.length - cursor.at
  if (head.value > left) return fail(cursor, 'CBOR_TRUNCATED')
  const length = Number(head.value)
  switch (head.major) {
    case MAJOR.bytes: return take(cursor, length)
    case MAJOR.text: return readText(cursor, length)
    case MAJOR.array: return readArray(cursor, length, depth)
    default: return readMap(cursor, length, depth)
  }
}

function headFault (head: Head): CborFault | null {
  if (head.major === MAJOR.tag) return head.info === INDEFINITE ? 'CBOR_MALFORMED' : 'CBOR_TAG'
  if (head.major === MAJOR.simple) {
    if (head.info === INDEFINITE) return 'CBOR_MALFORMED'
    return head.info >= 25 ? 'CBOR_FLOAT' : 'CBOR_SIMPLE'
  }
  if (head.info === INDEFINITE) return head.major < MAJOR.bytes ? 'CBOR_MALFORMED' : 'CBOR_INDEFINITE'
  return head.minimal ? null : 'CBOR_NOT_MINIMAL'
}

function take (cursor: Cursor, length: number): Uint8Array {
  const start = cursor.at
  cursor.at += length
  return cursor.bytes.subarray(start, cursor.at)
}

function readText (cursor: Cursor, length: number): string | undefined {
  return decodeUtf8(take(cursor, length)) ?? fail(cursor, 'CBOR_UTF8')
}

/** The text, or undefined when the bytes are not UTF-8. */
export function decodeUtf8 (bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

function readArray (cursor: Cursor, length: number, depth: number): CborArray | undefined {
  const items: CborValue[] = []
  for (let i = 0; i < length; i++) {
    const item = readItem(cursor, depth + 1)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function readMap (cursor: Cursor, length: number, depth: number): CborMap | undefined {
  const map = new Map<number | bigint, CborValue>()
  let last: Uint8Array | null = null
  for (let i = 0; i < length; i++) {
    const start = cursor.at
    const key = readItem(cursor, depth + 1)
    if (key === undefined) return undefined
    if (typeof key !== 'number' && typeof key !== 'bigint') return fail(cursor, 'CBOR_KEY_NOT_INT')
    if (map.has(key)) return fail(cursor, 'CBOR_KEY_DUPLICATE')
    const encoded = cursor.bytes.subarray(start, cursor.at)
    if (last !== null && Buffer.compare(last, encoded) > 0) return fail(cursor, 'CBOR_KEY_UNSORTED')
    last = encoded
    const value = readItem(cursor, depth + 1)
    if (value === undefined) return undefined
    map.set(key, value)
  }
  return map
}
