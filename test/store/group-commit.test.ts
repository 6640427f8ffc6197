import t from 'tap'
import { hashOf, LivedAlarm, manyAlarms } from './lived-alarm.ts'
import { openedStore } from './opened-store.ts'
import type { Append } from '../../server/store/alarm-store.ts'

t.test('500 buttons press at once: all are on disk after a handful of fsyncs', async (t) => {
  const store = await openedStore(t)
  const before = store.writer.stats
  const alarms = manyAlarms(500)
  const results = await Promise.all(alarms.map((lived) => store.alarms.append(lived.append())))
  t.ok(results.every((result) => result.ok))
  t.equal((await store.alarms.live()).length, 500)
  const { commits, operations } = store.writer.stats
  t.equal(operations - before.operations, 500)
  t.ok(commits - before.commits <= 3, `${commits - before.commits} commits`)
})

t.test('who is told "saved" can be read at once, also by others', async (t) => {
  const store = await openedStore(t)
  const lived = new LivedAlarm('a', 'mira')
  await store.alarms.append(lived.append())
  t.ok(await store.alarms.load(lived.id))
  t.same(store.alarms.known(hashOf('press of a')), { heard: true, alarms: ['a'] })
})

t.test('a write that breaks does not spoil its neighbours', async (t) => {
  const store = await openedStore(t)
  const [first, second, broken] = [new LivedAlarm('first', 'mira'), new LivedAlarm('second', 'jo'), new LivedAlarm('broken', 'lea')]
  const nonsense: Append = { ...broken.append(), happenings: [{ ...broken.append().happenings[0]!, seq: 9 }] }
  const results = await Promise.allSettled([
    store.alarms.append(first.append()),
    store.alarms.append(nonsense),
    store.writer.run('alarm.erase', { ids: [Symbol('cannot be cloned') as unknown as string] }),
    store.writer.run('people.nonsense' as never, null as never),
    store.alarms.append(second.append())
  ])
  t.match(results, [
    { status: 'fulfilled', value: { ok: true } },
    { status: 'rejected', reason: { code: 'OPERATION_BROKEN' } },
    { status: 'rejected', reason: { code: 'OPERATION_BROKEN' } },
    { status: 'rejected', reason: { code: 'OPERATION_BROKEN' } },
    { status: 'fulfilled', value: { ok: true } }
  ])
  t.same((await store.alarms.live()).map((row) => row.id), ['first', 'second'])
  t.same(store.alarms.known(hashOf('press of broken')), { heard: false, alarms: [] }, 'of the broken one nothing is there')
})

t.test('a constraint that only the database sees undoes its own write alone', async (t) => {
  const store = await openedStore(t)
  const lived = new LivedAlarm('a', 'mira')
  const twice: Append = { ...lived.append(), happenings: [lived.append().happenings[0]!, lived.append().happenings[0]!] }
  const [bad, good] = await Promise.allSettled([store.alarms.append(twice), store.alarms.append(new LivedAlarm('b', 'jo').append())])
  t.match(bad, { status: 'rejected', reason: { code: 'OPERATION_BROKEN' } })
  t.match(good, { status: 'fulfilled', value: { ok: true } })
  t.equal(await store.alarms.load(lived.id), null)
})

t.test('closing lets what waits reach the disk, then takes nothing more', async (t) => {
  const store = await openedStore(t)
  const file = t.testdirName
  const appends = manyAlarms(50).map((lived) => store.alarms.append(lived.append()))
  await store.close()
  t.ok((await Promise.all(appends)).every((result) => result.ok))
  await t.rejects(store.alarms.probe(), { code: 'STORE_FAILED', reason: 'CLOSED' })
  await t.rejects(store.alarms.live(), { code: 'STORE_FAILED', reason: 'CLOSED' })
  const again = await openedStore(t, { file: `${file}/veilleuse.db` })
  t.equal((await again.alarms.live()).length, 50, 'reopened, everything is there')
})
