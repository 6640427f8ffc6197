/** Incident: the service was down from two to twenty past; in the morning nobody could tell her that those minutes were deaf. */
import { join } from 'node:path'
import t from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { ReadinessPorts, Vitals } from '../../server/people/readiness/ports.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { HOUR, MINUTE, must, openHouse } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

const quiet = { warn: (): void => undefined }

function ports (vitals: () => Vitals): ReadinessPorts {
  return {
    pages: { of: () => [], workers: () => [] },
    vitals,
    alarms: { isOpen: () => false, endedAt: () => null },
    drills: { drill: () => null, onDrill: () => () => undefined },
    changed: () => undefined,
    remind: () => undefined,
    timeZone: 'Europe/Brussels'
  }
}

/** Whatever was given to the writer before this is on the disk after it. */
async function written (house: SmallHouse): Promise<void> {
  await house.clock.pass(0)
  await house.store.writer.run('people.note', { args: {}, journal: [] })
}

t.test('R19: afterwards she sees which minutes were deaf: service down, store failing; kept with the shift, and gone with it', async (t) => {
  const file = join(t.testdir(), 'veilleuse.db')
  const clock = new FakeClock()
  const store = await openStore({ file, clock: systemClock, log: quiet })
  t.teardown(() => store.close())
  const vitals = { storeWorks: true, onTime: true, listening: true }
  const first = await openHouse(store, file, clock)
  const venue = await first.venue()
  const room = await first.room(venue)
  await first.button(room)
  const mira = await first.worker(venue)
  const eva = await first.worker(venue, 'Eva')
  await first.onShift(mira, room)
  const startedAt = clock.now()
  const stop = first.open.ready.start(ports(() => ({ ...vitals })))
  await clock.pass(MINUTE)
  vitals.storeWorks = false
  const failedAt = clock.now()
  await clock.pass(MINUTE)
  vitals.storeWorks = true
  await clock.pass(MINUTE)
  await written(first)
  t.match(await first.people.readiness.deafOf(mira), { startedAt, endedAt: null, times: [{ why: 'STORE_FAILING' }] })
  const [failing] = (await first.people.readiness.deafOf(mira))?.times ?? []
  t.ok(failing !== undefined && failing.until !== null && Math.abs(failing.from - failedAt) <= 1_000 && Math.abs(failing.until - failing.from - MINUTE) <= 2_000)
  t.equal(await first.people.readiness.deafOf(eva), null, 'for her alone')
  stop()
  const killedAt = clock.now()
  // It dies without a word; twenty minutes later somebody starts it again.
  await clock.pass(20 * MINUTE)
  const second = await openHouse(store, file, clock)
  await written(second)
  const times = (await second.people.readiness.deafOf(mira))?.times ?? []
  const down = times.find(({ why }) => why === 'SERVICE_DOWN')
  t.equal(times.length, 2)
  t.ok(down !== undefined && down.from <= killedAt && killedAt - down.from <= 16_000 && down.until === clock.now(), 'from its last sign of life')
  must(await second.people.shifts.end(mira))
  await clock.pass(25 * HOUR)
  await second.open.retain([])
  t.equal(await second.people.readiness.deafOf(mira), null)
})

t.test('a clock that is set back while the service is down leaves no minute that never was', async (t) => {
  const file = join(t.testdir(), 'veilleuse.db')
  const clock = new FakeClock()
  const store = await openStore({ file, clock: systemClock, log: quiet })
  t.teardown(() => store.close())
  const first = await openHouse(store, file, clock)
  const venue = await first.venue()
  const mira = await first.worker(venue)
  await first.onShift(mira, await first.room(venue))
  const stop = first.open.ready.start(ports(() => ({ storeWorks: true, onTime: true, listening: true })))
  await clock.pass(MINUTE)
  await written(first)
  stop()
  clock.jump(-3 * HOUR)
  const second = await openHouse(store, file, clock)
  await written(second)
  t.same((await second.people.readiness.deafOf(mira))?.times, [])
})

t.test('R19: a press proves the button over a restart; a beat of an earlier life proves nothing of now', async (t) => {
  const file = join(t.testdir(), 'veilleuse.db')
  const clock = new FakeClock()
  const store = await openStore({ file, clock: systemClock, log: quiet })
  t.teardown(() => store.close())
  const first = await openHouse(store, file, clock)
  const venue = await first.venue()
  const room = await first.room(venue)
  const did = await first.button(room)
  const mira = await first.worker(venue)
  await first.onShift(mira, room)
  first.people.buttons.heard({ did: did as never, at: clock.now(), beatS: 30, batteryPct: 90, batteryMv: null, rssiDbm: null, flags: 0, fw: '1', model: 'sim' })
  must(first.people.windows.openTest(mira, room.id))
  first.press(did, { kind: 'test' })
  const codes = (house: SmallHouse): readonly string[] => house.people.readiness.of(mira).reasons.map(({ code }) => code)
  t.notOk(codes(first).some((code) => code.startsWith('BUTTON')))
  await written(first)
  await first.open.stop()
  const second = await openHouse(store, file, clock)
  t.ok(codes(second).includes('BUTTON_UNHEARD'))
  t.notOk(codes(second).includes('BUTTON_UNPROVEN'))
})
