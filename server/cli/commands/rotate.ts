import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import { databaseFile } from '../../config/files.ts'
import { makeNextKey, masterKeyFile, previousKeyFile, promoteNextKey, readKeyFile } from '../../config/master-key.ts'
import { currentKey } from '../../current-key.ts'
import { rewrap } from '../../store/sqlite/rewrap.ts'
import type { Command } from '../arguments.ts'
import { say, type Output } from '../output.ts'
import { Refusal, UsageError } from '../usage.ts'

/**
 * A new master key: every data key is wrapped anew, nothing that they seal is touched. Killed at any moment, the same
 * command again, or the next start, brings it to its end.
 */
export function rotateKey (config: Config, command: Command, output: Output): void {
  const file = databaseFile(config)
  if (!existsSync(file)) throw new Refusal('NO_DATABASE')
  const given = command.maybe('new-key-file')
  if (config.secret !== null) rotateGiven(config, file, given, command, output)
  else if (given !== null) throw new UsageError('FLAG_UNKNOWN', 'rotate-key makes the key itself where VEILLEUSE_SECRET is not set')
  else {
    const from = currentKey(config)
    const keys = rewrap(file, from, makeNextKey(config))
    promoteNextKey(config)
    say(output, command.json, { keys, key: masterKeyFile(config), previous: previousKeyFile(config) }, () =>
      `${keys} data keys are under a new master key, in ${masterKeyFile(config)}. ${previousKeyFile(config)} still opens older backups: delete it when the last of them is gone`)
  }
}

/** The key comes from outside: it is made, and put in place, by whoever keeps it. */
function rotateGiven (config: Config, file: string, given: string | null, command: Command, output: Output): void {
  if (given === null) throw new UsageError('FLAG_MISSING', 'rotate-key needs --new-key-file where VEILLEUSE_SECRET is set: a file of 64 hexadecimal digits')
  const to = readKeyFile(resolve(given))
  if (to === null) throw new Refusal('KEY_FILE_MISSING')
  const keys = rewrap(file, Buffer.from(config.secret ?? '', 'hex'), to)
  say(output, command.json, { keys, key: null, previous: null }, () => `${keys} data keys are under the new master key: let VEILLEUSE_SECRET say it from now on. The old one still opens older backups`)
}
