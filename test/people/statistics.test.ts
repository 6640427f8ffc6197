/**
 * Anonymous statistics from the press to what is published (R21). Guards against a study whose raw rows outlive it, and
 * against a report from which somebody could read that one woman called for help.
 */
import t from 'tap'
import { endOf, quarterAfter, quarterOf } from '../../server/people/quarter.ts'
import type { EpochMs } from '../../server/people/words.ts'
import { openDatabase } from '../../server/store/sqlite/open.ts'
import { CountedHouse, DAY } from './counted-house.ts'
import { openHouse } from './small-house.ts'

const rowsOf = (house: CountedHouse): readonly Record<string, unknown>[] => house.house.store.reader.all('SELECT * FROM contribution')
const ALL = ['to-10-s', 'to-40-s', 'to-5-min', 'after-5-min', 'nobody', 'false-press']

t.test('a cell has at least ten workers and three venues, none above half; it is rounded to five and published once', async (t) => {
  const house = await CountedHouse.open(t)
  const workers = await house.workers()
  await house.alarms(workers)
  await house.alarms(workers.slice(0, 11), 30_000)
  await house.nextYear()
  await house.statistics.collect()
  t.same(await house.statistics.publish(), ['2026-Q4'])
  t.same((await house.cell('BE-BRU', 'independent')).alarms, [{ results: ['to-10-s'], n: 10 }, { results: ALL.slice(1), n: 10 }], 'twelve and eleven; what nobody had is not told apart')
  const said = await house.house.people.statistics.published()
  t.equal(said.length, 9, 'every cell is listed, whoever works there')
  t.same(said.filter(({ alarms }) => alarms !== null).map(({ region, type }) => `${region} ${type}`), ['BE-BRU independent'])
  t.notMatch(JSON.stringify(said), new RegExp(workers.flatMap(({ id, responder }) => [id, responder]).join('|')))
})

t.test('nine workers, two venues, or one with more than half: suppressed, and said as such', async (t) => {
  for (const { why, venues, each, giant } of [{ why: 'nine workers', venues: 3, each: 3, giant: 0 }, { why: 'two venues', venues: 2, each: 6, giant: 0 }, { why: 'one above half', venues: 4, each: 3, giant: 14 }]) {
    const house = await CountedHouse.open(t)
    const workers = await house.workers({ venues, each })
    await house.alarms(workers)
    for (let again = 0; again < giant; again++) await house.alarms(workers.slice(0, 1))
    await house.nextYear()
    await house.statistics.collect()
    await house.statistics.publish()
    t.match(await house.cell('BE-BRU', 'independent'), { alarms: null }, why)
    t.equal(house.count('contribution'), 0, 'and merged into nothing')
    t.equal(house.count('published_cell'), 9)
  }
})

t.test('published twice gives the same bytes; a published cell never changes', async (t) => {
  const house = await CountedHouse.open(t)
  await house.alarms(await house.workers())
  await house.nextYear()
  await house.statistics.collect()
  await house.statistics.publish()
  const bytes = JSON.stringify(await house.house.people.statistics.published())
  t.same(await house.statistics.publish(), [])
  const again = await openHouse(house.house.store, house.house.file, house.house.clock)
  t.same(await again.open.statistics.publish(), [], 'after a restart too')
  t.equal(JSON.stringify(await again.people.statistics.published()), bytes)
  for (const sql of ["UPDATE published_cell SET body = '{}'", 'DELETE FROM published_cell']) {
    const db = openDatabase(house.house.file, { mustExist: true })
    t.throws(() => db.prepare(sql).run(), /PUBLISHED_IS_FIXED/, 'the file itself refuses')
    db.close()
  }
  await t.rejects(house.house.store.writer.run('people.contribute', { args: { alarms: ['x'], quarter: '2026-Q4', row: {} as never }, journal: [] }).then(({ ok }) => { if (!ok) throw new Error('refused') }), /refused/, 'and takes nothing any more')
})

