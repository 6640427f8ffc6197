/** A real full disk under the whole service: it shouts, acknowledges nothing, says so, and recovers by itself. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import { FakePushService } from '../notify/push-service.ts'
import { Evidence } from './evidence.ts'
import { FullHouse } from './full-house.ts'
import { ServiceProcess } from './service-process.ts'

/** Two lanes are told at second 0. */
const LANES = 2
const DISK = '6m'

const disk = mountSmallDisk()
if (disk === null) {
  t.comment('NOT RUN: this machine lets nobody mount a small disk; test/engine/truth-and-speed.test.ts tells the same story with a failing store')
  t.pass('the story with an injected failing store stands in for it')
} else {
  t.teardown(() => {
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })
  t.test('the disk is full: the alert goes out, no PUBACK, readyz is red; there is room again: it recovers without a restart', async (t) => {
    const push = await FakePushService.start(systemClock)
    const service = await ServiceProcess.prepare({ VEILLEUSE_PUSH_ORIGINS: push.origin, VEILLEUSE_DATA: join(disk, 'data'), VEILLEUSE_SECRET: 'ab'.repeat(32) })
    t.teardown(async () => {
      await service.remove()
      await push.stop()
    })
    const house = await FullHouse.furnish(service, push, 1)
    await service.start()
    await house.powerOn()
    t.teardown(() => { house.powerOff() })
    t.same(await service.ready(), { status: 200, store: true })

    fill(join(disk, 'filler'))
    await until(async () => !(await service.ready()).store)
    t.equal((await service.ready()).status, 503, 'readyz is red')
    house.buttons[0]?.press()
    for (let lane = 0; lane < LANES; lane++) t.equal((await push.next()).payload.what, 'alert', 'somebody is told all the same')
    t.equal(house.acknowledged.size, 0, 'and nothing is acknowledged')
    t.same(house.buttons[0]?.lights, [null], 'nor is any light lit')

    rmSync(join(disk, 'filler'))
    await house.after('puback', 1, 30_000)
    t.equal(house.acknowledged.size, 1, 'there is room: the press is acknowledged')
    await until(async () => (await service.ready()).store)
    t.equal((await service.ready()).status, 200)
    const evidence = new Evidence(service)
    t.same(evidence.lost(house), [])
    t.same(evidence.halfDone(), [])
    evidence.close()
  })

  t.test('the disk is full and the operator restarts: the service stops when asked, starts without room, and tells', async (t) => {
    const push = await FakePushService.start(systemClock)
    const service = await ServiceProcess.prepare({ VEILLEUSE_PUSH_ORIGINS: push.origin, VEILLEUSE_DATA: join(disk, 'restarted'), VEILLEUSE_SECRET: 'ab'.repeat(32) })
    t.teardown(async () => {
      await service.remove()
      await push.stop()
    })
    const house = await FullHouse.furnish(service, push, 1)
    await service.start()
    await house.powerOn()
    t.teardown(() => { house.powerOff() })
    fill(join(disk, 'filler'))
    await until(async () => !(await service.ready()).store)
    house.buttons[0]?.press()
    for (let lane = 0; lane < LANES; lane++) await push.next()
    // With the press, its counters and its memory still waiting for the disk.
    await service.kill('SIGTERM')
    fill(join(disk, 'filler'))
    await service.start()
    const repeated = [await push.next(), await push.next()].map(({ payload }) => `${payload.what} ${payload.n}`)
    t.same(repeated, ['alert 1', 'alert 1'], 'the button says it again, and it is told under the same number')
    rmSync(join(disk, 'filler'))
    await house.after('puback', 1, 30_000)
    t.equal(house.acknowledged.size, 1)
  })
}

function mountSmallDisk (): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
}

/** Writes until nothing more goes in. */
function fill (file: string): void {
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch { /* full, to this grain */ }
  }
}

/** Asks again with every turn of the service's own probe; the file's time-out ends a story that does not come true. */
async function until (holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await new Promise<void>((resolve) => { systemClock.after(100, resolve) })
}
