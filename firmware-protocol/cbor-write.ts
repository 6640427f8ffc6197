import { MAJOR } from './cbor-head.ts'

/** Deterministic CBOR (RFC 8949 §4.2.1), as much of it as `vbp1` says: every argument in its shortest form. */
function head (major: number, argument: number): Uint8Array {
  const top = major << 5
  if (argument < 24) return Uint8Array.of(top | argument)
  if (argument < 0x100) return Uint8Array.of(top | 24, argument)
  if (argument < 0x1_0000) return Uint8Array.of(top | 25, argument >> 8, argument & 255)
  const long = argument >= 0x1_0000_0000
  const out = new Uint8Array(long ? 9 : 5)
  const view = new DataView(out.buffer)
  out[0] = top | (long ? 27 : 26)
  if (long) view.setBigUint64(1, BigInt(argument))
  else view.setUint32(1, argument)
  return out
}

/** A safe integer. */
export function writeInt (value: number): Uint8Array {
  return value < 0 ? head(MAJOR.nint, -1 - value) : head(MAJOR.uint, value)
}

export function writeBytes (value: Uint8Array): Uint8Array {
  return Buffer.concat([head(MAJOR.bytes, value.length), value])
}

export function writeText (value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([head(MAJOR.text, bytes.length), bytes])
}

/** An array of items that are already encoded. */
export function writeArray (items: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([head(MAJOR.array, items.length), ...items])
}

/** A map of values that are already encoded, under keys >= 0, whose numeric order is the order of their bytes. */
export function writeMap (pairs: ReadonlyArray<readonly [number, Uint8Array]>): Uint8Array {
  const sorted = [...pairs].sort(([a], [b]) => a - b)
  return Buffer.concat([head(MAJOR.map, sorted.length), ...sorted.flatMap(([key, value]) => [writeInt(key), value])])
}
