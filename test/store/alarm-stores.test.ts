import t from 'tap'
import { MemoryStore } from './memory-store.ts'
import { alarmStoreContract } from './alarm-store-contract.ts'
import { FailingStore } from './failing-store.ts'
import { LivedAlarm } from './lived-alarm.ts'
import { openedStore } from './opened-store.ts'

t.test('SQLite keeps the contract', async (t) => {
  await alarmStoreContract(t, async (t) => (await openedStore(t)).alarms)
})

t.test('the store in memory keeps the contract', async (t) => {
  await alarmStoreContract(t, async () => new MemoryStore())
})

t.test('a store whose disk may fail keeps the contract while the disk is well', async (t) => {
  await alarmStoreContract(t, async () => new FailingStore(new MemoryStore()))
})

t.test('a disk that fails, for tests of others: refused, lost, hanging, mended', async (t) => {
  const store = new FailingStore(new MemoryStore())
  const lived = new LivedAlarm('a', 'mira')
  store.refuse(1)
  await t.rejects(store.append(lived.append()), { code: 'STORE_FAILED', reason: 'DISK_FULL' })
  t.equal(await store.load(lived.id), null, 'a refused write left nothing')
  store.loseReplies()
  await t.rejects(store.append(lived.append()), { code: 'STORE_FAILED', reason: 'WORKER_DIED' })
  t.match(await store.append(lived.append()), { ok: false, code: 'SEQ_CONFLICT', found: { seq: 1 } })
  store.hang()
  let probed = false
  const probe = store.probe().then(() => { probed = true })
  await Promise.resolve()
  t.equal(probed, false)
  store.mend()
  await probe
  t.equal(probed, true)
  store.unreadable = true
  await t.rejects(store.live(), { code: 'STORE_FAILED', reason: 'IO' })
  t.same(store.known(lived.append().presses[0]!), { heard: false, alarms: [] }, 'who cannot read raises')
})
