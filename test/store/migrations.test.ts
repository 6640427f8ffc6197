/** Incident: a step of the schema was changed after houses had run it; they opened with the old tables and the new code. */
import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import t from 'tap'
import { migrations } from '../../server/store/sqlite/migrations.ts'
import { APPLICATION_ID, openDatabase } from '../../server/store/sqlite/open.ts'
import { fileIn } from './opened-store.ts'

/** Of every step that any house may have run, in order. What a step lacks goes into a new one; this list only grows. */
const LANDED: readonly string[] = [
  '4977e29e994202b144aa1a733194fe58ea0f4e5ac7ca4d3f9a88d8c251401a07',
  'b0d421e059fcc0503c8ba8c0445b9f9dd7e216ae4eab41275ebab47e7e6b864c',
  'b95d9064cfaa7761fa3770c4aa85f9831e3df1c8cb38d1a3979086fb00e98d24'
]

t.test('a step that houses have run is never changed', async (t) => {
  t.same(migrations.slice(0, LANDED.length).map(({ sql }) => createHash('sha256').update(sql).digest('hex')), LANDED)
})

/** The structure of a file: what there is, whatever the way to it. */
function shapeOf (db: Database.Database): unknown {
  const names = db.prepare('SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name').all()
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
  return { names, columns: tables.map((table) => [table, (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name).sort()]) }
}

t.test('a file of any earlier step opens as a new one does, and keeps what it held', async (t) => {
  const fresh = openDatabase(fileIn(t), { mustExist: false })
  t.teardown(() => fresh.close())
  for (let version = 1; version < migrations.length; version++) {
    const file = fileIn(t)
    const old = new Database(file)
    for (const { sql } of migrations.slice(0, version)) old.exec(sql)
    old.pragma(`application_id = ${APPLICATION_ID}`)
    old.pragma(`user_version = ${version}`)
    if (version >= 3) {
      old.exec(`INSERT INTO worker (id, alias, language, ambulance) VALUES ('mira', x'01', 'nl', 'yes');
        INSERT INTO drill (id, worker, at, ended) VALUES ('d1', 'mira', 7, 'over'), ('d2', 'mira', 8, NULL);`)
    }
    old.close()
    const db = openDatabase(file, { mustExist: true })
    t.same(shapeOf(db), shapeOf(fresh), `from step ${version}`)
    t.same(db.pragma('foreign_key_check'), [])
    t.equal(db.pragma('integrity_check', { simple: true }), 'ok')
    if (version >= 3) {
      t.same(db.prepare('SELECT id, ended, counted FROM drill ORDER BY id').all(), [{ id: 'd1', ended: 'over', counted: 0 }, { id: 'd2', ended: null, counted: 0 }])
      db.exec("UPDATE drill SET ended = 'interrupted' WHERE id = 'd2'")
      t.throws(() => { db.exec("UPDATE drill SET ended = 'whenever'") }, /CHECK/)
    }
    db.close()
  }
})
