/**
 * Personal fields at rest: AES-256-GCM with one data key per holder (a worker, a responder, a venue, ...), the data keys
 * wrapped by a master key that lives outside data and backups. Deleting a holder's wrapped key makes what it sealed
 * unreadable in old pages; a backup holds that key too, until it expires (R21).
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

type Brand<T, B extends string> = T & { readonly brand: B }
/** 32 bytes; never stored bare, never logged. */
export type DataKey = Brand<Uint8Array, 'DataKey'>

const VERSION = 1
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES
const ALGORITHM = 'aes-256-gcm'
const SECRET_BYTES_MIN = 16

/** The secret is too short to seal anything with: a fault of the operator, said at start. */
export class SealMisuse extends Error {
  readonly code = 'SECRET_TOO_SHORT'
  constructor () {
    super(`the sealing secret needs at least ${SECRET_BYTES_MIN} bytes`)
    this.name = 'SealMisuse'
  }
}

/** What is in the store was sealed with another secret: a fault of the operator, said at start. */
export class SecretForeign extends Error {
  readonly code = 'SECRET_FOREIGN'
  constructor () {
    super('the database was sealed with another secret')
    this.name = 'SecretForeign'
  }
}

export class Seal {
  readonly #master: Uint8Array

  /** @param secret VEILLEUSE_SECRET: at least 16 bytes of real entropy */
  constructor (secret: string | Uint8Array) {
    const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret
    if (bytes.length < SECRET_BYTES_MIN) throw new SealMisuse()
    this.#master = new Uint8Array(hkdfSync('sha256', bytes, 'veilleuse', 'seal/1', KEY_BYTES))
  }

  /** A fresh data key and the form in which it may be stored. */
  makeKey (holder: string): { readonly key: DataKey, readonly wrapped: Uint8Array } {
    const key = new Uint8Array(randomBytes(KEY_BYTES)) as DataKey
    return { key, wrapped: encrypt(this.#master, key, `data-key:${holder}`) }
  }

  /** null: wrapped for another holder, by another master key, or damaged. */
  unwrap (holder: string, wrapped: Uint8Array): DataKey | null {
    const key = decrypt(this.#master, wrapped, `data-key:${holder}`)
    return key?.length === KEY_BYTES ? key as DataKey : null
  }

  /** The same data key for the same holder, under another master key. null: this seal can't open it. */
  rewrap (holder: string, wrapped: Uint8Array, to: Seal): Uint8Array | null {
    const key = this.unwrap(holder, wrapped)
    return key === null ? null : encrypt(to.#master, key, `data-key:${holder}`)
  }
}

/**
 * The holder of the key of names: what presses, codes and addresses are looked up by without being stored. A data key
 * like the others, so that a new master key changes no name: what was heard stays heard, the QR on the wall still opens.
 */
export const HOUSE = 'house'

/** Keyed hash for looking a value up without storing it (32 bytes). `purpose` keeps two columns from being compared. */
export function keyedHash (key: DataKey, purpose: string, value: string): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(purpose).update('\0').update(value).digest())
}

/** A key of its own for one purpose beyond looking up: identities of presses, topics of pushes. 32 bytes. */
export function derivedKey (key: DataKey, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, 'veilleuse', `${purpose}/1`, KEY_BYTES))
}

/** @param meaning bound as additional data: a sealed alias moved into the column of a place does not open */
export function sealText (key: DataKey, text: string, meaning: string): Uint8Array {
  return encrypt(key, Buffer.from(text, 'utf8'), meaning)
}

/** null: another key, another meaning, or damaged. */
export function openText (key: DataKey, sealed: Uint8Array, meaning: string): string | null {
  const plain = decrypt(key, sealed, meaning)
  return plain === null ? null : Buffer.from(plain).toString('utf8')
}

export function sealBytes (key: DataKey, bytes: Uint8Array, meaning: string): Uint8Array {
  return encrypt(key, bytes, meaning)
}

export function openBytes (key: DataKey, sealed: Uint8Array, meaning: string): Uint8Array | null {
  return decrypt(key, sealed, meaning)
}

/** version (1) | nonce (12) | ciphertext | tag (16) */
function encrypt (key: Uint8Array, plain: Uint8Array, meaning: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce)
  cipher.setAAD(Buffer.from(meaning, 'utf8'))
  return new Uint8Array(Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
}

function decrypt (key: Uint8Array, sealed: Uint8Array, meaning: string): Uint8Array | null {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== VERSION) return null
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(1, HEAD_BYTES))
  decipher.setAAD(Buffer.from(meaning, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES)), decipher.final()]))
  } catch {
    return null
  }
}
