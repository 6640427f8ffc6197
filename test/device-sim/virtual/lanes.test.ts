/** Incident: a reference person who stands in her list too counted as two: woken twice, deciding twice, and answering in one of the two alerts only. */
import fc from 'fast-check'
import t from 'tap'
import { replicate, story } from '../../../device-sim/virtual/model/replicate.ts'
import type { Moment } from '../../../device-sim/virtual/model/replication.ts'
import type { Scenario } from '../../../device-sim/scenario/scenario.ts'
import { given, policy, responder, scenario, spread } from './scenario.ts'

const sure = { missedDay: given(0), missedNight: given(0), answersDay: given(1), answersNight: given(1), reaction: given(5), turnout: given(10), nightTurnout: given(1), distance: given(75), walking: given(1.5) }
const onlyIncidents = { accidents: given(0), tests: given(0), forced: given(0), pressesAgain: given(0), silent: given(0), pressDelay: given(0), presses: given(1), danger: given(900) }
const push = { latency: given(1), provable: given(1) }
const both = [policy('both', [['reference']], { houseLane: 'reference' })]

function said (lines: readonly Moment[], what: string): readonly { readonly lane: unknown, readonly at: number }[] {
  return lines.filter((line) => line.what === what).map(({ at, more }) => ({ lane: more?.['lane'], at }))
}
function stories (asked: Scenario, index = 0): readonly (readonly Moment[])[] {
  return replicate(asked, index, 0).presses.map(({ press }) => story(asked, index, 0, press))
}

t.test('whoever is in her lane and in the house\'s is woken once, decides once, goes once, and says it in both', (t) => {
  const asked = scenario({ days: 20, count: 1, workers: onlyIncidents, responders: [responder('reference', { ...sure, per: 'venue' })], policies: both, over: { push } })
  const { presses, burden, breaches } = replicate(asked, 0, 0)
  t.same(breaches, [])
  t.ok(presses.some(({ wakings }) => wakings > 0) && presses.length > 5)
  t.equal(burden[0]?.wakings, presses.filter(({ night, wakings }) => night && wakings > 0).length, 'once a press')
  for (const row of presses) {
    t.match(row, { trips: 1, arrivals: 1, redundantArrivals: 0, told: 1 })
    const lines = story(asked, 0, 0, row.press)
    for (const what of ['COMING', 'ARRIVED']) {
      const [first, second] = said(lines, what)
      t.same(new Set([first?.lane, second?.lane]), new Set(['hers', 'house']), what)
      t.equal((second?.at ?? NaN) - (first?.at ?? NaN), 3, 'the second alert is another tap')
    }
    t.ok(said(lines, 'told').length >= 2, 'they are two alerts')
  }
  t.end()
})

t.test('who says "I cannot" says it in both lanes, and who misses one alert misses the other that comes with it', (t) => {
  const unwilling = responder('reference', { ...sure, per: 'venue', answersDay: given(0), answersNight: given(0), declines: given(1) })
  const asked = scenario({ days: 20, count: 1, workers: onlyIncidents, responders: [unwilling], policies: both, over: { push } })
  for (const lines of stories(asked)) t.same(said(lines, 'CANNOT').map(({ lane }) => lane).slice(0, 2).toSorted(), ['hers', 'house'])
  const dozing = responder('reference', { ...sure, per: 'venue', missedDay: given(0.5), missedNight: given(0.5), answersDay: given(0), answersNight: given(0) })
  let missed = 0
  for (const lines of stories(scenario({ days: 20, count: 1, workers: onlyIncidents, responders: [dozing], policies: both, over: { push } }))) {
    const [first] = lines.filter(({ what }) => what === 'missed' || what === 'seen')
    const together = lines.filter(({ what, at }) => at === first?.at && (what === 'missed' || what === 'seen'))
    t.equal(together.length, 2)
    t.equal(new Set(together.map(({ what }) => what)).size, 1)
    if (first?.what === 'missed') missed++
  }
  t.ok(missed > 0)
  t.end()
})

