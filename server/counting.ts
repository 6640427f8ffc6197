/** What anonymous statistics do by themselves (R21): watch the rooms, count what has settled, publish what is long over. */
import type { Cancel, Clock } from './clock/clock.ts'
import type { OpenPeople } from './people/open.ts'
import { isClosed } from './store/store-failed.ts'

const COUNT_EVERY_MS = 3_600_000
export const WATCH_EVERY_MS = 300_000

export type CountingParts = {
  readonly open: Pick<OpenPeople, 'statistics'>
  /** What a published quarter was made of must not stay in the database's journal either. */
  readonly store: { emptyWal (): Promise<boolean> }
  readonly clock: Clock
  readonly logger: { warn (fields: object, says: string): void }
}

/** Returns the way to stop; it waits for what is being written. */
export function countNowAndThen ({ open: { statistics }, store, clock, logger }: CountingParts): () => Promise<void> {
  let isWiped = true
  const failed = (cause: unknown): void => {
    // A stop came between: the next start takes it up again.
    if (!isClosed(cause)) logger.warn({ code: 'COUNTING_FAILED' }, 'the statistics could not be written; it is tried again later')
  }
  let writing: Promise<unknown> = Promise.resolve()
  const write = (): Promise<void> => {
    const turn = (async () => {
      await statistics.collect()
      if ((await statistics.publish()).length > 0) isWiped = false
    })()
    writing = Promise.allSettled([writing, turn])
    return turn
  }
  const count = async (): Promise<void> => {
    await write()
    if (!isWiped) isWiped = await store.emptyWal()
  }
  const watch = async (): Promise<void> => {
    const turn = writing.then(async () => { await statistics.watchRooms() })
    writing = Promise.allSettled([turn])
    await turn
  }
  const stops = [
    again(clock, COUNT_EVERY_MS, () => { count().catch(failed) }),
    again(clock, WATCH_EVERY_MS, () => { watch().catch(failed) })
  ]
  return async () => {
    for (const stop of stops) stop()
    await writing
  }
}

/** Now, and then every so often. */
function again (clock: Clock, everyMs: number, act: () => void): Cancel {
  let cancel: Cancel = () => {}
  const turn = (): void => {
    act()
    cancel = clock.after(everyMs, turn)
  }
  turn()
  return () => { cancel() }
}
