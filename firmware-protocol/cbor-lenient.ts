import { INDEFINITE, MAJOR, headInteger, readHead, type Head } from './cbor-head.ts'
import { decodeUtf8 } from './cbor-strict.ts'

/** Something well-formed that no field can hold: a map, a float, a simple value, text that is not UTF-8. */
export const OPAQUE = Symbol('opaque')
export type LooseValue = number | bigint | string | Uint8Array | LooseArray | typeof OPAQUE
export type LooseArray = readonly LooseValue[]
export type LooseMap = ReadonlyMap<LooseValue, LooseValue>

const BREAK = 0xff

type Cursor = { readonly bytes: Uint8Array, at: number }

/**
 * Reads what an authentic press says, however it is written: any order of keys, any width of integer, indefinite
 * lengths, tags (a tagged value is its content), trailing bytes. The first of equal keys counts. When the bytes
 * break off or are not CBOR any more, the pairs before that are what was said.
 * Nesting is as deep as the payload is long at most, and a frame has 256 bytes.
 * @returns null when the payload does not begin as a map. Never throws.
 */
export function readLooseMap (payload: Uint8Array): LooseMap | null {
  const cursor: Cursor = { bytes: payload, at: 0 }
  const head = headAfterTags(cursor)
  if (head === null || head.major !== MAJOR.map) return null
  const map = new Map<LooseValue, LooseValue>()
  for (let n = 0; !atEnd(cursor, head, n); n++) {
    const key = readItem(cursor)
    if (key === undefined) break
    const value = readItem(cursor)
    if (value === undefined) break
    if (!map.has(key)) map.set(key, value)
  }
  return map
}

function headAfterTags (cursor: Cursor): Head | null {
  for (;;) {
    const head = readHead(cursor.bytes, cursor.at)
    if (typeof head === 'string') return null
    if (head.info === INDEFINITE && (head.major < MAJOR.bytes || head.major > MAJOR.map)) return null
    cursor.at = head.next
    if (head.major !== MAJOR.tag) return head
  }
}

/** Whether a container has given its n items; steps over the break of an indefinite one. */
function atEnd (cursor: Cursor, head: Head, n: number): boolean {
  if (head.info !== INDEFINITE) return n >= head.value
  if (cursor.bytes[cursor.at] !== BREAK) return false
  cursor.at++
  return true
}

/** One item, or undefined when the bytes end or are not CBOR. */
function readItem (cursor: Cursor): LooseValue | undefined {
  const head = headAfterTags(cursor)
  if (head === null) return undefined
  switch (head.major) {
    case MAJOR.uint:
    case MAJOR.nint: return headInteger(head)
    case MAJOR.bytes: return readString(cursor, head)
    case MAJOR.text: {
      const bytes = readString(cursor, head)
      return bytes === undefined ? undefined : decodeUtf8(bytes) ?? OPAQUE
    }
    case MAJOR.array: return readArray(cursor, head)
    case MAJOR.map: return skipMap(cursor, head)
    default: return OPAQUE
  }
}

function readString (cursor: Cursor, head: Head): Uint8Array | undefined {
  if (head.info !== INDEFINITE) return take(cursor, head.value)
  const chunks: Uint8Array[] = []
  while (!atEnd(cursor, head, 0)) {
    const chunk = readHead(cursor.bytes, cursor.at)
    if (typeof chunk === 'string' || chunk.major !== head.major || chunk.info === INDEFINITE) return undefined
    cursor.at = chunk.next
    const bytes = take(cursor, chunk.value)
    if (bytes === undefined) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function take (cursor: Cursor, length: number | bigint): Uint8Array | undefined {
  if (length > cursor.bytes.length - cursor.at) return undefined
  const start = cursor.at
  cursor.at += Number(length)
  return cursor.bytes.subarray(start, cursor.at)
}

function readArray (cursor: Cursor, head: Head): LooseArray | undefined {
  const items: LooseValue[] = []
  for (let n = 0; !atEnd(cursor, head, n); n++) {
    const item = readItem(cursor)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function skipMap (cursor: Cursor, head: Head): typeof OPAQUE | undefined {
  for (let n = 0; !atEnd(cursor, head, n); n++) {
    if (readItem(cursor) === undefined || readItem(cursor) === undefined) return undefined
  }
  return OPAQUE
}
