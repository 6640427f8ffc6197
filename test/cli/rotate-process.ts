/** Changes the master key and kills itself at the named moment: a power cut that comes when it hurts most. */
import { readConfig } from '../../server/config/config.ts'
import { databaseFile } from '../../server/config/files.ts'
import { makeNextKey, masterKey, masterKeyFile, previousKeyFile } from '../../server/config/master-key.ts'
import { rewrap } from '../../server/store/sqlite/rewrap.ts'
import { copyFileSync } from 'node:fs'

const [moment = ''] = process.argv.slice(2)
const config = readConfig({ VEILLEUSE_DATA: process.env['VEILLEUSE_DATA'] })
const KEYS = 4

function reached (now: string): void {
  if (now === moment) process.kill(process.pid, 'SIGKILL')
}

const from = masterKey(config)
const to = makeNextKey(config)
reached('key-made')
rewrap(databaseFile(config), from, to, (n) => { reached(n === 1 ? 'first-wrapped' : n === KEYS ? 'last-wrapped' : '') })
reached('committed')
copyFileSync(masterKeyFile(config), previousKeyFile(config))
reached('old-kept')
throw new Error(`No moment is called ${moment}`)