t.test('what a quarter was made of is gone from the file with it, its key too', async (t) => {
  const house = await CountedHouse.open(t)
  await house.alarms(await house.workers())
  await house.rest()
  await house.statistics.collect()
  const marks = rowsOf(house).flatMap(({ worker, venue }) => [String(worker), String(venue)])
  const wrapped = house.house.open.directory.picture.keys.get('quarter:2026-Q4')
  t.equal(new Set(marks).size, 16, 'twelve workers and four venues')
  t.ok(wrapped !== undefined && house.isInFile(wrapped), 'the search finds what is there')
  t.ok(marks.every((mark) => house.isInFile(mark)))
  house.house.clock.jump(60 * DAY)
  await house.statistics.publish()
  t.ok(await house.house.store.emptyWal())
  t.notOk(marks.some((mark) => house.isInFile(mark)), 'no name')
  t.notOk(house.isInFile(wrapped ?? ''), 'no key')
  t.equal(house.count('contribution'), 0)
  t.notOk(house.house.open.directory.picture.keys.has('quarter:2026-Q4'), 'nobody can make the names again, we included')
})

t.test('a contribution joins to no shift, alarm or person, and says no time', async (t) => {
  const house = await CountedHouse.open(t)
  const workers = await house.workers({ venues: 1, each: 2 })
  await house.alarms(workers)
  await house.rest()
  await house.statistics.collect()
  t.same(Object.keys(rowsOf(house)[0] ?? {}), ['quarter', 'region', 'type', 'counted', 'result', 'worker', 'venue', 'n'])
  const said = JSON.stringify(rowsOf(house))
  for (const { id } of workers) t.notMatch(said, id)
  for (const { id } of house.house.store.reader.all<{ id: string }>('SELECT id FROM alarm UNION SELECT id FROM shift UNION SELECT id FROM venue UNION SELECT id FROM room')) t.notMatch(said, id)
  t.notMatch(said, /\d{13}/, 'no time')
})

t.test('a crash between an alarm\'s end and its count loses nothing, and doubles nothing', async (t) => {
  const house = await CountedHouse.open(t)
  const [mira] = await house.workers({ venues: 1, each: 1 })
  if (mira === undefined) throw new Error('nobody')
  await house.alarms([mira])
  await house.rest()
  t.equal(house.count('contribution_due'), 1, 'due on disk in the very write that settled it')
  const again = await openHouse(house.house.store, house.house.file, house.house.clock)
  again.disk.writes = false
  await t.rejects(again.open.statistics.collect(), { code: 'STORE_FAILED' })
  again.disk.writes = true
  await Promise.all([again.open.statistics.collect(), again.open.statistics.collect(), house.statistics.collect()])
  await again.open.statistics.collect()
  t.match(rowsOf(house), [{ n: 1 }], 'once, however often it is asked')
  t.equal(house.count('contribution_due'), 0)
})

t.test('her shift\'s row goes a day after its end: her alarm has been counted in its venue before', async (t) => {
  const house = await CountedHouse.open(t)
  const [mira] = await house.workers({ venues: 1, each: 1, regime: 'employed' })
  if (mira === undefined) throw new Error('nobody')
  await house.alarms([mira])
  await house.house.people.shifts.end(mira.id)
  await house.rest()
  await house.house.clock.doze(2 * DAY)
  await house.house.open.retain([])
  t.equal(house.count('shift'), 0)
  t.match(rowsOf(house), [{ region: 'BE-BRU', type: 'employed' }])
})

t.test('one person and her phone is of no venue and no region', async (t) => {
  const house = await CountedHouse.open(t)
  const venue = await house.house.venue()
  const eva = await house.worker(null, venue, 'eva')
  await house.alarms([eva])
  await house.rest()
  await house.statistics.collect()
  t.match(rowsOf(house), [{ region: 'none', type: 'none', result: 'to-10-s' }])
})

