/** 500 buttons press within one second: everybody is told, nothing is lost. How long the event loop stood still is reported. */
import t from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import { FakePushService } from '../notify/push-service.ts'
import { Evidence } from './evidence.ts'
import { FullHouse } from './full-house.ts'
import { ServiceProcess } from './service-process.ts'

const BUTTONS = 500
/** Nobody is on shift in this house of regime `employed`: the house lane and the room's standing circle. */
const LANES = 2
/** The story fails rather than hangs. */
const STORY_MAX_MS = 120_000

t.test('500 buttons press within one second: all alerted, nothing lost', async (t) => {
  const push = await FakePushService.start(systemClock)
  const service = await ServiceProcess.prepare({ VEILLEUSE_PUSH_ORIGINS: push.origin })
  t.teardown(async () => {
    await service.remove()
    await push.stop()
  })
  const house = await FullHouse.furnish(service, push, BUTTONS)
  await service.start()
  await house.powerOn()
  t.teardown(() => { house.powerOff() })
  await service.metric('veilleuse_loop_lateness_max_seconds')

  const began = systemClock.mono()
  for (const button of house.buttons) button.press()
  t.ok(systemClock.mono() - began < 1_000, 'pressed within one second')
  while (house.acknowledged.size < BUTTONS && systemClock.mono() - began < STORY_MAX_MS) await house.after('puback', 1, STORY_MAX_MS)
  t.equal(house.acknowledged.size, BUTTONS, 'every press is acknowledged')
  await toldAll(push)

  const alarms = new Set(push.received.map(({ payload }) => payload.alarm))
  t.equal(alarms.size, BUTTONS * LANES, 'every press became an alarm in each lane, and somebody was told of it')
  t.same(push.faults, [])
  const evidence = new Evidence(service)
  t.same(evidence.lost(house), [], 'nothing is lost')
  t.equal(evidence.open, BUTTONS * LANES)
  t.same(evidence.halfDone(), [])
  evidence.close()
  const stallMs = Math.round(await service.metric('nodejs_eventloop_lag_max_seconds') * 1_000)
  t.comment(`longest stall of the event loop: ${stallMs} ms; the timers' loop was at most ${Math.round(await service.metric('veilleuse_loop_lateness_max_seconds') * 1_000)} ms late; commits so far: ${await service.metric('veilleuse_store_commits')}`)
  t.ok(stallMs > 0, 'the longest stall is measured, not a figure that is always there')
})

/** Resolves when every alarm has been pushed once, or the story is over. */
async function toldAll (push: FakePushService): Promise<void> {
  const endsAt = systemClock.mono() + STORY_MAX_MS
  const told = (): number => new Set(push.received.map(({ payload }) => payload.alarm)).size
  while (told() < BUTTONS * LANES && systemClock.mono() < endsAt) await push.next()
}
