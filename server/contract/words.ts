/** The small words that every schema is made of. All lengths are bounded: what is not, an attacker fills. */
import { Type } from 'typebox'
import type { Static, TSchema } from 'typebox'

/** Ours, opaque: 1 to 64 characters of base64url, with the prefixes that parts of the service use. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_:.-]{1,64}$', minLength: 1, maxLength: 64 })
/** A secret that came in a link or as a bearer token. */
export const Token = Type.String({ pattern: '^[A-Za-z0-9_-]{16,128}$', minLength: 16, maxLength: 128 })
/** Short enough to be typed; spaces, dashes and case don't matter. */
export const TypedCode = Type.String({ pattern: '^[A-Za-z0-9 -]{4,24}$', minLength: 4, maxLength: 24 })
/** Four to eight digits. */
export const Pin = Type.String({ pattern: '^[0-9]{4,8}$', minLength: 4, maxLength: 8 })
/** R23. A language is offered where its texts are whole: `test/texts/` compares. Codes are ISO 639-1. */
export const Language = Type.Enum(['fr', 'nl', 'en', 'ro', 'bg', 'es', 'pt', 'sq'])
/** Wall-clock milliseconds since 1970. */
export const Time = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Milliseconds since 1970-01-01T00:00Z.' })
export const Kind = Type.Enum(['test', 'assist', 'alarm', 'silent-alarm'])
export const Minutes = Type.Enum([5, 10, 20, 30])
export const Wish = Type.Enum(['yes', 'no', 'ask-me'])

/** Printable, on one line, not blank: no control characters, no line or paragraph separators. */
const ONE_LINE = '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*[^\\s\\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$'
export function line (maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: ONE_LINE })
}
/** What people call somebody or something. */
export const Name = line(60)
/** An address, a place, an approach note. */
export const Words = line(200)

export function nullable<S extends TSchema> (schema: S) {
  return Type.Union([schema, Type.Null()])
}
/** Nothing but what is named: an unknown field is refused, so that a misspelt one is never silently ignored. */
export function exact<P extends Record<string, TSchema>> (properties: P) {
  return Type.Object(properties, { additionalProperties: false })
}

export const Nothing = Type.Unsafe<undefined>({ type: 'null', description: 'Done; nothing to say.' })
export type Kind = Static<typeof Kind>
export type Minutes = Static<typeof Minutes>
export type Language = Static<typeof Language>
