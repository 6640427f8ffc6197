/** Ids, tokens and codes: all from node:crypto, none derived from a person. */
import { createHash, randomBytes, randomInt } from 'node:crypto'

const ID_BYTES = 16
const TOKEN_BYTES = 32
/** Without I, L, O and U: read aloud and typed by hand. */
const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 8
const INVITE_LENGTH = 20
const CONFIRM_DIGITS = 6

/** 22 characters of base64url. */
export function makeId<T extends string> (): T {
  return randomBytes(ID_BYTES).toString('base64url') as T
}

/** 43 characters of base64url: a session or a shortcut. */
export function makeToken (): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** High entropy, so that a plain hash is enough to keep. 32 bytes. */
export function tokenHash (token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

/** 40 bits, 30 minutes, one use: for one person to type. */
export function makeShortCode (): string { return letters(CODE_LENGTH) }

/** 100 bits: travels in a link. */
export function makeInviteCode (): string { return letters(INVITE_LENGTH) }

/** Six digits to be read aloud. */
export function makeConfirmCode (): string {
  return String(randomInt(10 ** CONFIRM_DIGITS)).padStart(CONFIRM_DIGITS, '0')
}

/** Six digits that follow from a keyed hash. */
export function confirmCodeOf (hash: Uint8Array): string {
  return String(Buffer.from(hash).readUIntBE(0, 6) % 10 ** CONFIRM_DIGITS).padStart(CONFIRM_DIGITS, '0')
}

/** As people type: lower case, spaces and dashes, O for 0, I and L for 1. */
export function readCode (typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}

function letters (length: number): string {
  return Array.from({ length }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
}
