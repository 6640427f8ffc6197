/**
 * Who we are to the push services: one P-256 key pair for the life of the installation (every subscription is bound to
 * it), and a contact address. @see RFC 8292
 */
import { createECDH, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock, EpochMs } from '../clock/clock.ts'
import { tellingStem } from './discretion.ts'
import { VAPID_TOKENS_MAX } from './limits.ts'

/** base64url; `publicKey` is the 65-byte point that browsers subscribe with, `privateKey` 32 bytes. */
export type VapidKeys = { readonly publicKey: string, readonly privateKey: string }

export type VapidFault = 'VAPID_SUBJECT_INVALID' | 'VAPID_SUBJECT_TELLING' | 'VAPID_KEYS_INVALID' | 'VAPID_KEYS_UNREADABLE'

export class VapidError extends Error {
  override readonly name = 'VapidError'
  readonly code: VapidFault

  constructor (code: VapidFault, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** RFC 8292 allows 24 h; Apple and Mozilla refuse more. */
const TOKEN_LIFE_MS = 12 * 3_600_000
/** A token that would expire sooner is replaced: the service's clock is not ours. */
const TOKEN_SPARE_MS = 3_600_000

/**
 * @throws VapidError `VAPID_SUBJECT_INVALID` unless a push service could write to it (Apple answers every push with
 * 403 otherwise, and nobody would be told); `VAPID_SUBJECT_TELLING` when its words say what this is (R22).
 */
export function checkVapidSubject (subject: string): string {
  const mail = /^mailto:[^\s@<>"]+@([^\s@<>"/?]+)$/.exec(subject)?.[1]
  const page = /^https:\/\//.test(subject) && URL.canParse(subject) ? new URL(subject).hostname : undefined
  const host = (mail ?? page ?? '').toLowerCase()
  if (!isPublicName(host) || subject.length > 200) {
    throw new VapidError('VAPID_SUBJECT_INVALID', 'the VAPID subject must be a mailto: or https: address that a push service could write to, not localhost')
  }
  if (tellingStem(subject) !== null) {
    throw new VapidError('VAPID_SUBJECT_TELLING', 'the VAPID subject is shown to push services: choose one that says nothing of what this is')
  }
  return subject
}

function isPublicName (host: string): boolean {
  const labels = host.split('.')
  const last = labels.at(-1) ?? ''
  return labels.length >= 2 && labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label)) &&
    /[a-z]/.test(last) && !['localhost', 'local', 'localdomain', 'internal', 'invalid'].includes(last)
}

export function makeVapidKeys (): VapidKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return { publicKey: point.toString('base64url'), privateKey: d }
}

/**
 * Reads the key file, or makes it at first start (mode 0600, on disk before it is used). Two processes that start at
 * once end up with the same keys: the first file wins.
 * @throws VapidError `VAPID_KEYS_UNREADABLE` or `VAPID_KEYS_INVALID`; never replaces a file that is there, because
 * new keys would silence every subscription
 */
export function openVapidKeys (path: string): VapidKeys {
  const found = readKeys(path)
  if (found !== null) return found
  const fresh = `${path}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const file = openSync(fresh, 'wx', 0o600)
    try {
      writeSync(file, `${JSON.stringify(makeVapidKeys())}\n`)
      fsyncSync(file)
    } finally { closeSync(file) }
    try {
      linkSync(fresh, path)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    } finally { unlinkSync(fresh) }
  } catch (cause) {
    throw new VapidError('VAPID_KEYS_UNREADABLE', 'the push keys could not be written to the data folder', cause)
  }
  const written = readKeys(path)
  if (written === null) throw new VapidError('VAPID_KEYS_UNREADABLE', 'the push keys vanished while they were made')
  return written
}

function readKeys (path: string): VapidKeys | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new VapidError('VAPID_KEYS_UNREADABLE', 'the push keys could not be read from the data folder', cause)
  }
  let keys: Partial<VapidKeys> | null
  try {
    keys = JSON.parse(text) as Partial<VapidKeys> | null
  } catch {
    // The parser's message quotes the file, which holds a private key: no cause.
    throw new VapidError('VAPID_KEYS_INVALID', 'the file of push keys is not JSON')
  }
  const { publicKey, privateKey } = keys ?? {}
  if (typeof publicKey !== 'string' || typeof privateKey !== 'string') throw new VapidError('VAPID_KEYS_INVALID', 'the file of push keys lacks a key')
  signingKey({ publicKey, privateKey })
  return { publicKey, privateKey }
}

function signingKey ({ publicKey, privateKey }: VapidKeys): KeyObject {
  const point = Buffer.from(publicKey, 'base64url')
  try {
    // The import below does not check that the halves belong together; push services would, with a 403 each time.
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'))
    if (!pair.getPublicKey().equals(point)) throw new RangeError('not a pair')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
    return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d: privateKey }, format: 'jwk' })
  } catch {
    throw new VapidError('VAPID_KEYS_INVALID', 'the push keys are not a P-256 key pair')
  }
}

type Token = { readonly header: string, readonly expiresAt: EpochMs }

/** Signs who we are, once per push service and half a day. */
export class Vapid {
  readonly publicKey: string
  readonly #subject: string
  readonly #key: KeyObject
  readonly #clock: Pick<Clock, 'now'>
  readonly #tokens = new Map<string, Token>()

  /** @throws VapidError */
  constructor (of: { keys: VapidKeys, subject: string, clock: Pick<Clock, 'now'> }) {
    this.#subject = checkVapidSubject(of.subject)
    this.#key = signingKey(of.keys)
    this.publicKey = of.keys.publicKey
    this.#clock = of.clock
  }

  /** The `Authorization` header for one push service. */
  headerFor (origin: string): string {
    const now = this.#clock.now()
    const known = this.#tokens.get(origin)
    const leftMs = known === undefined ? 0 : known.expiresAt - now
    // More than its whole life left: the wall clock jumped back, and the service would see a token of over 24 h.
    if (known !== undefined && leftMs > TOKEN_SPARE_MS && leftMs <= TOKEN_LIFE_MS) return known.header
    if (this.#tokens.size >= VAPID_TOKENS_MAX) this.#tokens.clear()
    const token = this.#sign(origin, now + TOKEN_LIFE_MS)
    this.#tokens.set(origin, token)
    return token.header
  }

  /** The service refused our token (401, 403): the next send signs a new one. */
  forget (origin: string): void { this.#tokens.delete(origin) }

  #sign (origin: string, expiresAt: number): Token {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: origin, exp: Math.floor(expiresAt / 1000), sub: this.#subject })}`
    const signature = sign('sha256', Buffer.from(claims), { key: this.#key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    return { header: `vapid t=${claims}.${signature}, k=${this.publicKey}`, expiresAt: expiresAt as EpochMs }
  }
}
