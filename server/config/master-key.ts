import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Config } from './config.ts'
import { ConfigRefused } from './config.ts'
import { databaseFile } from './files.ts'

/** Where the key is made when none is configured: beside the data folder, so that no copy of the folder carries it (R21). */
export function masterKeyFile (config: Config): string {
  return `${resolve(config.data)}.key`
}

/**
 * 32 bytes that seal every personal field. Read from the configuration, else from its own file, else made there (mode
 * 0600, synced), but only before there is a database: a new key would open nothing of an old one.
 * @throws ConfigRefused
 */
export function masterKey (config: Config): Uint8Array {
  // Looked for first: whoever makes both makes the key first, so that a database without a key has lost it.
  const isSealed = existsSync(databaseFile(config))
  const found = foundKey(config)
  if (found !== null) return found
  const file = masterKeyFile(config)
  if (isSealed) throw new ConfigRefused([{ env: 'VEILLEUSE_SECRET', code: 'CONFIG_NEEDS', says: `is needed: ${file} is absent, and what lies in ${resolve(config.data)} was sealed with it` }])
  return makeKeyFile(file)
}

/** The key that is there; null: none, and none is made. @throws ConfigRefused */
export function foundKey (config: Config): Uint8Array | null {
  return config.secret !== null ? Buffer.from(config.secret, 'hex') : readKeyFile(masterKeyFile(config))
}

/** The key before the last change: opens backups that are older than it. */
export function previousKey (config: Config): Uint8Array | null { return readKeyFile(previousKeyFile(config)) }

/** Made for a change of keys that has not ended. */
export function nextKey (config: Config): Uint8Array | null { return readKeyFile(nextKeyFile(config)) }

/** The same again after a change that was cut short. */
export function makeNextKey (config: Config): Uint8Array { return nextKey(config) ?? makeKeyFile(nextKeyFile(config)) }

/** The next key becomes the key. At every moment the file of the key holds one of the two, whole. */
export function promoteNextKey (config: Config): void {
  const [file, previous] = [masterKeyFile(config), previousKeyFile(config)]
  copyFileSync(file, `${previous}.part`)
  chmodSync(`${previous}.part`, 0o600)
  renameSync(`${previous}.part`, previous)
  renameSync(nextKeyFile(config), file)
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** null: it is not there. @throws ConfigRefused */
export function readKeyFile (file: string): Uint8Array | null {
  const found = readIfThere(file)
  if (found === null) return null
  if (/^[0-9a-f]{64}\s*$/i.test(found)) return Buffer.from(found.trim(), 'hex')
  throw new ConfigRefused([{ env: 'VEILLEUSE_SECRET', code: 'CONFIG_INVALID', says: `${file} does not hold 64 hexadecimal digits` }])
}

function nextKeyFile (config: Config): string { return `${masterKeyFile(config)}.next` }
export function previousKeyFile (config: Config): string { return `${masterKeyFile(config)}.previous` }

/** Whole or not at all: a kill in between must not leave half a key. */
function makeKeyFile (file: string): Uint8Array {
  const made = randomBytes(32)
  mkdirSync(dirname(file), { recursive: true })
  const part = `${file}.${randomBytes(6).toString('hex')}.part`
  const fd = openSync(part, 'wx', 0o600)
  try {
    writeSync(fd, made.toString('hex') + '\n')
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  try {
    // Never over a key that somebody else made meanwhile.
    linkSync(part, file)
  } finally {
    rmSync(part)
  }
  return made
}

function readIfThere (file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw new ConfigRefused([{ env: 'VEILLEUSE_SECRET', code: 'CONFIG_FILE_UNREADABLE', says: `${file} can't be read` }])
  }
}
