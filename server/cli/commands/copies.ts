import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import { databaseFile } from '../../config/files.ts'
import { masterKey, masterKeyFile } from '../../config/master-key.ts'
import { restore } from '../../store/sqlite/restore.ts'
import { withStore } from '../open-people.ts'
import type { Command } from '../arguments.ts'
import { say, type Output } from '../output.ts'
import { Refusal } from '../usage.ts'

/** A whole copy as of one moment, checked, while the service runs. The key is not in it: keep that elsewhere. */
export async function backUp (config: Config, command: Command, output: Output): Promise<void> {
  const file = resolve(command.rest[0] ?? '')
  // Opening makes a database where there is none, and no database is made before its key.
  masterKey(config)
  await withStore(config, async (store) => { await store.backup(file) })
  say(output, command.json, { backup: file, key: masterKeyFile(config) }, () => `${file} holds everything but the key, which stays in ${masterKeyFile(config)}`)
}

export function restoreFrom (config: Config, command: Command, output: Output): void {
  const file = resolve(command.rest[0] ?? '')
  // Whatever is there may be the newer: its owner moves it aside.
  if (existsSync(databaseFile(config))) throw new Refusal('DATA_NOT_EMPTY')
  mkdirSync(resolve(config.data), { recursive: true, mode: 0o700 })
  restore(file, databaseFile(config))
  say(output, command.json, { restored: file }, () => `${file} is in place; the key that sealed it must be in ${masterKeyFile(config)}`)
}
