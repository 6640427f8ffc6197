import { join } from 'node:path'
import type { Test } from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { Clock } from '../../server/clock/clock.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'
import type { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'

export const quiet = { warn: (): void => undefined }

export function fileIn (t: Test): string {
  return join(t.testdir(), 'veilleuse.db')
}

/** A real store on a real file, closed at the end of the test. */
export async function openedStore (t: Test, { file = fileIn(t), clock = systemClock as Clock } = {}): Promise<SqliteStore> {
  const store = await openStore({ file, clock, log: quiet })
  t.teardown(() => store.close())
  return store
}
