import { openDatabase } from './open.ts'

/** Between two tries, in ms: readers of the WAL are short. */
const PAUSE_MS = 50
/** About 30 s; after that the caller tries again later. */
const TRIES_MAX = 600

/**
 * What was deleted still stands in the WAL file until it is cut to nothing, and any open reader keeps it there: tries
 * until nobody reads. Blocks (call it in a thread of its own). With `secure_delete` the database file itself holds
 * zeros where the rows were.
 * @returns false: somebody read all the time, the WAL still holds what was deleted. Try again.
 * @throws StoreFailed
 */
export function emptyWal (file: string, triesMax = TRIES_MAX): boolean {
  const db = openDatabase(file, { mustExist: true })
  try {
    // While it waits for readers a TRUNCATE keeps writers out: never wait inside it.
    db.pragma('busy_timeout = 0')
    const never = new Int32Array(new SharedArrayBuffer(4))
    for (let tries = 0; tries < triesMax; tries++) {
      const [answer] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
      if (answer?.busy === 0) return true
      Atomics.wait(never, 0, 0, PAUSE_MS)
    }
    return false
  } finally {
    db.close()
  }
}