t.test('under duress nothing is counted before it is truly over, and then nothing tells it from another alarm', async (t) => {
  const house = await CountedHouse.open(t)
  const [mira, eva] = await house.workers({ venues: 1, each: 2 })
  if (mira === undefined || eva === undefined) throw new Error('nobody')
  const forced = await house.press(mira)
  const free = await house.press(eva)
  await house.pin(mira, forced, 'duress')
  await house.pin(eva, free)
  await house.house.clock.pass(11 * 60_000)
  await house.rest()
  await house.statistics.collect()
  await house.begin()
  t.match(rowsOf(house).map(({ result }) => result), ['false-press'], 'Eva\'s alone; Mira\'s looks ended and is not')
  must(await house.engine.answer(forced, mira.responder, { is: 'arrived' }))
  must(await house.engine.answer(forced, mira.responder, { is: 'over' }))
  await house.house.clock.pass(16 * 60_000)
  must(await house.engine.answer(forced, mira.responder, { is: 'over' }))
  await house.house.clock.pass(11 * 60_000)
  await house.rest()
  await house.statistics.collect()
  t.same(rowsOf(house).map(({ result }) => result).sort(), ['after-5-min', 'false-press'])
  t.notMatch(JSON.stringify(rowsOf(house)), /duress/i)
})

t.test('she takes hers back before it is published, and nobody else\'s', async (t) => {
  const house = await CountedHouse.open(t)
  const [mira, eva] = await house.workers({ venues: 1, each: 2 })
  if (mira === undefined || eva === undefined) throw new Error('nobody')
  await house.alarms([mira, eva])
  await house.rest()
  await house.statistics.collect()
  t.equal(rowsOf(house).length, 2)
  await house.statistics.forget(mira.id)
  t.equal(rowsOf(house).length, 1)
  await house.statistics.forget(mira.id)
  t.equal(rowsOf(house).length, 1, 'Eva\'s stands')
})

t.test('a quarter that changes while it is being published waits', async (t) => {
  const house = await CountedHouse.open(t)
  const workers = await house.workers()
  await house.alarms(workers)
  await house.nextYear()
  await house.statistics.collect()
  const written = await house.house.store.writer.run('people.publishQuarter', { args: { quarter: '2026-Q4', holder: 'quarter:2026-Q4', seen: '{"contributions":[],"roomHours":[]}', cells: [] }, journal: [] })
  t.same(written, { ok: false, code: 'CONTRIBUTIONS_CHANGED' })
  t.equal(house.count('contribution'), 12)
})

t.test('a clock that had jumped far ahead publishes too early, and still loses and doubles nothing', async (t) => {
  const house = await CountedHouse.open(t)
  const workers = await house.workers()
  await house.alarms(workers)
  await house.nextYear()
  await house.statistics.collect()
  await house.statistics.publish()
  house.house.clock.jump(-60 * DAY)
  await house.begin()
  await house.alarms(workers.slice(0, 2))
  await house.rest()
  await house.statistics.collect()
  t.same([...new Set(rowsOf(house).map(({ quarter }) => quarter))], ['2027-Q1'], 'the next quarter that is open takes them')
  t.equal(rowsOf(house).length, 2)
})

t.test('an alarm that can\'t be read is left out; all others are counted', async (t) => {
  const house = await CountedHouse.open(t)
  const [mira] = await house.workers({ venues: 1, each: 1 })
  if (mira === undefined) throw new Error('nobody')
  await house.house.store.alarms.append({ id: '0-broken' as never, lane: 'hers:1.x' as never, expectedSeq: 0, seq: 1, open: false, live: false, dueAt: null, state: {} as never, happenings: [], card: null, presses: [] })
  await house.alarms([mira])
  await house.rest()
  await house.statistics.collect()
  t.match(rowsOf(house), [{ n: 1 }])
  t.equal(house.count('contribution_due'), 0)
})

t.test('quarters', async (t) => {
  const at = (iso: string): EpochMs => Date.parse(iso) as EpochMs
  t.equal(quarterOf(at('2026-12-31T23:59:59.999Z')), '2026-Q4')
  t.equal(quarterOf(at('2027-01-01T00:00:00Z')), '2027-Q1')
  t.equal(endOf(quarterOf(at('2026-11-23T22:00:00Z'))), at('2027-01-01T00:00:00Z'))
  t.equal(quarterAfter(quarterOf(at('2026-12-01T00:00:00Z'))), '2027-Q1')
})

function must (done: { readonly ok: boolean }): void { if (!done.ok) throw new Error('refused') }
