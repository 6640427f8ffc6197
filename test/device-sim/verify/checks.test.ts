/** Incident: a verification that could not fail. Every check passes the real thing and fails a liar that is wrong in the very way it is about. */
import t from 'tap'
import { checks } from '../../../device-sim/verify/checks.ts'
import { acceptedBy, closedForm } from '../../../device-sim/verify/closed-form.ts'
import { availability } from '../../../device-sim/verify/availability.ts'
import { coverage, experiments } from '../../../device-sim/verify/coverage.ts'
import { determinism } from '../../../device-sim/verify/determinism.ts'
import { metamorphic } from '../../../device-sim/verify/metamorphic.ts'
import { languages } from '../../../device-sim/report/say.ts'
import { checkWords } from '../../../device-sim/report/words/checks.ts'
import type { Outcome, Replicate } from '../../../device-sim/verify/outcome.ts'
import { erlang, little, serve } from '../../../device-sim/verify/queue.ts'
import type { Serve } from '../../../device-sim/verify/queue.ts'
import { realNumbers, streams } from '../../../device-sim/verify/streams.ts'
import type { Numbers } from '../../../device-sim/verify/streams.ts'
import { stream } from '../../../device-sim/virtual/chance/stream.ts'
import { replicate } from '../../../device-sim/virtual/model/replicate.ts'
import type { Policy } from '../../../device-sim/scenario/scenario.ts'

const SEED = 1
/** Small enough for a test; `device-sim verify` takes more. */
const ROOMS = 12
const FEW = 4
/** Every text that a report shows of what was checked here. */
const shown = new Set<string>()
const failing = (outcomes: readonly Outcome[]): string[] => outcomes.map((outcome) => {
  if (!outcome.measures.includes('nothing was checked')) shown.add(outcome.check).add(outcome.claim).add(outcome.measures)
  return outcome
}).filter(({ passes }) => !passes).map(({ check }) => check)

t.test('random numbers: the real ones pass; uneven ones, neighbours that lean on each other and keys that are alike do not', async (t) => {
  t.strictSame(failing(streams(realNumbers, SEED)), [])
  const uneven: Numbers = (...key) => { const real = stream(...key); return { at: (k) => real.at(k) ** 1.06 } }
  t.strictSame(failing(streams(uneven, SEED)), ['stream: even', 'stream: uniform', 'keys: even over replications', 'keys: even over rooms'])
  const leaning: Numbers = (...key) => { const real = stream(...key); return { at: (k) => real.at(k % 2 === 0 || real.at(k) > 0.1 ? k : k - 1) } }
  t.ok(failing(streams(leaning, SEED)).includes('stream: neighbours'))
  const alike: Numbers = (seed, replication, entity, purpose) => stream(seed, replication >> 1, entity.replace(/\d$/, ''), purpose)
  t.strictSame(failing(streams(alike, SEED)).filter((check) => check.startsWith('keys: neighbouring')), ['keys: neighbouring replications', 'keys: neighbouring rooms'])
})

t.test('kernel: Erlang C and Little hold; slower clerks and a customer who is forgotten are seen', async (t) => {
  t.strictSame(failing([...erlang(serve, SEED), little(serve, SEED)]), [])
  const slow: Serve = (counter, ...rest) => serve({ ...counter, serviceRate: counter.serviceRate * 0.98 }, ...rest)
  t.strictSame(failing(erlang(slow, SEED)), ['M/M/3, share that waits', 'M/M/3, mean wait'])
  const forgetful: Serve = (...args) => { const served = serve(...args); return { ...served, stays: served.stays.slice(1) } }
  t.strictSame(failing([little(forgetful, SEED)]), ["Little's law"])
})

t.test('alarms: the formula is met; a step that waits fifteen seconds too long, and one person fewer, are not', async (t) => {
  const real = closedForm(replicate, SEED, ROOMS)
  failing([real])
  t.ok(real.passes, `${real.statistic} of ${real.most}`)
  const wrong = (change: (policy: Policy) => Policy): Replicate => (scenario, ...rest) => replicate({ ...scenario, policies: scenario.policies.map(change) }, ...rest)
  const late = wrong((policy) => ({ ...policy, steps: policy.steps.map((step, k) => (k === 0 ? { ...step, waitS: 45 } : step)) }))
  t.notOk(closedForm(late, SEED, ROOMS).passes, 'the first step waits 45 s')
  const fewer = wrong((policy) => ({ ...policy, steps: policy.steps.map((step, k) => (k === 0 ? { ...step, people: step.people.slice(1) } : step)) }))
  t.notOk(closedForm(fewer, SEED, ROOMS).passes, 'one person fewer in the first step')
})

