/** What runs by itself. Guards against a quarter whose raw rows stay in the journal, and a stop that cuts a count in two. */
import t from 'tap'
import { countNowAndThen } from '../../server/counting.ts'
import { CountedHouse, DAY } from './counted-house.ts'

t.test('counted at the start and hourly; after publishing the journal is emptied; a stop waits for what is being written', async (t) => {
  const counted = await CountedHouse.open(t)
  await counted.rest()
  const { house } = counted
  const warned: string[] = []
  let emptied = 0
  const parts = {
    open: house.open, clock: house.clock, logger: { warn: (_fields: object, says: string): void => { warned.push(says) } },
    store: { emptyWal: async (): Promise<boolean> => { emptied += 1; return await house.store.emptyWal() } }
  }
  await countNowAndThen(parts)()
  t.ok(house.open.directory.picture.keys.has('quarter:2026-Q4'), 'the present quarter is open')
  t.not(house.store.reader.get<{ at: number | null }>('SELECT at FROM rooms_watched')?.at, null, 'and the rooms are watched')
  t.equal(counted.count('published_cell'), 0)
  house.clock.jump(60 * DAY)
  const stop = countNowAndThen(parts)
  await stop()
  t.equal(counted.count('published_cell'), 9)
  await house.clock.pass(0)
  house.disk.writes = false
  await countNowAndThen(parts)()
  t.ok(warned.length > 0, 'a disk that fails is said, and tried again')
  t.equal(emptied, 1, 'once: for the quarter that was published')
})
