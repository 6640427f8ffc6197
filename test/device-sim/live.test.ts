/** Incident: a run that ended green because nobody counted. The real broker, the real link, and the command line as it is typed. */
import t from 'tap'
import { readArguments } from '../../device-sim/commands/live-arguments.ts'
import { GOOD_LINK } from '../../device-sim/live/bad-link.ts'
import { SimButton } from '../../device-sim/live/button.ts'
import { Crowd, type CrowdPlan, type Happened } from '../../device-sim/live/crowd.ts'
import { readHouse } from '../../device-sim/live/house-file.ts'
import { pressPlan } from '../../device-sim/live/press-plan.ts'
import { mqttConnect } from '../../device-sim/live/mqtt-link.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { Place } from '../broker/room.ts'
import { DID, House, Post, ROOT } from './post.ts'

const PACE = { buttons: 1, stages: null, arrivals: 'poisson', pressEveryMs: 10_000, forMs: 60_000, timeScale: 1, kind: 'alarm', seed: 3 } as const
const PLAN: Omit<CrowdPlan, 'presses' | 'forMs'> = {
  buttons: [{ did: DID, root: ROOT, room: null, worker: null }], sleeper: false, faults: GOOD_LINK, connectPerS: 500, jitterMs: 0, seed: 3,
  acts: [], stormsMs: [], settleMs: 20_000, idleMs: 10_000, lateMs: 10_000, cutEveryMs: null, partition: null
}

async function crowd (change: Partial<CrowdPlan>, prepare: (post: Post) => void = () => {}) {
  const clock = new FakeClock()
  const post = new Post(clock)
  post.reply = new House().reply
  prepare(post)
  const lines: Happened[] = []
  const run = new Crowd({ ...PLAN, ...pressPlan(PACE), ...change }, { connect: post.connect, clock, print: (line) => { lines.push(line) } }).run()
  await clock.pass(130_000)
  return { totals: await run, lines }
}

t.test('a press over real MQTT is acknowledged and lit', async (t) => {
  const place = await Place.open(t)
  let moving = true
  t.teardown(() => { moving = false })
  const did = place.button(7).did
  const root = new Uint8Array(32).fill(5)
  const { deriveKeys } = await import('../../firmware-protocol/keys.ts')
  place.buttons.known.set(did, { did, keys: deriveKeys(root, did), wish: { beatS: 30, mode: 7 } })
  const told: string[] = []
  const lit = new Promise<string>((resolve) => {
    const button = new SimButton({
      did, root, connect: mqttConnect(`mqtt://127.0.0.1:${place.broker.ports.mqtt}`), clock: place.clock,
      watch: {
        connected: () => { button.press() },
        puback: (body) => { told.push(body.is) },
        took: ({ feedback }) => { resolve(feedback) }
      }
    })
    t.teardown(() => { button.powerOff() })
    button.powerOn()
  })
  // The broker's own waits pass too.
  void (async () => { while (moving) { await place.clock.pass(10); await new Promise((resolve) => { setImmediate(resolve) }) } })()
  t.equal(await lit, 'received')
  moving = false
  t.ok(told.includes('press'))
  t.equal(place.house.raised.length, 1, 'and once only')
})

t.test('the account of a good line, of a bad one, and of nobody at the other end', async (t) => {
  const good = await crowd({})
  t.match(good.totals, { pressed: 6, acknowledged: 6, lit: 6, lost: [] })
  t.strictSame(good.lines.filter(({ what }) => what === 'pressed').length, 6)
  const bad = await crowd({ faults: { ...GOOD_LINK, loss: 0.2, delayMs: { least: 1, most: 300 } }, cutEveryMs: 7_000, partition: { everyMs: 20_000, forMs: 5_000 } })
  t.match(bad.totals, { pressed: 6, acknowledged: 6, lost: [] })
  const deaf = await crowd({}, (post) => { post.acknowledges = false })
  t.match(deaf.totals, { pressed: 6, acknowledged: 0, lit: 0 })
  t.equal(deaf.totals.lost.length, 6, 'each is named')
})

t.test('what was typed wrong has a code', async (t) => {
  const code = (...argv: string[]): string => {
    try {
      readArguments(argv)
      return 'none'
    } catch (error) { return (error as { code: string }).code }
  }
  t.equal(code(), 'none')
  for (const [argv, expected] of [
    ['a b', 'ARGUMENT_COUNT'], ['--nope', 'FLAG_UNKNOWN'], ['--kind panic', 'KIND_UNKNOWN'],
    ['--press-every 0', 'SECONDS_INVALID'], ['--for x', 'SECONDS_INVALID'], ['--loss 1.1', 'CHANCE_INVALID'], ['--delay-ms 9-1', 'DELAY_INVALID'],
    ['--mqtt http://a', 'MQTT_URL_INVALID'], ['--seed -1', 'FLAG_UNKNOWN'], ['--seed=1.5', 'NUMBER_INVALID'], ['--partition-for 3', 'FLAG_MISSING']
  ] as const) t.equal(code(...argv.split(' ')), expected, argv)
})

t.test('a line that is no button has a code, and is not repeated', async (t) => {
  const line = JSON.stringify({ did: DID, root: 'ab'.repeat(32) })
  t.equal(readHouse(`${line}\n\n`).buttons.length, 1)
  for (const [lines, code] of [['', 'BUTTONS_NONE'], ['{"root":"5ec2e7"', 'BUTTON_INVALID'], [`{"did":"${DID}","root":"5ec2e7"}`, 'BUTTON_INVALID'], [`${line}\n${line}`, 'BUTTON_TWICE']] as const) {
    t.throws(() => readHouse(lines), { code })
    try { readHouse(lines) } catch (error) { t.notMatch((error as Error).message, /5ec2e7/) }
  }
})
