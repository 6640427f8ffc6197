/** Her list: steps, order, what each may see, consents. */
import { Type } from 'typebox'
import { ResponderKind } from './joining.ts'
import { Id, Time, Wish, exact, line, nullable } from './words.ts'

export const Sees = exact({ alias: Type.Boolean(), room: Type.Boolean(), address: Type.Boolean() })
/** Waits in seconds. `assistWaitS` rules a quiet check alone. */
export const CircleStep = exact({
  waitS: Type.Integer({ minimum: 10, maximum: 60 }),
  assistWaitS: nullable(Type.Integer({ minimum: 10, maximum: 900 })),
  people: Type.Array(Id, { minItems: 1, maxItems: 10 })
})
const Edit = {
  steps: Type.Array(CircleStep, { maxItems: 6 }),
  note: nullable(line(280)),
  quietCheck: nullable(line(280)),
  wishes: exact({ ambulance: Wish, police: Wish }),
  mayKnow: Type.Array(Id, { maxItems: 40 }),
  sees: Type.Record(Type.String({ pattern: '^[A-Za-z0-9_:.-]{1,64}$' }), Sees, { additionalProperties: false, maxProperties: 40 })
}
/** Send back the `version` that was read: two phones can't overwrite each other. */
export const CirclePut = exact({ ...Edit, version: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }) })
export const CircleShown = Type.Object({
  version: Type.Integer(),
  steps: Type.Array(Type.Object({ waitS: Type.Number(), assistWaitS: nullable(Type.Number()), people: Type.Array(Type.String()) })),
  note: nullable(Type.String()),
  quietCheck: nullable(Type.String()),
  wishes: Type.Object({ ambulance: Wish, police: Wish }),
  mayKnow: Type.Array(Type.String()),
  mayKnowReach: Type.Enum(['nobody', 'no-device', 'device'], { description: 'Whether any of those marked has a device that can be woken. It depends on the marks alone.' }),
  sees: Type.Record(Type.String(), Type.Object({ alias: Type.Boolean(), room: Type.Boolean(), address: Type.Boolean() }))
})

export const ContactsListed = Type.Object({
  contacts: Type.Array(Type.Object({
    responder: Type.String(), name: Type.String(), kind: ResponderKind, joinedAt: Time, confirmed: Type.Boolean(), mayKnow: Type.Boolean(), sees: Sees,
    availableUntil: nullable(Time), neverForwardsAt: nullable(Time)
  })),
  left: Type.Array(Type.Object({ name: Type.String(), at: Time }), { description: 'Who left by themselves.' })
})
export const PairingCode = Type.Object({ code: Type.String(), expiresAt: Time })
export const ResponderParams = exact({ responder: Id })
export const Confirm = exact({ code: Type.String({ pattern: '^[0-9 ]{4,12}$', minLength: 4, maxLength: 12 }) })

export const ConsentGive = exact({ responder: Id, wording: line(40) })
export const ConsentGiven = Type.Object({ consent: Type.String() })
export const ConsentsListed = Type.Object({
  consents: Type.Array(Type.Object({
    consent: Type.String(), responder: Type.String(), wording: Type.String(), givenAt: Time, revokedAt: nullable(Time), live: Type.Boolean()
  }))
})
export const ConsentParams = exact({ consent: Id })