t.test('forced: the house hears that it is over, and whoever may know goes on, for her lane told them so', (t) => {
  const workers = { ...onlyIncidents, forced: given(1), forcedDelay: given(30) }
  const far = responder('reference', { ...sure, per: 'venue', mayKnow: true, distance: given(600) })
  const asked = scenario({ days: 20, count: 1, workers, responders: [far], policies: [policy('both', [['reference']], { houseLane: 'reference', mayKnow: ['reference'] })], over: { push } })
  for (const lines of stories(asked)) {
    t.ok(lines.some(({ what, more }) => what === 'seen' && more?.['saying'] === 'stand-down' && more['lane'] === 'house'))
    t.notOk(lines.some(({ what }) => what === 'turns back'))
    t.ok(lines.some(({ what }) => what === 'arrives'))
  }
  t.end()
})

t.test('a quiet check of hers is open, then she presses: who comes for the house turns back once the house says that it is over', (t) => {
  const unwilling = responder('friend', { ...sure, per: 'venue', answersDay: given(0), answersNight: given(0) })
  const asked = scenario({
    days: 4, count: 1, venue: { rooms: 1 }, workers: { ...onlyIncidents, incidents: given(3_000), quiet: given(0.5), danger: given(300), pin: given(10) },
    responders: [unwilling, responder('reference', { ...sure, per: 'venue', distance: given(1_500) })], policies: [policy('house', [['friend']], { houseLane: 'reference' })], over: { push }
  })
  const { presses } = replicate(asked, 0, 0)
  let turned = 0
  let afterQuiet = 0
  for (const { press } of presses) {
    const lines = story(asked, 0, 0, press).filter(({ what, who }) => what === 'UPGRADED' || who?.includes('reference') === true)
    const over = lines.find(({ what, more }) => what === 'seen' && more?.['saying'] === 'stand-down')
    if (over === undefined || !lines.some(({ what, at }) => what === 'leaves' && at <= over.at) || lines.some(({ what, at }) => what === 'arrives' && at <= over.at)) continue
    t.ok(lines.some(({ what, at }) => what === 'turns back' && at === over.at), `press ${press}: at once`)
    t.notOk(lines.some(({ what }) => what === 'arrives'), `press ${press}: and does not arrive`)
    turned++
    if (lines.some(({ what }) => what === 'UPGRADED')) afterQuiet++
  }
  t.ok(turned > afterQuiet && afterQuiet > 2, `${afterQuiet} of ${turned} after a quiet check`)
  t.end()
})

const STEPS = ['turns back', 'arrives', 'answers', 'leaves']

/** Everybody's goings, each once, whichever presses they were for; and what nobody can do: leave while they are out, or before they said that they come. */
function trips (asked: Scenario, index: number): { readonly all: number, readonly impossible: readonly string[] } {
  const goings = new Map(stories(asked, index).flat().filter(({ what }) => STEPS.includes(what)).map(({ at, what, who = '' }) => [`${at} ${what} ${who}`, { at, what, who }]))
  const state = new Map<string, string>()
  const impossible: string[] = []
  let all = 0
  for (const { at, what, who } of [...goings.values()].toSorted((a, b) => a.at - b.at || STEPS.indexOf(a.what) - STEPS.indexOf(b.what))) {
    const before = state.get(who)
    if (what === 'answers' && before === 'leaves') continue
    if (what === 'leaves') {
      all++
      if (before !== 'answers') impossible.push(`${who} leaves at ${at} after ${before ?? 'nothing'}`)
    }
    state.set(who, what)
  }
  return { all, impossible }
}

/** After these whoever came counts no more until they say it again; the first begins the next press's story. */
const ASKED_ANEW = new Set(['pressed', 'PRESSED_AGAIN', 'UPGRADED', 'SILENT_AFTER_ARRIVAL'])

