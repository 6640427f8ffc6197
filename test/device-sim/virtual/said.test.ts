/** Incident: a study in which nobody ever said no, asked for help, or missed a promise, and so told nothing of policies that hinge on it. */
import t from 'tap'
import { replicate, story } from '../../../device-sim/virtual/model/replicate.ts'
import type { Moment } from '../../../device-sim/virtual/model/replication.ts'
import type { Scenario } from '../../../device-sim/scenario/scenario.ts'
import { HOUR_S, given, policy, responder, scenario, type Wish } from './scenario.ts'

const sure = { missedDay: given(0), missedNight: given(0), answersDay: given(1), answersNight: given(1), reaction: given(5), turnout: given(10), nightTurnout: given(1), distance: given(75), walking: given(1.5) }
const unwilling = { ...sure, answersDay: given(0), answersNight: given(0) }
const onlyIncidents = { accidents: given(0), tests: given(0), forced: given(0), pressesAgain: given(0), silent: given(0), pressDelay: given(0), presses: given(1), danger: given(900) }
const push = { latency: given(1), provable: given(1) }

/** Presses of one replication, each with its story: all of them, or those of some seconds. */
function stories (asked: Scenario, { from, to } = { from: 0, to: Infinity }): readonly (readonly Moment[])[] {
  const { presses: all, breaches } = replicate(asked, 0, 0)
  const presses = all.filter(({ pressedAt }) => pressedAt >= from && pressedAt < to)
  t.same(breaches, [])
  t.ok(presses.length > 3, 'something happened')
  return presses.map(({ press }) => story(asked, 0, 0, press))
}
function at (lines: readonly Moment[], what: string): number { return lines.find((line) => line.what === what)?.at ?? NaN }
function near (is: number, wanted: number): boolean { return Math.abs(is - wanted) < 0.01 }

t.test('a friend says "I cannot": the next step is told at once, and not half a minute later', (t) => {
  for (const declines of [0, 1]) {
    const responders = [responder('friend', { ...unwilling, declines: given(declines) }), responder('colleague', sure)]
    const asked = scenario({ days: 20, workers: onlyIncidents, responders, policies: [policy('two', [['friend'], ['colleague']])], over: { push } })
    for (const lines of stories(asked)) {
      t.equal(lines.some(({ what }) => what === 'CANNOT'), declines === 1)
      // A second of push, five to answer; else the thirty seconds of the step.
      t.ok(near(at(lines, 'COMING') - at(lines, 'OPENED'), declines === 1 ? 12 : 36))
    }
  }
  t.end()
})

t.test('whoever arrives finds that they are too few: "we need more" wakes those who were never called', (t) => {
  const responders = [responder('friend', { ...sure, needsMore: given(1) }), responder('colleague', sure)]
  const asked = scenario({ days: 20, workers: { ...onlyIncidents, pin: given(300) }, responders, policies: [policy('two', [['friend'], ['colleague']])], over: { push } })
  for (const lines of stories(asked)) {
    t.ok(near(at(lines, 'NEED_MORE') - at(lines, 'ARRIVED'), 30), 'once they have looked')
    const called = lines.find(({ what, who }) => what === 'told' && who?.endsWith('colleague'))
    t.equal(called?.at, at(lines, 'NEED_MORE'), 'at once')
    t.ok(lines.some(({ what, who }) => what === 'arrives' && who?.endsWith('colleague')))
  }
  t.end()
})

t.test('"I am safe" without her PIN ends nothing: only her PIN does', (t) => {
  const workers = { ...onlyIncidents, pin: given(600), saysSafe: given(1), saysSafeDelay: given(20) }
  const asked = scenario({ days: 20, workers, responders: [responder('friend', unwilling)], policies: [policy('one', [['friend']])], over: { push } })
  for (const lines of stories(asked)) {
    t.ok(near(at(lines, 'SAID_SAFE') - at(lines, 'pressed'), 920))
    t.ok(near(at(lines, 'CLOSED') - at(lines, 'pressed'), 1_500))
    t.ok(lines.some(({ what, at: when }) => what === 'told' && when > 920 + at(lines, 'pressed')), 'they are still being called')
  }
  t.end()
})

