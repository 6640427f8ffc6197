/**
 * A calm word to her own phone, by push. It is never an alarm: it names nobody, and after a true and a false end it is
 * the same (R15). The service worker shows `title` and `body` as they are, then posts to `/api/v1/me/receipts`: that
 * her phone is reached is worth knowing.
 */
import { Type } from 'typebox'
import type { Static } from 'typebox'

export const ReminderWhat = Type.Enum(['check-in-due', 'drill-due', 'readiness-lost', 'somebody-left'])
export type ReminderWhat = Static<typeof ReminderWhat>

export const ReminderPayload = Type.Object({
  v: Type.Literal(1),
  /** Marks a declarative push, which Safari shows without our service worker. @see https://www.w3.org/TR/push-api/ */
  web_push: Type.Literal(8030),
  notification: Type.Object({
    title: Type.String(),
    body: Type.String(),
    navigate: Type.String(),
    lang: Type.String(),
    tag: Type.String()
  }, { additionalProperties: false }),
  /** null on a discreet device: the page knows, the lock screen doesn't. */
  what: Type.Union([ReminderWhat, Type.Null()]),
  title: Type.String(),
  body: Type.String(),
  tag: Type.String(),
  url: Type.String(),
  ts: Type.Integer()
}, { $id: 'ReminderPayload', additionalProperties: false })
export type ReminderPayload = Static<typeof ReminderPayload>
