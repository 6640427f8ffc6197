/**
 * Whether this phone is woken when no page is open: permission, the browser's subscription, and that the service has it. Told to the service
 * anew at every load: a subscription that changed meanwhile would be silent for ever.
 */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { Subscribe, Subscribed, Vapid } from '../../server/contract/endpoint.ts'
import { ask } from '../api/ask.ts'
import { keep, kept } from '../shell/kept.ts'
import { spoken } from '../say/say.ts'
import { now } from '../shell/service-time.ts'
import { isInstalled, isIphone, provesShown, registerWorker } from './installed.ts'

export type PushText = 'full' | 'discreet'
/**
 * `woken`: the service has this phone, as of then. `refused`: the person or the browser said no. `needs-icon`: an iPhone outside the
 * installed app. `unsaved`: allowed, and the service does not have it.
 */
export type Waking = { readonly is: 'unknown' | 'impossible' | 'needs-icon' | 'unasked' | 'refused' | 'unsaved' } | { readonly is: 'woken', readonly at: number, readonly endpoint: string }
export const waking = signal<Waking>({ is: 'unknown' })
export const pushText = signal<PushText>('full')

/** Whose phone: a responder's is told of what is addressed to them; hers is reminded, where she asked for it under this name. */
export type Whose = { readonly is: 'responder' } | { readonly is: 'worker', readonly session: string }
export const RESPONDER: Whose = { is: 'responder' }
const PATH = { responder: '/endpoints', worker: '/me/endpoints' } as const
const SEPARATOR = ' '

/** At every load: what is allowed is told again, and nothing is asked. */
export async function resync (whose: Whose): Promise<void> {
  pushText.value = textOf(whose)
  const registration = await registerWorker()
  if (registration === null || !('PushManager' in window) || !('Notification' in window)) {
    waking.value = { is: isIphone() && !isInstalled() ? 'needs-icon' : 'impossible' }
    return
  }
  switch (Notification.permission) {
    case 'granted':
      if (isWanted(whose)) return await subscribe(whose, registration)
      waking.value = { is: 'unasked' }
      return
    case 'denied': waking.value = { is: 'refused' }; return
    case 'default': waking.value = { is: 'unasked' }; return
    default: Notification.permission satisfies never
  }
}

/** In a tap: asks the person, then subscribes. */
export async function allow (whose: Whose): Promise<void> {
  if (!('Notification' in window)) return await resync(whose)
  want(whose, true)
  if (await Notification.requestPermission() === 'denied') waking.value = { is: 'refused' }
  else await resync(whose)
}

export async function tellBy (text: PushText, whose: Whose): Promise<void> {
  pushText.value = text
  keep(whose.is === 'responder' ? 'push-text' : 'reminded-text', text)
  if (waking.value.is === 'woken') await resync(whose)
}

/** This phone is not woken any more, until somebody allows it again. The browser's own subscription may serve somebody else here. */
export async function forgetHere (whose: Whose): Promise<void> {
  want(whose, false)
  waking.value = { is: 'unasked' }
  if (whose.is === 'worker' || reminded().length > 0) return
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  await subscription?.unsubscribe()
}

/** Permission belongs to the browser, not to a name: a responder has paired to be woken, she is reminded only where she said so. */
function isWanted (whose: Whose): boolean {
  return whose.is === 'responder' ? kept('push-asked') !== 'no' : reminded().includes(whose.session)
}

function want (whose: Whose, wanted: boolean): void {
  if (whose.is === 'responder') return keep('push-asked', wanted ? 'yes' : 'no')
  const others = reminded().filter((session) => session !== whose.session)
  keep('reminded', [...others, ...(wanted ? [whose.session] : [])].join(SEPARATOR))
}

/** Of the names on this phone, those that are reminded here. */
function reminded (): readonly string[] { return (kept('reminded') ?? '').split(SEPARATOR).filter((session) => session !== '') }

/** Whoever watches over somebody must know what it is about; a reminder is read by whoever lies beside her. */
function textOf ({ is }: Whose): PushText {
  const chosen = kept(is === 'responder' ? 'push-text' : 'reminded-text')
  return chosen === 'full' || chosen === 'discreet' ? chosen : is === 'responder' ? 'full' : 'discreet'
}

async function subscribe (whose: Whose, registration: ServiceWorkerRegistration): Promise<void> {
  try {
    const { active } = registration
    const { pushManager } = active === null ? await navigator.serviceWorker.ready : registration
    const key = await ask<Static<typeof Vapid>>('GET', '/vapid')
    if (!key.ok) throw new Error(key.code)
    const found = await pushManager.getSubscription()
    const subscription = found !== null && isFor(found, key.data.publicKey) ? found : await anew(pushManager, found, key.data.publicKey)
    const { endpoint, keys } = subscription.toJSON()
    const body: Partial<Static<typeof Subscribe>> = { url: endpoint ?? '', p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '', text: pushText.value, language: spoken.value, provesShown: provesShown() }
    const saved = await ask<Static<typeof Subscribed>>('PUT', PATH[whose.is], body)
    if (saved.ok && !isWanted(whose)) {
      // Stopped while it was on its way.
      await ask('DELETE', `${PATH[whose.is]}/${encodeURIComponent(saved.data.endpoint)}`)
      waking.value = { is: 'unasked' }
    } else if (body.text !== pushText.value) await subscribe(whose, registration)
    else waking.value = saved.ok ? { is: 'woken', at: now.value, endpoint: saved.data.endpoint } : { is: 'unsaved' }
  } catch {
    // Permission may be given and the browser's push service out of reach.
    waking.value = { is: 'unsaved' }
  }
}

/** The service may have got new keys: an old subscription then takes nothing from it. */
function isFor (subscription: PushSubscription, publicKey: string): boolean {
  const key = subscription.options.applicationServerKey
  return key === null || toBase64url(new Uint8Array(key)) === publicKey
}

async function anew (pushManager: PushManager, old: PushSubscription | null, applicationServerKey: string): Promise<PushSubscription> {
  await old?.unsubscribe()
  return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
}

function toBase64url (bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
