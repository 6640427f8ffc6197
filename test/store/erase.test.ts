import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import t from 'tap'
import type { Append } from '../../server/store/alarm-store.ts'
import { emptyWal } from '../../server/store/sqlite/erase.ts'
import { hashOf, LivedAlarm } from './lived-alarm.ts'
import { fileIn, openedStore } from './opened-store.ts'

const ALIAS = 'the alias that nobody may find'

function traces (folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(ALIAS))
}

function withAlias (id: string, worker: string): Append {
  return { ...new LivedAlarm(id, worker).append(), card: Buffer.from(`${ALIAS}, `.repeat(200)) }
}

t.test('what she erases is in no file any more', async (t) => {
  const store = await openedStore(t, { file: fileIn(t) })
  const { id, presses } = withAlias('a', 'mira')
  await store.alarms.append(withAlias('a', 'mira'))
  await store.alarms.append(new LivedAlarm('b', 'jo').append())
  t.same(traces(t.testdirName), ['veilleuse.db-wal'], 'it is first in the WAL')
  t.equal(await store.emptyWal(), true)
  t.same(traces(t.testdirName), ['veilleuse.db'], 'then in the database')
  await store.writer.run('alarm.erase', { ids: [id] })
  t.equal(await store.emptyWal(), true)
  t.same(traces(t.testdirName), [], 'then nowhere')
  t.equal(await store.alarms.load(id), null)
  t.same(await store.alarms.happenings(id), [])
  t.same(store.alarms.known(presses[0]!), { heard: true, alarms: [] }, 'that it was heard stays known: a replay opens nothing')
  t.same(store.alarms.known(hashOf('press of b')), { heard: true, alarms: ['b'] }, 'others lose nothing')
})

t.test('erased before it ever left the WAL', async (t) => {
  const store = await openedStore(t, { file: fileIn(t) })
  await store.alarms.append(withAlias('a', 'mira'))
  await store.writer.run('alarm.erase', { ids: ['a'] })
  t.not(traces(t.testdirName).length, 0, 'deleting alone leaves it in the WAL')
  t.equal(await store.emptyWal(), true)
  t.same(traces(t.testdirName), [])
})

t.test('an open reader keeps what was deleted in the WAL: it is said, and tried again', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  await store.alarms.append(withAlias('a', 'mira'))
  const reader = new Database(file, { readonly: true })
  t.teardown(() => reader.close())
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM alarm').get()
  await store.writer.run('alarm.erase', { ids: ['a'] })
  t.equal(emptyWal(file, 2), false)
  t.not(traces(t.testdirName).length, 0)
  const emptied = store.emptyWal()
  t.same(await store.alarms.append(new LivedAlarm('b', 'jo').append()), { ok: true }, 'presses do not wait for it')
  reader.exec('COMMIT')
  t.equal(await emptied, true)
  t.same(traces(t.testdirName), [])
})

t.test('a card that was erased does not come back with a later append', async (t) => {
  const store = await openedStore(t)
  const lived = new LivedAlarm('a', 'mira')
  await store.alarms.append({ ...lived.append(), card: null })
  await store.alarms.append({ ...lived.saved().happens({ is: 'time' }).append(), card: Buffer.from(ALIAS) })
  t.equal((await store.alarms.load(lived.id))?.card, null)
})
