import { readFileSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import t from 'tap'
import { hold } from '../../server/store/sqlite/hold.ts'
import { migrations, schemaVersion } from '../../server/store/sqlite/migrations.ts'
import { APPLICATION_ID, openDatabase } from '../../server/store/sqlite/open.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import { fileIn, openedStore, quiet } from './opened-store.ts'

t.test('what a PUBACK stands on is set: WAL, an fsync at every commit, foreign keys, zeros over what is deleted', async (t) => {
  const db = openDatabase(fileIn(t), { mustExist: false })
  t.teardown(() => db.close())
  const of = (pragma: string): unknown => db.pragma(pragma, { simple: true })
  t.equal(of('journal_mode'), 'wal')
  t.equal(of('synchronous'), 2, 'FULL; the library is built with NORMAL, which does not sync at COMMIT')
  t.equal(of('foreign_keys'), 1)
  t.equal(of('secure_delete'), 1)
  t.equal(of('application_id'), APPLICATION_ID)
})

t.test('only the service may read the file', async (t) => {
  const store = await openedStore(t)
  for (const tail of ['', '-wal', '-shm']) t.equal(statSync(`${t.testdirName}/veilleuse.db${tail}`).mode & 0o777, 0o600, `db${tail}`)
  await store.close()
})

t.test('migrations run once, from nothing to now, in order', async (t) => {
  const file = fileIn(t)
  for (const time of ['created', 'opened again']) {
    const db = openDatabase(file, { mustExist: false })
    t.equal(db.pragma('user_version', { simple: true }), schemaVersion, time)
    t.same(db.pragma('integrity_check', { simple: true }), 'ok')
    const loose = db.prepare('SELECT name FROM pragma_table_list WHERE schema = \'main\' AND type = \'table\' AND strict = 0 AND name NOT LIKE \'sqlite_%\'').pluck().all()
    t.same(loose, [], 'every table is STRICT')
    db.close()
  }
  t.same(migrations.map(({ id }) => id), migrations.map((_, index) => index + 1))
  t.notOk(migrations.some(({ sql }) => /\bDEFERR(ED|ABLE)\b/i.test(sql)), 'a constraint that waits for COMMIT would fail the neighbours')
})

t.test('a half-old file is brought up to date and keeps what it holds', async (t) => {
  const file = fileIn(t)
  const old = new Database(file)
  old.exec(migrations[0]!.sql)
  old.exec('INSERT INTO heard_press (hash) VALUES (\'old press\')')
  old.pragma(`application_id = ${APPLICATION_ID}`)
  old.pragma('user_version = 1')
  old.close()
  const store = await openedStore(t, { file })
  t.equal(store.reader.get<{ user_version: number }>('PRAGMA user_version')?.user_version, schemaVersion)
  t.equal(store.alarms.known('old press' as never).heard, true)
})

t.test('a file of a newer version is refused and not touched', async (t) => {
  const file = fileIn(t)
  openDatabase(file, { mustExist: false }).close()
  const newer = new Database(file)
  newer.pragma(`user_version = ${schemaVersion + 1}`)
  newer.close()
  const before = readFileSync(file)
  await t.rejects(openStore({ file, clock: systemClock, log: quiet }), { code: 'SCHEMA_NEWER' })
  t.ok(readFileSync(file).equals(before))
})

t.test('a file of somebody else is refused and not touched', async (t) => {
  const dir = t.testdir({ 'notes.txt': 'These are my notes, and they are longer than the header of a database file would have been. '.repeat(20) })
  const theirs = new Database(`${dir}/theirs.db`)
  theirs.exec('CREATE TABLE recipe (name TEXT)')
  theirs.close()
  for (const name of ['notes.txt', 'theirs.db']) {
    const before = readFileSync(`${dir}/${name}`)
    await t.rejects(openStore({ file: `${dir}/${name}`, clock: systemClock, log: quiet }), { code: 'FOREIGN_FILE' }, name)
    t.ok(readFileSync(`${dir}/${name}`).equals(before))
  }
})

t.test('an empty file is a new database; no folder is a failing disk', async (t) => {
  const file = fileIn(t)
  writeFileSync(file, '')
  const store = await openedStore(t, { file })
  await store.alarms.probe()
  await t.rejects(openStore({ file: `${file}/nowhere/x.db`, clock: systemClock, log: quiet }), { code: 'STORE_FAILED', reason: 'IO' })
})

t.test('a second service on the same file is refused, the command line is not', async (t) => {
  const file = fileIn(t)
  const service = await openStore({ file, clock: systemClock, log: quiet, hold: true })
  await t.rejects(openStore({ file, clock: systemClock, log: quiet, hold: true }), { code: 'FILE_IN_USE' })
  const visitor = await openedStore(t, { file })
  await visitor.alarms.probe()
  await service.close()
  hold(file)()
  const next = await openStore({ file, clock: systemClock, log: quiet, hold: true })
  await next.close()
})

t.test('a refused start lets go of the file', async (t) => {
  const dir = t.testdir({ 'notes.txt': 'not a database '.repeat(100) })
  const file = `${dir}/notes.txt`
  await t.rejects(openStore({ file, clock: systemClock, log: quiet, hold: true }), { code: 'FOREIGN_FILE' })
  hold(file)()
})
