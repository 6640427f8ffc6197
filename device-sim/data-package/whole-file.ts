/**
 * Files that are whole or absent: written beside their place, synced, renamed into it. A full disk is said in words that
 * tell what to do, and leaves nothing that looks finished.
 */
import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { InvalidInput } from '../invalid-input.ts'

export type Written = { readonly path: string, readonly bytes: number, /** Hex. */ readonly sha256: string }

const MAKE_ROOM = 'Nothing that looks whole was left; make room and run again with --resume'
const ELSEWHERE = 'Nothing that looks whole was left; name another place'
const told: Readonly<Record<string, readonly [code: string, why: string, mend: string]>> = {
  ENOSPC: ['DISK_FULL', 'the disk is full', MAKE_ROOM],
  EDQUOT: ['DISK_FULL', 'the quota of this disk is used up', MAKE_ROOM],
  EFBIG: ['DISK_FULL', 'the disk takes no file that large', MAKE_ROOM],
  EROFS: ['FOLDER_READ_ONLY', 'the disk is read-only', ELSEWHERE],
  EACCES: ['FOLDER_READ_ONLY', 'this user may not write there', ELSEWHERE],
  EPERM: ['FOLDER_READ_ONLY', 'this user may not write there', ELSEWHERE],
  ENOTDIR: ['FOLDER_ABSENT', 'a part of its path is a file', ELSEWHERE],
  EEXIST: ['FOLDER_ABSENT', 'a part of its path is a file', ELSEWHERE],
  ENAMETOOLONG: ['FOLDER_ABSENT', 'its name is longer than this disk takes', ELSEWHERE]
}

/** What the file system refused, in words; anything unknown stays as it is. */
export function diskFault (error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = told[code]
  return known === undefined ? error : new InvalidInput(known[0], `${path} could not be written: ${known[1]}. ${known[2]}`)
}

/** A file being written. `close` puts it in its place; `drop` forgets it. */
export class WholeFile {
  readonly path: string
  readonly #place: string
  readonly #handle: FileHandle
  readonly #hash: Hash = createHash('sha256')
  #bytes = 0

  private constructor (path: string, place: string, handle: FileHandle) {
    this.path = path
    this.#place = place
    this.#handle = handle
  }

  /** `path` is the path inside `folder`, with forward slashes. */
  static async open (folder: string, path: string): Promise<WholeFile> {
    const place = join(folder, path)
    try {
      await mkdir(dirname(place), { recursive: true })
      return new WholeFile(path, place, await open(`${place}.partial`, 'w'))
    } catch (error) { throw diskFault(error, path) }
  }

  async write (bytes: Uint8Array): Promise<void> {
    try { await this.#handle.writeFile(bytes) } catch (error) { throw diskFault(error, this.path) }
    this.#hash.update(bytes)
    this.#bytes += bytes.byteLength
  }

  async close (): Promise<Written> {
    try {
      await this.#handle.sync()
      await this.#handle.close()
      await rename(`${this.#place}.partial`, this.#place)
    } catch (error) { throw diskFault(error, this.path) }
    return { path: this.path, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }

  async drop (): Promise<void> {
    await this.#handle.close().catch(() => {})
    await rm(`${this.#place}.partial`, { force: true })
  }
}

export async function writeWhole (folder: string, path: string, text: string): Promise<Written> {
  const file = await WholeFile.open(folder, path)
  try {
    await file.write(Buffer.from(text))
    return await file.close()
  } catch (error) {
    await file.drop()
    throw error
  }
}
