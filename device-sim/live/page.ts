import { WebSocket } from 'ws'
import type { ClientMessage, ServerMessage } from '../../server/contract/live.ts'
import type { Browser } from './browser.ts'
import type { SimClock } from './ports.ts'

const PING_MS = 20_000
/** Closed with one of these, a page stays away: forbidden, its session ended, a newer page took its place. */
const STAYS_AWAY: ReadonlySet<number> = new Set([1008, 4001, 4003])
/** Waits before a closed socket is opened again; the last one repeats. */
const REOPEN_MS: readonly number[] = [100, 500, 1_000, 2_000, 5_000]

export type PageOptions = {
  readonly browser: Browser
  readonly as: 'worker' | 'responder'
  readonly clock: SimClock
  readonly heard: (message: ServerMessage, atMono: number) => void
}

/** One open page: a live socket that comes back with its cursor. */
export class Page {
  readonly #options: PageOptions
  #socket: WebSocket | null = null
  #cursor: string | null = null
  #closed = true
  #losses = 0
  #cancel = (): void => {}

  constructor (options: PageOptions) { this.#options = options }

  /** Resolves when the service has greeted this page. */
  open (): Promise<void> {
    this.#closed = false
    return new Promise((resolve) => { this.#connect(resolve) })
  }

  close (): void {
    this.#closed = true
    this.#cancel()
    this.#socket?.close()
  }

  send (message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #connect (greeted: () => void): void {
    const { browser, as } = this.#options
    const url = new URL('/api/v1/live', browser.origin.replace(/^http/, 'ws'))
    url.searchParams.set('as', as)
    if (this.#cursor !== null) url.searchParams.set('cursor', this.#cursor)
    const socket = new WebSocket(url, { origin: browser.origin, headers: { cookie: browser.cookie }, perMessageDeflate: false })
    this.#socket = socket
    socket.on('message', (data) => { this.#heard(JSON.parse(String(data)) as ServerMessage, greeted) })
    socket.on('error', () => {})
    socket.on('close', (code) => { this.#lost(code, greeted) })
    this.#pingLater()
  }

  #heard (message: ServerMessage, greeted: () => void): void {
    if ('cursor' in message) this.#cursor = message.cursor
    if (message.type === 'hello') {
      this.#losses = 0
      greeted()
    }
    this.#options.heard(message, this.#options.clock.mono())
  }

  #lost (code: number, greeted: () => void): void {
    this.#cancel()
    if (STAYS_AWAY.has(code)) this.#closed = true
    if (this.#closed) return
    const waitMs = REOPEN_MS[Math.min(this.#losses, REOPEN_MS.length - 1)] ?? 0
    this.#losses += 1
    this.#cancel = this.#options.clock.after(waitMs, () => { if (!this.#closed) this.#connect(greeted) })
  }

  #pingLater (): void {
    this.#cancel = this.#options.clock.after(PING_MS, () => {
      this.send({ type: 'ping' })
      this.#pingLater()
    })
  }
}
