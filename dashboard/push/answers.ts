/** An answer given on the notification itself. "You are coming" is shown only when the service has said that it has it. */
import type { PushAction } from '../../server/contract/push.ts'
import type { Hung } from './shown.ts'
import { words } from './words.ts'

declare const self: ServiceWorkerGlobalScope

type Action = PushAction['action']
/** As the label of the button promises. */
const MINUTES = 10
const TRIES = 3
const WAIT_MS = 8_000

export function isAnswer (action: string): action is Action {
  return ['coming', 'cannot', 'arrived', 'over', 'need-more'].includes(action)
}

export async function answer (alarm: string, action: Action, { tag, data }: { readonly tag: string, readonly data: Hung }): Promise<void> {
  const { result } = words(data.lang)
  const given = action === 'coming' ? { is: action, minutes: MINUTES } : { is: action }
  const had = await say(`/api/v1/alerts/${encodeURIComponent(alarm)}/answer`, given)
  switch (had) {
    case 'saved': return await tell(result[action].title, result[action].body, tag, data, false)
    case 'not-saved': return await tell(result[action].title, result.notSaved, tag, data, true)
    case 'ended': return await tell(result.ended.title, result.ended.body, tag, data, false)
    // What was asked still stands below it: the place is what they need now.
    case 'failed': return await tell(result.failed.title, `${result.failed.body} ${data.body}`.trim(), tag, data, true)
    default: return had satisfies never
  }
}

async function tell (title: string, body: string, tag: string, data: Hung, again: boolean): Promise<void> {
  const options = { body, tag, lang: data.lang, renotify: again, requireInteraction: true, data: { ...data, title, body: data.body } }
  await self.registration.showNotification(title, options)
}

/** Tried again at once while there is no net; the same said twice changes nothing. */
async function say (path: string, given: object): Promise<'saved' | 'not-saved' | 'ended' | 'failed'> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      const response = await post(path, given)
      if (response.ok) return (await response.json() as { readonly saved: boolean }).saved ? 'saved' : 'not-saved'
      if (response.status === 404) return 'ended'
      if (response.status < 500) return 'failed'
    } catch { /* No net, or no answer in time. */ }
  }
  return 'failed'
}

/** The receipt: this phone has shown it. Its failing is no news to anybody here. */
export async function prove (alarm: string, n: number, level: 'shown' | 'seen'): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      if ((await post(`/api/v1/alerts/${encodeURIComponent(alarm)}/receipts`, { n, level })).status < 500) return
    } catch { /* Once more. */ }
  }
}

/** Her phone is reached: worth knowing, and nothing more is said. */
export async function proveReminder (): Promise<void> {
  try {
    await post('/api/v1/me/receipts', undefined)
  } catch { /* The next one may. */ }
}

async function post (path: string, body: object | undefined): Promise<Response> {
  return await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(WAIT_MS),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  })
}
