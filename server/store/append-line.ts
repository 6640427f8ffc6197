import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreFailed } from './store-failed.ts'

/** For the lists that outlive a restore. Appends one line, on disk when it returns. @throws StoreFailed with `failed` */
export function appendLine (file: string, line: string, failed: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const handle = openSync(file, 'a', 0o600)
    try {
      // A line of its own even after one that a crash cut short.
      writeSync(handle, `\n${line}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    throw new StoreFailed(failed, { cause, reason: 'IO' })
  }
}
