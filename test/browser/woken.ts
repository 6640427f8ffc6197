/** A phone that can be woken: the browser's push service is ours, and what it delivers goes into the real service worker. */
import type { CDPSession, Worker } from 'playwright-core'
import type { PushPayload } from '../../server/contract/push.ts'
import type { ReceivedPush, Subscription } from '../notify/push-service.ts'
import type { Phone, Stage } from './stage.ts'

type Shown = { readonly title: string, readonly body: string, readonly tag: string, readonly actions: readonly string[] }

export class Woken {
  readonly phone: Phone
  readonly subscription: Subscription
  readonly #stage: Stage
  #cdp: CDPSession | null = null
  #registration = ''

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
    await known
    await this.phone.page.goto('about:blank')
  }

  /** The next push for this phone, delivered as the browser would. */
  async deliverNext (): Promise<PushPayload> {
    let push: ReceivedPush
    do push = await this.#stage.push.next(); while (push.subscription.url !== this.subscription.url)
    await this.deliver(push.payload)
    return push.payload
  }

  async deliver (payload: unknown): Promise<void> {
    await this.#cdp?.send('ServiceWorker.deliverPushMessage', { origin: this.#stage.origin, registrationId: this.#registration, data: typeof payload === 'string' ? payload : JSON.stringify(payload) })
  }

  /** Resolves when a notification says this. */
  async shows (title: string | RegExp): Promise<Shown> {
    const worker = await this.#worker()
    for (;;) {
      const shown = await worker.evaluate<readonly Shown[]>(`self.registration.getNotifications().then((all) => all.map(({ title, body, tag, actions }) => ({ title, body, tag, actions: actions.map((each) => each.title) })))`)
      const found = shown.find((each) => typeof title === 'string' ? each.title === title : title.test(each.title))
      if (found !== undefined) return found
    }
  }

  /** A tap on a button of the newest notification with this tag; '' is the notification itself. */
  async tap (tag: string, action: string): Promise<void> {
    const worker = await this.#worker()
    await worker.evaluate(`self.registration.getNotifications({ tag: ${JSON.stringify(tag)} }).then(([notification]) => { self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action: ${JSON.stringify(action)} })) })`)
  }

  async #worker (): Promise<Worker> {
    const [worker] = this.phone.context.serviceWorkers()
    return worker ?? await this.phone.context.waitForEvent('serviceworker')
  }
}
