/** Check-ins (R17): she promises to say "I am fine" by a time. In seconds from now: her phone's clock may be wrong. */
import { Type } from 'typebox'
import { LiveWorkerHome } from './live.ts'
import { Pin, exact } from './words.ts'

const MINUTE_S = 60
const ForS = Type.Integer({ minimum: 5 * MINUTE_S, maximum: 12 * 60 * MINUTE_S, description: 'Due so many seconds from now.' })
export const CheckInMake = exact({
  forS: ForS,
  graceS: Type.Optional(Type.Integer({ minimum: MINUTE_S, maximum: 15 * MINUTE_S, description: 'From overdue to raised; absent: five minutes.' })),
  then: Type.Enum(['assist', 'alarm'], { description: 'What is raised for her circle. A phone that can not be reached: always `assist`.' })
})
/** `pin`: needed where she has one and this phone is locked. */
export const CheckInConfirm = exact({ pin: Type.Optional(Pin) })
export const CheckInExtend = exact({ forS: ForS, pin: Type.Optional(Pin) })
export const CheckInShown = LiveWorkerHome.properties.checkIn
/** `saved: false`: the store fails; what she said holds, and a crash could bring the old promise back (R1). */
export const CheckInAnswer = Type.Object({ checkIn: CheckInShown, saved: Type.Boolean() })
