import t from 'tap'
import type { Recipient } from '../../../server/alarm/alarm.ts'
import { checkTelling } from '../../../device-sim/virtual/model/invariants.ts'
import { replicate, story } from '../../../device-sim/virtual/model/replicate.ts'
import { Run } from '../../../device-sim/virtual/model/run.ts'
import type { Running } from '../../../device-sim/virtual/model/run.ts'
import { worldOf } from '../../../device-sim/virtual/model/world.ts'
import type { Replication } from '../../../device-sim/virtual/model/replication.ts'
import { DAY_S, fails, given, policy, responder, scenario } from './scenario.ts'

/** Somebody who answers every alarm, always at once, and is there a minute later. */
const sure = { missedDay: given(0), missedNight: given(0), answersDay: given(1), answersNight: given(1), reaction: given(5), turnout: given(10), nightTurnout: given(1), distance: given(75), walking: given(1.5) }
const onlyIncidents = { accidents: given(0), tests: given(0), forced: given(0), pressesAgain: given(0), silent: given(0), pressDelay: given(0) }

t.test('a press of a house with a friend who always answers: received, alerted, accepted, there, ended by her PIN', (t) => {
  const given1 = scenario({ days: 20, workers: onlyIncidents, responders: [responder('friend', sure)], policies: [policy('one', [['friend']])], venue: { floors: 1 }, over: { push: { latency: given(1), provable: given(1) } } })
  const { presses, breaches } = replicate(given1, 0, 0)
  t.ok(presses.length > 5)
  t.same(breaches, [])
  for (const press of presses) {
    t.ok(press.receivedAt !== null && press.firstAlertAt === press.receivedAt, 'raised in the tick in which it was heard')
    t.equal(round(press.acceptedAt, press.receivedAt), 6, 'a second of push, five of reaction')
    if (press.arrivedAt !== null) t.equal(round(press.arrivedAt, press.acceptedAt), 60, 'ten to the door, fifty on the way')
    t.equal(press.closing, 'pin')
  }
  t.end()
})

t.test('nobody answers: the second step is told 30 s later, and the row says how far it went', (t) => {
  const silent = { ...sure, answersDay: given(0), answersNight: given(0) }
  const asked = scenario({ days: 20, workers: onlyIncidents, responders: [responder('friend', silent), responder('colleague', sure)], policies: [policy('two', [['friend'], ['colleague']])], over: { push: { latency: given(1), provable: given(1) } } })
  for (const press of replicate(asked, 0, 0).presses) {
    t.equal(round(press.acceptedAt, press.receivedAt), 36)
    t.equal(press.steps, 2)
    t.equal(press.told, 2)
  }
  t.end()
})

t.test('police stand in the list without her consent: the core refuses, nobody tells them, and with it they are told', (t) => {
  const responders = [responder('friend', { ...sure, answersDay: given(0), answersNight: given(0) }), responder('police', { kind: 'authority', per: 'venue' })]
  const asked = scenario({ days: 30, workers: { ...onlyIncidents, danger: given(600) }, responders, policies: [policy('without', [['friend'], ['police']]), policy('with', [['friend'], ['police']], { consents: ['police'] })] })
  const without = replicate(asked, 0, 0)
  const wanted = replicate(asked, 1, 0)
  t.equal(without.measures.authority_contact, 0)
  t.ok((wanted.measures.authority_contact ?? 0) > 0)
  t.same([...without.breaches, ...wanted.breaches], [])
  t.end()
})

