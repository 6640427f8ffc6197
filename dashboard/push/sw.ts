/**
 * Wakes the phone, and keeps the app for when the net is gone. A push is shown first, then proven; nothing here throws: a worker that fails
 * three times is not woken any more.
 */
import { answer, isAnswer, prove, proveReminder } from './answers.ts'
import { dropOld, fromShell, keepShell } from './shell-kept.ts'
import { isAlert, readPush, show } from './shown.ts'
import type { Hung } from './shown.ts'
import { inTurn } from './in-turn.ts'
import { renew } from './renewed.ts'

declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', (event) => { event.waitUntil(keepShell().then(async () => { await self.skipWaiting() })) })

self.addEventListener('activate', (event) => {
  event.waitUntil(safely(async () => {
    await dropOld()
    await self.clients.claim()
  }))
})

self.addEventListener('fetch', (event) => {
  const found = fromShell(event.request)
  if (found !== null) event.respondWith(found)
})

self.addEventListener('push', (event) => { event.waitUntil(pushed(readPush(event.data))) })

async function pushed (payload: ReturnType<typeof readPush>): Promise<void> {
  const shown = await inTurn(async () => await safely(async () => { await show(payload) }) || await safely(async () => { await show(null) }))
  if (payload === null) return
  if (isAlert(payload)) {
    // An open page looks for itself: its socket may be dead and look open.
    await safely(async () => { for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage({ type: 'pushed' }) })
    if (shown) await prove(payload.alarm, payload.n, 'shown')
  } else if (shown) await proveReminder()
}

self.addEventListener('notificationclick', (event) => {
  const { action, notification } = event
  const data = notification.data as Hung
  notification.close()
  event.waitUntil(safely(async () => {
    if (data.alarm !== null && isAnswer(action)) {
      await Promise.all([answer(data.alarm, action, { tag: notification.tag, data }), prove(data.alarm, data.n, 'seen')])
      return
    }
    // A page that may not be brought to the front was opened all the same.
    await safely(async () => { await open(new URL(data.url, self.location.origin)) })
    if (data.alarm !== null) await prove(data.alarm, data.n, 'seen')
  }))
})

/** The app's own page if one is open, else a new one. */
async function open (url: URL): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' })
  const page = pages.find((client) => new URL(client.url).pathname === url.pathname)
  if (page === undefined) {
    await self.clients.openWindow(url.pathname + url.hash)
    return
  }
  page.postMessage({ type: 'open', path: url.hash.slice(1) })
  await page.focus()
}

self.addEventListener('pushsubscriptionchange', (event) => { event.waitUntil(safely(renew)) })

/** false: it failed, and there is nobody to tell. */
async function safely (work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch {
    return false
  }
}
