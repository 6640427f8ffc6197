import fc from 'fast-check'
import type { EventId, SentDown, SentUp } from '../../firmware-protocol/bodies.ts'
import { asDid, type Did } from '../../firmware-protocol/ids.ts'
import { DOWN_BODIES, FIELDS, HEALTH_FIELDS, UP_BODIES, COUNT_MAX, type BodySpec, type FieldName, type FieldSpec } from '../../firmware-protocol/wire.ts'

export const anyBytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })
export const anyKey = anyBytes(32)
export const anyDid = anyBytes(8).map((bytes) => asDid(Buffer.from(bytes).toString('hex')) as Did)
const anyCount = fc.integer({ min: 1, max: COUNT_MAX })
export const anyEvent: fc.Arbitrary<EventId> = fc.record({ evboot: anyCount, evn: anyCount, evid: anyBytes(8) })

function anyValue (spec: FieldSpec): fc.Arbitrary<unknown> {
  switch (spec.is) {
    case 'int': return fc.maxSafeInteger().map((n) => spec.min + Math.abs(n) % (spec.max - spec.min + 1))
    case 'word': return fc.constantFrom(...Object.keys(spec.words))
    case 'bytes': return anyBytes(spec.size)
    case 'text': return fc.string({ unit: 'grapheme', minLength: 1, maxLength: 32 }).filter((text) => Buffer.byteLength(text) >= spec.minBytes && Buffer.byteLength(text) <= spec.maxBytes)
    case 'event': return anyEvent
  }
}

function anyFields (must: readonly FieldName[], may: readonly FieldName[]): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries([...must, ...may].map((name) => [name, anyValue(FIELDS[name])]))
  return fc.record(model, { requiredKeys: [...must], noNullPrototype: true })
}

function anyBody (name: string, spec: BodySpec): fc.Arbitrary<Record<string, unknown>> {
  const fields = anyFields(spec.must, spec.may)
  const health = spec.health ? anyFields([], HEALTH_FIELDS).map((found) => ({ health: found })) : fc.constant({})
  return fc.tuple(fields, health).map(([body, rest]) => ({ is: name, ...body, ...rest }))
}

const anyOf = (bodies: Readonly<Record<string, BodySpec>>) => fc.oneof(...Object.entries(bodies).map(([name, spec]) => anyBody(name, spec)))

/** Any body that a button can send. */
export const anyUp = anyOf(UP_BODIES) as unknown as fc.Arbitrary<SentUp>
/** Any body that the service can send. */
export const anyDown = anyOf(DOWN_BODIES) as unknown as fc.Arbitrary<SentDown>
