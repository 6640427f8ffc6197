/** Incident: a new version widened a column, rebuilt the table, and the old table took every session and every list with it. */
import Database from 'better-sqlite3'
import t from 'tap'
import { migrations } from '../../server/store/sqlite/migrations.ts'
import { APPLICATION_ID, openDatabase } from '../../server/store/sqlite/open.ts'
import { fileIn } from './opened-store.ts'

const BEFORE = 3
const TABLES = ['worker', 'responder', 'endpoint', 'her_phone'] as const
const LIVED = `
INSERT INTO worker (id, alias, language, ambulance) VALUES ('mira', x'01', 'nl', 'yes'), ('lina', x'02', 'fr', 'no');
INSERT INTO responder (id, kind, name, language) VALUES ('ana', 'contact', x'03', 'en'), ('luc', 'colleague', x'04', 'nl');
INSERT INTO contact (worker, responder, kind, joined_at, confirmed_at) VALUES ('mira', 'ana', 'contact', 1, 2), ('lina', 'luc', 'colleague', 1, 2);
INSERT INTO circle_step (worker, step, wait_ms) VALUES ('mira', 0, 30000);
INSERT INTO circle_person (worker, responder, kind, step, place) VALUES ('mira', 'ana', 'contact', 0, 0);
INSERT INTO endpoint (id, responder, url_hash, sealed, text, language, proves_shown, added_at) VALUES ('e', 'ana', x'05', x'06', 'full', 'fr', 1, 3);
INSERT INTO her_phone (id, worker, url_hash, sealed, text, language, proves_shown, added_at) VALUES ('p', 'mira', x'07', x'08', 'discreet', 'nl', 0, 4);
INSERT INTO session (id, hash, worker, device, opened_at, used_at) VALUES ('s', x'09', 'mira', x'0a', 5, 6);
INSERT INTO data_key (holder, wrapped) VALUES ('mira', x'0b'), ('ana', x'0c');
`

function oldFile (file: string): Database.Database {
  const old = new Database(file)
  old.pragma('foreign_keys = ON')
  for (const { sql } of migrations.slice(0, BEFORE)) old.exec(sql)
  old.pragma(`application_id = ${APPLICATION_ID}`)
  old.pragma(`user_version = ${BEFORE}`)
  old.exec(LIVED)
  return old
}

type Row = Readonly<Record<string, unknown>>
function rowsOf (db: Database.Database): Readonly<Record<string, readonly Row[]>> {
  const tables = db.prepare('SELECT name FROM sqlite_master WHERE type = \'table\' AND name <> \'people_change\' ORDER BY name').pluck().all() as string[]
  return Object.fromEntries(tables.map((table) => [table, (db.prepare(`SELECT * FROM ${table}`).all() as Row[]).map((row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => a < b ? -1 : 1)))]))
}
const triggersOf = (db: Database.Database): unknown => db.prepare('SELECT name, tbl_name, sql FROM sqlite_master WHERE type = \'trigger\' ORDER BY name').all()

t.test('a file of before keeps every row, key and trigger, and takes the languages of now', async (t) => {
  const file = fileIn(t)
  const old = oldFile(file)
  const [rows, triggers] = [rowsOf(old), triggersOf(old)]
  t.throws(() => { old.exec("UPDATE worker SET language = 'ro'") }, /CHECK/, 'the old file knew three')
  for (const { sql } of migrations.slice(BEFORE, BEFORE + 1)) old.exec(sql)
  t.same(rowsOf(old), rows)
  t.same(triggersOf(old), triggers)
  old.pragma(`user_version = ${BEFORE + 1}`)
  old.close()

  const db = openDatabase(file, { mustExist: true })
  t.teardown(() => db.close())
  t.same(db.pragma('foreign_key_check'), [])
  t.equal(db.pragma('integrity_check', { simple: true }), 'ok')

  for (const table of TABLES) {
    for (const language of ['fr', 'nl', 'en', 'ro', 'bg', 'es', 'pt', 'sq']) db.exec(`UPDATE ${table} SET language = '${language}'`)
    t.throws(() => { db.exec(`UPDATE ${table} SET language = 'xx'`) }, /CHECK/, table)
    t.throws(() => { db.exec(`UPDATE ${table} SET language = NULL`) }, /NOT NULL/, table)
  }
})

t.test('after it, what depends on somebody still goes with them, changes are still counted, guards still stand', async (t) => {
  const file = fileIn(t)
  oldFile(file).close()
  const db = openDatabase(file, { mustExist: true })
  t.teardown(() => db.close())
  const counted = (slice: string): number => db.prepare('SELECT n FROM people_change WHERE slice = ?').pluck().get(slice) as number
  const before = { people: counted('people'), herPhone: counted('her-phone') }
  db.exec("UPDATE worker SET language = 'sq' WHERE id = 'mira'")
  t.equal(counted('people'), before.people + 1)
  t.throws(() => { db.exec("INSERT INTO circle_person (worker, responder, kind, step, place) VALUES ('mira', 'luc', 'colleague', 0, 1)") }, /NOT_CONFIRMED|FOREIGN/)
  db.exec("DELETE FROM worker WHERE id = 'mira'")
  t.equal(counted('her-phone'), before.herPhone + 1)
  for (const table of ['her_phone', 'session', 'circle_step', 'circle_person']) t.equal(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), 0, table)
  t.same(db.prepare('SELECT holder FROM data_key').pluck().all(), ['ana'])
  t.same(db.prepare('SELECT id FROM worker').pluck().all(), ['lina'])
})
