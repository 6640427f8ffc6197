/** What may stand in a scenario: each shape reads a value with its place, and says itself as JSON Schema. One definition, so that they can't part. */
import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import { didYouMean } from '../nearest.ts'
import type { Place, Shelf } from '../reading.ts'
import { sayQuantity } from '../say.ts'
import { hoursPattern, readHours } from '../units.ts'
import type { Unit } from '../units.ts'
import { en } from '../words/en.ts'

/** `read` returns undefined when it is at fault, and has said why. */
export type Shape<T> = { readonly schema: TSchema, readonly read: (at: Place) => T | undefined, /** When the key is left out. */ readonly absent?: { readonly value: T }, readonly unit?: Unit }
export type Fields<T> = { readonly [K in keyof T]-?: Shape<T[K]> }

export const namePattern = '^[a-z][a-z0-9-]{0,39}$'
const nameForm = new RegExp(namePattern)

export function absent<T> (value: T, shape: Shape<T>): Shape<T> { return { ...shape, absent: { value } } }

export function orNull<T> (shape: Shape<T>): Shape<T | null> {
  return { schema: Type.Union([shape.schema, Type.Null()]), read: (at) => at.value === null ? null : shape.read(at), ...(shape.unit && { unit: shape.unit }) }
}

/** Control characters would be run by a terminal that shows the text. */
export function text (most: number): Shape<string> {
  return {
    schema: Type.String({ minLength: 1, maxLength: most }),
    read: (at) => {
      const said = typeof at.value === 'string' ? at.value.trim() : ''
      // eslint-disable-next-line no-control-regex
      return said.length > 0 && said.length <= most && !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(said) ? said : at.faulty('NOT_A_TEXT', `needs a text of 1 to ${most} characters`)
    }
  }
}

export const name: Shape<string> = {
  schema: Type.String({ pattern: namePattern }),
  read: (at) => typeof at.value === 'string' && nameForm.test(at.value) ? at.value : at.faulty('NAME_INVALID', 'needs a name in small letters, digits and dashes, up to 40')
}

export function choice<T extends string> (words: readonly T[]): Shape<T> {
  return {
    schema: Type.Enum([...words]),
    read: (at) => words.find((word) => word === at.value) ?? at.faulty('WORD_UNKNOWN', `${JSON.stringify(at.value) ?? 'this'} is unknown: ${didYouMean(String(at.value), words)}`)
  }
}

export const flag: Shape<boolean> = { schema: Type.Boolean(), read: (at) => typeof at.value === 'boolean' ? at.value : at.faulty('NOT_YES_OR_NO', 'needs true or false') }

export function whole (least: number, most: number): Shape<number> {
  return {
    schema: Type.Integer({ minimum: least, maximum: most }),
    read: (at) => Number.isInteger(at.value) && (at.value as number) >= least && (at.value as number) <= most
      ? at.value as number
      : at.faulty(typeof at.value === 'number' ? 'OUT_OF_RANGE' : 'NOT_A_NUMBER', `needs a whole number from ${least} to ${most}`)
  }
}

/** A number with its unit, as the model wants it. */
export function quantity (unit: Unit, least = unit.least, most = unit.most): Shape<number> {
  return {
    unit,
    schema: unit.schema,
    read: (at) => {
      const read = unit.read(at.value)
      if (read === undefined) return at.faulty('QUANTITY_INVALID', `needs a ${unit.name}, such as ${unit.example}${hintFor(at.value, unit)}`)
      if (Number.isNaN(read)) return at.faulty('NOT_A_NUMBER', `not a number: needs a ${unit.name}, such as ${unit.example}`)
      if (read < 0 && least >= 0) return at.faulty('NEGATIVE', `can't be negative: needs a ${unit.name}, such as ${unit.example}`)
      return read >= least && read <= most ? read : at.faulty('OUT_OF_RANGE', `is outside ${least === Number.MIN_VALUE ? 'more than 0' : sayQuantity(least, unit, en)} to ${sayQuantity(most, unit, en)}: a slip of the pen?`)
    }
  }
}

/** What is probably wrong with it. */
function hintFor (given: unknown, { suffixes }: Unit): string {
  if (typeof given === 'string' && /\d,\d/.test(given)) return ' (decimals after a point)'
  if (suffixes.length === 0) return ''
  if (typeof given === 'number') return ', with its unit'
  return typeof given === 'string' && /^[-+.\d]/.test(given) ? `: behind the number stands one of ${suffixes.join(', ')}` : ''
}

export const hours: Shape<{ readonly from: number, readonly to: number }> = {
  schema: Type.String({ pattern: hoursPattern, description: 'such as 22:00-06:00, or all day' }),
  read: (at) => readHours(at.value) ?? at.faulty('HOURS_INVALID', 'needs hours, such as 22:00-06:00, or "all day"')
}

