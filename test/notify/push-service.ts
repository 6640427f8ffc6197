/**
 * A push service on 127.0.0.1: makes subscriptions with keys of its own, checks who sends and how (RFC 8030, 8291,
 * 8292), decrypts as the browser would, and answers as the story says.
 */
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto'
import type { ECDH } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import ece from 'http_ece'
import type { PushPayload } from '../../server/contract/push.ts'
import type { Clock } from '../../server/clock/clock.ts'

/** What a browser's `PushSubscription` holds. */
export type Subscription = { readonly url: string, readonly p256dh: string, readonly auth: string }

export type Reply =
  | { readonly is: 'status', readonly status: number, readonly headers?: Readonly<Record<string, string>>, readonly body?: string }
  /** Takes the request and never says a word. */
  | { readonly is: 'hang' }
  /** Sends its head at once, then a byte of body every 200 ms, for ever. */
  | { readonly is: 'drip', readonly status: number }
  /** Cuts the connection. */
  | { readonly is: 'drop' }

export const status = (code: number, headers: Readonly<Record<string, string>> = {}, body = ''): Reply => ({ is: 'status', status: code, headers, body })

export type ReceivedPush = {
  readonly subscription: Subscription
  readonly payload: PushPayload
  /** Of the encrypted body. */
  readonly bytes: number
  readonly ttlS: number
  readonly urgency: string
  readonly topic: string
  readonly authorization: string
  readonly claims: { readonly aud: string, readonly exp: number, readonly sub: string }
  readonly reply: Reply
  /** Settles when the sender has hung up, or has its whole answer. */
  readonly closed: Promise<void>
}

/** What this service found wrong with a request, with the status that a real one would answer. */
export class PushFault extends Error {
  readonly status: number
  constructor (statusCode: number, reason: string) {
    super(reason)
    this.status = statusCode
  }
}

type Device = { readonly subscription: Subscription, readonly keys: ECDH, readonly script: Reply[], readonly held: Map<string, ReceivedPush> }

const BODY_BYTES_MAX = 4_096
const DAY_S = 86_400

export class FakePushService {
  /** Every well-formed push, whatever was answered, in order of arrival. */
  readonly received: ReceivedPush[] = []
  /** What was wrong with the others. */
  readonly faults: PushFault[] = []
  readonly #clock: Clock
  readonly #server: Server
  readonly #devices = new Map<string, Device>()
  readonly #taken: ReceivedPush[] = []
  readonly #waiting: ((push: ReceivedPush) => void)[] = []
  /** Connections accepted so far. */
  connections = 0
  #origin = ''

  private constructor (clock: Clock) {
    this.#clock = clock
    this.#server = createServer((request, response) => { void this.#serve(request, response) })
    this.#server.on('connection', () => { this.connections += 1 })
  }

