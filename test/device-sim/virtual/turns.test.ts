/** Incident: a study in which all who work in a room were one worker with one list, so that nobody could see whose people are told of whose press. */
import fc from 'fast-check'
import t from 'tap'
import { replicate, story } from '../../../device-sim/virtual/model/replicate.ts'
import type { Moment, PressRow } from '../../../device-sim/virtual/model/replication.ts'
import type { Scenario } from '../../../device-sim/scenario/scenario.ts'
import { HOUR_S, given, policy, responder, scenario, type Wish } from './scenario.ts'

const sure = { missedDay: given(0), missedNight: given(0), answersDay: given(1), answersNight: given(1), reaction: given(5), turnout: given(10), nightTurnout: given(1), distance: given(75), walking: given(1.5) }
const people = [responder('friend', { per: 'worker', mayKnow: true }), responder('neighbour'), responder('reference', { per: 'venue' })]
const policies = [policy('legal-minimum', [['reference']]), policy('steps', [['friend'], ['neighbour']], { mayKnow: ['friend'], houseLane: 'reference' })]

function sharing (workersPerRoom: number, wish: Wish = {}): Scenario {
  return scenario({ days: 28, count: 1, responders: people, policies, ...wish, venue: { rooms: 2, workersPerRoom, ...wish.venue } })
}
function told (lines: readonly Moment[], lane?: string): readonly string[] {
  return [...new Set(lines.filter(({ what, more }) => what === 'told' && (lane === undefined || more?.['lane'] === lane)).map(({ who = '' }) => who))]
}
/** Those whom this press may call: her own friend, her room's neighbour, her venue's reference person. */
function hers ({ venueNumber, room, worker }: PressRow): readonly string[] {
  const place = `house ${venueNumber} room ${room}`
  return [`${worker === 1 ? place : `${place} worker ${worker}`} friend`, `${place} neighbour`, `house ${venueNumber} reference`]
}

t.test('three take turns: each has her part of the day, each week another, and all of it is somebody\'s', (t) => {
  const asked = sharing(3, { days: 42, workers: { shift: { from: 18, to: 3 }, incidents: given(2_000), presses: given(1), pressDelay: given(0), accidents: given(0), tests: given(0), forced: given(0), pressesAgain: given(0) } })
  const turns = new Map<string, Set<number>>()
  for (const { pressedAt, worker } of replicate(asked, 1, 0).presses) {
    const h = pressedAt / HOUR_S - 18
    const key = `week ${Math.floor(h / 24 / 7)} part ${Math.floor((h % 24) / 3)}`
    turns.set(key, (turns.get(key) ?? new Set()).add(worker))
  }
  t.equal(turns.size, 18)
  for (const [key, workers] of turns) t.equal(workers.size, 1, key)
  for (const part of [0, 1, 2]) t.same(new Set([0, 1, 2].flatMap((week) => [...turns.get(`week ${week} part ${part}`) ?? []])), new Set([1, 2, 3]), 'nobody has the nights alone')
  t.end()
})

t.test('a press calls the people of whoever is on shift: nobody else\'s, and of the house only whom the house may tell', (t) => {
  const chances = fc.record({ seed: fc.nat(1_000), workers: fc.integer({ min: 1, max: 4 }), rooms: fc.integer({ min: 1, max: 3 }), checkIns: fc.boolean(), index: fc.integer({ min: 0, max: 1 }) })
  let seen = 0
  fc.assert(fc.property(chances, ({ seed, workers, rooms, checkIns, index }) => {
    const asked = sharing(workers, { seed, days: 4, venue: { rooms, workersPerRoom: workers }, workers: { incidents: given(300), accidents: given(300), forgets: given(100), presses: given(checkIns ? 0.2 : 1), checkIns: given(1), forced: given(0.3) } })
    const { presses, breaches } = replicate(asked, index, 0)
    seen += presses.filter(({ worker }) => worker > 1).length
    return breaches.length === 0 && presses.every((row) => {
      const lines = story(asked, index, 0, row.press)
      return told(lines, 'hers').every((who) => hers(row).includes(who)) && told(lines, 'house').every((who) => who === `house ${row.venueNumber} reference`)
    })
  }), { numRuns: 20, seed: 11 })
  t.ok(seen > 50, `${seen} presses of those who are not the first of their room`)
  t.end()
})

t.test('hers is still open when the next one presses: two alarms, two lists, and a PIN ends one of them', (t) => {
  const workers = { shift: { from: 18, to: 4 }, incidents: given(3_000), presses: given(1), pressDelay: given(0), accidents: given(0), tests: given(0), forced: given(0), pressesAgain: given(0), danger: given(2 * HOUR_S), pin: given(60) }
  const unwilling = { ...sure, answersDay: given(0), answersNight: given(0) }
  const asked = sharing(2, { days: 3, workers, venue: { rooms: 1, workersPerRoom: 2 }, responders: [responder('friend', { ...unwilling, per: 'worker' }), responder('reference', { ...unwilling, per: 'venue' })], policies: [policy('one', [['friend']], { houseLane: 'reference' })] })
  const { presses, breaches } = replicate(asked, 0, 0)
  t.same(breaches, [])
  let overlaps = 0
  for (const [i, row] of presses.entries()) {
    const before = presses[i - 1]
    if (before === undefined || before.worker === row.worker || before.closedAt === null || before.closedAt < row.pressedAt) continue
    overlaps++
    const lines = story(asked, 0, 0, row.press)
    const opened = lines.find(({ what, more }) => what === 'OPENED' && more?.['lane'] === 'hers')
    t.ok(opened !== undefined && opened.at < before.closedAt, 'an alarm of her own')
    t.same(told(lines, 'hers'), hers(row).slice(0, 1))
    const houseOver = lines.findLast(({ what, more }) => what === 'CLOSED' && more?.['lane'] === 'house')
    t.ok((houseOver?.at ?? 0) >= Math.max(before.closedAt, row.closedAt ?? 0), 'the house\'s lane lives as long as either')
  }
  t.ok(overlaps > 0, `${overlaps} such nights`)
  t.end()
})

t.test('with one worker a room\'s numbers are what they were; with more, a policy still moves nobody\'s luck, and rates of a room stay those of the room', (t) => {
  const one = replicate(scenario({ responders: [responder('friend', { per: 'room' })], policies: [policy('one', [['friend']])] }), 0, 1)
  const hersAlone = replicate(scenario({ responders: [responder('friend', { per: 'worker' })], policies: [policy('one', [['friend']])] }), 0, 1)
  t.same(hersAlone.presses, one.presses, 'her own is the room\'s')
  const hand = ({ pressedAt, receivedAt, cause, worker }: PressRow): object => ({ pressedAt, receivedAt, cause, worker })
  t.same(replicate(sharing(3), 1, 2).presses.map(hand), replicate(sharing(3), 0, 2).presses.map(hand))
  const tests = (workers: number): number => [0, 1, 2, 3, 4].flatMap((n) => replicate(sharing(workers, { days: 200, workers: { tests: given(100), worked: given(0.6) } }), 0, n).presses).filter(({ cause }) => cause === 'test').length
  const [alone, three] = [tests(1), tests(3)]
  // Both are counts of about 550: five standard errors apart at most.
  t.ok(Math.abs(alone - three) < 5 * Math.sqrt(alone + three), `${alone}, ${three}`)
  t.end()
})
