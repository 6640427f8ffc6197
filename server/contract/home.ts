/** What is hers alone: her own page, and the devices on which she is reminded. */
import { Type } from 'typebox'
import { LiveWorkerHome } from './live.ts'
import { Subscribe } from './endpoint.ts'
import { exact } from './words.ts'

/** The same as the `worker-home` view of the live socket. */
export const HomeShown = LiveWorkerHome
const { url, p256dh, auth, language, provesShown } = Subscribe.properties
export const SubscribeHers = exact({
  url,
  p256dh,
  auth,
  language,
  provesShown,
  text: Type.Optional(Type.Enum(['full', 'discreet'], { description: 'Absent: discreet.' }))
})
