/** This browser's push subscription. Permission is asked for only when somebody has tapped for it. */
import type { Static } from 'typebox'
import type { Vapid } from '../../server/contract/endpoint.ts'
import { ask } from '../api/ask.ts'
import { isInstalled, isIphone, provesShown, registerWorker } from './installed.ts'

/** Why no push can reach this browser. `iphone-tab`: only the installed app gets any there. */
export type Deaf = 'denied' | 'no-push' | 'iphone-tab' | 'failed'
export type Subscription = { readonly url: string, readonly p256dh: string, readonly auth: string, readonly provesShown: boolean }
export type Subscribed = { readonly ok: true, readonly subscription: Subscription } | { readonly ok: false, readonly why: Deaf }

/** What is known without asking; null: it may be tried. */
export function deaf (): Deaf | null {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return isIphone() && !isInstalled() ? 'iphone-tab' : 'no-push'
  return Notification.permission === 'denied' ? 'denied' : null
}

/** Call it from a tap: browsers refuse to ask otherwise. */
export async function subscribe (): Promise<Subscribed> {
  const known = deaf()
  if (known !== null) return { ok: false, why: known }
  if (await Notification.requestPermission() !== 'granted') return { ok: false, why: 'denied' }
  const vapid = await ask<Static<typeof Vapid>>('GET', '/vapid')
  if (!vapid.ok) return { ok: false, why: 'failed' }
  try {
    if (await registerWorker() === null) return { ok: false, why: 'no-push' }
    const { pushManager } = await navigator.serviceWorker.ready
    const made = await pushManager.getSubscription() ?? await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: vapid.data.publicKey })
    const { endpoint, keys } = made.toJSON()
    return { ok: true, subscription: { url: endpoint ?? made.endpoint, p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '', provesShown: provesShown() } }
  } catch {
    return { ok: false, why: 'failed' }
  }
}