t.test('a core that told the police by itself, or in a house lane, would be found out: the judge asks the scenario, not the core', (t) => {
  const world = worldOf(scenario({ policies: [policy('without', [['friend'], ['police']]), policy('with', [['friend'], ['police']], { consents: ['police'] })] }), 0)
  const [venue] = world.venues
  const who = venue?.responders.find(({ type }) => type.role === 'police')
  if (venue === undefined || who === undefined) throw new Error('no police in this house')
  const told = (asked: number, lane: 'hers' | 'house', circle = [who.id]): readonly string[] => {
    const run = new Run(world, world.scenario.policies[asked]!, null)
    const running = { alarm: { lane: { is: lane } }, room: venue.rooms[0], circle: new Set(circle), episodes: [] } as unknown as Running
    checkTelling(run, running, { kind: 'authority', id: who.id } as unknown as Recipient, who)
    return run.breaches.map(({ code }) => code)
  }
  t.same(told(0, 'hers'), ['AUTHORITY_WITHOUT_CONSENT'])
  t.same(told(1, 'house'), ['AUTHORITY_OUTSIDE_HER_LANE'])
  t.same(told(1, 'hers', []), ['TOLD_OUTSIDE_CIRCLE'])
  t.same(told(1, 'hers'), [])
  t.end()
})

t.test('a dead battery is a lost press with its reason; a dead network is a late one', (t) => {
  const button = { ...scenario().buttons['wall']!, battery: given({ is: 'exponential', mean: 20 * DAY_S }), replaced: given(15 * DAY_S) }
  const weak = replicate(scenario({ days: 200, over: { buttons: { wall: button } } }), 0, 0)
  const lost = weak.presses.filter(({ lostWhy }) => lostWhy !== null)
  t.ok(lost.length > 0)
  t.ok(lost.every(({ lostWhy, receivedAt }) => lostWhy === 'battery' && receivedAt === null))
  const networks = { wifi: { ...scenario().networks['wifi']!, outage: fails(DAY_S, 2_000) } }
  const cut = replicate(scenario({ days: 200, over: { networks } }), 0, 0)
  const late = cut.presses.filter(({ receivedAt, pressedAt }) => receivedAt !== null && receivedAt - pressedAt > 600)
  t.ok(late.length > 0, 'the button says it again until it is heard')
  t.ok(late.every(({ lostWhy }) => lostWhy === 'network'))
  // MTBF / (MTBF + MTTR) of the one thing that fails.
  t.ok(Math.abs((cut.measures.availability ?? 0) - DAY_S / (DAY_S + 2_000)) < 0.01)
  t.end()
})

t.test('a backup that outlasts every outage is not looked for until the end of time', (t) => {
  const powers = { mains: { outage: fails(DAY_S, 2_000), backup: given(10 * DAY_S) } }
  t.equal(replicate(scenario({ days: 60, over: { powers } }), 0, 0).measures.availability, 1)
  const half = replicate(scenario({ days: 60, over: { powers: { mains: { ...powers.mains, backup: given(2_000) } } } }), 0, 0)
  // Memoryless: what outlives the backup lasts as long again, and one in e does.
  t.ok(Math.abs((half.measures.availability ?? 0) - (1 - 2_000 / Math.E / (DAY_S + 2_000))) < 0.004, String(half.measures.availability))
  t.end()
})

t.test('what is not theirs changes nobody\'s luck: accidents in one house, a policy, a further responder', (t) => {
  const before = replicate(scenario({ count: 1 }), 1, 3)
  const more = replicate(scenario({ count: 3 }), 1, 3)
  t.same(more.presses.filter(({ venueNumber }) => venueNumber === 1).map(unnumbered), before.presses.map(unnumbered), 'two more houses')
  const calm = replicate(scenario({ count: 1, workers: { accidents: given(0), tests: given(0) } }), 1, 3)
  t.same(calm.presses.map(hand), before.presses.filter(({ cause }) => cause === 'incident').map(hand), 'without accidents')
  const other = replicate(scenario({ count: 1 }), 0, 3)
  t.same(other.presses.map(hand), before.presses.map(hand), 'another policy')
  t.same(other.availability, before.availability)
  t.end()
})

