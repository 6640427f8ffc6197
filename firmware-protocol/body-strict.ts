import { readStrict, type CborMap, type CborValue } from './cbor-strict.ts'
import type { RefusalCode } from './codes.ts'
import { readField } from './field.ts'
import { EXT_KEY_MAX, EXT_KEY_MIN, FIELDS, HEALTH_FIELDS, TYPE_KEY, type BodySpec, type FieldName } from './wire.ts'

export type FieldSet = Readonly<Record<string, unknown>>
export type StrictBody =
  | { readonly is: 'known', readonly name: string, readonly fields: FieldSet }
  | { readonly is: 'unknown', readonly type: number | bigint }
  | { readonly is: 'refused', readonly code: RefusalCode, readonly field?: string }

/** Reads an authentic payload by the tables, without forgiving anything; keys of `ext` are looked at and ignored. */
export function readBody (payload: Uint8Array, bodies: Readonly<Record<string, BodySpec>>): StrictBody {
  const read = readStrict(payload)
  if (!read.ok) return { is: 'refused', code: read.code }
  if (!(read.value instanceof Map)) return { is: 'refused', code: 'BODY_NOT_MAP' }
  const map: CborMap = read.value
  const type = map.get(TYPE_KEY)
  if (type === undefined) return { is: 'refused', code: 'BODY_TYPE_MISSING' }
  if (typeof type !== 'number' && typeof type !== 'bigint') return { is: 'refused', code: 'BODY_TYPE_NOT_INT' }
  const name = Object.keys(bodies).find((each) => bodies[each]?.type === type)
  const spec = name === undefined ? undefined : bodies[name]
  if (name === undefined || spec === undefined) return { is: 'unknown', type }
  return readFields(map, name, spec)
}

function readFields (map: CborMap, name: string, spec: BodySpec): StrictBody {
  const allowed: readonly FieldName[] = [...spec.must, ...spec.may, ...(spec.health ? HEALTH_FIELDS : [])]
  const byKey = new Map<number | bigint, FieldName>(allowed.map((field) => [FIELDS[field].key, field]))
  const fields: Record<string, unknown> = {}
  const health: Record<string, unknown> = {}
  for (const [key, value] of map) {
    if (key === TYPE_KEY) continue
    const field = byKey.get(key)
    if (field === undefined) {
      if (!isExtKey(key)) return { is: 'refused', code: 'FIELD_UNKNOWN', field: String(key) }
      if (!isExtValue(value)) return { is: 'refused', code: 'EXT_TYPE', field: String(key) }
      continue
    }
    const read = readField(FIELDS[field], value)
    if (!read.ok) return { is: 'refused', code: read.code, field }
    const target = isHealth(field) ? health : fields
    target[field] = read.value
  }
  const missing = spec.must.find((field) => fields[field] === undefined)
  if (missing !== undefined) return { is: 'refused', code: 'FIELD_MISSING', field: missing }
  return { is: 'known', name, fields: spec.health ? { ...fields, health } : fields }
}

function isHealth (field: FieldName): boolean {
  return HEALTH_FIELDS.some((each) => each === field)
}

export function isExtKey (key: unknown): boolean {
  return typeof key === 'number' && key >= EXT_KEY_MIN && key <= EXT_KEY_MAX
}

function isExtValue (value: CborValue): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' || value instanceof Uint8Array
}
