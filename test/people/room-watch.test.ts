/** Room hours with a working chain. Guards against an availability that is measured only while the service was there to measure. */
import t from 'tap'
import type { Test } from 'tap'
import type { Beat } from '../../broker/ports.ts'
import { CountedHouse, DAY } from './counted-house.ts'
import { HOUR, MINUTE, openHouse } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

type Hours = { readonly seconds: number, readonly working: number }
const hours = (house: CountedHouse): Hours => house.house.store.reader.get<Hours>('SELECT sum(seconds) AS seconds, sum(working_s) AS working FROM room_hours') ?? { seconds: 0, working: 0 }

/** Two rooms with a button each; the second one's battery is dead. */
async function watched (t: Test): Promise<{ counted: CountedHouse, hear: (house?: SmallHouse) => void }> {
  const counted = await CountedHouse.open(t)
  await counted.rest()
  const { house } = counted
  const venue = await house.venue()
  const alive = await house.button(await house.room(venue, '1'))
  await house.button(await house.room(venue, '2'))
  await house.room(venue, 'without a button')
  const hear = (at = house): void => {
    at.people.buttons.heard({ did: alive, at: at.clock.now(), beatS: 30, batteryPct: 90, batteryMv: null, rssiDbm: null, flags: null, fw: null, model: null } as unknown as Beat)
  }
  return { counted, hear }
}

t.test('each room with a button counts, by whether it was heard; nobody\'s shift is looked at', async (t) => {
  const { counted, hear } = await watched(t)
  hear()
  await counted.statistics.watchRooms()
  t.same(hours(counted), { seconds: null, working: null } as never, 'from here on')
  await counted.house.clock.pass(5 * MINUTE)
  hear()
  await counted.statistics.watchRooms()
  t.same(hours(counted), { seconds: 600, working: 300 })
  await counted.house.clock.pass(5 * MINUTE)
  await counted.statistics.watchRooms()
  t.same(hours(counted), { seconds: 1200, working: 300 }, 'unheard for three of its intervals')
  hear()
  counted.house.people.buttons.silent([...counted.house.open.directory.picture.places.buttons.keys()][0] as never, 'will')
})

t.test('hours in which the service was down are hours that did not work', async (t) => {
  const { counted, hear } = await watched(t)
  await counted.statistics.watchRooms()
  counted.house.clock.jump(3 * HOUR)
  const again = await openHouse(counted.house.store, counted.house.file, counted.house.clock)
  hear(again)
  await again.open.statistics.watchRooms()
  t.same(hours(counted), { seconds: 2 * 3 * 3_600, working: 0 })
  await again.open.stop()
})

t.test('a clock that jumps while it runs adds and takes nothing; a write whose reply was lost counts once', async (t) => {
  const { counted, hear } = await watched(t)
  hear()
  await counted.statistics.watchRooms()
  await counted.house.clock.pass(5 * MINUTE)
  counted.house.clock.jump(DAY)
  hear()
  await counted.statistics.watchRooms()
  t.same(hours(counted), { seconds: 600, working: 300 })
  counted.house.clock.jump(-DAY)
  await counted.house.clock.pass(5 * MINUTE)
  hear()
  await counted.statistics.watchRooms()
  t.same(hours(counted), { seconds: 1200, working: 600 })
  const { disk } = counted.house
  const real = disk.write
  disk.write = async (...args) => {
    await real(...args)
    disk.write = real
    throw Object.assign(new Error('the reply was lost'), { code: 'STORE_FAILED' })
  }
  await counted.house.clock.pass(5 * MINUTE)
  hear()
  await t.rejects(counted.statistics.watchRooms())
  await counted.statistics.watchRooms()
  t.same(hours(counted), { seconds: 1800, working: 900 })
})
