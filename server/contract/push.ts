/**
 * What a push carries, once decrypted on the responder's device. The service worker shows `title` and `body` as they
 * are, always (iOS revokes after three pushes that showed nothing); then it posts the receipt for (`alarm`, `n`).
 */
import { Type } from 'typebox'
import type { Static } from 'typebox'

export const PushWhat = Type.Enum(['alert', 'again', 'ask-arrival', 'ask-over', 'duress', 'coming', 'stand-down'])
export type PushWhat = Static<typeof PushWhat>

export const PushAction = Type.Object({
  /** `coming` answers in this one tap, with 10 minutes, and its title says so; the page changes it. */
  action: Type.Enum(['coming', 'cannot', 'arrived', 'over', 'need-more']),
  title: Type.String()
}, { additionalProperties: false })
export type PushAction = Static<typeof PushAction>

export const PushPayload = Type.Object({
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
  alarm: Type.String(),
  /** Of two pushes with one `tag` the greater `n` is the newer, whatever order they come in. */
  n: Type.Integer({ minimum: 0 }),
  what: PushWhat,
  title: Type.String(),
  body: Type.String(),
  tag: Type.String(),
  /**
   * The press was a silent one: nobody in the room may notice. It flags the alarm, and never means a notification
   * without sound: a responder at home must wake up.
   */
  silent: Type.Optional(Type.Literal(true)),
  /** Told once, quietly (R13): the device makes no more of it than of a message. */
  rehearsal: Type.Optional(Type.Literal(true)),
  /** Never on a lock screen: shown by the page after it is opened (R15). */
  inside: Type.Optional(Type.String()),
  actions: Type.Array(PushAction),
  url: Type.String(),
  /** When the press was made, ms since 1970. */
  ts: Type.Integer()
}, { $id: 'PushPayload', additionalProperties: false })
export type PushPayload = Static<typeof PushPayload>
