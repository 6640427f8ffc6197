/** The browser has thrown this phone's subscription away: a new one is made and told at once, or nobody could wake it until somebody opens the app. */
import { languageHere } from './words.ts'

declare const self: ServiceWorkerGlobalScope

const HERS = '/api/v1/me/endpoints'

export async function renew (): Promise<void> {
  const { publicKey } = await (await fetch('/api/v1/vapid', { cache: 'no-store' })).json() as { readonly publicKey: string }
  const { pushManager } = self.registration
  const subscription = await pushManager.getSubscription() ?? await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  const { endpoint, keys } = subscription.toJSON()
  const body = { url: endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'], text: 'discreet', language: languageHere(), provesShown: true }
  // Discreet until the page says otherwise: this worker doesn't know what its person chose.
  for (const path of ['/api/v1/endpoints', ...(await isReminded() ? [HERS] : [])]) {
    await fetch(path, { method: 'PUT', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }
}

/** Only whoever asked to be reminded still is. */
async function isReminded (): Promise<boolean> {
  const answer = await fetch(HERS, { cache: 'no-store' })
  return answer.ok && (await answer.json() as { readonly endpoints: readonly object[] }).endpoints.length > 0
}
