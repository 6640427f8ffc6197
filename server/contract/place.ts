/** Venues, rooms and buttons as the technician sees them: beats, batteries and signal; never a press, never a name. */
import { Type } from 'typebox'
import { Id, Name, Time, Words, exact, nullable } from './words.ts'

export const Did = Type.String({ pattern: '^[0-9a-f]{16}$', minLength: 16, maxLength: 16 })
export const RoomShown = Type.Object({ room: Type.String(), label: Type.String(), address: nullable(Type.String()) })
/** `armed`: a press is heard although nobody is on shift there. It says nothing about who is. */
const VenueRoom = Type.Object({ room: Type.String(), label: Type.String(), address: nullable(Type.String()), armed: Type.Boolean() })
export const ButtonShown = Type.Object({
  did: Type.String(),
  room: Type.String(),
  retired: Type.Boolean(),
  model: nullable(Type.String()),
  fw: nullable(Type.String()),
  batteryPct: nullable(Type.Number()),
  rssiDbm: nullable(Type.Number()),
  beatS: Type.Number(),
  lastBeatAt: nullable(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'The minute in which the newest beat came, or a longer stretch where beats are rarer. It is shown when it is over, like battery and signal: a press moves nothing.' })),
  silent: nullable(Type.Enum(['silent', 'will', 'sleeping', 'off'])),
  trouble: nullable(Type.String())
})
export const VenueShown = Type.Object({
  venue: Type.Object({ name: Type.String(), regime: Type.Enum(['employed', 'independent']) }),
  rooms: Type.Array(VenueRoom),
  buttons: Type.Array(ButtonShown)
})
export const RoomAdd = exact({ label: Name, address: nullable(Words) })
export const ButtonMove = exact({ room: Id })
const Clock = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', minLength: 5, maxLength: 5, description: 'By the rooms\' own clock (Brussels).' })
const Opening = exact({ weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday.' }), from: Clock, until: Clock })
/** `until` at or before `from` is on the next day. Empty: always open, and every hour without a reference person is a gap. */
export const OpeningPut = exact({ opening: Type.Array(Opening, { maxItems: 28 }) })
export const OpeningShown = Type.Object({ opening: Type.Array(Opening) })
/** The root and the password are shown this once: they go into the button. */
export const ButtonEnrolled = Type.Object({ did: Type.String(), root: Type.String(), mqttUsername: Type.String(), mqttPassword: Type.String() })
export const RoomCode = Type.Object({ url: Type.String({ description: 'What the room\'s QR holds; without a session it opens a blank page.' }) })
export const WindowOpened = Type.Object({ closesAt: Time })
export const WindowShown = Type.Object({
  window: nullable(Type.Object({ for: Type.Enum(['test', 'shift']), closesAt: Time, used: Type.Boolean() }))
})
export const RoomParams = exact({ room: Id })
export const ButtonParams = exact({ did: Did })
