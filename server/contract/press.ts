/** A press by phone. */
import { Type } from 'typebox'
import { Kind, exact, nullable } from './words.ts'

/** No body at all means `alarm`: a shortcut app on a phone may not be able to send one. */
export const PressBody = nullable(exact({ kind: Type.Optional(Kind) }))
/** Chosen by the phone, once per press; the same again opens nothing new. */
export const PressHeaders = Type.Object({ 'idempotency-key': Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$', minLength: 1, maxLength: 128 }) })
export const PressTaken = Type.Object({
  verdict: Type.Enum(['raised', 'joined', 'known', 'unarmed'], { description: '`unarmed`: nobody can be told.' }),
  recorded: Type.Boolean({ description: 'On disk. false: raised, and still being written.' })
})
