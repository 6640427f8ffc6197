import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import type { VenueId } from '../../server/alarm/alarm.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { Append } from '../../server/store/alarm-store.ts'
import { commitBatch } from '../../server/store/sqlite/batch.ts'
import { openDatabase } from '../../server/store/sqlite/open.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'
import type { Job } from '../../server/store/sqlite/writer-messages.ts'
import { hashOf, LivedAlarm, manyAlarms } from './lived-alarm.ts'
import { fileIn, openedStore, quiet } from './opened-store.ts'

t.test('no room for one of a batch: nothing of the batch is there, and with room again all of it is', async (t) => {
  const db = openDatabase(fileIn(t), { mustExist: false })
  t.teardown(() => db.close())
  const jobs: readonly Job[] = [job('small', 1), job('huge', 400_000), job('small too', 1)]
  const pages = db.pragma('page_count', { simple: true }) as number
  db.pragma(`max_page_count = ${pages + 20}`)
  t.throws(() => commitBatch(db, jobs), { code: 'SQLITE_FULL' })
  t.equal(db.inTransaction, false)
  t.equal(db.prepare('SELECT count(*) FROM alarm').pluck().get(), 0)
  t.equal(db.prepare('SELECT count(*) FROM heard_press').pluck().get(), 0)
  t.same(commitBatch(db, [job('small', 1)]), [{ is: 'done', value: { ok: true } }], 'what fits still goes')
  db.pragma('max_page_count = 1000000')
  t.equal(commitBatch(db, jobs.slice(1)).length, 2)
  t.equal(db.prepare('SELECT count(*) FROM alarm').pluck().get(), 3)
})

const small = smallDisk()
if (small === null) t.comment('NOT RUN: this machine lets nobody mount a small disk, so a disk that is really full was not tried')
else {
  t.teardown(() => {
    execFileSync('umount', [small])
    rmdirSync(small)
  })
  t.test('the disk is really full: writes fail, reads answer, and it goes on by itself when there is room', async (t) => { await fullDisk(t, small) })
  t.test('the disk is full at the start, and no side files are left: it starts all the same', async (t) => { await fullAtStart(t, small) })
  t.test('somebody\'s settings do not fit any more: the alarm that came with them does', async (t) => { await mixedBatch(t, small) })
}

async function fullDisk (t: Test, disk: string): Promise<void> {
  const store = await openedStore(t, { file: join(disk, 'full.db') })
  const before = manyAlarms(20, 'before')
  await Promise.all(before.map((lived) => store.alarms.append(lived.append())))
  const ballast = fill(disk)

  const waiting = manyAlarms(40, 'waiting')
  const refused = await Promise.allSettled(waiting.map((lived) => store.alarms.append(lived.append())))
  t.match(refused, waiting.map(() => ({ status: 'rejected', reason: { code: 'STORE_FAILED', reason: 'DISK_FULL' } })))
  await t.rejects(store.alarms.probe(), { code: 'STORE_FAILED' }, 'the probe says so too')
  t.equal((await store.alarms.live()).length, 20, 'nothing half done; what was saved can be read')
  t.equal(store.alarms.known(hashOf('press of waiting 0')).heard, false)

  rmSync(ballast)
  await store.alarms.probe()
  const again = await Promise.all(waiting.map((lived) => store.alarms.append(lived.append())))
  t.ok(again.every((result) => result.ok))
  t.equal((await store.alarms.live()).length, 60)
  t.equal(store.reader.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check, 'ok')
}

async function fullAtStart (t: Test, disk: string): Promise<void> {
  const file = join(disk, 'start.db')
  const lived = new LivedAlarm('a', 'mira')
  const before = await openStore({ file, clock: systemClock, log: quiet, hold: true })
  await before.alarms.append(lived.append())
  await before.close()
  const ballast = fill(disk)
  const store = await openStore({ file, clock: systemClock, log: quiet, hold: true })
  t.teardown(() => store.close())
  t.equal((await store.alarms.live()).length, 1, 'what is open can be read, and goes on')
  t.same(await store.alarms.append(new LivedAlarm('b', 'jo').append()), { ok: true }, 'and some alarms still fit')
  rmSync(ballast)
}

async function mixedBatch (t: Test, disk: string): Promise<void> {
  const store = await openedStore(t, { file: join(disk, 'mixed.db') })
  const venue = { id: 'v' as VenueId, name: new Uint8Array(1_000_000), regime: 'independent', region: 'BE-BRU', key: { holder: 'v', wrapped: new Uint8Array(32) } } as const
  const ballast = fill(disk, 400_000)
  const [alarm, people] = await Promise.allSettled([
    store.alarms.append(new LivedAlarm('a', 'mira').append()),
    store.writer.run('people.addVenue', { args: venue, journal: [] })
  ])
  t.match(people, { status: 'rejected', reason: { code: 'STORE_FAILED', reason: 'DISK_FULL' } })
  t.match(alarm, { status: 'fulfilled', value: { ok: true } })
  t.equal(store.reader.get('SELECT 1 FROM data_key'), null)
  rmSync(ballast)
}

function job (id: string, cardBytes: number): Job {
  const append: Append = new LivedAlarm(id, id).append()
  const text = { state: JSON.stringify(append.state), happenings: [], card: new Uint8Array(cardBytes) }
  return { operation: 'alarm.append', args: { ...append, ...text } }
}

/** A disk of 3 MB, or null where this is not permitted. */
function smallDisk (): string | null {
  // Not in the test's own folder: that one is emptied before anything is unmounted.
  const folder = mkdtempSync(join(tmpdir(), 'veilleuse-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmdirSync(folder)
    return null
  }
}

/** Takes all room but `leftBytes`. */
function fill (disk: string, leftBytes = 0): string {
  const ballast = join(disk, 'ballast')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - leftBytes))
  return ballast
}
