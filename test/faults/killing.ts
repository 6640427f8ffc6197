import { randomInt } from 'node:crypto'
import type { Test } from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import { FakePushService } from '../notify/push-service.ts'
import { Evidence } from './evidence.ts'
import { FullHouse } from './full-house.ts'
import { ServiceProcess } from './service-process.ts'

const BUTTONS = 50
const PRESSES_PER_ROUND_MAX = 12
/** A round is cut here even if what it waits for does not come. */
const ROUND_MAX_MS = 1_500
/** Every so many rounds the timers get their second, and are looked at. */
const LOOK_EVERY = 10

/** Guards against: a press that was acknowledged and is gone, a timer lost, a telling under a new number, a half-done write. */
export async function killMany (t: Test, rounds: number): Promise<void> {
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
  for (let round = 1; round <= rounds; round++) {
    await oneRound(house)
    await service.kill('SIGKILL')
    await service.start()
    if (round % LOOK_EVERY === 0) await look(t, service, round)
  }
  // Whatever is still in a button's flash comes through now.
  await settled(house)
  await service.kill('SIGTERM')
  const evidence = new Evidence(service)
  t.same(evidence.lost(house), [], `every one of ${house.acknowledged.size} acknowledged presses is there after ${rounds} kills`)
  t.same(evidence.halfDone(), [], 'nothing stays half done')
  t.ok(house.acknowledged.size >= rounds, 'presses were acknowledged between the kills')
  evidence.close()
  sameKeys(t, push)
  t.equal(service.errors, '', 'the service said nothing on stderr')
}

/** Presses some buttons and returns at a random moment of what follows. */
async function oneRound (house: FullHouse): Promise<void> {
  const presses = randomInt(1, PRESSES_PER_ROUND_MAX)
  const moment = house.after(randomInt(2) === 0 ? 'sent' : 'puback', randomInt(1, presses + 1), ROUND_MAX_MS)
  for (let n = 0; n < presses; n++) house.buttons[randomInt(house.buttons.length)]?.press()
  await moment
}

async function look (t: Test, service: ServiceProcess, round: number): Promise<void> {
  await new Promise<void>((resolve) => { systemClock.after(1_000, resolve) })
  const evidence = new Evidence(service)
  // A second after readiness every timer that was due has fired; its row may be on its way for another moment.
  t.equal(evidence.overdue(systemClock.now(), 1_000), 0, `round ${round}: no timer of ${evidence.open} open alarms is late`)
  t.same(evidence.halfDone(), [], `round ${round}: nothing is half done`)
  evidence.close()
}

async function settled (house: FullHouse): Promise<void> {
  while (house.buttons.some((button) => button.holds > 0 && button.lights.some((light) => light === null))) {
    await house.after('puback', 1, 1_000)
  }
}

/** The same (alarm, number) always says the same, under the same topic: a repeated telling replaces itself on the phone. */
function sameKeys (t: Test, push: FakePushService): void {
  const said = new Map<string, string>()
  let repeated = 0
  const differing: string[] = []
  for (const { subscription, payload, topic } of push.received) {
    const key = `${subscription.url} ${payload.alarm} ${payload.n}`
    const saying = `${payload.what} ${topic} ${payload.tag}`
    const before = said.get(key)
    if (before !== undefined) repeated += 1
    if (before !== undefined && before !== saying) differing.push(`${before} / ${saying}`)
    said.set(key, saying)
  }
  t.same(push.faults, [], 'every push was well-formed, signed and readable')
  t.same(differing, [], `${said.size} tellings, ${repeated} of them repeated, each under its own key`)
  t.ok(repeated > 0, 'some telling was repeated: the kills came between saying and storing')
}
