import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
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
  if (config.secret !== null) return Buffer.from(config.secret, 'hex')
  const file = masterKeyFile(config)
  // Looked for first: whoever makes both makes the key first, so that a database without a key has lost it.
  const isSealed = existsSync(databaseFile(config))
  const found = readIfThere(file)
  if (found !== null) {
    if (/^[0-9a-f]{64}\s*$/.test(found)) return Buffer.from(found.trim(), 'hex')
    throw new ConfigRefused([{ env: 'VEILLEUSE_SECRET', code: 'CONFIG_INVALID', says: `${file} does not hold 64 hexadecimal digits` }])
  }
  if (isSealed) throw new ConfigRefused([{ env: 'VEILLEUSE_SECRET', code: 'CONFIG_NEEDS', says: `is needed: ${file} is absent, and what lies in ${resolve(config.data)} was sealed with it` }])
  const made = randomBytes(32)
  mkdirSync(dirname(file), { recursive: true })
  const fd = openSync(file, 'wx', 0o600)
  try {
    writeSync(fd, made.toString('hex') + '\n')
    fsyncSync(fd)
  } finally {
    closeSync(fd)
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
