import { hkdfSync } from 'node:crypto'
import { didBytes, type Did } from './ids.ts'
import { ProtocolMisuse } from './misuse.ts'

/** The secrets that a button and the service share. None may be logged. */
export type ButtonKeys = {
  readonly up: Uint8Array
  readonly down: Uint8Array
  /** 43 characters of base64url, no padding. */
  readonly mqttPassword: string
}

export const ROOT_BYTES = 32
export const KEY_BYTES = 32
const GENERATION_MAX = 255

/**
 * HKDF-SHA256 with the did as salt and a purpose as info, so that one leaked key says nothing of the others.
 * @param root 32 bytes from enrolment
 * @param generation the frame's kid, 1..255; version 1 of the protocol knows only 1
 * @see RFC 5869
 */
export function deriveKeys (root: Uint8Array, did: Did, generation = 1): ButtonKeys {
  if (root.length !== ROOT_BYTES) throw new ProtocolMisuse('ROOT_SIZE')
  if (!Number.isInteger(generation) || generation < 1 || generation > GENERATION_MAX) throw new ProtocolMisuse('GENERATION_RANGE')
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', root, didBytes(did), `vbp1/${purpose}/${generation}`, KEY_BYTES))
  return {
    up: derive('up'),
    down: derive('down'),
    mqttPassword: Buffer.from(derive('mqtt')).toString('base64url')
  }
}
