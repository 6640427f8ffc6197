/**
 * The live socket of a page. A page in the background may hold a socket that is dead and looks open: every ping must be answered,
 * and whoever comes back to the page finds it connected anew. The newest state is told again after every connection.
 */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { ClientMessage, ServerMessage } from '../../server/contract/live.ts'
import type { Me } from '../../server/contract/session.ts'
import { ask } from '../api/ask.ts'
import { after, every, steadyNow } from '../shell/clock.ts'
import type { Cancel } from '../shell/clock.ts'
import { heardNow } from '../shell/service-time.ts'

/** `away`: closed for good on this page (ended, or open elsewhere). */
export type Link = 'connecting' | 'live' | 'lost' | 'elsewhere' | 'ended'
const PING_MS = 20_000
/** So often while an alarm is on the screen: what stands there must not be old for long. */
const ATTENDED_MS = 4_000
/** Without a word for so long after a ping, the socket is dead whatever it says. */
const ANSWER_MS = 8_000
const REOPEN_MS: readonly number[] = [200, 500, 1_000, 2_000, 5_000]
/** At the third loss in a row, and once a minute from then on, it asks whether it is still somebody's page. */
const ASK_AT_LOSS = 3
const ASK_EVERY_LOSSES = 12
/** Close codes: @see server/contract/live.ts */
const ENDED = 4001
const ELSEWHERE = 4003
const POLICY = 1008

export class LiveLink {
  readonly link = signal<Link>('connecting')
  readonly #as: 'worker' | 'responder' | 'technician'
  readonly #heard: (message: ServerMessage) => void
  #socket: WebSocket | null = null
  #cursor: string | null = null
  #losses = 0
  #heardAt = 0
  /** Asked, and nothing has come since. */
  #awaits = false
  #reopen: Cancel = () => {}
  #watch: Cancel = () => {}

  constructor (as: 'worker' | 'responder' | 'technician', heard: (message: ServerMessage) => void) {
    this.#as = as
    this.#heard = heard
  }

  open (): void {
    every(PING_MS, () => { this.#ping() })
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.look() })
    for (const event of ['pageshow', 'online', 'focus']) addEventListener(event, () => { this.look() })
    addEventListener('offline', () => { this.#lose() })
    this.#connect()
  }

  /** How long nothing has come: what was just heard on proves the socket, an open state does not. */
  get silentMs (): number { return this.link.value === 'live' ? steadyNow() - this.#heardAt : Number.POSITIVE_INFINITY }

  /** Somebody looks at the page: is the socket still there? */
  look (): void {
    if (this.link.value === 'ended') return
    if (this.#socket?.readyState === WebSocket.OPEN) this.#ping()
    else if (this.#socket?.readyState !== WebSocket.CONNECTING) this.#connect()
  }

  /** Until the cancel: a dead socket is found out within seconds. */
  attend (): Cancel { return every(ATTENDED_MS, () => { this.#ping() }) }

  send (message: ClientMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(message))
    return true
  }

  /** One question at a time: whoever asks again and again must not put off the moment at which silence counts. */
  #ping (): void {
    if (!this.#awaits && this.send({ type: 'ping' })) this.#expect()
  }

  #expect (): void {
    const socket = this.#socket
    this.#awaits = true
    this.#watch()
    this.#watch = after(ANSWER_MS, () => { if (this.#awaits && this.#socket === socket) this.#lose() })
  }

  #connect (): void {
    this.#reopen()
    this.#socket?.close()
    // A cursor needs no escaping: @see server/contract/live.ts
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/v1/live?as=${this.#as}${this.#cursor === null ? '' : `&cursor=${this.#cursor}`}`)
    this.#socket = socket
    if (this.link.value !== 'lost') this.link.value = 'connecting'
    this.#expect()
    socket.onmessage = ({ data }) => { if (this.#socket === socket) this.#take(String(data)) }
    socket.onclose = ({ code }) => { if (this.#socket === socket) this.#closed(code) }
  }

  #take (data: string): void {
    const message = JSON.parse(data) as ServerMessage
    this.#heardAt = steadyNow()
    this.#awaits = false
    if ('cursor' in message) this.#cursor = message.cursor
    if ('now' in message) heardNow(message.now)
    if (message.type === 'hello') {
      this.#losses = 0
      this.link.value = 'live'
    }
    this.#heard(message)
  }

  #closed (code: number): void {
    this.#socket = null
    if (code === ENDED) this.link.value = 'ended'
    else if (code === ELSEWHERE || code === POLICY) this.link.value = 'elsewhere'
    else if (this.link.value !== 'ended') this.#again()
  }

  /** Gives up a socket that may never say that it is dead. */
  #lose (): void {
    const socket = this.#socket
    this.#socket = null
    socket?.close()
    if (this.link.value !== 'ended') this.#again()
  }

  #again (): void {
    this.link.value = 'lost'
    const waitMs = REOPEN_MS[Math.min(this.#losses, REOPEN_MS.length - 1)] ?? 0
    this.#losses += 1
    this.#reopen()
    this.#reopen = after(waitMs, () => { this.#connect() })
    if (this.#losses % ASK_EVERY_LOSSES === ASK_AT_LOSS) void this.#askWhetherEnded()
  }

  /** A refused handshake looks like a net that is gone: whoever was signed out meanwhile would read "no connection" for ever. */
  async #askWhetherEnded (): Promise<void> {
    const me = await ask<Static<typeof Me>>('GET', '/me')
    const isOut = me.ok ? !me.data.sessions.some(({ role, inUse }) => role === this.#as && inUse) : me.code === 'SIGNED_OUT'
    if (!isOut || this.link.value === 'live') return
    this.#reopen()
    this.link.value = 'ended'
  }
}