t.test('the formula itself, by hand: one step of one person is p F, and what nobody accepts is the product of the refusals', async (t) => {
  const one = [{ waitS: 30, n: 1, p: 0.4 }]
  t.ok(Math.abs(acceptedBy(1.3 + 12, one) - 0.4 * 0.5) < 1e-12, 'half of them at the median reaction')
  t.equal(acceptedBy(1.3, one), 0, 'not before the alert is there')
  t.ok(Math.abs(acceptedBy(Infinity) - (1 - 0.55 ** 2 * 0.4 * 0.7 ** 3)) < 1e-12)
})

t.test('availability: MTBF over MTBF and MTTR; outages that are all as long as the median one are seen', async (t) => {
  t.strictSame(failing([availability(replicate, SEED)]), [])
  const median: Replicate = (scenario, ...rest) => {
    const { net } = scenario.networks
    if (net === undefined) throw new Error('the scenario has no network')
    return replicate({ ...scenario, networks: { net: { ...net, outage: { ...net.outage, down: { ...net.outage.down, draw: { is: 'constant', value: 43_200 } } } } } }, ...rest)
  }
  t.notOk(availability(median, SEED).passes)
})

t.test('between two runs on the same luck: one press that got later, and one month that lost a minute, are seen; and a change that changes nothing is no check', async (t) => {
  t.strictSame(failing(metamorphic(replicate, SEED, FEW)), [])
  const later: Replicate = (scenario, policy, replication) => {
    const real = replicate(scenario, policy, replication)
    return policy === 0 || replication > 0 ? real : { ...real, presses: real.presses.map((press, i) => (i === 3 ? { ...press, acceptedAt: null } : press)) }
  }
  t.strictSame(failing(metamorphic(later, SEED, FEW)), ['one responder more', 'a shorter wait'])
  const darker: Replicate = (scenario, policy, replication) => {
    const real = replicate(scenario, policy, replication)
    const isStronger = scenario.venues[0]?.gateway === null || JSON.stringify(scenario.powers['mains']?.backup.draw) !== JSON.stringify({ is: 'constant', value: 0 })
    return isStronger && replication === 0 ? { ...real, availability: real.availability.map((row, i) => (i === 0 ? { ...row, upS: row.upS / 2 } : row)) } : real
  }
  t.strictSame(failing(metamorphic(darker, SEED, FEW)), ['one part fewer to fail', 'a longer backup'])
  const deaf: Replicate = (scenario, _, replication) => replicate({ ...scenario, venues: scenario.venues.map((venue) => ({ ...venue, gateway: null })) }, 0, replication)
  t.strictSame(failing(metamorphic(deaf, SEED, FEW)), ['one responder more', 'a shorter wait', 'one part fewer to fail'], 'no press and no month got better: nothing was checked')
})

t.test('repeatability: a model that remembers what it ran before is seen', async (t) => {
  t.strictSame(failing([determinism(replicate, SEED)]), [])
  let runs = 0
  const remembering: Replicate = (...args) => ({ ...replicate(...args), events: runs++ })
  t.notOk(determinism(remembering, SEED).passes)
  const deaf: Replicate = (scenario, policy) => replicate({ ...scenario, seed: 7 }, policy, 0)
  t.notOk(determinism(deaf, SEED).passes, 'neither seed nor replication changes anything')
})

t.test('coverage: honest intervals hold the truth, narrow and wide ones are both found out', async (t) => {
  const honest = experiments.filter(({ name }) => ["Student's t", 'Wilson', 'paired difference'].includes(name))
  t.equal(honest.length, 3)
  t.strictSame(failing(coverage(honest, SEED)), [])
  const stretched = (by: number): typeof experiments => honest.slice(0, 1).map((experiment) => ({
    ...experiment,
    interval: (uniform) => {
      const { value, low, high } = experiment.interval(uniform)
      return { value, low: value - by * (value - low), high: value + by * (high - value) }
    }
  }))
  t.equal(failing(coverage(stretched(0.85), SEED)).length, 1)
  t.equal(failing(coverage(stretched(1.25), SEED)).length, 1)
})

t.test('nothing is left out of what the command runs', async (t) => {
  t.strictSame(checks.map(({ name }) => name), ['random numbers', 'kernel', 'alarms', 'availability', 'metamorphic', 'determinism', 'coverage'])
})

t.test('whoever reads the report in French or Dutch reads there what was checked, too', async (t) => {
  for (const { name } of experiments) shown.add(`coverage: ${name}`)
  t.equal(shown.size, 25 + 14 + 9, 'every check, claim and measure was seen above')
  for (const language of languages) t.strictSame([...shown].filter((text) => checkWords(language, text).isEnglish), [], language)
  t.strictSame(checkWords('nl', 'a new check'), { text: 'a new check', isEnglish: true })
})
