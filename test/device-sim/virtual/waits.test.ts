/**
 * Incident: by waits that were cut short when the service learned of an end, lost presses waited on among those that were
 * answered, and a woman who was forced to end hers while nobody might know was in no figure at all.
 */
import t from 'tap'
import { replicate } from '../../../device-sim/virtual/model/replicate.ts'
import type { Replication } from '../../../device-sim/virtual/model/replication.ts'
import { untilAccepted } from '../../../device-sim/virtual/model/waits.ts'
import { DAY_S, fails, given, policy, responder, scenario } from './scenario.ts'
import type { Wish } from './scenario.ts'

const sure = { missedDay: given(0), missedNight: given(0), answersDay: given(1), answersNight: given(1), per: 'venue' as const, reaction: given(60) }
const lived = (wish: Wish): Replication => replicate(scenario({ days: 200, count: 4, ...wish }), 0, 0)
const real = ({ presses }: Replication) => presses.filter(({ cause }) => cause !== 'test')

t.test('how many take a press back changes nothing of what becomes of those that were lost', (t) => {
  const { wall } = scenario().buttons
  if (wall === undefined) throw new Error('no button')
  const never = [0, 0.8].map((cancels) => {
    const run = lived({
      workers: { incidents: given(0), accidents: given(300), cancels: given(cancels), cancelDelay: given(5), tests: given(0), pressesAgain: given(0), forced: given(0) },
      responders: [responder('friend', sure)],
      policies: [policy('p', [['friend']])],
      over: { buttons: { wall: { ...wall, failure: fails(90 * DAY_S, 10 * DAY_S) } } }
    })
    t.ok(real(run).length > 1_000 && (run.measures.lost_press ?? 0) > 0.05)
    t.ok(Math.abs((run.measures.never_accepted ?? 1) - (run.measures.lost_press ?? 0)) < 0.02, `${cancels}: ${run.measures.never_accepted ?? ''}`)
    return run.measures.never_accepted ?? 0
  })
  t.ok(Math.abs((never[0] ?? 0) - (never[1] ?? 1)) < 0.02)
  t.end()
})

/** Half of the women, or all, are forced to give a PIN after 20 s; danger lasts two hours, and the friend answers after a minute. */
const forced = (share: number, mayKnow: readonly string[], again = 0): Replication => lived({
  days: 25,
  workers: { incidents: given(200), presses: given(1), accidents: given(0), pressesAgain: given(again), pressAgainDelay: given(40), forced: given(share), forcedDelay: given(20), danger: given(7_200), tests: given(0) },
  responders: [responder('friend', { ...sure, mayKnow: true })],
  policies: [policy('p', [['friend']], { mayKnow })]
})

t.test('a woman who was forced to end it, while nobody might know, waits on and nobody comes', (t) => {
  const [unknown, known] = [forced(0.5, []), forced(0.5, ['friend'])]
  const share = real(unknown).filter((press) => press.forced).length / real(unknown).length
  t.ok(share > 0.4)
  t.ok(Math.abs((unknown.measures.never_accepted ?? 0) - share) < 0.01, `${unknown.measures.never_accepted ?? ''}`)
  t.ok((known.measures.never_accepted ?? 1) < 0.01, 'whoever may know comes all the same')
  t.end()
})

t.test('forced to end it, she presses again: who comes then has come to her', (t) => {
  const run = forced(1, [], 1)
  const waits = untilAccepted({ presses: run.presses, endS: scenario({ days: 25 }).horizonS })
  const accepted = real(run).filter(({ acceptedAt, neededUntil }) => acceptedAt !== null && acceptedAt <= (neededUntil ?? Infinity)).length
  t.ok(accepted > 0.9 * real(run).length)
  t.equal(waits.filter(({ ended }) => ended).length, accepted)
  t.end()
})

t.test('an accident that nobody answered is ended by her after half a day: it does not swallow the presses of months', (t) => {
  const presses = real(lived({
    days: 400,
    count: 1,
    workers: { incidents: given(0), accidents: given(60), cancels: given(0), pressesAgain: given(0), forced: given(0), tests: given(0) },
    responders: [responder('friend', { ...sure, answersDay: given(0), answersNight: given(0) })],
    policies: [policy('p', [['friend']])]
  }))
  t.ok(presses.length > 50)
  const alone = presses.filter((press) => !presses.some((other) => other.room === press.room && other.pressedAt > press.pressedAt && other.pressedAt < (press.closedAt ?? Infinity)))
  const hours = alone.flatMap(({ pressedAt, closedAt }) => closedAt === null ? [] : [(closedAt - pressedAt) / 3_600])
  t.ok(hours.length > 50 && alone.length - hours.length < 3)
  for (const each of hours) t.ok(each > 12 && each < 12.5, `${each} h`)
  t.end()
})

t.test('a PIN that she was forced to give ends nothing for her other press in the same alarm either', (t) => {
  const run = lived({
    days: 60,
    workers: { incidents: given(3_000), presses: given(1), accidents: given(0), pressesAgain: given(0), forced: given(0.5), forcedDelay: given(600), danger: given(7_200), tests: given(0) },
    responders: [responder('friend', { ...sure, answersDay: given(0), answersNight: given(0) })],
    policies: [policy('p', [['friend']])]
  })
  const drawn = real(run).filter(({ pressedAt, forcedAt }) => forcedAt !== null && forcedAt - pressedAt < 599)
  t.ok(drawn.length > 5, 'pressed into an alarm whose end she was forced to give')
  const endS = scenario({ days: 60 }).horizonS
  const waits = untilAccepted({ presses: drawn, endS })
  for (const [n, { pressedAt, neededUntil }] of drawn.entries()) t.equal(waits[n]?.at, Math.min(neededUntil ?? endS, endS) - pressedAt)
  t.end()
})