t.test('whoever went on to another room is not in the first any more, and a trip that came to somebody in danger was needed', (t) => {
  const dangerS = 3_000
  const asked = scenario({
    days: 3, count: 1, venue: { rooms: 3, floors: 3 }, workers: { ...onlyIncidents, incidents: given(2_000), accidents: given(8_000), cancels: given(0), danger: given(dangerS), pin: given(200) },
    responders: [responder('reference', { ...sure, per: 'venue', distance: given(300), stairs: given(0.05), reaction: given(60) })], policies: [policy('one', [['reference']])], over: { push }
  })
  const { presses, burden } = replicate(asked, 0, 0)
  const lines = presses.flatMap(({ press, room }) => story(asked, 0, 0, press).map((line) => ({ ...line, press, room })))
  const arrivals = lines.filter(({ what }) => what === 'arrives')
  const came = new Set(arrivals.map(({ press }) => press))
  const joined = presses.filter(({ press, arrivedAt }) => arrivedAt !== null && !came.has(press))
  for (const { press, room, arrivedAt } of joined) {
    const lastAt = Math.max(...arrivals.filter(({ at }) => at <= (arrivedAt ?? 0)).map(({ at }) => at))
    t.ok(arrivals.some((arrival) => arrival.at === lastAt && arrival.room === room), `press ${press} in room ${room}: they came to that room last`)
  }
  t.ok(joined.length > 5, `${joined.length} pressed where somebody was`)
  t.same(lines.filter(({ what }, i) => what === 'COMING' && lines.slice(0, i).findLast(({ what }) => ASKED_ANEW.has(what) || what === 'ARRIVED')?.what === 'ARRIVED'), [], 'nobody goes back for an answer that they have given')
  t.same(lines.filter(({ what, press }, i) => what === 'arrives' && lines.slice(0, i).findLast((line) => line.press === press && line.what === 'seen')?.more?.['saying'] === 'stand-down'), [], 'and nobody comes back to what they know to be over')
  const left = [...new Set(lines.filter(({ what }) => what === 'leaves').map(({ at }) => at))].toSorted((a, b) => a - b)
  const needed = left.filter((from, i) => presses.some(({ cause, pressedAt, arrivedAt }) =>
    cause === 'incident' && arrivedAt !== null && arrivedAt >= from && arrivedAt < (left[i + 1] ?? Infinity) && arrivedAt < pressedAt + dangerS))
  t.equal(burden[0]?.trips, left.length)
  t.equal(burden[0]?.needlessTrips, left.length - needed.length)
  t.ok(needed.length > 20 && needed.length < left.length - 20, `${needed.length} of ${left.length} needed`)
  t.end()
})

t.test('called back to a room that they had left, by another press there: told on the stairs that it is over, they do not arrive', (t) => {
  let told = 0
  for (const seed of [1, 3]) {
    const asked = scenario({
      seed, days: 0.5, count: 1, venue: { rooms: 3, floors: 3 }, workers: { ...onlyIncidents, incidents: given(2_000), accidents: given(20_000), cancels: given(0), danger: given(3_000), pin: given(400) },
      responders: [responder('reference', { ...sure, per: 'venue', distance: given(300), stairs: given(0.05) })], policies: [policy('one', [['reference']])], over: { push }
    })
    for (const lines of stories(asked)) {
      const ownTimes = lines.filter(({ what, more }) => what === 'arrives' || (what === 'seen' && (more?.['saying'] === 'stand-down' || more?.['saying'] === 'alert')))
      const over = ownTimes.findIndex(({ more }) => more?.['saying'] === 'stand-down')
      if (over < 0) continue
      told++
      t.notOk(ownTimes.slice(over).some(({ what }, i, after) => what === 'arrives' && after.slice(0, i).findLast(({ what }) => what === 'seen')?.more?.['saying'] === 'stand-down'))
    }
  }
  t.ok(told > 50, `${told} were told`)
  t.end()
})

t.test('nobody is ever on two trips at once, and each trip is counted once', (t) => {
  const chances = fc.record({ seed: fc.nat(1_000), house: fc.boolean(), needsMore: fc.boolean(), forced: fc.boolean(), incidents: fc.constantFrom(200, 2_000), rooms: fc.integer({ min: 1, max: 3 }) })
  let trodden = 0
  fc.assert(fc.property(chances, ({ seed, house, needsMore, forced, incidents, rooms }) => {
    const asked = scenario({
      seed, days: 2, count: 1, venue: { rooms, floors: 3 }, workers: { incidents: given(incidents), presses: given(1), accidents: given(100), forced: given(forced ? 0.5 : 0), danger: spread(600) },
      responders: [responder('friend'), responder('reference', { per: 'venue', distance: given(900), needsMore: given(needsMore ? 1 : 0) })],
      policies: [policy('one', [['reference'], ['friend']], { houseLane: house ? 'reference' : null, mayKnow: ['friend'] })]
    })
    const { burden, breaches } = replicate(asked, 0, 0)
    const { all, impossible } = trips(asked, 0)
    trodden += all
    return breaches.length === 0 && burden.every((row) => row.needlessTrips <= row.trips) && impossible.length === 0 && burden.reduce((sum, row) => sum + row.trips, 0) === all
  }), { numRuns: 20, seed: 5 })
  t.ok(trodden > 100, `${trodden} trips`)
  t.end()
})
