/**
 * One press is one alarm, whoever it reached. Incidents: a yearly report in which an employee's every press stood twice, once
 * for her people and once for the reference person; and one from which the rooms where nobody was known to be were missing.
 */
import t from 'tap'
import type { Test } from 'tap'
import { asDid } from '../../firmware-protocol/ids.ts'
import type { Kind } from '../../server/alarm/alarm.ts'
import type { ResponderId, Room, Venue } from './small-house.ts'
import { CountedHouse } from './counted-house.ts'
import type { Worker } from './counted-house.ts'
import { must } from './small-house.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

class Hotel {
  readonly counted: CountedHouse
  readonly venue: Venue
  readonly room: Room
  readonly did: string
  readonly paul: ResponderId
  readonly rosa: ResponderId
  #presses = 0

  constructor (of: { counted: CountedHouse, venue: Venue, room: Room, did: string, paul: ResponderId, rosa: ResponderId }) {
    this.counted = of.counted
    this.venue = of.venue
    this.room = of.room
    this.did = of.did
    this.paul = of.paul
    this.rosa = of.rosa
  }

  /** A venue of employees: two reference persons on duty, a room with a button. */
  static async open (t: Test): Promise<Hotel> {
    const counted = await CountedHouse.open(t)
    const { house } = counted
    const venue = await house.venue('employed')
    const room = await house.room(venue)
    const did = await house.button(room)
    const [paul, rosa] = [await house.referencePerson(venue), await house.referencePerson(venue, 'Rosa')]
    const now = house.clock.now()
    for (const person of [paul, rosa]) must(await house.people.venues.setDuty(venue.id, person, now, null))
    return new Hotel({ counted, venue, room, did, paul, rosa })
  }

  async onShift (name: string): Promise<Worker> {
    const { house } = this.counted
    const id = await house.worker(this.venue, name)
    const responder = await house.responder(id, `${name}'s friend`)
    await house.circle(id, [[responder]], { mayKnow: [responder] })
    return { id, responder, venue: this.venue }
  }

  async press (kind: Kind = 'alarm', evn = ++this.#presses): Promise<void> {
    const did = asDid(this.did)
    if (did === null) throw new Error('no did')
    const now = this.counted.house.clock.now()
    await this.counted.engine.pressByButton({ did, event: { evboot: 1, evn, evid: Buffer.alloc(8, evn) }, kind, merged: 1, receivedAt: now, pressedAt: now, ageMs: 0, stale: false }).durable
  }

  alarmOf (responder: ResponderId): string { return this.counted.engine.responderAlarms(responder)[0]?.view.alarm ?? '' }

  async settle (): Promise<void> { await this.counted.house.clock.pass(13 * MINUTE) }

  rows (): readonly Record<string, unknown>[] { return this.counted.house.store.reader.all('SELECT * FROM contribution') }
}

t.test('her lane and the house\'s, one press: one alarm, taken by whoever took it first', async (t) => {
  const hotel = await Hotel.open(t)
  const mira = await hotel.onShift('Mira')
  await hotel.counted.house.onShift(mira.id, hotel.room)
  await hotel.press()
  t.equal(hotel.counted.engine.responderAlarms(hotel.paul).length, 1, 'the reference person is told too')
  await hotel.counted.house.clock.pass(5_000)
  must(await hotel.counted.engine.answer(hotel.alarmOf(hotel.paul) as never, hotel.paul, { is: 'coming', minutes: 5 }))
  await hotel.counted.pin(mira, hotel.alarmOf(mira.responder) as never)
  await hotel.settle()
  await hotel.counted.rest()
  await hotel.counted.statistics.collect()
  t.match(hotel.rows(), [{ counted: 'alarm', result: 'to-10-s', n: 1 }])
  t.not(hotel.rows()[0]?.['worker'], '', 'hers')
  t.equal(hotel.counted.count('contribution_due'), 0)
})

t.test('two on shift in one room, one press: one alarm, counted when both are over', async (t) => {
  const hotel = await Hotel.open(t)
  const [mira, eva] = [await hotel.onShift('Mira'), await hotel.onShift('Eva')]
  await hotel.counted.house.onShift(mira.id, hotel.room, { house: false })
  await hotel.counted.house.joins(eva.id, hotel.room, [mira.id], { house: false })
  await hotel.press()
  await hotel.counted.pin(mira, hotel.alarmOf(mira.responder) as never)
  await hotel.settle()
  await hotel.counted.house.open.retain([mira.id, eva.id])
  t.same(hotel.rows(), [], 'Eva\'s runs: nothing yet')
  await hotel.counted.coming(eva, hotel.alarmOf(eva.responder) as never)
  await hotel.counted.pin(eva, hotel.alarmOf(eva.responder) as never)
  await hotel.settle()
  await hotel.counted.rest()
  await Promise.all([hotel.counted.statistics.collect(), hotel.counted.statistics.collect()])
  t.match(hotel.rows(), [{ counted: 'alarm', n: 1 }])
  t.equal(hotel.rows().length, 1)
})

