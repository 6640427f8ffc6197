import { copyFileSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import t from 'tap'
import { hold } from '../../server/store/sqlite/hold.ts'
import { restore } from '../../server/store/sqlite/restore.ts'
import { schemaVersion } from '../../server/store/sqlite/migrations.ts'
import { LivedAlarm, manyAlarms } from './lived-alarm.ts'
import { fileIn, openedStore } from './opened-store.ts'

t.test('a backup is taken while alarms are written, and can be restored', async (t) => {
  const file = fileIn(t)
  const target = `${file}.backup`
  const store = await openedStore(t, { file })
  await Promise.all(manyAlarms(200, 'before').map((lived) => store.alarms.append(lived.append())))
  let running = true
  const backup = store.backup(target).finally(() => { running = false })
  let during = 0
  while (running) t.same(await store.alarms.append(new LivedAlarm(`during ${during}`, `worker ${during++}`).append()), { ok: true })
  await backup
  t.ok(during > 0, `${during} alarms were written meanwhile`)
  t.equal(statSync(target).mode & 0o777, 0o600)
  t.same(readdirSync(t.testdirName).filter((name) => name.includes('.part')), [], 'nothing half done lies about')
  await store.alarms.append(new LivedAlarm('after', 'after').append())
  await store.close()

  restore(target, file)
  const restored = await openedStore(t, { file })
  const live = await restored.alarms.live()
  t.equal(live.filter(({ id }) => id.startsWith('before')).length, 200)
  t.ok(live.length <= 200 + during)
  t.equal(await restored.alarms.load('after' as never), null, 'what came after the backup is gone')
  await restored.alarms.probe()
})

t.test('an older backup of that name is replaced only by a whole one', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  await store.backup(`${file}.backup`)
  await store.alarms.append(new LivedAlarm('a', 'mira').append())
  await store.backup(`${file}.backup`)
  const copy = new Database(`${file}.backup`, { readonly: true })
  t.equal(copy.prepare('SELECT count(*) FROM alarm').pluck().get(), 1)
  copy.close()
  await t.rejects(store.backup(file), { code: 'BACKUP_ONTO_ITSELF' })
  await t.rejects(store.backup(`${file}.nowhere/backup`), { code: 'STORE_FAILED', reason: 'IO' })
  await store.alarms.probe()
})

t.test('restoring is refused, and changes nothing, while somebody has the database', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  await store.backup(`${file}.backup`)
  const lived = new LivedAlarm('a', 'mira')
  await store.alarms.append(lived.append())
  t.throws(() => { restore(`${file}.backup`, file) }, { code: 'FILE_IN_USE' }, 'the command line has it open')
  const release = hold(file)
  t.throws(() => { restore(`${file}.backup`, file) }, { code: 'FILE_IN_USE' }, 'the service runs')
  release()
  t.same(await store.alarms.append(lived.saved().happens({ is: 'time' }).append()), { ok: true }, 'the one who has it goes on')
  await store.close()
  restore(`${file}.backup`, file)
  t.equal(existsSync(`${file}-wal`), false)
})

t.test('a damaged, foreign, newer, empty or missing backup is refused, and the database stays as it was', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  await Promise.all(manyAlarms(100).map((lived) => store.alarms.append(lived.append())))
  await store.backup(`${file}.good`)
  await store.close()
  const before = readFileSync(file)

  const damaged = readFileSync(`${file}.good`)
  writeFileSync(`${file}.damaged`, damaged.fill(0x5a, 8_192, 28_192))
  copyFileSync(`${file}.good`, `${file}.newer`)
  const newer = new Database(`${file}.newer`)
  newer.pragma(`user_version = ${schemaVersion + 1}`)
  newer.close()
  writeFileSync(`${file}.text`, 'my notes '.repeat(200))
  writeFileSync(`${file}.empty`, '')
  for (const [tail, code] of [['damaged', 'BACKUP_DAMAGED'], ['newer', 'SCHEMA_NEWER'], ['text', 'FOREIGN_FILE'], ['empty', 'BACKUP_DAMAGED'], ['missing', 'FILE_MISSING']] as const) {
    t.throws(() => { restore(`${file}.${tail}`, file) }, { code }, tail)
    t.ok(readFileSync(file).equals(before), tail)
  }
  t.same(readdirSync(t.testdirName).filter((name) => name.endsWith('.part')), [])
})

t.test('a database that is damaged itself can be replaced, and its old WAL is not replayed into the new one', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  await store.alarms.append(new LivedAlarm('a', 'mira').append())
  await store.backup(`${file}.backup`)
  await store.alarms.append(new LivedAlarm('b', 'jo').append())
  copyFileSync(`${file}-wal`, `${file}.kept-wal`)
  await store.close()
  copyFileSync(`${file}.kept-wal`, `${file}-wal`)
  writeFileSync(file, Buffer.alloc(8192, 0x5a))
  restore(`${file}.backup`, file)
  const restored = await openedStore(t, { file })
  t.same((await restored.alarms.live()).map(({ id }) => id), ['a'])
})

t.test('a backup can be restored on a fresh machine', async (t) => {
  const file = fileIn(t)
  const store = await openedStore(t, { file })
  await store.alarms.append(new LivedAlarm('a', 'mira').append())
  await store.backup(`${file}.backup`)
  restore(`${file}.backup`, `${file}.fresh`)
  const fresh = await openedStore(t, { file: `${file}.fresh` })
  t.same((await fresh.alarms.live()).map(({ id }) => id), ['a'])
})
