/** The first bytes of a CBOR item: RFC 8949 §3. Shared by the strict and the lenient reader. */
export type Head = {
  readonly major: number
  readonly info: number
  /** Argument; 0 when the length is indefinite. A bigint only above 2^53 - 1. */
  readonly value: number | bigint
  /** Where the content begins. */
  readonly next: number
  readonly minimal: boolean
}

/** Additional information that means "indefinite length", or with major type 7 a break. */
export const INDEFINITE = 31
export const MAJOR = { uint: 0, nint: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const

const ARGUMENT_BYTES = [1, 2, 4, 8] as const
/** Below these an argument fits a shorter form. */
const ARGUMENT_MIN = [24, 0x100, 0x1_0000, 0x1_0000_0000] as const
const SIMPLE_MIN = 32

export function readHead (bytes: Uint8Array, at: number): Head | 'CBOR_TRUNCATED' | 'CBOR_MALFORMED' {
  const first = bytes[at]
  if (first === undefined) return 'CBOR_TRUNCATED'
  const major = first >> 5
  const info = first & 31
  if (info < 24) return { major, info, value: info, next: at + 1, minimal: true }
  if (info === INDEFINITE) return { major, info, value: 0, next: at + 1, minimal: true }
  const size = ARGUMENT_BYTES[info - 24]
  const least = ARGUMENT_MIN[info - 24]
  if (size === undefined || least === undefined) return 'CBOR_MALFORMED'
  if (at + 1 + size > bytes.length) return 'CBOR_TRUNCATED'
  const value = bigEndian(bytes, at + 1, size)
  // RFC 8949 §3.3: a simple value below 32 in two bytes is not well-formed.
  if (major === MAJOR.simple && info === 24 && value < SIMPLE_MIN) return 'CBOR_MALFORMED'
  return { major, info, value, next: at + 1 + size, minimal: value >= least }
}

function bigEndian (bytes: Uint8Array, at: number, size: number): number | bigint {
  let big = 0n
  for (let i = 0; i < size; i++) big = (big << 8n) | BigInt(bytes[at + i] ?? 0)
  return big <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(big) : big
}

/** The integer that a head of major type 0 or 1 means. */
export function headInteger (head: Head): number | bigint {
  if (head.major === MAJOR.uint) return head.value
  const negative = -1n - BigInt(head.value)
  return negative >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(negative) : negative
}
