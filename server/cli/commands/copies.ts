import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { Database } from 'better-sqlite3'
import { systemClock } from '../../clock/system-clock.ts'
import { databaseFile, erasedFile, publishedFile, vapidFile } from '../../config/files.ts'
import { foundKey, masterKeyFile, previousKey } from '../../config/master-key.ts'
import { currentKey } from '../../current-key.ts'
import { holderOf, QUARTER_HOLDER, workerMark } from '../../people/contribution.ts'
import type { Quarter } from '../../people/quarter.ts'
import { publishedListIn } from '../../store/published-list.ts'
import { HOUSE, Seal, SecretForeign } from '../../store/seal.ts'
import type { DataKey } from '../../store/seal.ts'
import { StoreRefused } from '../../store/store-failed.ts'
import { copiedAt, replayErasures, replayPublished } from '../../store/sqlite/replay.ts'
import { restore } from '../../store/sqlite/restore.ts'
import { houseKey, keysOf, opensRows, rewrapRows } from '../../store/sqlite/rewrap.ts'
import { buried } from '../../store/tombstones.ts'
import { withStore } from '../open-people.ts'
import type { Command } from '../arguments.ts'
import { say, type Output } from '../output.ts'
import { Refusal } from '../usage.ts'

/** R21: a backup that is older than this is restored only when told so. */
const BACKUP_KEPT_MS = 14 * 24 * 60 * 60_000

/** Every push subscription is bound to them: a house restored without them would push to nobody, and not know it. */
function pushKeysOf (file: string): string { return `${file}.push-keys` }

/** A whole copy as of one moment, checked, while the service runs. The key is not in it: keep that elsewhere. */
export async function backUp (config: Config, command: Command, output: Output): Promise<void> {
  const file = resolve(command.rest[0] ?? '')
  // Opening makes a database where there is none, and no database is made before its key.
  currentKey(config)
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
  const key = foundKey(config)
  mkdirSync(resolve(config.data), { recursive: true, mode: 0o700 })
  let erased = 0
  let published = 0
  const listed = publishedListIn(publishedFile(config)).read()
  restore(file, databaseFile(config), (copy) => {
    if (key === null) throw new Refusal('KEY_MISSING')
    refuseOld(copiedAt(copy), command.on('old'))
    erased = prepare(copy, key, previousKey(config), buried(erasedFile(config)))
    published = replayPublished(copy, listed, (quarter) => holderOf(quarter as Quarter))
  })
  const pushKeys = restorePushKeys(config, pushKeysOf(file))
  say(output, command.json, { restored: file, erased, published, pushKeys }, () => [
    `${file} is in place; ${erased === 0 ? 'nothing in it had been erased since' : `what had been erased since (${erased}) was erased again`}`,
    ...(published === 0 ? [] : [`What had been published since (${published} ${published === 1 ? 'quarter' : 'quarters'}) stays as it was published`]),
    ...(pushKeys === null ? [`There are no push keys at ${pushKeysOf(file)}: every phone has to subscribe again`] : [])
  ].join('\n'))
}

/** What was erased must not live on in backups (R21). */
function refuseOld (madeAt: number | null, isTold: boolean): void {
  if (isTold) return
  if (madeAt !== null && systemClock.now() - madeAt <= BACKUP_KEPT_MS) return
  throw new StoreRefused('BACKUP_OLD', 'This backup is older than 14 days, or does not say how old it is: what has been deleted since then would come back. --old restores it all the same')
}

/** Under the key of today, and without those who were erased since. Returns how many were erased again. */
function prepare (copy: Database, key: Uint8Array, previous: Uint8Array | null, tombs: ReadonlySet<string>): number {
  if (!opensRows(copy, key) && previous !== null && opensRows(copy, previous)) rewrapRows(copy, previous, key)
  const house = houseKey(copy)
  const names = house === null ? null : new Seal(key).unwrap(HOUSE, house)
  if (house !== null && names === null) throw new SecretForeign()
  if (names === null) return 0
  const quarters = quarterKeys(copy, new Seal(key))
  return replayErasures(copy, { names, buried: tombs, marksOf: (worker) => quarters.map((quarter) => workerMark(quarter, worker)) })
}

function quarterKeys (copy: Database, seal: Seal): readonly DataKey[] {
  return keysOf(copy, QUARTER_HOLDER).flatMap(({ holder, wrapped }) => seal.unwrap(holder, wrapped) ?? [])
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
