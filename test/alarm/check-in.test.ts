/** Incident: an empty battery brought the police to her door; a promise kept under duress told everybody. */
import fc from 'fast-check'
import t from 'tap'
import type { Alarm, AlarmId, EpochMs, Kind, Missed, Plan, Press, PressId } from '../../server/alarm/alarm.ts'
import { isLive, isOpenAsPerceived } from '../../server/alarm/lanes.ts'
import { open, transition } from '../../server/alarm/transition.ts'
import type { Turn } from '../../server/alarm/transition.ts'
import { responderView, workerView } from '../../server/alarm/views.ts'
import { circle, evening, hers, minutes, person, pressOf } from './room.ts'

const missed: Missed = { dueAt: evening, unreachableSince: null, forced: false }
const after = (ms: number): EpochMs => (evening + ms) as EpochMs
const pressed = (kind: Kind, more: Partial<Missed> = {}): Press => ({ id: 'promise' as PressId, kind, pressedAt: evening, doubt: 'none', missed: { ...missed, ...more } })
const opened = (plan: Plan, press: Press): Turn => open('a' as AlarmId, hers, press, plan, evening)
const told = (turn: Turn): string[] => turn.effects.flatMap((e) => e.do === 'tell' ? [`${e.to.id} ${e.what}`] : [])
const police = person('Post 5', { consent: 'yes' })
const withPolice = circle([person('Ana', { mayKnow: true }), 'Luc', police], ['Eva'])

t.test('nobody pressed: no authority, even with her consent in the plan; a press of hers may have one', async (t) => {
  t.same(told(opened(withPolice, pressed('alarm'))), ['Ana alert', 'Luc alert'])
  t.ok(told(opened(withPolice, pressOf('p', 'alarm', evening))).includes('Post 5 alert'))
})

t.test('it says so, and since when her phone is out of reach; once she presses herself it speaks of that', async (t) => {
  const { alarm } = opened(withPolice, pressed('assist', { unreachableSince: after(-minutes(4)) }))
  t.same(workerView(alarm).missed, { dueAt: evening, unreachableSince: after(-minutes(4)) })
  t.match(responderView(alarm, person('Ana').who.id)?.missed, { unreachableSince: after(-minutes(4)), forced: false })
  t.match(workerView(alarm).facts.map(({ reason }) => reason), ['OPENED', 'CHECK_IN_MISSED', 'PHONE_UNREACHABLE'])
  const hersToo = transition(alarm, { is: 'pressed', press: pressOf('p', 'alarm', after(1)) }, after(1)).alarm
  t.equal(workerView(hersToo).missed, null)
})

t.test('she has called already: it adds nothing, unless it is graver or nobody is asked any more', async (t) => {
  const calm = opened(withPolice, pressOf('p', 'alarm', evening)).alarm
  const helped = transition(calm, { is: 'coming', from: person('Ana').who.id, minutes: 5 }, after(1)).alarm
  const same = transition(helped, { is: 'pressed', press: pressed('alarm') }, after(2))
  t.same(told(same), [], 'Ana is on the way, and stays so')
  t.equal(same.alarm.phase.is, 'helped')
  const quiet = opened(circle(['Ana']), pressOf('p', 'assist', evening)).alarm
  t.same(told(transition(quiet, { is: 'pressed', press: pressed('alarm') }, after(2))), ['Ana again'])
})

t.test('under duress: settled for her and everyone unmarked before it began; only those marked are told', async (t) => {
  const { alarm, ...turn } = opened(withPolice, pressed('alarm', { forced: true }))
  t.same(told({ alarm, ...turn }), ['Ana duress'])
  t.notOk(isOpenAsPerceived(alarm))
  t.equal(alarm.ended?.settled, true, 'nothing of it is on her screen, not even an end')
  t.equal(responderView(alarm, person('Luc').who.id), null)
  t.match(responderView(alarm, person('Ana').who.id), { phase: 'duress', missed: { forced: true } })
  t.equal(transition(alarm, { is: 'pin', pin: 'true' }, after(1)).alarm, alarm, 'no PIN ends it')
  const nobody = opened(circle(['Luc']), pressed('alarm', { forced: true }))
  t.same([told(nobody), isLive(nobody.alarm)], [[], false])
})

t.test('whatever happens to it later: no authority is ever told of a check-in, and nobody unmarked of a forced one (never)', async () => {
  const moves = fc.array(fc.record({ ms: fc.integer({ min: 0, max: minutes(40) }), do: fc.constantFrom('time', 'cannot', 'need-more', 'coming', 'missed') }), { maxLength: 12 })
  fc.assert(fc.property(fc.boolean(), fc.constantFrom<Kind>('assist', 'alarm'), moves, (forced, kind, list) => {
    let turn: Turn = opened(withPolice, pressed(kind, { forced }))
    let now = evening
    const all = told(turn)
    for (const one of list) {
      now = (now + one.ms) as EpochMs
      turn = transition(turn.alarm, eventOf(one.do, turn.alarm), now)
      all.push(...told(turn))
    }
    return !all.some((word) => word.startsWith('Post 5') || (forced && !word.startsWith('Ana ')))
  }))
})

function eventOf (word: string, alarm: Alarm): Parameters<typeof transition>[1] {
  const from = person('Ana').who.id
  switch (word) {
    case 'coming': return { is: 'coming', from, minutes: 5 }
    case 'cannot':
    case 'need-more': return { is: word, from }
    case 'missed': return { is: 'pressed', press: { ...pressed('alarm'), id: `promise-${alarm.presses.length}` as PressId } }
    default: return { is: 'time' }
  }
}
