/** She is working now, in a room or at a place she typed. */
import { Type } from 'typebox'
import { Id, Time, Words, exact, nullable } from './words.ts'

/** Light 1, vibration 2, sound 4; 0 is dark. */
export const Feedback = Type.Integer({ minimum: 0, maximum: 7 })
const Wish = { plannedEndAt: Time, feedback: Feedback, house: Type.Boolean({ description: 'Whether the reference person is told "room 3, now".' }) }
export const ShiftByWindow = exact({ room: Id, ...Wish })
/** What stands after `/q/` in the room's QR. */
const RoomToken = Type.String({ pattern: '^[A-Za-z0-9_.:-]{16,160}$', minLength: 16, maxLength: 160 })
export const ShiftByCode = exact({ token: RoomToken, ...Wish })
export const ShiftAtPlace = exact({ place: Words, ...Wish })
export const ShiftChange = Type.Object({
  plannedEndAt: Type.Optional(Time), feedback: Type.Optional(Feedback), house: Type.Optional(Type.Boolean())
}, { additionalProperties: false, minProperties: 1 })
export const Shift = Type.Object({
  shift: Type.String(),
  room: nullable(Type.String()),
  /** What the room is called. */
  label: nullable(Type.String()),
  place: nullable(Type.String()),
  startedAt: Time,
  plannedEndAt: Time,
  doubtful: Type.Boolean(),
  feedback: Type.Integer(),
  house: nullable(Type.Boolean()),
  provenAt: nullable(Time),
  armed: Type.Boolean({ description: 'false: a press would reach nobody at all.' })
})
export const ShiftStarted = Type.Object({ shift: Shift })
export const ShiftShown = Type.Object({
  shift: nullable(Shift),
  window: nullable(Type.Object({ for: Type.Enum(['test', 'shift']), closesAt: Time, used: Type.Boolean() })),
  asked: Type.Array(Type.Object({ request: Type.String(), alias: Type.String() }))
})
/** Where she may start by a button. Nothing of who is there. */
export const RoomsOfHers = Type.Object({ rooms: Type.Array(Type.Object({ room: Type.String(), label: Type.String(), venue: Type.String() })) })
/** Asking to join: by the room, or by the QR that hangs in it. */
export const JoinAsk = Type.Union([ShiftByWindow, ShiftByCode])
export const Asked = Type.Object({ request: Type.String() })
export const RequestParams = exact({ request: Id })
export const RequestAnswer = exact({ approve: Type.Boolean() })
export const RequestAnswered = Type.Object({ started: Type.Boolean() })
export const TestWindow = exact({ room: nullable(Id) })
