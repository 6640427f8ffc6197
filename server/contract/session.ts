/** Who this phone is, and on which devices somebody is signed in. */
import { Type } from 'typebox'
import { Alias, NeverForwards, ResponderKind } from './joining.ts'
import { Id, Language, Name, Pin, Time, exact, nullable } from './words.ts'

const Self = { session: Type.String(), inUse: Type.Boolean() }
/** One entry per alias of this phone; the first of each role is the one in use. */
export const Me = Type.Object({
  sessions: Type.Array(Type.Union([
    Type.Object({
      ...Self,
      role: Type.Literal('worker'),
      /** null: behind its own PIN, and not in use. */
      alias: nullable(Type.String()),
      language: Language,
      hasPin: Type.Boolean(),
      /** When she is erased; null: nothing was asked. */
      erasesAt: nullable(Time)
    }),
    Type.Object({ ...Self, role: Type.Literal('responder'), name: Type.String(), kind: ResponderKind, language: Language, circles: Type.Integer(), neverForwardsAt: nullable(Time), availableUntil: nullable(Time) }),
    Type.Object({ ...Self, role: Type.Literal('technician') }),
    Type.Object({ ...Self, role: Type.Literal('researcher') })
  ]))
})
export const SessionsListed = Type.Object({
  sessions: Type.Array(Type.Object({
    session: Type.String(), role: Type.String(), device: Type.String(), openedAt: Time, usedAt: Time, current: Type.Boolean()
  }))
})
/** `pin`: needed where the alias to switch to has one (R24). */
export const SwitchTo = exact({ session: Id, pin: Type.Optional(Pin) })
export const WorkerChange = Type.Object({ alias: Type.Optional(Alias), language: Type.Optional(Language) }, { additionalProperties: false, minProperties: 1 })
export const ResponderChange = Type.Object({ name: Type.Optional(Name), language: Type.Optional(Language) }, { additionalProperties: false, minProperties: 1 })
/** `until` null: not available any more. */
export const Declaration = exact({ neverForwards: NeverForwards })
export const AvailableSet = exact({ until: nullable(Time) })
export const CirclesListed = Type.Object({
  circles: Type.Array(Type.Object({ circle: Type.String(), joinedAt: Time, confirmed: Type.Boolean(), alias: nullable(Type.String()) }))
})
export const CircleParams = exact({ circle: Id })
export const PinSet = exact({ current: nullable(Pin), pin: Pin, duress: nullable(Pin) })
export const Unlock = exact({ pin: Pin })
export const ShortcutsListed = Type.Object({
  shortcuts: Type.Array(Type.Object({
    shortcut: Type.String(), madeAt: Time, usedAt: nullable(Time), presses: Type.Integer({ minimum: 0, description: 'In the last 24 hours.' })
  }))
})
/** `token` is shown this once. */
export const ShortcutMade = Type.Object({ shortcut: Type.String(), token: Type.String() })
