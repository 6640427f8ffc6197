import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { steady } from '../clock/steady-clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { Config } from '../config/config.ts'
import { databaseFile, erasedFile, publishedFile } from '../config/files.ts'
import { currentKey } from '../current-key.ts'
import { openPeople } from '../people/open.ts'
import type { People } from '../people/services.ts'
import { sqlitePeople } from '../store/sqlite/people-sqlite.ts'
import { publishedListIn } from '../store/published-list.ts'
import { bury } from '../store/tombstones.ts'
import { openStore, type SqliteStore } from '../store/sqlite/sqlite-store.ts'

const silent = { warn: () => undefined }

/** The database beside a running service, for one short piece of work. */
export async function withStore<T> (config: Config, work: (store: SqliteStore) => Promise<T>): Promise<T> {
  mkdirSync(resolve(config.data), { recursive: true, mode: 0o700 })
  const store = await openStore({ file: databaseFile(config), clock: steady(systemClock), log: silent })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** The people's services for one short piece of work. No alarm runs here: nobody can be reached from the command line. */
export async function withPeople<T> (config: Config, work: (people: People) => Promise<T>): Promise<T> {
  const secret = currentKey(config)
  return await withStore(config, async (store) => {
    const open = await openPeople({
      store: sqlitePeople(store.writer, store.reader),
      secret,
      clock: steady(systemClock),
      log: silent,
      reachOf: () => 'none',
      traces: { bury: async (hash) => { bury(erasedFile(config), hash) }, emptyWal: () => store.emptyWal() },
      publishedList: publishedListIn(publishedFile(config))
    })
    try {
      return await work(open.people)
    } finally {
      await open.stop()
    }
  })
}
