/** Alarms as she sees them, alerts as a responder does; and what each may say. */
import { Type } from 'typebox'
import { LiveResponderAlarm, LiveWorkerAlarm } from './live.ts'
import { Id, Minutes, Pin, exact } from './words.ts'

export const AlarmParams = exact({ alarm: Id })
export const AlarmsListed = Type.Object({ alarms: Type.Array(LiveWorkerAlarm) })
export const AlertsListed = Type.Object({ alerts: Type.Array(LiveResponderAlarm) })
/** `saved: false`: acted from memory, the disk is failing; to be shown as "not saved" (R1). */
export const Saved = Type.Object({ saved: Type.Boolean() })
export const CloseByPin = exact({ pin: Pin })
export const AnswerGiven = Type.Union([
  exact({ is: Type.Literal('coming'), minutes: Minutes }),
  exact({ is: Type.Enum(['cannot', 'arrived', 'need-more', 'over']) })
])
/** `n` names the telling that was shown or seen. */
export const Receipt = exact({ n: Type.Integer({ minimum: 0, maximum: 1_000_000 }), level: Type.Enum(['shown', 'seen']) })