t.test('one more responder never makes anybody wait longer for the first "I am coming"', (t) => {
  const responders = [responder('friend'), responder('colleague'), responder('neighbour', { per: 'venue' })]
  const workers = { forced: given(0), pressesAgain: given(0), danger: given(30 * DAY_S), cancels: given(0) }
  const asked = scenario({ days: 90, responders, workers, policies: [policy('two', [['friend', 'colleague']]), policy('three', [['friend', 'colleague', 'neighbour']])] })
  const two = replicate(asked, 0, 0)
  const three = replicate(asked, 1, 0)
  let sooner = 0
  for (const [i, press] of three.presses.entries()) {
    const was = two.presses[i]?.acceptedAt ?? Infinity
    t.ok((press.acceptedAt ?? Infinity) <= was || press.cause === 'test', `press ${i}`)
    if ((press.acceptedAt ?? Infinity) < was) sooner++
  }
  t.ok(sooner > 0)
  t.end()
})

t.test('under duress the alarm goes on among those marked, and two words a quarter of an hour apart end it', (t) => {
  const asked = scenario({
    days: 30, workers: { ...onlyIncidents, forced: given(1), forcedDelay: given(20), danger: given(900) },
    responders: [responder('friend', { ...sure, reaction: given(60) }), responder('colleague', sure)], policies: [policy('marked', [['friend', 'colleague']], { mayKnow: ['friend'] })]
  })
  const { presses, breaches } = replicate(asked, 0, 0)
  const forced = presses.filter((press) => press.forced)
  t.ok(forced.length > 3)
  t.same(breaches, [])
  for (const { press } of forced) {
    const lines = story(asked, 0, 0, press)
    const from = lines.findIndex(({ what }) => what === 'DURESS')
    t.ok(from > 0)
    t.notOk(lines.slice(from).some(({ what, who, more }) => what === 'told' && who?.endsWith('colleague') && more?.['saying'] !== 'stand-down'), 'whoever is not marked hears that it is over')
    t.match(lines.filter(({ what }) => what === 'CLOSED').at(-1)?.more, { why: 'two-said-over' })
  }
  t.end()
})

t.test('the same numbers give the same replication, to the last byte, and another seed another', (t) => {
  const asked = scenario({ over: { service: fails(3 * DAY_S, 1_800) } })
  const first = JSON.stringify(replicate(asked, 1, 2))
  replicate(asked, 0, 5)
  t.equal(JSON.stringify(replicate(structuredClone(asked), 1, 2)), first)
  t.not(JSON.stringify(replicate(scenario({ seed: 8 }), 1, 2)), first)
  t.end()
})

t.test('nothing breaks in a bad world: machines that fail, people who sleep, push that is lost', (t) => {
  const asked = scenario({
    days: 120, workers: { forced: given(0.4), pressesAgain: given(0.6), accidents: given(60) },
    over: {
      service: fails(2 * DAY_S, 3_600), networks: { wifi: { ...scenario().networks['wifi']!, loss: given(0.3), outage: fails(2 * DAY_S, 7_200) } },
      push: { latency: given({ is: 'mixture', parts: [{ share: 0.8, of: { is: 'log-normal', median: 1, sigma: 1 } }, { share: 0.2, of: { is: 'never' } }] }), provable: given(0.5) },
      faults: [{ is: 'push-down', atS: 20 * DAY_S, forS: DAY_S, venue: null }, { is: 'push-slow', atS: 40 * DAY_S, forS: 5 * DAY_S, times: 30 }, { is: 'service-down', atS: 60 * DAY_S, forS: DAY_S, venue: null }]
    }
  })
  const broken: Replication['breaches'][number][] = []
  for (let n = 0; n < 3; n++) for (const index of [0, 1]) broken.push(...replicate(asked, index, n).breaches)
  t.same(broken, [])
  t.end()
})

function round (at: number | null, since: number | null): number | null { return at === null || since === null ? null : Math.round(at - since) }
function unnumbered ({ press, ...row }: Replication['presses'][number]): object { return row }
function hand ({ pressedAt, receivedAt, cause, silent, room }: Replication['presses'][number]): object { return { pressedAt, receivedAt, cause, silent, room } }