t.test('nobody known to be in the room: an alarm of the room, of no worker; a technician\'s test is a test', async (t) => {
  const hotel = await Hotel.open(t)
  await hotel.press()
  await hotel.counted.house.clock.pass(20_000)
  const alarm = hotel.alarmOf(hotel.paul) as never
  must(await hotel.counted.engine.answer(alarm, hotel.paul, { is: 'arrived' }))
  must(await hotel.counted.engine.answer(alarm, hotel.paul, { is: 'over' }))
  must(await hotel.counted.engine.answer(alarm, hotel.rosa, { is: 'over' }))
  await hotel.settle()
  must(hotel.counted.house.people.windows.openTechnicianTest(hotel.venue.id, hotel.did))
  await hotel.press('alarm')
  await hotel.settle()
  await hotel.counted.rest()
  await hotel.counted.statistics.collect()
  t.match(hotel.rows(), [
    { region: 'BE-BRU', type: 'employed', counted: 'alarm', result: 'to-40-s', worker: '', n: 1 },
    { counted: 'test', result: 'not-shown', worker: '', n: 1 }
  ])
})

t.test('nobody ever came: counted once everybody was asked in vain for twelve hours, and never again when it ends', async (t) => {
  const hotel = await Hotel.open(t)
  const mira = await hotel.onShift('Mira')
  await hotel.counted.house.onShift(mira.id, hotel.room, { house: false })
  await hotel.press()
  // In one piece it would be a service that slept, and she would not have been asked for (R10).
  for (let hours = 0; hours < 14; hours += 0.5) await hotel.counted.house.clock.doze(HOUR / 2)
  await hotel.counted.rest()
  await hotel.counted.begin()
  await hotel.counted.house.open.retain([mira.id])
  t.match(hotel.rows(), [{ result: 'nobody', n: 1 }])
  await hotel.counted.pin(mira, hotel.alarmOf(mira.responder) as never)
  await hotel.settle()
  await hotel.counted.rest()
  await hotel.counted.statistics.collect()
  t.match(hotel.rows(), [{ result: 'nobody', n: 1 }])
  t.equal(hotel.counted.count('contribution_due'), 0)
})

t.test('she erases her alarm before anything was counted: it is counted in that very write, and nothing leads to it', async (t) => {
  const hotel = await Hotel.open(t)
  const [mira, eva] = [await hotel.onShift('Mira'), await hotel.onShift('Eva')]
  await hotel.counted.house.onShift(mira.id, hotel.room, { house: false })
  await hotel.press()
  const alarm = hotel.alarmOf(mira.responder)
  await hotel.counted.coming(mira, alarm as never)
  await hotel.counted.pin(mira, alarm as never)
  await hotel.settle()
  await hotel.counted.house.joins(eva.id, hotel.room, [mira.id], { house: false })
  must(await hotel.counted.house.people.histories.forget(mira.id, null))
  t.match(hotel.rows(), [{ counted: 'alarm', result: 'to-10-s', n: 1 }], 'no hour has passed')
  t.same([hotel.counted.count('alarm'), hotel.counted.count('contribution_due'), hotel.counted.count('alarm_counted')], [0, 0, 0])
  t.notMatch(JSON.stringify(hotel.rows()), new RegExp(`${alarm}|${mira.id}`))
  await hotel.press()
  const [hers, evas] = [hotel.alarmOf(mira.responder), hotel.alarmOf(eva.responder)]
  await hotel.counted.pin(mira, hers as never)
  await hotel.settle()
  must(await hotel.counted.house.people.histories.forget(mira.id, null))
  t.equal(hotel.rows().length, 1, 'Eva\'s of the same press runs, and will speak for both')
  t.equal(hotel.counted.house.store.reader.get('SELECT 1 FROM alarm WHERE id = ?', hers), null, 'hers is gone all the same')
  await hotel.counted.house.clock.pass(2 * MINUTE)
  await hotel.counted.pin(eva, evas as never)
  await hotel.settle()
  await hotel.counted.rest()
  await hotel.counted.statistics.collect()
  t.same(hotel.rows().map(({ result, n }) => `${result as string} ${n as number}`).sort(), ['nobody 1', 'to-10-s 1'])
})

t.test('an alarm that she erased while it was settling waits for its count, and goes with it', async (t) => {
  const hotel = await Hotel.open(t)
  const mira = await hotel.onShift('Mira')
  await hotel.counted.house.onShift(mira.id, hotel.room, { house: false })
  await hotel.press()
  await hotel.counted.pin(mira, hotel.alarmOf(mira.responder) as never)
  must(await hotel.counted.house.people.histories.forget(mira.id, null))
  await hotel.settle()
  await hotel.counted.rest()
  const tidy = { at: hotel.counted.house.clock.now(), daysDefault: 30, keptMs: 1 }
  await hotel.counted.house.store.writer.run('people.tidy', { args: tidy, journal: [] })
  t.equal(hotel.counted.count('alarm'), 1, 'due: it is not lost to the count')
  await hotel.counted.house.open.retain([])
  t.equal(hotel.counted.count('alarm'), 0)
  t.match(hotel.rows(), [{ result: 'false-press', n: 1 }])
})