t.test('she can\'t press, and the promise that she misses calls her people, without the house and without an authority', (t) => {
  const workers = { ...onlyIncidents, presses: given(0), checkIns: given(1), checkInDelay: given(600), missedRaises: 'assist' as const }
  const responders = [responder('friend', { ...unwilling }), responder('colleague', sure), responder('reference', { ...sure, per: 'venue' }), responder('police', { per: 'venue', kind: 'authority' })]
  const policies = [policy('quiet', [['friend', 'police'], ['colleague']], { houseLane: 'reference', consents: ['police'] })]
  const patient = policies.map((each) => ({ ...each, steps: each.steps.map((step) => ({ ...step, assistWaitS: 120 })) }))
  const asked = scenario({ days: 30, workers, responders, policies: patient, over: { push } })
  for (const lines of stories(asked)) {
    t.equal(lines[0]?.what, 'promise missed')
    t.ok(lines.some(({ what }) => what === 'CHECK_IN_MISSED'))
    t.notOk(lines.some(({ what, who }) => what === 'told' && (who?.endsWith('police') === true || who?.endsWith('reference') === true)))
    t.match(lines.find(({ what }) => what === 'OPENED')?.more, { kind: 'assist', lane: 'hers' })
    t.ok(near(at(lines, 'COMING') - at(lines, 'OPENED'), 126), 'a quiet check waits as its own wait says')
  }
  t.end()
})

t.test('promises that she forgets bring people for nothing, and are no lost press when her button is dead', (t) => {
  const workers = { ...onlyIncidents, incidents: given(0), forgets: given(60), cancels: given(0), missedRaises: 'alarm' as const }
  const asked = scenario({ days: 60, workers, responders: [responder('friend', sure)], policies: [policy('one', [['friend']])], over: { push, buttons: { wall: { ...scenario().buttons['wall']!, failure: { up: given(1), down: given(1e9) } } } } })
  const { presses, measures } = replicate(asked, 0, 0)
  t.ok(presses.length > 10)
  t.ok(presses.every(({ cause, lostWhy }) => cause === 'accident' && lostWhy === null))
  t.ok((measures.needless_trips_month ?? 0) > 1)
  t.equal(story(asked, 0, 0, 0).find(({ what }) => what === 'OPENED')?.more?.['kind'], 'alarm')
  t.end()
})

t.test('a press that asks for a quiet check waits as she chose for it', (t) => {
  const responders = [responder('friend', unwilling), responder('colleague', sure)]
  const policies = [policy('two', [['friend'], ['colleague']])].map((each) => ({ ...each, steps: each.steps.map((step) => ({ ...step, assistWaitS: 300 })) }))
  const asked = scenario({ days: 20, workers: { ...onlyIncidents, quiet: given(1) }, responders, policies, over: { push } })
  for (const lines of stories(asked)) t.ok(near(at(lines, 'COMING') - at(lines, 'OPENED'), 306))
  t.end()
})

