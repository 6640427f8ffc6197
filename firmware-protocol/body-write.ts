import { writeInt, writeMap } from './cbor-write.ts'
import { writeField } from './field.ts'
import { ProtocolMisuse } from './misuse.ts'
import { FIELDS, HEALTH_FIELDS, TYPE_KEY, type BodySpec, type FieldName } from './wire.ts'

/** A body as its table says, in deterministic CBOR. Throws ProtocolMisuse when a field is missing or out of range. */
export function writeBody (spec: BodySpec, body: Readonly<Record<string, unknown>>): Uint8Array {
  const pairs: Array<readonly [number, Uint8Array]> = [[TYPE_KEY, writeInt(spec.type)]]
  const add = (name: FieldName, value: unknown) => { pairs.push([FIELDS[name].key, writeField(name, FIELDS[name], value)]) }
  for (const name of spec.must) {
    if (body[name] === undefined) throw new ProtocolMisuse('FIELD_MISSING', name)
    add(name, body[name])
  }
  for (const name of spec.may) if (body[name] !== undefined) add(name, body[name])
  if (spec.health) {
    const health = (body['health'] ?? {}) as Readonly<Record<string, unknown>>
    for (const name of HEALTH_FIELDS) if (health[name] !== undefined) add(name, health[name])
  }
  return writeMap(pairs)
}
