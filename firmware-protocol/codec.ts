import type { DownBody, SentDown, SentUp, UpBody } from './bodies.ts'
import { readBody } from './body-strict.ts'
import { writeBody } from './body-write.ts'
import type { Decoded } from './codes.ts'
import { openFrame, sealFrame } from './frame.ts'
import type { Did } from './ids.ts'
import { asPress, readPress } from './press-lenient.ts'
import { DOWN_BODIES, UP_BODIES, type BodySpec } from './wire.ts'

/**
 * One uplink frame, at most 256 bytes.
 * @param key the button's `up` key
 * @throws ProtocolMisuse when the body has a value that the wire cannot hold
 */
export function encodeUp (body: SentUp, did: Did, key: Uint8Array): Uint8Array {
  return sealFrame(writeBody(UP_BODIES[body.is], body), 'up', did, key)
}

/** One downlink frame, at most 256 bytes; `key` is the button's `down` key. Throws as encodeUp does. */
export function encodeDown (body: SentDown, did: Did, key: Uint8Array): Uint8Array {
  return sealFrame(writeBody(DOWN_BODIES[body.is], body), 'down', did, key)
}

/**
 * Reads what a button sent. Order: size, outer structure, protected map, tag, payload; the first fault is the code.
 * A press is read leniently once its tag is right; every other body strictly. Never throws, whatever the bytes.
 */
export function decodeUp (frame: Uint8Array, did: Did, key: Uint8Array): Decoded<UpBody> {
  const opened = openFrame(frame, 'up', did, key)
  if (!opened.ok) return { ok: false, code: opened.code, authentic: false }
  const press = asPress(opened.payload)
  return press === null ? decodeStrict<UpBody>(opened.payload, UP_BODIES) : readPress(press, opened.payload)
}

/** Reads what the service sent, strictly. A button ignores an unknown body. */
export function decodeDown (frame: Uint8Array, did: Did, key: Uint8Array): Decoded<DownBody> {
  const opened = openFrame(frame, 'down', did, key)
  if (!opened.ok) return { ok: false, code: opened.code, authentic: false }
  return decodeStrict<DownBody>(opened.payload, DOWN_BODIES)
}

/** The tables decide which fields a body has; the types of bodies.ts say the same, which round-trip tests hold. */
function decodeStrict<Body extends UpBody | DownBody> (payload: Uint8Array, bodies: Readonly<Record<string, BodySpec>>): Decoded<Body> {
  const read = readBody(payload, bodies)
  switch (read.is) {
    case 'known': return { ok: true, body: { is: read.name, ...read.fields } as unknown as Body, discarded: [] }
    case 'unknown': return { ok: true, body: { is: 'unknown', type: read.type } as unknown as Body, discarded: [] }
    case 'refused': return { ok: false, code: read.code, authentic: true, ...(read.field === undefined ? {} : { field: read.field }) }
  }
}
