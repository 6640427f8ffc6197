/** The disk takes every write and fails every sync, under the whole service: it shouts, acknowledges nothing, recovers by itself. */
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import { FakePushService } from '../notify/push-service.ts'
import { root } from '../runner/root.ts'
import { Evidence } from './evidence.ts'
import { FullHouse } from './full-house.ts'
import { ServiceProcess } from './service-process.ts'

/** Two lanes are told at second 0. */
const LANES = 2
const folder = t.testdir()
const broken = join(folder, 'broken')

const library = compiled(join(folder, 'broken-fsync.so'))
if (library === null) {
  t.comment('NOT RUN: this machine has no C compiler; test/engine/truth-and-speed.test.ts tells the same story with a failing store')
  t.pass('the story with an injected failing store stands in for it')
} else {
  t.test('every fsync fails: the alert goes out, no PUBACK, readyz is red; it works again: it recovers without a restart', async (t) => {
    const push = await FakePushService.start(systemClock)
    const service = await ServiceProcess.prepare({ VEILLEUSE_PUSH_ORIGINS: push.origin, LD_PRELOAD: library, FSYNC_BROKEN_WHILE: broken })
    t.teardown(async () => {
      await service.remove()
      await push.stop()
    })
    const house = await FullHouse.furnish(service, push, 1)
    await service.start()
    await house.powerOn()
    t.teardown(() => { house.powerOff() })
    t.same(await service.ready(), { status: 200, store: true })

    writeFileSync(broken, '')
    await until(async () => !(await service.ready()).store)
    t.equal((await service.ready()).status, 503, 'readyz is red')
    house.buttons[0]?.press()
    for (let lane = 0; lane < LANES; lane++) t.equal((await push.next()).payload.what, 'alert', 'somebody is told all the same')
    t.equal(house.acknowledged.size, 0, 'and nothing is acknowledged')
    t.same(house.buttons[0]?.lights, [null], 'nor is any light lit')

    rmSync(broken)
    await house.after('puback', 1, 30_000)
    t.equal(house.acknowledged.size, 1, 'the disk keeps its word again: the press is acknowledged')
    await until(async () => (await service.ready()).store)
    const evidence = new Evidence(service)
    t.same(evidence.lost(house), [])
    t.same(evidence.halfDone(), [])
    evidence.close()
    await service.kill('SIGTERM')
    t.equal(service.errors, '')
  })
}

function compiled (library: string): string | null {
  const source = join(root, 'test/faults/broken-fsync.c')
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'], { stdio: 'ignore' })
    return library
  } catch {
    return null
  }
}

/** Asks again with every turn of the service's own probe; the file's time-out ends a story that does not come true. */
async function until (holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await new Promise<void>((resolve) => { systemClock.after(100, resolve) })
}
