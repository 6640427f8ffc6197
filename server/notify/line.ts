/** One message on its way to one endpoint: asks whether it is still wanted, sends, and tries again until it is over. */
import { judge, retryMs } from '../alarm/delivery.ts'
import type { Cancel, Clock, MonoMs } from '../clock/clock.ts'
import { CONSENT_TIMEOUT_MS } from './limits.ts'
import type { Log, PushEndpoint } from './ports.ts'
import type { Push, PushMessage, PushResult } from './push.ts'
import type { Resting } from './resting.ts'
import type { Sluice } from './sluice.ts'

export type LinePorts = {
  readonly push: Pick<Push, 'send' | 'originOf'>
  readonly sluice: Sluice
  readonly resting: Resting
  readonly clock: Clock
  readonly log: Log
}

/** What is sent, asked anew at each attempt: it may be told again with fresher eyes. */
export type Letter = {
  readonly ttlS: number
  readonly wanted: () => boolean
  /** null: nobody has to be asked. */
  readonly permitted: (() => Promise<boolean>) | null
  /** `minimal`: the service said that it was too large. Never throws. */
  readonly message: (minimal: boolean) => PushMessage
}

export type LineEvents = {
  /** A send starts at this moment. */
  readonly attempted: () => void
  readonly accepted: () => void
  readonly dead: (endpoint: PushEndpoint) => void
  /** Nothing more will come of this line. */
  readonly over: () => void
}

export class Line {
  readonly #ports: LinePorts
  readonly #events: LineEvents
  readonly #endpoint: PushEndpoint
  readonly #letter: () => Letter
  readonly #stop = new AbortController()
  readonly #endsAt: MonoMs
  #failures = 0
  #minimal = false
  #cancelPause: Cancel | null = null

  constructor (of: { ports: LinePorts, events: LineEvents, endpoint: PushEndpoint, letter: () => Letter }) {
    this.#ports = of.ports
    this.#events = of.events
    this.#endpoint = of.endpoint
    this.#letter = of.letter
    this.#endsAt = (of.ports.clock.mono() + of.letter().ttlS * 1000) as MonoMs
  }

  /** Queues the first send. `over` may be called within this call. */
  begin (): void {
    const restMs = this.#ports.resting.leftMs(this.#endpoint.id)
    if (restMs > 0) this.#pause(restMs, 'PUSH_RESTING')
    else this.#queue()
  }

  /** A later telling has taken its place: whatever is in flight is hung up on, nothing is tried again. */
  stop (): void {
    this.#stop.abort()
    this.#cancelPause?.()
  }

  get #over (): boolean { return this.#stop.signal.aborted }

  #end (code?: string): void {
    if (this.#over) return
    if (code !== undefined) this.#ports.log.warn({ code, failures: this.#failures }, 'a push was given up')
    this.#stop.abort()
    this.#events.over()
  }

  #queue (): void {
    const origin = this.#ports.push.originOf(this.#endpoint)
    if (origin === null) return this.#end('PUSH_URL_NOT_ALLOWED')
    if (!this.#ports.sluice.enter(origin, () => this.#attempt())) this.#end('PUSH_QUEUE_FULL')
  }

  #pause (ms: number, gaveUp: string): void {
    if (this.#over) return
    if (this.#ports.clock.mono() + ms >= this.#endsAt) return this.#end(gaveUp)
    this.#cancelPause = this.#ports.clock.after(ms, () => { this.#queue() })
  }

  async #attempt (): Promise<void> {
    try {
      if (this.#over) return
      const { wanted, permitted } = this.#letter()
      if (!wanted()) return this.#end()
      if (permitted !== null && !await isPermitted(permitted, this.#ports.clock)) return this.#end('CONSENT_NOT_PROVEN')
      if (this.#over) return
      const message = this.#letter().message(this.#minimal)
      // Last of all, with nothing between this question and the request: the store may have taken a while.
      if (!this.#letter().wanted()) return this.#end()
      const sent = this.#ports.push.send(this.#endpoint, message, this.#stop.signal)
      this.#events.attempted()
      const result = await sent
      this.#judge(result)
      // The turn of this push service is given on with its connection, or a burst would open one for each push.
      if (result.is === 'answered') await result.freed
    } catch {
      this.#end('PUSH_FAULT')
    }
  }

  /** A result that came in although somebody hung up is still a fact; only nothing more is tried. */
  #judge (result: PushResult): void {
    switch (result.is) {
      case 'answered': return this.#answered(result)
      case 'no-answer':
        this.#failures += 1
        return this.#pause(retryMs(this.#failures), result.code)
      case 'unsendable': return this.#end(result.code)
      case 'cancelled': return undefined
      default: return assertNever(result)
    }
  }

  #answered (result: PushResult & { is: 'answered' }): void {
    const { status, reason } = result
    const failures = this.#failures + 1
    const verdict = judge({ is: 'status', status, retryAfterMs: result.retryAfterMs }, failures, this.#minimal)
    if (verdict.do === 'retry') {
      this.#failures = failures
      // A service that says "again in 0 s" is not hammered either.
      const pauseMs = Math.max(verdict.afterMs, retryMs(failures))
      if (status === 429) this.#ports.resting.rest(this.#endpoint.id, pauseMs)
      return this.#pause(pauseMs, status === 429 ? 'PUSH_RESTING' : 'PUSH_SERVICE_FAILING')
    }
    if (verdict.do === 'resend-minimal') {
      this.#minimal = true
      return this.#over ? undefined : this.#queue()
    }
    if (verdict.why === 'accepted') this.#events.accepted()
    if (verdict.why === 'dead') this.#events.dead(this.#endpoint)
    if (verdict.why === 'ours') this.#ports.log.warn({ code: refusalCode(status), status, reason }, 'a push service refused us: our fault, the endpoint is kept')
    this.#end()
  }
}

function refusalCode (status: number): string {
  if (status === 413) return 'PUSH_TOO_LARGE'
  return status >= 300 && status <= 399 ? 'PUSH_REDIRECTED' : 'PUSH_REFUSED'
}

/** The store's word at this moment (R6). Silence, a failure or a late answer is a no. */
export async function isPermitted (permitted: () => Promise<boolean>, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(CONSENT_TIMEOUT_MS, () => { resolve(false) })
    // Inside a promise, so that a port that throws is a no as well.
    Promise.resolve().then(() => permitted()).then((yes) => { cancel(); resolve(yes) }, () => { cancel(); resolve(false) })
  })
}

function assertNever (value: never): never {
  throw new TypeError(`unknown push result ${String(value)}`)
}
