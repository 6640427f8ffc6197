/** One push to one browser's push service: encrypt, sign, post, and say what came of it. */
import webpush from 'web-push'
import type { Clock } from '../clock/clock.ts'
import type { PushAllowList } from './allow.ts'
import { PUSH_TIMEOUT_MS, REPLY_BYTES_MAX } from './limits.ts'
import type { PushEndpoint } from './ports.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Vapid } from './vapid.ts'

export type PushMessage = {
  /** At most 3,993 bytes; padded by the caller. */
  readonly payload: Buffer
  /** How long the service keeps it for a phone that is off, in seconds. */
  readonly ttlS: number
  /** 22 base64url characters: Apple refuses some lengths. An undelivered push with the same topic is replaced. */
  readonly topic: string
}

/** What came of one attempt; `server/alarm/delivery.ts` says what to do about it. */
export type PushResult =
  /** A 2xx is service-accepted, never "delivered" (R3). `reason`: the service's own word for a refusal, or ''. */
  | {
    readonly is: 'answered'
    readonly status: number
    readonly retryAfterMs: number | null
    readonly reason: string
    /** Settles when the connection is free for the next push, at the latest with the time-out. Never rejects. */
    readonly freed: Promise<unknown>
  }
  | { readonly is: 'no-answer', readonly code: 'PUSH_UNREACHABLE' | 'PUSH_TIMED_OUT' }
  /** Nothing was sent: the address is not on the list, or the browser's keys are no keys. */
  | { readonly is: 'unsendable', readonly code: 'PUSH_URL_NOT_ALLOWED' | 'PUSH_KEYS_INVALID' }
  /** Given up by the caller's signal. */
  | { readonly is: 'cancelled' }

/** What one HTTP exchange needs: `fetch`'s own shape. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type PushPorts = { readonly vapid: Vapid, readonly allow: PushAllowList, readonly clock: Clock, readonly wall: Pick<Clock, 'now'>, readonly fetch?: Fetch }

export class Push {
  readonly #vapid: Vapid
  readonly #allow: PushAllowList
  readonly #clock: Clock
  readonly #wall: Pick<Clock, 'now'>
  readonly #fetch: Fetch

  constructor (ports: PushPorts) {
    this.#vapid = ports.vapid
    this.#allow = ports.allow
    this.#clock = ports.clock
    this.#wall = ports.wall
    this.#fetch = ports.fetch ?? ((url, init) => fetch(url, init))
  }

  /** The push service of an endpoint, or null when it may not be posted to. */
  originOf (endpoint: PushEndpoint): string | null {
    const verdict = this.#allow.check(endpoint.url)
    return verdict.ok ? verdict.origin : null
  }

  /**
   * Posts once. The request is under way when this returns, so that what the caller checked a moment ago still holds.
   * Never rejects; settles within 5 s, or at once when `signal` gives up.
   */
  async send (endpoint: PushEndpoint, message: PushMessage, signal: AbortSignal): Promise<PushResult> {
    const allowed = this.#allow.check(endpoint.url)
    if (!allowed.ok) return { is: 'unsendable', code: 'PUSH_URL_NOT_ALLOWED' }
    const request = this.#request(endpoint, message, allowed.origin)
    if (request === null) return { is: 'unsendable', code: 'PUSH_KEYS_INVALID' }
    const stop = new AbortController()
    const giveUp = (): void => { stop.abort() }
    if (signal.aborted) return { is: 'cancelled' }
    signal.addEventListener('abort', giveUp, { once: true })
    const cancelTimer = this.#clock.after(PUSH_TIMEOUT_MS, giveUp)
    let draining = false
    const over = (): void => { cancelTimer(); signal.removeEventListener('abort', giveUp) }
    try {
      const response = await this.#fetch(allowed.url, { ...request, redirect: 'manual', signal: stop.signal })
      draining = true
      const body = readSome(response, stop.signal).finally(over)
      return await this.#answer(response, body, allowed.origin)
    } catch {
      if (signal.aborted) return { is: 'cancelled' }
      return { is: 'no-answer', code: stop.signal.aborted ? 'PUSH_TIMED_OUT' : 'PUSH_UNREACHABLE' }
    } finally {
      if (!draining) over()
    }
  }

  #request (endpoint: PushEndpoint, message: PushMessage, origin: string): RequestInit | null {
    try {
      const details = webpush.generateRequestDetails(
        { endpoint: endpoint.url, keys: { p256dh: endpoint.p256dh, auth: endpoint.auth } },
        message.payload,
        { TTL: message.ttlS, urgency: 'high', topic: message.topic, contentEncoding: 'aes128gcm' }
      )
      const { 'Content-Length': _length, ...headers } = details.headers as Record<string, string | number>
      const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
      return { method: 'POST', body: new Uint8Array(details.body), headers: { ...texts, Authorization: this.#vapid.headerFor(origin) } }
    } catch {
      return null
    }
  }

  /** Only a refusal waits for its body (the operator needs the reason); a 201 that drips is a 201. */
  async #answer (response: Response, body: Promise<string>, origin: string): Promise<PushResult> {
    const { status, headers } = response
    if (status === 401 || status === 403) this.#vapid.forget(origin)
    const reason = status >= 400 && status <= 403 ? reasonIn(await body) : ''
    return { is: 'answered', status, retryAfterMs: retryAfterMs(headers.get('retry-after'), this.#wall.now()), reason, freed: body }
  }
}

/** Reads at most a few hundred bytes, then hangs up. Never rejects; ends with the signal that ends the request. */
async function readSome (response: Response, signal: AbortSignal): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    while (bytes < REPLY_BYTES_MAX && !signal.aborted) {
      const { done, value } = await reader.read()
      if (done) return textOf(parts)
      parts.push(value)
      bytes += value.length
    }
    await reader.cancel()
  } catch {
    // Aborted or cut off in the middle of its body: what was read is what there is.
  }
  return textOf(parts)
}

function textOf (parts: readonly Uint8Array[]): string {
  return Buffer.concat(parts).subarray(0, REPLY_BYTES_MAX).toString('utf8')
}

/** Apple's `{"reason":"BadJwtToken"}`; a word without room for an address or a token. Anything else stays out of the log. */
function reasonIn (body: string): string {
  return /"reason"\s*:\s*"([A-Za-z]{1,40})"/.exec(body)?.[1] ?? ''
}
