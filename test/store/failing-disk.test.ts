import { renameSync } from 'node:fs'
import type { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import t from 'tap'
import type { Test } from 'tap'
import { HUNG_AFTER_MS } from '../../server/store/sqlite/writer.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { LivedAlarm } from './lived-alarm.ts'
import { fileIn, openedStore } from './opened-store.ts'

/** Every thread that is started until the test ends, newest last. */
function threadsOf (t: Test): readonly Worker[] {
  const threads: Worker[] = []
  const heard = (thread: Worker): void => { threads.push(thread) }
  process.on('worker', heard)
  t.teardown(() => { process.off('worker', heard) })
  return threads
}

function isAlive (thread: Worker): boolean {
  return thread.threadId !== -1
}

/** Waits until the thread is inside SQLite (or dead): busy for longer than anything but a lock keeps it. */
async function isStuck (thread: Worker): Promise<void> {
  const start = thread.performance.eventLoopUtilization()
  while (isAlive(thread) && thread.performance.eventLoopUtilization(start).active < 100) await new Promise(setImmediate)
}

/** Somebody holds the lock: from the writer's side this is a disk that does not answer. */
function stuck (t: Test, file: string): Database.Database {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  t.teardown(() => other.close())
  return other
}

t.test('the writer\'s thread dies: what was in flight fails, the next write has a fresh one', async (t) => {
  const threads = threadsOf(t)
  const store = await openedStore(t)
  const lived = new LivedAlarm('a', 'mira')
  const lost = t.rejects(store.alarms.append(lived.append()), { code: 'STORE_FAILED', reason: 'WORKER_DIED' })
  await threads.at(-1)?.terminate()
  await lost
  const again = await store.alarms.append(lived.append())
  t.ok(again.ok || again.found?.seq === 1, 'either it was not there, or what is there is our own')
  t.equal(threads.length, 2)
  t.equal((await store.alarms.load(lived.id))?.seq, 1)
})

t.test('a thread that dies while idle is not missed', async (t) => {
  const threads = threadsOf(t)
  const store = await openedStore(t)
  await threads.at(-1)?.terminate()
  await store.alarms.probe()
  t.equal(threads.length, 2)
})

t.test('the disk hangs: the write fails after its time limit, and the one after the disk came back succeeds', async (t) => {
  const threads = threadsOf(t)
  const clock = new FakeClock()
  const file = fileIn(t)
  const store = await openedStore(t, { file, clock })
  const other = stuck(t, file)
  const lived = new LivedAlarm('a', 'mira')
  const first = t.rejects(store.alarms.append(lived.append()), { code: 'STORE_FAILED', reason: 'HUNG' })
  await isStuck(threads.at(-1)!)
  const second = t.rejects(store.alarms.append(new LivedAlarm('b', 'jo').append()), { code: 'STORE_FAILED', reason: 'HUNG' }, 'who waits behind it is not kept either')
  await clock.pass(HUNG_AFTER_MS)
  await Promise.all([first, second])
  t.equal(store.alarms.known(lived.append().presses[0]!).heard, false, 'reads still answer')
  other.exec('COMMIT')
  const again = await store.alarms.append(lived.append())
  t.ok(again.ok || again.found?.seq === 1)
  t.equal((await store.alarms.load(lived.id))?.seq, 1)
})

t.test('the disk hangs for long: threads are not piled up, and it is found again when it comes back', async (t) => {
  const threads = threadsOf(t)
  const clock = new FakeClock()
  const file = fileIn(t)
  const store = await openedStore(t, { file, clock })
  const other = stuck(t, file)
  let aliveMost = 0
  for (let i = 0; i < 12; i++) {
    const refused = t.rejects(store.alarms.probe(), { code: 'STORE_FAILED' }, 'every write gets its answer')
    await isStuck(threads.at(-1)!)
    await clock.pass(HUNG_AFTER_MS)
    await refused
    aliveMost = Math.max(aliveMost, threads.filter(isAlive).length)
  }
  t.ok(aliveMost <= 4, `${aliveMost} threads at most`)
  other.exec('COMMIT')
  for (;;) {
    const works = await store.alarms.probe().then(() => true, () => false)
    if (works) break
    await new Promise(setImmediate)
  }
  t.pass('it writes again')
})

t.test('the command line holds the lock too long: the write fails as busy and nothing is there', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  const other = stuck(t, file)
  const lived = new LivedAlarm('a', 'mira')
  await t.rejects(store.alarms.append(lived.append()), { code: 'STORE_FAILED', reason: 'BUSY' })
  other.exec('COMMIT')
  t.same(await store.alarms.append(lived.append()), { ok: true })
})

t.test('the disk is taken away: no fresh, empty memory is made in its place', async (t) => {
  const threads = threadsOf(t)
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  await threads.at(-1)?.terminate()
  renameSync(file, `${file}.away`)
  await t.rejects(store.alarms.probe(), { code: 'STORE_FAILED', reason: 'REFUSED' })
  renameSync(`${file}.away`, file)
  await store.alarms.probe()
})