t.test('a row of the data package says what a hand did and what nobody\'s hand did', (t) => {
  const of = (workers: NonNullable<Wish['workers']>) => replicate(scenario({
    days: 20, workers: { ...onlyIncidents, ...workers }, responders: [responder('friend', unwilling)], policies: [policy('one', [['friend']])], over: { push }
  }), 0, 0).presses
  const nothing = { quiet: false, missed: false, pressedAgainAt: null, forcedAt: null, saidSafeAt: null }
  for (const row of of({})) t.match(row, nothing)
  for (const row of of({ quiet: given(1) })) t.match(row, { ...nothing, quiet: true })
  for (const missedRaises of ['assist', 'alarm'] as const) {
    for (const row of of({ presses: given(0), checkIns: given(1), checkInDelay: given(60), missedRaises })) t.match(row, { ...nothing, missed: true, quiet: missedRaises === 'assist' })
  }
  const acts = { pressesAgain: given(1), pressAgainDelay: given(100), forced: given(1), forcedDelay: given(200), saysSafe: given(1), saysSafeDelay: given(20) }
  for (const { pressedAt, pressedAgainAt, forced, forcedAt, saidSafeAt } of of(acts)) {
    t.ok(near((pressedAgainAt ?? NaN) - pressedAt, 100), 'her hand, not when it was heard')
    t.ok(near((forcedAt ?? NaN) - pressedAt, 200))
    t.equal(forced, true)
    t.equal(saidSafeAt, null, 'under duress what she shows is an end')
  }
  for (const { pressedAt, saidSafeAt } of of({ saysSafe: given(1), saysSafeDelay: given(20), pin: given(600) })) t.ok(near((saidSafeAt ?? NaN) - pressedAt, 920))
  t.end()
})

/** For an hour of this evening. */
const down = { from: 19 * HOUR_S + 1_200, to: 20 * HOUR_S + 1_200 }
const serviceDown = { is: 'service-down' as const, atS: down.from, forS: down.to - down.from, venue: null }
const around = { from: down.from - 600, to: down.to }
const busy = { ...onlyIncidents, incidents: given(3_000), danger: given(2 * HOUR_S) }

t.test('no push goes out while the service is down; once it is back, what nobody had taken goes', (t) => {
  const faults = [{ is: 'push-down' as const, atS: down.from - 1_200, forS: 2_400, venue: null }, serviceDown]
  const asked = scenario({ days: 1, count: 6, workers: busy, responders: [responder('friend', sure)], policies: [policy('one', [['friend']])], over: { push, faults } })
  const seen = stories(asked, around).flatMap((lines) => lines.filter(({ what }) => what === 'seen').map((line) => line.at))
  t.same(seen.filter((when) => when > down.from + 5 && when < down.to), [])
  t.ok(seen.some((when) => when >= down.to && when < down.to + 5), 'at once when it is back')
  t.end()
})

t.test('what a push service has taken is delivered although the service stopped; nothing else is said, answered or heard until it is back', (t) => {
  const slow = { ...push, latency: given(240) }
  const asked = scenario({ days: 1, count: 12, workers: busy, responders: [responder('friend', sure), responder('reference', { ...unwilling, per: 'venue', duty: { from: 0, to: 24 } })], policies: [policy('two', [['friend', 'reference']])], over: { push: slow, faults: [serviceDown] } })
  const lines = stories(asked, around).flat()
  const meanwhile = lines.filter(({ at: when }) => when > down.from && when < down.to)
  t.ok(meanwhile.some(({ what }) => what === 'seen'), 'on its way already')
  t.same(meanwhile.filter(({ what }) => ['told', 'OPENED', 'STEP_TOLD', 'SHOWN', 'COMING', 'answers', 'received'].includes(what)), [])
  t.ok(lines.some(({ what, at: when }) => what === 'answers' && when >= down.to && when <= down.to + 5), 'who tapped "I go" meanwhile is heard when it is back')
  t.end()
})

t.test('what a scenario says nothing of does not happen, and moves nobody\'s luck', (t) => {
  const before = replicate(scenario({ days: 40 }), 1, 1).presses
  const workers = { forgets: given(30), saysSafe: given(1), saysSafeDelay: given(10) }
  const after = replicate(scenario({ days: 40, workers }), 1, 1).presses
  const hand = ({ pressedAt, receivedAt, cause, silent, room }: typeof before[number]): string => JSON.stringify({ pressedAt, receivedAt, cause, silent, room })
  t.ok(after.length > before.length)
  const now = new Set(after.map(hand))
  t.same(before.map(hand).filter((each) => !now.has(each)), [])
  t.end()
})
