/** From a JSON schema of ours, values that fit it; from nothing, values that fit nothing. */
import fc from 'fast-check'

export type Schema = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

/** `ids`: some that exist, so that what is fuzzed gets past the first door. */
export function fitting (schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => fitting(each, ids)))
  switch (schema.type) {
    case 'null': return fc.constant(null)
    case 'boolean': return fc.boolean()
    case 'integer':
    case 'number': return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, 2 ** 45) })
    case 'string': return fittingString(schema, ids)
    case 'array': return fc.array(fitting(schema.items ?? {}, ids), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 4, 8) })
    case 'object': return fittingObject(schema, ids)
    case undefined:
    default: return fc.jsonValue()
  }
}

function fittingString ({ pattern, minLength = 0, maxLength = 50 }: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  const regex = pattern === undefined ? null : new RegExp(pattern)
  const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength && (regex === null || regex.test(text))
  const known = ids.filter(fits)
  const any = regex === null ? fc.string({ minLength, maxLength }) : fc.stringMatching(regex, { size: 'small' }).map((text) => text.slice(0, maxLength))
  return known.length === 0 ? any : fc.oneof(any, fc.constantFrom(...known))
}

function fittingObject ({ properties = {}, required = [], patternProperties = {} }: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const named = fc.record(Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, fitting(each, ids)])), { requiredKeys: [...required] })
  const [pattern] = Object.entries(patternProperties)
  if (pattern === undefined) return named
  return fc.dictionary(fittingString({ pattern: pattern[0] }, ids), fitting(pattern[1], ids), { maxKeys: 4 })
}

/** JSON of any kind, strange keys and numbers included. */
export const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom('', ' ', '\u0000', '\ud800', 'a'.repeat(5000), '../../etc/passwd', "' OR 1=1 --", '__proto__', -0, 1e308, 2 ** 53, [[[[[[[[]]]]]]]], { constructor: { prototype: {} } })
)

/** A value that fits, with one place in it made strange: what a schema check misses, this finds. */
export function nearlyFitting (schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.tuple(fitting(schema, ids), fc.nat(), strange).map(([value, at, oddity]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return oddity
    const keys = Object.keys(value)
    const key = keys[at % Math.max(keys.length, 1)]
    return key === undefined ? { oddity } : { ...value, [key]: oddity }
  })
}
