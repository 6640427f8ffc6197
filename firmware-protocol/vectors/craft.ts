import { createHash } from 'node:crypto'
import { macTag } from '../frame.ts'
import type { Did } from '../ids.ts'
import { deriveKeys } from '../keys.ts'
import type { Direction } from '../topics.ts'

/** Bytes that look random and are the same on every machine. */
export function bytesOf (label: string, size: number): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(`vbp1 vectors: ${label}`).digest().subarray(0, size))
}

export const DID = '0123456789abcdef' as Did
export const OTHER_DID = 'fedcba9876543210' as Did
export const ROOT = bytesOf('root', 32)
export const KEYS = deriveKeys(ROOT, DID)
export const OTHER_KEYS = deriveKeys(bytesOf('other root', 32), OTHER_DID)

export function hex (bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

export function unhex (text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

/** A map in hex, exactly as given: nothing is sorted, counted twice or made shorter. */
export function rawMap (pairs: ReadonlyArray<readonly [string, string]>): string {
  return hex(Uint8Array.of(0xa0 | pairs.length)) + pairs.flat().join('')
}

/** A byte string in hex; sizes up to 255. */
export function rawBytes (content: string): string {
  const size = content.length / 2
  return (size < 24 ? hex(Uint8Array.of(0x40 | size)) : '58' + hex(Uint8Array.of(size))) + content
}

export const PROTECTED_HEX = 'a20105044101'

export type Craft = {
  readonly payload: string
  readonly direction?: Direction
  readonly did?: Did
  readonly key?: Uint8Array
  readonly protectedHex?: string
}

/** The tag, in hex, that makes `payload` authentic. */
export function tagFor (craft: Craft): string {
  const direction = craft.direction ?? 'up'
  const key = craft.key ?? (direction === 'up' ? KEYS.up : KEYS.down)
  return hex(macTag(unhex(craft.protectedHex ?? PROTECTED_HEX), unhex(craft.payload), direction, craft.did ?? DID, key))
}

/** A frame with a valid tag around any payload, in hex. */
export function craft (what: Craft): string {
  return `84${rawBytes(what.protectedHex ?? PROTECTED_HEX)}a0${rawBytes(what.payload)}${rawBytes(tagFor(what))}`
}
