/** A press by phone. An authentic one is never refused for its form (R16): what could not be understood is named in the answer. */
import { Type } from 'typebox'
import { Kind, exact, nullable } from './words.ts'

/** No body at all, and whatever says no kind that we know, means `alarm`: a shortcut app on a phone may not be able to send one. */
export const PressBody = nullable(exact({ kind: Type.Optional(Kind) }))
/** Chosen by the phone, once per press; the same again opens nothing new. Without one, or with one that is no key, each request is a press of its own. */
export const PressHeaders = Type.Object({ 'idempotency-key': Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$', minLength: 1, maxLength: 128 })) })
export const PressIgnored = Type.Enum(['idempotency-key', 'content-type', 'body', 'kind', 'fields'])
export const PressTaken = Type.Object({
  verdict: Type.Enum(['raised', 'joined', 'known', 'unarmed'], { description: '`unarmed`: nobody can be told.' }),
  recorded: Type.Boolean({ description: 'On disk. false: raised, and still being written.' }),
  ignored: Type.Array(PressIgnored, { description: 'What of the request could not be used; it raised all the same.' })
})
