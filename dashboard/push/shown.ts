/**
 * What a push shows. It is shown first and always: iPhones take the permission back after three pushes that showed nothing. Of two pushes
 * with one tag the greater `n` is the newer, whatever order they come in; an older one brings the newer back, it never hides it.
 */
import type { PushPayload } from '../../server/contract/push.ts'
import type { ReminderPayload } from '../../server/contract/reminder.ts'
import { languageHere, words } from './words.ts'

declare const self: ServiceWorkerGlobalScope

/** What hangs on a notification, for whoever taps it later. */
export type Hung = { readonly url: string, readonly lang: string, readonly alarm: string | null, readonly n: number, readonly reminder: boolean, readonly body: string, readonly title: string }
type Options = NotificationOptions & { readonly actions?: readonly { readonly action: string, readonly title: string }[], readonly renotify?: boolean, readonly vibrate?: readonly number[], readonly timestamp?: number }

const RINGS: readonly number[] = [600, 200, 600, 200, 900]
const CALM: readonly number[] = [200]
/** What was told last, by tag: for a push that comes after a newer one was wiped away. It says nothing but the number. */
const TOLD = 'told'
const TOLD_MAX = 50

export function readPush (data: PushMessageData | null): PushPayload | ReminderPayload | null {
  try {
    const read = data?.json() as Partial<PushPayload> | null
    return read !== null && typeof read?.title === 'string' && typeof read.tag === 'string' ? read as PushPayload : null
  } catch {
    return null
  }
}

export function isAlert (payload: PushPayload | ReminderPayload): payload is PushPayload { return 'alarm' in payload }

export async function show (payload: PushPayload | ReminderPayload | null): Promise<void> {
  if (payload === null) return await plainly()
  const { title, options } = isAlert(payload) ? alertOf(payload) : reminderOf(payload)
  if (!isAlert(payload)) return await self.registration.showNotification(title, options)
  const newer = await newerThan(payload)
  if (newer !== null) return await self.registration.showNotification(newer.title, newer.options)
  await self.registration.showNotification(title, options)
  await remember(payload)
}

/** Unreadable: something waits, and no more can be said. */
async function plainly (): Promise<void> {
  const { discreet } = words(languageHere())
  await self.registration.showNotification(discreet.title, { body: discreet.now, tag: 'plain', requireInteraction: true, data: hung({ url: '/r', lang: languageHere() }) })
}

function alertOf ({ title, body, tag, what, alarm, n, url, actions, ts, rehearsal, notification: { lang } }: PushPayload): { readonly title: string, readonly options: Options } {
  const calm = what === 'coming' || what === 'stand-down' || rehearsal === true
  return {
    title,
    options: {
      body,
      tag,
      lang,
      renotify: true,
      // A stand-down stays until it was read: whoever is on the way must not miss it.
      requireInteraction: what !== 'coming',
      vibrate: calm ? CALM : RINGS,
      timestamp: ts,
      actions,
      data: hung({ url, lang, alarm, n, title, body })
    }
  }
}

function reminderOf ({ title, body, tag, url, ts, notification: { lang } }: ReminderPayload): { readonly title: string, readonly options: Options } {
  return { title, options: { body, tag, lang, renotify: true, requireInteraction: true, vibrate: CALM, timestamp: ts, data: hung({ url, lang, reminder: true, title, body }) } }
}

function hung (of: Partial<Hung>): Hung { return { url: '/r', lang: 'en', alarm: null, n: 0, reminder: false, body: '', title: '', ...of } }

/** Only a newer one that was already told counts; where none is shown any more, the page is what says it. */
async function newerThan ({ tag, n, url, notification: { lang }, alarm }: PushPayload): Promise<{ readonly title: string, readonly options: Options } | null> {
  const shown = (await self.registration.getNotifications({ tag })).find(({ data }) => (data as Hung).n > n)
  if (shown !== undefined) {
    const { title, body, data } = shown
    return { title, options: { body, tag, lang: shown.lang, renotify: false, requireInteraction: true, data: data as Hung, actions: (shown as Notification & { readonly actions?: Options['actions'] }).actions ?? [] } }
  }
  if (await rememberedN(tag) <= n) return null
  const { discreet } = words(lang)
  return { title: discreet.title, options: { body: discreet.calm, tag, lang, renotify: false, data: hung({ url, lang, alarm, n, title: discreet.title, body: discreet.calm }) } }
}

async function rememberedN (tag: string): Promise<number> {
  try {
    const found = await (await caches.open(TOLD)).match(keyOf(tag))
    return found === undefined ? -1 : Number(await found.text())
  } catch {
    return -1
  }
}

async function remember ({ tag, n }: PushPayload): Promise<void> {
  try {
    const told = await caches.open(TOLD)
    await told.put(keyOf(tag), new Response(String(n)))
    const kept = await told.keys()
    for (const old of kept.slice(0, Math.max(0, kept.length - TOLD_MAX))) await told.delete(old)
  } catch { /* No room: the notification that is shown is enough. */ }
}

const keyOf = (tag: string): string => `/told/${encodeURIComponent(tag)}`
