import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import { databaseFile, vapidFile } from '../../config/files.ts'
import { masterKey, masterKeyFile } from '../../config/master-key.ts'
import { restore } from '../../store/sqlite/restore.ts'
import { withStore } from '../open-people.ts'
import type { Command } from '../arguments.ts'
import { say, type Output } from '../output.ts'
import { Refusal } from '../usage.ts'

/** Every push subscription is bound to them: a house restored without them would push to nobody, and not know it. */
function pushKeysOf (file: string): string { return `${file}.push-keys` }

/** A whole copy as of one moment, checked, while the service runs. The key is not in it: keep that elsewhere. */
export async function backUp (config: Config, command: Command, output: Output): Promise<void> {
  const file = resolve(command.rest[0] ?? '')
  // Opening makes a database where there is none, and no database is made before its key.
  masterKey(config)
  await withStore(config, async (store) => { await store.backup(file) })
  const pushKeys = copyPushKeys(config, pushKeysOf(file))
  const key = config.secret === null ? masterKeyFile(config) : null
  say(output, command.json, { backup: file, pushKeys, key }, () => [
    `${file} holds everything but the key, which stays ${key === null ? 'where VEILLEUSE_SECRET comes from' : `in ${key}`}`,
    ...(pushKeys === null ? [] : [`${pushKeys} belongs to it`])
  ].join('\n'))
}

export function restoreFrom (config: Config, command: Command, output: Output): void {
  const file = resolve(command.rest[0] ?? '')
  // Whatever is there may be the newer: its owner moves it aside.
  if (existsSync(databaseFile(config))) throw new Refusal('DATA_NOT_EMPTY')
  mkdirSync(resolve(config.data), { recursive: true, mode: 0o700 })
  restore(file, databaseFile(config))
  const pushKeys = restorePushKeys(config, pushKeysOf(file))
  say(output, command.json, { restored: file, pushKeys }, () => [
    `${file} is in place; the key that sealed it must be ${config.secret === null ? `in ${masterKeyFile(config)}` : 'what VEILLEUSE_SECRET says'}`,
    ...(pushKeys === null ? [`There are no push keys at ${pushKeysOf(file)}: every phone has to subscribe again`] : [])
  ].join('\n'))
}

/** Resolves with where they lie now, or null before the first start, which makes them. */
function copyPushKeys (config: Config, to: string): string | null {
  if (!existsSync(vapidFile(config))) return null
  const part = `${to}.part`
  copyFileSync(vapidFile(config), part)
  chmodSync(part, 0o600)
  renameSync(part, to)
  return to
}

function restorePushKeys (config: Config, from: string): string | null {
  const to = vapidFile(config)
  if (existsSync(to)) return to
  if (!existsSync(from)) return null
  copyFileSync(from, to, constants.COPYFILE_EXCL)
  chmodSync(to, 0o600)
  return to
}
