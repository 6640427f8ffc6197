/**
 * Who and what was erased, as keyed hashes: without the key of names they say nothing, with it they only answer "is this
 * one among them?". Kept outside data and backups, so that a restore can erase again what a backup still holds (R21).
 */
import { existsSync, readFileSync } from 'node:fs'
import { appendLine } from './append-line.ts'
import { StoreFailed } from './store-failed.ts'

const LINE = /^[A-Za-z0-9_-]{43}$/

/** Appends one line, on disk when it returns. @throws StoreFailed */
export function bury (file: string, hash: Uint8Array): void {
  appendLine(file, Buffer.from(hash).toString('base64url'), 'The list of what was erased cannot be written')
}

/** Every whole line. A file that is not there: nothing was ever erased. @throws StoreFailed */
export function buried (file: string): ReadonlySet<string> {
  if (!existsSync(file)) return new Set()
  try {
    return new Set(readFileSync(file, 'utf8').split('\n').filter((line) => LINE.test(line)))
  } catch (cause) {
    throw new StoreFailed('The list of what was erased cannot be read', { cause, reason: 'IO' })
  }
}
