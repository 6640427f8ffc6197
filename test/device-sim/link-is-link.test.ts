/** Incident: a model whose network was kinder than the real link. Random delays and losses, modelled and lived: p50 and p90 are equivalent. */
import t from 'tap'
import { BadLink } from '../../device-sim/live/bad-link.ts'
import { SimButton } from '../../device-sim/live/button.ts'
import { chance } from '../../device-sim/live/chance.ts'
import type { Distribution } from '../../device-sim/virtual/chance/distribution.ts'
import { replicate } from '../../device-sim/virtual/model/replicate.ts'
import { tostQuantile } from '../../device-sim/statistics/goodness.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { livedByEngine } from './twin/random-twin.ts'
import { fixed, scripted } from './twin/scripted-world.ts'
import { DID, House, Post, ROOT } from './post.ts'

const [LEAST_MS, MOST_MS, LOSS, PRESSES, MARGIN_MS] = [50, 400, 0.04, 600, 50]

/** ms from the hand to the service, in the model. */
function modelled (): readonly number[] {
  const base = scripted({ people: { ana: { reactionS: 1 } }, steps: [['ana']], dangerS: 60 })
  const latency = { ...fixed(0), draw: { is: 'uniform', low: LEAST_MS / 1_000, high: MOST_MS / 1_000 } as Distribution }
  const scenario = {
    ...base,
    networks: Object.fromEntries(Object.entries(base.networks).map(([name, network]) => [name, { ...network, latency, loss: fixed(LOSS) }])),
    venues: base.venues.map((venue) => ({ ...venue, workers: { ...venue.workers, incidents: fixed(0), accidents: fixed(1_000), cancels: fixed(1), cancelDelay: fixed(60) } }))
  }
  return replicate(scenario, 0, 0).presses.flatMap(({ pressedAt, receivedAt }) => receivedAt === null ? [] : [(receivedAt - pressedAt) * 1_000]).slice(0, PRESSES)
}

/** The same, by a real button whose link does so. */
async function lived (): Promise<readonly number[]> {
  const clock = new FakeClock()
  const post = new Post(clock)
  const house = new House()
  house.feedback = 'all-clear'
  post.reply = house.reply
  const link = new BadLink(post.connect, { delayMs: { least: LEAST_MS, most: MOST_MS }, loss: LOSS, duplicate: 0, deadAfterIdleMs: null }, clock, 11)
  const button = new SimButton({ did: DID, root: ROOT, connect: link.connect, clock })
  button.powerOn()
  await clock.pass(5_000)
  const times: number[] = []
  while (times.length < PRESSES) {
    const from = clock.mono()
    const event = button.press()?.event
    await clock.pass(30_000)
    for (let waited = 0; waited < 100 && (button.holds > 0 || !button.isConnected); waited++) await clock.pass(5_000)
    const first = post.heard.find(({ body }) => body.is === 'press' && body.event.evn === event?.evn)
    if (first !== undefined) times.push(first.atMs - from)
    post.heard.length = 0
  }
  button.powerOff()
  return times
}

t.test('from the hand to the service: p50 and p90 of model and link are equivalent (TOST)', async (t) => {
  const [model, link] = [modelled(), await lived()]
  t.equal(model.length, PRESSES)
  for (const p of [0.5, 0.9]) {
    const { low, high, equivalent } = tostQuantile(model, link, p, MARGIN_MS, chance(3), { resamples: 400 })
    t.ok(equivalent, `p${p * 100}: differs by ${Math.round(low)} to ${Math.round(high)} ms, allowed ${MARGIN_MS}`)
  }
  const slow = link.map((ms) => ms + 2 * MARGIN_MS)
  t.notOk(tostQuantile(model, slow, 0.5, MARGIN_MS, chance(3), { resamples: 400 }).equivalent, 'a link that is 100 ms slower would be noticed')
})

/** Push, reactions and whether somebody answers at all are of chance, in the model and among people who are asked by the real engine. */
function peopled () {
  const base = scripted({ people: { ana: { reactionS: 1 }, luc: { reactionS: 1 } }, steps: [['ana'], ['luc']], dangerS: 3_600, pinS: 1 })
  const uniform = (low: number, high: number) => ({ ...fixed(0), draw: { is: 'uniform', low, high } as Distribution })
  const [venue] = base.venues
  const [ana, luc] = venue?.responders ?? []
  if (venue === undefined || ana === undefined || luc === undefined) throw new RangeError('two people were asked for')
  return {
    ...base,
    push: { ...base.push, latency: uniform(0.5, 3) },
    // Somebody always comes in the end, and what is pressed by accident is taken back an hour later.
    venues: [{
      ...venue,
      workers: { ...venue.workers, incidents: fixed(0), accidents: fixed(900), cancels: fixed(1), cancelDelay: fixed(3_600) },
      responders: [{ ...ana, answersDay: fixed(0.7), answersNight: fixed(0.7), reaction: uniform(2, 20) }, { ...luc, reaction: uniform(2, 20) }]
    }]
  }
}

t.test('from the hand to "I am coming": p50 and p90 of model and engine are equivalent (TOST)', async (t) => {
  const scenario = peopled()
  const all = replicate(scenario, 0, 0).presses
  // Two presses that overlap are one alarm: only those after a quiet time are compared.
  const alone = all.filter(({ pressedAt }, i) => pressedAt - (all[i - 1]?.pressedAt ?? -Infinity) > 7_200)
  const model = alone.flatMap(({ pressedAt, acceptedAt }) => acceptedAt === null ? [] : [(acceptedAt - pressedAt) * 1_000]).slice(0, 400)
  const engine = await livedByEngine(scenario, 400, chance(17))
  t.equal(model.length, 400)
  for (const [p, marginMs] of [[0.5, 2_500], [0.9, 5_000]] as const) {
    const { low, high, equivalent } = tostQuantile(model, engine, p, marginMs, chance(5), { resamples: 400 })
    t.ok(equivalent, `p${p * 100}: differs by ${Math.round(low)} to ${Math.round(high)} ms, allowed ${marginMs}`)
  }
  const slow = engine.map((ms) => ms + 5_000)
  t.notOk(tostQuantile(model, slow, 0.5, 2_500, chance(5), { resamples: 400 }).equivalent, 'people who take five seconds longer would be noticed')
})
