/**
 * Published once means once, over a restore too (R21). Incident: a backup of last week was put back, the quarter was published
 * anew without the alarms since, and whoever had kept the first report subtracted the second.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { run } from '../../server/cli/run.ts'
import { readConfig } from '../../server/config/config.ts'
import { databaseFile, publishedFile } from '../../server/config/files.ts'
import { currentKey } from '../../server/current-key.ts'
import { openPeople } from '../../server/people/open.ts'
import { publishedListIn } from '../../server/store/published-list.ts'
import { openDatabase } from '../../server/store/sqlite/open.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { Disk } from '../people/small-house.ts'
import { sqlitePeople } from '../../server/store/sqlite/people-sqlite.ts'
import type { PeopleStore } from '../../server/store/people-store.ts'

const DAY = 86_400_000
const quiet = { warn: (): void => undefined }

class Machine {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly clock = new FakeClock()
  #asides = 0

  constructor (t: Test) {
    this.folder = t.testdir({})
    this.env = { VEILLEUSE_DATA: join(this.folder, 'data') }
  }

  get file (): string { return databaseFile(readConfig(this.env)) }
  get list (): string { return publishedFile(readConfig(this.env)) }

  async type (words: string): Promise<{ readonly code: number, readonly out: string, readonly err: string }> {
    const said = { out: '', err: '' }
    const code = await run(words.split(' '), { out: (text) => { said.out += text }, err: (text) => { said.err += text } }, this.env)
    return { code, ...said }
  }

  /** The service, for as long as it takes to do what it does hourly. Returns every figure that it has published, as bytes. */
  async hour (storeOf: (real: PeopleStore) => PeopleStore = (real) => real): Promise<string> {
    const config = readConfig(this.env)
    const store = await openStore({ file: this.file, clock: systemClock, log: quiet })
    try {
      const open = await openPeople({
        store: storeOf(sqlitePeople(store.writer, store.reader)), secret: currentKey(config), clock: this.clock, reachOf: () => 'none', log: quiet,
        traces: { bury: async () => undefined, emptyWal: async () => await store.emptyWal() }, publishedList: publishedListIn(this.list)
      })
      await open.statistics.collect()
      await open.statistics.publish().catch(() => [])
      const said = JSON.stringify(await open.people.statistics.published())
      await open.stop()
      return said
    } finally {
      await store.close()
    }
  }

  /** So many alarms of each of twelve workers in four venues, as they would have been counted. */
  counted (n: number): void {
    this.sql((db) => {
      for (let w = 0; w < 12; w++) {
        db.prepare(`INSERT INTO contribution (quarter, region, type, counted, result, worker, venue, n) VALUES ('2026-Q4', 'BE-BRU', 'independent', 'alarm', 'to-10-s', ?, ?, ?)
          ON CONFLICT DO UPDATE SET n = excluded.n`).run(`w${w}`, `v${w % 4}`, n)
      }
    })
  }

  count (table: string): number { return this.sql((db) => (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n) }

  sql<T> (work: (db: ReturnType<typeof openDatabase>) => T): T {
    const db = openDatabase(this.file, { mustExist: true })
    try {
      return work(db)
    } finally {
      db.close()
    }
  }

  aside (): void {
    renameSync(this.file, join(this.folder, `aside-${++this.#asides}`))
    for (const tail of ['-wal', '-shm']) if (existsSync(`${this.file}${tail}`)) renameSync(`${this.file}${tail}`, join(this.folder, `aside-${++this.#asides}`))
  }
}

/** A backup in the quarter, more alarms after it, and the quarter published. */
async function published (t: Test): Promise<{ readonly machine: Machine, readonly copy: string, readonly said: string }> {
  const machine = new Machine(t)
  await machine.type('venue add --name Noord --regime independent')
  await machine.hour()
  machine.counted(1)
  const copy = join(machine.folder, 'copy')
  t.equal((await machine.type(`backup ${copy}`)).code, 0)
  machine.counted(3)
  machine.clock.jump(60 * DAY)
  const said = await machine.hour()
  t.match(said, /"quarter":"2026-Q4".*"n":35/, '36, published')
  return { machine, copy, said }
}

t.test('an older backup is put back: what was published stays as it was published, at once and for ever', async (t) => {
  const { machine, copy, said } = await published(t)
  machine.aside()
  const restored = await machine.type(`restore ${copy} --json`)
  t.match(JSON.parse(restored.out), { published: 1 })
  t.equal(machine.count('contribution'), 0, 'what the older copy would have made of it is gone')
  t.equal(machine.count("data_key WHERE holder = 'quarter:2026-Q4'"), 0, 'its key too')
  t.equal(await machine.hour(), said, 'the same bytes')
  t.equal(await machine.hour(), said)
})

t.test('a copy that was put back by hand, past the restore, does no better', async (t) => {
  const { machine, copy, said } = await published(t)
  machine.aside()
  copyFileSync(copy, machine.file)
  t.equal(machine.count('published_cell'), 0, 'it knows of nothing')
  t.equal(await machine.hour(), said)
})

t.test('the list is made good where it was lost, and is never in the data folder or a backup', async (t) => {
  const { machine, copy, said } = await published(t)
  t.notOk(machine.list.startsWith(`${machine.env['VEILLEUSE_DATA']}/`))
  t.notMatch(readFileSync(copy).toString('latin1'), '"n":35')
  renameSync(machine.list, join(machine.folder, 'lost'))
  await machine.hour()
  t.same(publishedListIn(machine.list).read().get('2026-Q4')?.length, 9)
  machine.aside()
  await machine.type(`restore ${copy}`)
  t.equal(await machine.hour(), said)
  writeFileSync(machine.list, `${readFileSync(machine.list, 'utf8')}\n{"quarter":"2027-Q1","cel`)
  t.equal(publishedListIn(machine.list).read().size, 1, 'a line that was cut short says nothing')
})

t.test('a list that can\'t be read or written: nothing is published', async (t) => {
  const machine = new Machine(t)
  await machine.type('venue add --name Noord --regime independent')
  await machine.hour()
  machine.counted(3)
  machine.clock.jump(60 * DAY)
  // A folder in its place: root may read and write anything else.
  mkdirSync(machine.list)
  t.equal(await machine.hour(), '[]')
  rmdirSync(machine.list)
  t.match(await machine.hour(), /"n":35/, 'an hour later')
})

t.test('somebody was erased, or the disk failed, in the moment of publishing: it was not said, and is made anew', async (t) => {
  for (const fails of ['erased', 'disk'] as const) {
    const machine = new Machine(t)
    await machine.type('venue add --name Noord --regime independent')
    await machine.hour()
    machine.counted(3)
    machine.clock.jump(60 * DAY)
    const between = (real: PeopleStore): PeopleStore => {
      const disk = new Disk(real)
      const write = disk.write.bind(disk)
      disk.write = async (name, args, journal) => {
        if (name === 'publishQuarter' && fails === 'disk') disk.writes = false
        if (name === 'publishQuarter' && fails === 'erased') machine.sql((db) => { db.prepare("DELETE FROM contribution WHERE worker = 'w0'").run() })
        return await write(name, args, journal)
      }
      return disk
    }
    t.equal(await machine.hour(between), '[]', `${fails}: nothing was published`)
    t.equal(publishedListIn(machine.list).read().size, 0, 'and the list says so')
    machine.counted(2)
    t.match(await machine.hour(), /"n":25/, 'an hour later, as things are then')
    t.equal(publishedListIn(machine.list).read().size, 1)
  }
})
