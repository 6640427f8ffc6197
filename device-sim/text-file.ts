/** Files that somebody names: read whole into memory, so each has a limit, and what is no text is told apart from a text with faults. */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { constants } from 'node:fs'
import type { Readable } from 'node:stream'

const MIB = 2 ** 20
/** A scenario as people write it: a few kilobytes; with measured distributions some hundred. */
export const SCENARIO_MOST_BYTES = MIB
/** A resolved scenario, a circle, a document of a package. */
export const DOCUMENT_MOST_BYTES = 16 * MIB
/** A capture, a CSV, a house of buttons: a row each, and all of them in one string. */
export const TABLE_MOST_BYTES = 256 * MIB

/** `code` is the system's, or ours: what it is instead of a text. `why` ends a sentence. */
export type Read = { readonly ok: true, readonly text: string } | { readonly ok: false, readonly code: string, readonly why: string }

const unread: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file', ENOTDIR: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'this user may not read it', ENXIO: 'it is no plain file', ELOOP: 'its links go round in a circle',
  NO_FILE: 'it is no plain file', UTF_16: 'it is UTF-16: save it as UTF-8', NO_TEXT: 'it is no text in UTF-8'
}
const failed = (code: string, why = unread[code] ?? code): Read => ({ ok: false, code, why })

/** Nobody who writes to a pipe or sits behind a device is waited for. @param most bytes */
export async function readTextFile (file: string, most: number): Promise<Read> {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
    const found = await handle.stat()
    if (found.isDirectory()) return failed('EISDIR')
    if (!found.isFile()) return failed('NO_FILE')
    if (found.size > most) return tooLarge(most)
    return await readText(handle.createReadStream({ autoClose: false }), most)
  } catch (cause) {
    return failed(cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed')
  } finally {
    await handle?.close()
  }
}

/** All that comes, and no more than `most` bytes of it. */
export async function readText (from: Readable, most: number): Promise<Read> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of from as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > most) return tooLarge(most)
    pieces.push(piece)
  }
  return asText(Buffer.concat(pieces))
}

function tooLarge (most: number): Read { return failed('TOO_LARGE', `it is larger than ${most / MIB} MiB, which is the most that is read`) }

function asText (bytes: Buffer): Read {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return failed('UTF_16')
  if (bytes.includes(0)) return failed('NO_TEXT')
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return failed('NO_TEXT')
  }
}
