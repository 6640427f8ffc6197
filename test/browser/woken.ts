/**
 * A phone that can be woken: the browser's push service is ours, and what it delivers goes into the real service worker. Every wait has an
 * end, and says what it waited for and what was there instead.
 */
import type { CDPSession, Worker } from 'playwright-core'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { PushPayload } from '../../server/contract/push.ts'
import type { Subscription } from '../notify/push-service.ts'
import type { Phone, Stage } from './stage.ts'

/** As long as a page waits for what it looks for. */
const WAIT_MS = 30_000
/** Seldom, and not at once: to look makes the browser forget what is just being shown. */
const LOOK_MS = 500

type Shown = { readonly title: string, readonly body: string, readonly tag: string, readonly actions: readonly string[], readonly vibrate: readonly number[] }

export class Woken {
  readonly phone: Phone
  readonly subscription: Subscription
  readonly #stage: Stage
  #cdp: CDPSession | null = null
  #registration = ''
  /** What was delivered, in order. */
  readonly #delivered: string[] = []

  private constructor (stage: Stage, phone: Phone, subscription: Subscription) {
    this.#stage = stage
    this.phone = phone
    this.subscription = subscription
  }

  /** Before the first page: no browser can reach its maker's push service from here. */
  static async prepare (stage: Stage, phone: Phone): Promise<Woken> {
    const subscription = stage.push.subscribe()
    const json = { endpoint: subscription.url, keys: { p256dh: subscription.p256dh, auth: subscription.auth } }
    await phone.context.addInitScript(`{
      const made = { options: { applicationServerKey: null }, toJSON: () => (${JSON.stringify(json)}), unsubscribe: async () => true }
      PushManager.prototype.subscribe = async () => made
      PushManager.prototype.getSubscription = async () => made
    }`)
    await phone.context.grantPermissions(['notifications'], { origin: stage.origin })
    return new Woken(stage, phone, subscription)
  }

  /** The app's pages are gone; the worker stays. */
  async leave (): Promise<void> {
    const cdp = await this.phone.context.newCDPSession(this.phone.page)
    this.#cdp = cdp
    const known = new Promise<void>((resolve) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(this.#stage.origin))
        if (ours === undefined) return
        this.#registration = ours.registrationId
        resolve()
      })
    })
    await cdp.send('ServiceWorker.enable')
    await this.#within('its worker is registered', known)
    await this.phone.page.goto('about:blank')
  }

  /** The next push for this phone, delivered as the browser would; `what`: those before it are delivered too. */
  async deliverNext (what: PushPayload['what'] | null = null): Promise<PushPayload> {
    for (;;) {
      const { subscription, payload } = await this.#within(`a push${what === null ? '' : ` "${what}"`}`, this.#stage.push.next())
      if (subscription.url !== this.subscription.url) continue
      await this.deliver(payload)
      if (what === null || payload.what === what) return payload
    }
  }

  async deliver (payload: unknown): Promise<void> {
    const cdp = this.#cdp
    if (cdp === null) throw new Error('a phone that nobody has left is not woken')
    const data = typeof payload === 'string' ? payload : JSON.stringify(payload)
    this.#delivered.push(typeof payload === 'string' ? payload : (payload as PushPayload).what)
    await this.#within('a push is taken', cdp.send('ServiceWorker.deliverPushMessage', { origin: this.#stage.origin, registrationId: this.#registration, data }))
  }

  /** Resolves when a notification says this. */
  async shows (title: string | RegExp): Promise<Shown> {
    const until = systemClock.mono() + WAIT_MS
    for (;;) {
      await new Promise<void>((resolve) => { systemClock.after(LOOK_MS, resolve) })
      const shown = await this.#shown()
      const found = shown.find((each) => typeof title === 'string' ? each.title === title : title.test(each.title))
      if (found !== undefined) return found
      if (systemClock.mono() > until) throw new Error(`no notification says ${String(title)}, but ${shown.map((each) => `"${each.title}"`).join(', ') || 'there is none'}; ${this.#so}`)
    }
  }

  /** A tap on a button of the newest notification with this tag; '' is the notification itself. */
  async tap (tag: string, action: string): Promise<void> {
    const worker = await this.#worker()
    await this.#within('a tap', worker.evaluate(`self.registration.getNotifications({ tag: ${JSON.stringify(tag)} }).then(([notification]) => { self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action: ${JSON.stringify(action)} })) })`))
  }

  async #shown (): Promise<readonly Shown[]> {
    const worker = await this.#worker()
    return await this.#within('its notifications', worker.evaluate<readonly Shown[]>(`self.registration.getNotifications().then((all) => all.map(({ title, body, tag, actions, vibrate }) => ({ title, body, tag, vibrate, actions: actions.map((each) => each.title) })))`))
  }

  async #worker (): Promise<Worker> {
    const [worker] = this.phone.context.serviceWorkers()
    return worker ?? await this.phone.context.waitForEvent('serviceworker')
  }

  get #so (): string {
    const { received, faults } = this.#stage.push
    return `delivered so far: ${this.#delivered.join(', ') || 'nothing'}; the push service took ${received.length}${faults.map(({ message }) => `, refused ${message}`).join('')}`
  }

  /** @throws what did not come, by name */
  async #within<T> (what: string, promise: Promise<T>): Promise<T> {
    let stop = (): void => {}
    const late = new Promise<never>((_resolve, reject) => {
      stop = systemClock.after(WAIT_MS, () => { reject(new Error(`waited ${WAIT_MS / 1_000} s in vain: ${what}; ${this.#so}`)) })
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      stop()
    }
  }
}
