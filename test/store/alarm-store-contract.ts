import type { Test } from 'tap'
import { laneKey } from '../../server/alarm/lanes.ts'
import type { AlarmId } from '../../server/alarm/alarm.ts'
import type { AlarmStore, Append } from '../../server/store/alarm-store.ts'
import { ana, hashOf, hers, LivedAlarm } from './lived-alarm.ts'

type Fresh = (t: Test) => Promise<AlarmStore>

/** What every adapter of `AlarmStore` promises. `fresh` opens an empty one and closes it at the end of the test. */
export async function alarmStoreContract (t: Test, fresh: Fresh): Promise<void> {
  await t.test('what was appended is what is loaded', async (t) => { await roundTrip(t, await fresh(t)) })
  await t.test('conflicts write nothing', async (t) => { await conflicts(t, fresh) })
  await t.test('one lane, one alarm that is open as she perceives it', async (t) => { await lanes(t, fresh) })
  await t.test('presses are never forgotten', async (t) => { await presses(t, fresh) })
}

async function roundTrip (t: Test, store: AlarmStore): Promise<void> {
  const lived = new LivedAlarm('a', 'mira')
  const created = lived.append()
  t.same(await store.append(created), { ok: true })
  t.same(await store.load(lived.id), rowOf(created), 'a press is there whole: state, card, presses')

  lived.saved().happens({ is: 'coming', from: ana, minutes: 5 }).pressedAgain('second press')
  const grown = lived.append()
  t.same(await store.append(grown), { ok: true })
  t.same(await store.load(lived.id), { ...rowOf(grown), card: created.card, presses: [...created.presses, ...grown.presses].sort() })
  t.same(await store.happenings(lived.id), [...created.happenings, ...grown.happenings], 'the record is whole, oldest first')

  t.same((await store.live()).map((row) => row.id), [lived.id])
  const settled: Append = { ...lived.saved().happens({ is: 'time' }).append(), open: false, live: false }
  t.same(await store.append(settled), { ok: true })
  t.same(await store.live(), [], 'a settled alarm is not held any more')
  t.equal((await store.load(lived.id))?.seq, settled.seq, 'but it is still there')
  t.equal(await store.load('nobody' as AlarmId), null)
  t.same(await store.happenings('nobody' as AlarmId), [])
  await store.probe()
}

async function conflicts (t: Test, fresh: Fresh): Promise<void> {
  await t.test('the reply was lost and the same append comes again: found is our own', async (t) => {
    const store = await fresh(t)
    const append = new LivedAlarm('a', 'mira').append()
    await store.append(append)
    t.same(await store.append(append), { ok: false, code: 'SEQ_CONFLICT', found: rowOf(append) })
  })
  await t.test('somebody else appended meanwhile: nothing of ours is written', async (t) => {
    const store = await fresh(t)
    const theirs = new LivedAlarm('a', 'mira')
    const ours = new LivedAlarm('a', 'mira')
    await store.append(theirs.append())
    theirs.saved().happens({ is: 'cannot', from: ana })
    ours.saved().pressedAgain('ours')
    await store.append(theirs.append())
    const before = await everythingOf(store, theirs.id)
    const result = await store.append(ours.append())
    t.match(result, { ok: false, code: 'SEQ_CONFLICT', found: { seq: 2, state: theirs.alarm } })
    t.same(await everythingOf(store, theirs.id), before)
    t.same(store.known(hashOf('ours')), { heard: false, alarms: [] }, 'the press that came with it is not half remembered')
  })
  await t.test('the alarm was erased under us', async (t) => {
    const store = await fresh(t)
    const ours = new LivedAlarm('a', 'mira').saved().happens({ is: 'time' })
    t.same(await store.append(ours.append()), { ok: false, code: 'SEQ_CONFLICT', found: null })
    t.equal(await store.load(ours.id), null)
  })
  await t.test('only presses are linked: the seq stays, and a stale seq still collides', async (t) => {
    const store = await fresh(t)
    const lived = new LivedAlarm('a', 'mira')
    await store.append(lived.append())
    const link: Append = { ...lived.saved().append(), presses: [hashOf('another')] }
    t.same(await store.append(link), { ok: true })
    t.same(store.known(hashOf('another')), { heard: true, alarms: [lived.id] })
    t.match(await store.append({ ...link, expectedSeq: 7, seq: 7 }), { ok: false, code: 'SEQ_CONFLICT', found: { seq: 1 } })
  })
}

async function lanes (t: Test, fresh: Fresh): Promise<void> {
  await t.test('two nodes open two alarms for her: the second learns of the first', async (t) => {
    const store = await fresh(t)
    const first = new LivedAlarm('first', 'mira').append()
    const second = new LivedAlarm('second', 'mira')
    await store.append(first)
    t.same(await store.append(second.append()), { ok: false, code: 'LANE_TAKEN', found: rowOf(first) })
    t.equal(await store.load(second.id), null)
    t.same(store.known(hashOf('press of second')), { heard: false, alarms: [] })
    t.same(await store.append(new LivedAlarm('other', 'jo').append()), { ok: true }, 'another worker has her own lane')
  })
  await t.test('after a duress PIN a new press opens a new alarm, and both run', async (t) => {
    const store = await fresh(t)
    const forced = new LivedAlarm('forced', 'mira')
    await store.append(forced.append())
    forced.saved().happens({ is: 'pin', pin: 'duress' })
    t.equal(forced.append().open, false)
    t.equal(forced.append().live, true)
    t.same(await store.append(forced.append()), { ok: true })
    const next = new LivedAlarm('next', 'mira').append()
    t.same(await store.append(next), { ok: true })
    t.same((await store.live()).map((row) => row.id).sort(), ['forced', 'next'])
    const reopened = { ...forced.saved().happens({ is: 'time' }).append(), open: true }
    t.match(await store.append(reopened), { ok: false, code: 'LANE_TAKEN', found: { id: 'next', lane: laneKey(hers('mira')) } })
  })
}

async function presses (t: Test, fresh: Fresh): Promise<void> {
  await t.test('a press in a room that is not armed is remembered', async (t) => {
    const store = await fresh(t)
    await store.remember([hashOf('one'), hashOf('two')])
    await store.remember([hashOf('one')])
    t.same(store.known(hashOf('one')), { heard: true, alarms: [] })
    t.same(store.known(hashOf('never')), { heard: false, alarms: [] })
  })
  await t.test('one press, an alarm per lane: it knows them all', async (t) => {
    const store = await fresh(t)
    await store.append(new LivedAlarm('of mira', 'mira', { press: 'both' }).append())
    await store.append(new LivedAlarm('of jo', 'jo', { press: 'both' }).append())
    t.same(store.known(hashOf('both')), { heard: true, alarms: ['of jo', 'of mira'] })
  })
}

function rowOf ({ expectedSeq, happenings, presses, ...row }: Append): object {
  return { ...row, presses: [...presses].sort() }
}

async function everythingOf (store: AlarmStore, id: AlarmId): Promise<object> {
  return { row: await store.load(id), happenings: await store.happenings(id), live: await store.live() }
}
