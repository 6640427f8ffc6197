/** One push to one browser's push service: encrypt, sign, post, and say what came of it. */
import webpush from 'web-push'
import type { Clock } from '../clock/clock.ts'
import type { PushAllowList } from './allow.ts'
import { PUSH_TIMEOUT_MS, REPLY_BYTES_MAX } from './limits.ts'
import type { PushEndpoint } from './ports.ts'
import { pauseMs } from './retry-after.ts'
import type { Vapid } from './vapid.ts'

export type PushMessage = {
  /** At most 3,993 bytes; padded by the caller. */
  readonly payload: Buffer
  /** How long the service keeps it for a phone that is off, in seconds. */
  readonly ttlS: number
  /** 22 base64url characters: Apple refuses some lengths. An undelivered push with the same topic is replaced. */
  readonly topic: string
}

export type PushResult =
  /** The service took it (R3: that is not "delivered"). */
  | { readonly is: 'accepted' }
  /** 404, 410: this subscription is dead for good. */
  | { readonly is: 'dead' }
  /** Our own fault or a reply nobody should follow: keep the endpoint, warn, don't hammer. */
  | { readonly is: 'refused', readonly code: RefusedCode, readonly status: number, readonly reason: string }
  | { readonly is: 'too-large' }
  | { readonly is: 'busy', readonly pauseMs: number }
  /** 5xx, no connection, no answer in time: try again soon. */
  | { readonly is: 'failed', readonly code: 'PUSH_SERVICE_FAILING' | 'PUSH_UNREACHABLE' | 'PUSH_TIMED_OUT', readonly status: number }
  /** Given up by the caller's signal. */
  | { readonly is: 'cancelled' }

export type RefusedCode = 'PUSH_REFUSED' | 'PUSH_REDIRECTED' | 'PUSH_URL_NOT_ALLOWED' | 'PUSH_KEYS_INVALID'

/** What one HTTP exchange needs: `fetch`'s own shape. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type PushPorts = { readonly vapid: Vapid, readonly allow: PushAllowList, readonly clock: Clock, readonly fetch?: Fetch }

export class Push {
  readonly #vapid: Vapid
  readonly #allow: PushAllowList
  readonly #clock: Clock
  readonly #fetch: Fetch

  constructor (ports: PushPorts) {
    this.#vapid = ports.vapid
    this.#allow = ports.allow
    this.#clock = ports.clock
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
    if (!allowed.ok) return refused('PUSH_URL_NOT_ALLOWED', 0)
    const request = this.#request(endpoint, message, allowed.origin)
    if (request === null) return refused('PUSH_KEYS_INVALID', 0)
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
      return await this.#judge(response, body, allowed.origin)
    } catch {
      if (signal.aborted) return { is: 'cancelled' }
      return { is: 'failed', code: stop.signal.aborted ? 'PUSH_TIMED_OUT' : 'PUSH_UNREACHABLE', status: 0 }
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
  async #judge (response: Response, body: Promise<string>, origin: string): Promise<PushResult> {
    const { status } = response
    if (status >= 200 && status <= 299) return { is: 'accepted' }
    if (status === 404 || status === 410) return { is: 'dead' }
    if (status === 413) return { is: 'too-large' }
    if (status === 429) return { is: 'busy', pauseMs: pauseMs(response.headers.get('retry-after'), this.#clock.now()) }
    if (status >= 500 || status === 408 || status === 425) return { is: 'failed', code: 'PUSH_SERVICE_FAILING', status }
    if (status < 400) return refused('PUSH_REDIRECTED', status)
    if (status === 401 || status === 403) this.#vapid.forget(origin)
    return { ...refused('PUSH_REFUSED', status), reason: reasonIn(await body) }
  }
}

function refused (code: RefusedCode, status: number): PushResult & { is: 'refused' } {
  return { is: 'refused', code, status, reason: '' }
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
