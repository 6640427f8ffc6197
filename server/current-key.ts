import { existsSync } from 'node:fs'
import type { Config } from './config/config.ts'
import { databaseFile } from './config/files.ts'
import { masterKey, nextKey, promoteNextKey } from './config/master-key.ts'
import { opens } from './store/sqlite/rewrap.ts'

/**
 * The master key that opens what is here. A change of keys that was cut short after the rows had the new one is brought
 * to its end: the new key takes the old one's place.
 * @throws ConfigRefused @throws StoreRefused @throws StoreFailed
 */
export function currentKey (config: Config): Uint8Array {
  const key = masterKey(config)
  const next = config.secret === null ? nextKey(config) : null
  if (next === null || !existsSync(databaseFile(config)) || opens(databaseFile(config), key)) return key
  if (!opens(databaseFile(config), next)) return key
  promoteNextKey(config)
  return next
}
