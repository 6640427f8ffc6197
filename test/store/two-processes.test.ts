import t from 'tap'
import { storeProcess } from './child-process.ts'
import { hashOf, manyAlarms } from './lived-alarm.ts'
import { fileIn, openedStore } from './opened-store.ts'

t.test('the command line writes while the service runs: the service wakes up and sees it, nobody loses a write', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  const before = store.reader.dataVersion()
  t.equal(store.reader.dataVersion(), before, 'nothing happened, nothing to reread')

  const visitor = storeProcess('remember', file, 'visitor')
  const alarms = [...manyAlarms(50)]
  for await (const line of visitor.lines) {
    if (line === 'remembered 0') {
      t.not(store.reader.dataVersion(), before, 'somebody else committed')
      t.equal(store.alarms.known(hashOf('visitor 0')).heard, true)
    }
    const lived = alarms.pop()
    if (lived !== undefined) t.same(await store.alarms.append(lived.append()), { ok: true })
  }
  t.equal(await visitor.ended, 0)
  for (const lived of alarms) await store.alarms.append(lived.append())
  t.equal((await store.alarms.live()).length, 50)
  for (let i = 0; i < 50; i++) t.ok(store.alarms.known(hashOf(`visitor ${i}`)).heard)
})

t.test('two processes create the same new database at once: one creates it, both go on', async (t) => {
  const file = fileIn(t)
  const both = ['one', 'other'].map((name) => storeProcess('remember', file, name))
  // Both at once: lines that nobody listens to are lost.
  await Promise.all(both.map(async ({ lines }) => { for await (const _ of lines); }))
  t.same(await Promise.all(both.map(({ ended }) => ended)), [0, 0])
  const store = await openedStore(t, { file })
  for (const name of ['one', 'other']) t.ok(store.alarms.known(hashOf(`${name} 49`)).heard)
})