  /** @param clock whose time the tokens are judged by, and by which it drips */
  static async start (clock: Clock): Promise<FakePushService> {
    const service = new FakePushService(clock)
    await new Promise<void>((resolve) => { service.#server.listen(0, '127.0.0.1', resolve) })
    service.#origin = `http://127.0.0.1:${(service.#server.address() as AddressInfo).port}`
    return service
  }

  get origin (): string { return this.#origin }

  /** A browser subscribes. `script`: its first answers; afterwards 201. */
  subscribe (...script: readonly Reply[]): Subscription {
    const keys = createECDH('prime256v1')
    keys.generateKeys()
    const path = `/push/${randomBytes(24).toString('base64url')}`
    const subscription = { url: this.#origin + path, p256dh: keys.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') }
    this.#devices.set(path, { subscription, keys, script: [...script], held: new Map() })
    return subscription
  }

  /** The next answers to pushes for this browser. */
  script (subscription: Subscription, ...replies: readonly Reply[]): void {
    this.#device(new URL(subscription.url).pathname).script.push(...replies)
  }

  /** The next push that nobody has waited for yet. */
  next (): Promise<ReceivedPush> {
    const taken = this.#taken.shift()
    if (taken !== undefined) return Promise.resolve(taken)
    return new Promise((resolve) => { this.#waiting.push(resolve) })
  }

  /** What a phone that was off all the time gets when it comes back: the newest of each topic. */
  heldFor (subscription: Subscription): readonly ReceivedPush[] {
    return [...this.#device(new URL(subscription.url).pathname).held.values()]
  }

  /** Nobody listens any more: connections are refused. */
  async stop (): Promise<void> {
    const closed = new Promise<void>((resolve) => { this.#server.close(() => { resolve() }) })
    this.#server.closeAllConnections()
    await closed
  }

  #device (path: string): Device {
    const device = this.#devices.get(path)
    if (device === undefined) throw new PushFault(404, 'NoSuchSubscription')
    return device
  }

  async #serve (request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = new Promise<void>((resolve) => { response.on('close', resolve) })
    try {
      const push = await this.#read(request, closed)
      const device = this.#device(request.url ?? '')
      if (isAccepting(push.reply)) device.held.set(push.topic, push)
      this.received.push(push)
      const waiting = this.#waiting.shift()
      if (waiting === undefined) this.#taken.push(push)
      else waiting(push)
      this.#reply(response, push.reply)
    } catch (cause) {
      const fault = cause instanceof PushFault ? cause : new PushFault(400, cause instanceof Error ? cause.message : 'Unreadable')
      this.faults.push(fault)
      response.writeHead(fault.status, { 'content-type': 'application/json' }).end(JSON.stringify({ reason: fault.message }))
    }
  }

  async #read (request: IncomingMessage, closed: Promise<void>): Promise<ReceivedPush> {
    const body = await bodyOf(request)
    const { headers } = request
    if (request.method !== 'POST') throw new PushFault(405, 'NotPost')
    const device = this.#device(request.url ?? '')
    if (headers['content-encoding'] !== 'aes128gcm') throw new PushFault(415, 'BadEncoding')
    if (!/^\d{1,8}$/.test(String(headers.ttl))) throw new PushFault(400, 'BadTtl')
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(String(headers.topic))) throw new PushFault(400, 'BadWebPushTopic')
    const { claims, authorization } = this.#claims(headers)
    const clear = ece.decrypt(body, { version: 'aes128gcm', privateKey: device.keys, authSecret: device.subscription.auth })
    return {
      subscription: device.subscription,
      payload: JSON.parse(clear.toString('utf8')) as PushPayload,
      bytes: body.length,
      ttlS: Number(headers.ttl),
      urgency: String(headers.urgency),
      topic: String(headers.topic),
      authorization,
      claims,
      reply: device.script.shift() ?? status(201),
      closed
    }
  }

  /** @see RFC 8292 */
  #claims (headers: IncomingHttpHeaders): Pick<ReceivedPush, 'claims' | 'authorization'> {
    const authorization = headers.authorization ?? ''
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
    const [head = '', body = '', signature = ''] = token.split('.')
    const point = Buffer.from(key, 'base64url')
    if (point.length !== 65 || (JSON.parse(text(head)) as { alg: string }).alg !== 'ES256') throw new PushFault(401, 'MissingProviderToken')
    const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    const genuine = verify('sha256', Buffer.from(`${head}.${body}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
    if (!genuine) throw new PushFault(403, 'BadJwtToken')
    const claims = JSON.parse(text(body)) as ReceivedPush['claims']
    const nowS = this.#clock.now() / 1000
    if (claims.aud !== this.#origin) throw new PushFault(403, 'BadAudience')
    if (claims.exp <= nowS) throw new PushFault(403, 'ExpiredJwtToken')
    if (claims.exp > nowS + DAY_S) throw new PushFault(403, 'BadExpirationTime')
    if (!/^(mailto:[^@\s]+@[^@\s]+\.|https:\/\/)/.test(claims.sub) || claims.sub.includes('localhost')) throw new PushFault(403, 'BadSubject')
    return { claims, authorization }
  }

  #reply (response: ServerResponse, reply: Reply): void {
    switch (reply.is) {
      case 'status':
        response.writeHead(reply.status, reply.headers).end(reply.body)
        return
      case 'hang': return
      case 'drip':
        response.writeHead(reply.status, { 'content-type': 'text/plain' })
        response.flushHeaders()
        return this.#drip(response)
      case 'drop':
        response.destroy()
    }
  }

  #drip (response: ServerResponse): void {
    if (response.destroyed) return
    response.write('.')
    this.#clock.after(200, () => { this.#drip(response) })
  }
}

function isAccepting (reply: Reply): boolean {
  return reply.is === 'status' && reply.status >= 200 && reply.status <= 299
}

async function bodyOf (request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > BODY_BYTES_MAX) throw new PushFault(413, 'PayloadTooLarge')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function text (base64url: string): string { return Buffer.from(base64url, 'base64url').toString('utf8') }
