/** Where a responder's phone can be woken. */
import { Type } from 'typebox'
import { Id, Language, Time, exact } from './words.ts'

export const Vapid = Type.Object({ publicKey: Type.String({ description: 'base64url, uncompressed P-256 point: applicationServerKey.' }) })
/** What the browser's PushSubscription says, and how this device wants to be told. */
export const Subscribe = exact({
  url: Type.String({ minLength: 12, maxLength: 1024, pattern: '^https?://[\\x21-\\x7e]+$' }),
  p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}=?$', minLength: 87, maxLength: 88 }),
  auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}={0,2}$', minLength: 22, maxLength: 24 }),
  text: Type.Enum(['full', 'discreet']),
  language: Language,
  provesShown: Type.Boolean({ description: 'Whether this device posts a receipt when it has shown a push.' })
})
export const Subscribed = Type.Object({ endpoint: Type.String() })
export const EndpointsListed = Type.Object({
  endpoints: Type.Array(Type.Object({ endpoint: Type.String(), text: Type.Enum(['full', 'discreet']), language: Language, provesShown: Type.Boolean(), addedAt: Time }))
})
export const EndpointChange = Type.Object({ text: Type.Optional(Type.Enum(['full', 'discreet'])), language: Type.Optional(Language) }, { additionalProperties: false, minProperties: 1 })
export const EndpointParams = exact({ endpoint: Id })