export function list<T> (shape: Shape<T>, most: number, what: string, least = 0): Shape<readonly T[]> {
  return {
    schema: Type.Array(shape.schema, { minItems: least, maxItems: most }),
    read: (at) => {
      const items = at.items(what)
      if (items === undefined) return undefined
      if (items.length > most || items.length < least) return at.faulty('TOO_MANY', `needs ${least} to ${most} of them`)
      const read = items.map((item) => shape.read(item))
      return read.includes(undefined) ? undefined : read as T[]
    }
  }
}

/** Named entries, in the order of the file. Those at fault are left out: the others can still be checked. */
export function named<T> (shape: Shape<T>, most: number, what: string, heard?: (at: Place, name: string, value: T) => void): Shape<readonly (readonly [string, T])[]> {
  return {
    schema: Type.Record(Type.String({ pattern: namePattern }), shape.schema, { additionalProperties: false, maxProperties: most }),
    read: (at) => {
      const pairs = at.pairs(what)
      if (pairs === undefined) return undefined
      if (pairs.size > most) return at.faulty('TOO_MANY', `at most ${most}`)
      return [...pairs].flatMap(([key, place]) => {
        if (!nameForm.test(key)) place.faultOfKey('NAME_INVALID', 'a name has small letters, digits and dashes, up to 40, and begins with a letter')
        const value = shape.read(place)
        if (value !== undefined) heard?.(place, key, value)
        return value === undefined ? [] : [[key, value] as const]
      })
    }
  }
}

/** Keys and values. With a `shelf`, `like: NAME` fills in what is left out, and a bare NAME is all of it. */
export function object<T extends object> (fields: Fields<T>, shelf?: Shelf): Shape<T> {
  const known = [...Object.keys(fields), ...(shelf === undefined ? [] : ['like'])]
  const baseOf = (at: Place, word: unknown): T | undefined => {
    const entries = at.reading.library[shelf ?? 'networks'] as ReadonlyMap<string, T>
    // Of a library that is not there it has been said once; not again for each entry.
    if (at.reading.libraryMissing && !entries.has(String(word))) return undefined
    return entries.get(String(word)) ?? at.faulty('LIKE_UNKNOWN', `there is no ${JSON.stringify(word) ?? 'such thing'} among the ${shelf}: ${entries.size === 0 ? 'name a library with `use`' : didYouMean(String(word), [...entries.keys()])}`)
  }
  const read = (at: Place): T | undefined => {
    if (shelf !== undefined && typeof at.value === 'string') return baseOf(at, at.value)
    const pairs = at.pairs(known.join(', '))
    if (pairs === undefined) return undefined
    for (const [key, place] of pairs) if (!known.includes(key)) place.unknownKey(known)
    const like = shelf === undefined ? undefined : pairs.get('like')
    const base = like && baseOf(like, like.value)
    const values = (Object.keys(fields) as (keyof T & string)[]).map((key) => [key, valueOf(at, key, fields[key], pairs.get(key), base, like !== undefined)] as const)
    return values.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(values) as T
  }
  return { schema: schemaOf(fields, shelf), read }
}

function valueOf<T extends object, K extends keyof T & string> (at: Place, key: K, shape: Shape<T[K]>, given: Place | undefined, base: T | undefined, hasBase: boolean): T[K] | undefined {
  if (given !== undefined) return shape.read(given)
  if (base !== undefined) return base[key]
  if (shape.absent !== undefined) return shape.absent.value
  // With a base that is unknown, its keys are not what is missing.
  return hasBase ? undefined : at.faultOfKey('KEY_MISSING', `"${key}" is missing`, key)
}

function schemaOf (fields: Fields<object>, shelf: Shelf | undefined): TSchema {
  const entries = Object.entries(fields) as [string, Shape<unknown>][]
  const optional = ([key, shape]: [string, Shape<unknown>]): [string, TSchema] => [key, shelf !== undefined || shape.absent !== undefined ? Type.Optional(shape.schema) : shape.schema]
  const properties = Object.fromEntries(entries.map(optional))
  if (shelf === undefined) return Type.Object(properties, { additionalProperties: false })
  const needed = entries.filter(([, shape]) => shape.absent === undefined).map(([key]) => key)
  const whole = Type.Object({ like: Type.Optional(Type.String({ pattern: namePattern })), ...properties }, { additionalProperties: false, anyOf: [{ required: ['like'] }, { required: needed }] })
  return Type.Union([Type.String({ pattern: namePattern, description: `a name among the ${shelf} of the library or of this scenario` }), whole])
}
