/** A responder's open page, as thin as can be: the time at which it was told, and answers that calm the alarm again. */
import type { WebSocket } from 'ws'
import type { ServerMessage } from '../server/contract/live.ts'
import { systemClock } from '../server/clock/system-clock.ts'
import { openSocket } from './socket.ts'

export type Told = { readonly alarm: string, readonly n: number, readonly at: number }

export class Phone {
  /** Called at each first alert of an alarm. */
  onAlert: (told: Told) => void = () => {}
  readonly #socket: WebSocket
  readonly #origin: string
  readonly #cookie: string

  private constructor (origin: string, token: string) {
    this.#origin = origin
    this.#cookie = `s=${token}`
    const url = `${origin.replace(/^http/, 'ws')}/api/v1/live?as=responder`
    this.#socket = openSocket(url, { origin, headers: { cookie: this.#cookie } })
  }

  /** Resolves when the service has greeted this page. */
  static async open (origin: string, token: string): Promise<Phone> {
    const phone = new Phone(origin, token)
    return await new Promise((resolve, reject) => {
      phone.#socket.on('error', reject)
      phone.#socket.on('message', (data) => {
        const at = systemClock.mono()
        const message = JSON.parse(String(data)) as ServerMessage
        if (message.type === 'told' && message.what === 'alert') phone.onAlert({ alarm: message.alarm, n: message.n, at })
        if (message.type === 'hello') resolve(phone)
      })
    })
  }

  /** Shown, coming and there: nothing more falls due in this alarm for a quarter of an hour. Resolves when it is on disk. */
  async calm ({ alarm, n }: Told): Promise<void> {
    this.#socket.send(JSON.stringify({ type: 'receipt', alarm, n, level: 'shown' }))
    await this.#answer(alarm, { is: 'coming', minutes: 10 })
    await this.#answer(alarm, { is: 'arrived' })
  }

  close (): void { this.#socket.terminate() }

  async #answer (alarm: string, given: object): Promise<void> {
    const response = await fetch(`${this.#origin}/api/v1/alerts/${encodeURIComponent(alarm)}/answer`, {
      method: 'POST',
      headers: { origin: this.#origin, cookie: this.#cookie, 'content-type': 'application/json' },
      body: JSON.stringify(given)
    })
    const said = await response.text()
    if (!response.ok) throw new Error(`an answer was refused: ${response.status} ${said}`)
  }
}
