/** R4, R6: one press, several circles that must not hear of each other. */
import t from 'tap'
import type { Alarm, AlarmId, Lane, Plan, RoomId, VenueId, WorkerId } from '../../server/alarm/alarm.ts'
import { endsWithHerLanes, laneKey, lightOverLanes } from '../../server/alarm/lanes.ts'
import { outstanding, isWanted } from '../../server/alarm/outbox.ts'
import { open, transition } from '../../server/alarm/transition.ts'
import { telling } from '../../server/alarm/turn.ts'
import { circle, evening, hers, house, mina, minasTest, minutes, person, pressOf, Room, seconds, standing } from './room.ts'

const rosa: Lane = { is: 'hers', worker: 'Rosa' as WorkerId }
const pressed = (lane: Lane, plan: Plan = circle([person('Ana', { mayKnow: true })]), press = 'press-1'): Room => new Room(plan, lane).press('alarm', { id: press })

t.test('equal lanes have equal keys, and no two lanes share one', async (t) => {
  const lanes: readonly Lane[] = [
    hers, rosa, house, standing, minasTest,
    { is: 'house', venue: 'venue' as VenueId, room: 'room 4' as RoomId },
    { is: 'house', venue: 'venue:6.room 3' as VenueId, room: '' as RoomId },
    { is: 'test', by: 'technician', room: 'room 3' as RoomId },
    { is: 'test', by: 'technician', room: 'Mina' as RoomId }
  ]
  t.equal(new Set(lanes.map(laneKey)).size, lanes.length)
  t.equal(laneKey({ is: 'hers', worker: mina }), laneKey(hers))
})

t.test('a house or standing lane ends when every her-lane of its press ended as anyone may perceive it', async (t) => {
  const table = [
    { why: 'nobody has ended', siblings: [pressed(hers), pressed(rosa)], ends: false },
    { why: 'one of two', siblings: [pressed(hers).pin(), pressed(rosa)], ends: false },
    { why: 'both', siblings: [pressed(hers).pin(), pressed(rosa).pin()], ends: true },
    { why: 'both, one of them forced', siblings: [pressed(hers).pin('duress'), pressed(rosa).pin()], ends: true },
    { why: 'no her-lane at all', siblings: [pressed(standing)], ends: false },
    { why: 'an alarm of hers by another press', siblings: [pressed(hers, circle(['Ana']), 'other').pin()], ends: false },
    { why: 'hers was superseded, and lives on elsewhere', siblings: [pressed(hers).hears({ is: 'superseded' })], ends: false }
  ]
  for (const { why, siblings, ends } of table) {
    for (const lane of [house, standing]) {
      t.equal(endsWithHerLanes(pressed(lane).alarm, siblings.map((r) => r.alarm)), ends, `${lane.is}: ${why}`)
    }
  }
  t.equal(endsWithHerLanes(pressed(hers).alarm, [pressed(rosa).pin().alarm]), false, 'her lane is ended by nobody else\'s')
  t.equal(endsWithHerLanes(pressed(house).hears({ is: 'her-lanes-over' }).alarm, [pressed(hers).pin().alarm]), false, 'it has ended already')
})

t.test('the house lane ends with a plain stand-down; her lane can\'t be ended that way', async (t) => {
  const room = pressed(house, circle(['Reference'])).listen()
  t.same(room.hears({ is: 'her-lanes-over' }).news, ['Reference stand-down'])
  const mine = pressed(hers)
  const before = mine.alarm
  t.equal(mine.hears({ is: 'her-lanes-over' }).alarm, before)
})

t.test('the room\'s light joins the lanes: all clear only when all are over, coming if any', async (t) => {
  const waiting = (): Room => pressed(hers)
  const handed = (): Room => pressed(rosa).receipt('Ana', 'accepted')
  const helped = (): Room => pressed(rosa).coming('Ana', 5)
  const over = (): Room => pressed(hers).pin()
  const table = [
    { lanes: [], is: null }, { lanes: [waiting()], is: 'no-answer-yet' }, { lanes: [waiting(), handed()], is: 'received' },
    { lanes: [waiting(), helped()], is: 'coming' }, { lanes: [over(), helped()], is: 'coming' },
    { lanes: [over(), handed()], is: 'received' }, { lanes: [over(), waiting()], is: 'no-answer-yet' },
    { lanes: [over(), pressed(rosa).pin('duress')], is: 'all-clear' },
    { lanes: [over(), pressed(rosa).hears({ is: 'superseded' })], is: 'all-clear' },
    { lanes: [pressed(hers).hears({ is: 'superseded' })], is: null },
    { lanes: [new Room(circle(['Ana']), minasTest).press('test').shown('Ana'), handed()], is: 'received' },
    { lanes: [new Room(circle(['Ana']), minasTest).press('test').shown('Ana'), over()], is: 'test-ok' }
  ] as const
  for (const { lanes, is } of table) t.equal(lightOverLanes(lanes.map((r) => r.alarm)), is, JSON.stringify(lanes.map((r) => r.light)))
})

t.test('received means that somebody can hear it: an endpoint took it, and that person is still there', async (t) => {
  const room = pressed(hers, circle(['Ana', 'Luc']))
  t.equal(room.light, 'no-answer-yet')
  t.equal(room.receipt('Ana', 'attempted').light, 'no-answer-yet')
  t.equal(room.receipt('Ana', 'accepted').light, 'received')
  t.equal(room.leaves('Ana').light, 'no-answer-yet')
  t.equal(room.shown('Luc').light, 'received')
})

t.test('an authority enters only her own lane, only by her consent, and is told only once it is durable', async (t) => {
  const plan = circle(['Ana', person('Police', { consent: 'consent-1' })])
  for (const lane of [house, standing, minasTest]) {
    const room = new Room(plan, lane).press()
    t.same(room.told, ['Ana'], lane.is)
    t.same(room.warnings, ['AUTHORITY_REFUSED'], lane.is)
  }
  t.same(new Room(circle(['Ana', person('Police', { consent: '' })])).press().told, ['Ana'], 'no consent id, no authority')
  const room = new Room(plan).press()
  const police = room.said.find(({ effect }) => effect.do === 'tell' && effect.to.kind === 'authority')?.effect
  t.match(police, { when: 'durable', do: 'tell', what: 'alert', to: { consent: 'consent-1' } })
  t.throws(() => telling(person('Police', { consent: '' }).who, 1, 'alert'), { code: 'ALARM_FAULT' })
})

t.test('a consent revoked, a responder removed: at once, silently, in the very turn that would have told them', async (t) => {
  const plan = circle(['Ana'], [person('Police', { consent: 'consent-1' }), 'Luc'])
  t.same(new Room(plan).press().shown('Ana').hears({ is: 'revoked', consent: 'another' as never }).pass(seconds(30)).told, ['Ana', 'Police', 'Luc'])
  const room = new Room(plan).press().shown('Ana').listen()
  room.jump(seconds(30)).hears({ is: 'revoked', consent: 'consent-1' as never })
  t.same(room.news, ['Ana again', 'Luc alert'])
  t.equal(room.sees('Police'), null)
  t.ok(room.reasons.includes('CONSENT_REVOKED'))
  t.same(room.listen().leaves('Luc').news, [])
  t.equal(room.sees('Luc'), null)
  t.notOk(room.her.rows.some((r) => r.responder === 'Luc'))
  const before = room.alarm
  t.equal(room.hears({ is: 'revoked', consent: 'another' as never }).alarm, before)
  t.equal(room.leaves('Luc').alarm, before)
})

t.test('the outbox: what no endpoint has accepted goes again under its own number, until it is pointless', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press()
  t.same(outstanding(room.alarm).map((e) => [e.to.id, e.n, e.what, e.when]), [['Ana', 1, 'alert', 'now'], ['Luc', 1, 'alert', 'now']])
  room.receipt('Ana', 'accepted').pass(seconds(1)).says('Luc', 'cannot')
  t.same(outstanding(room.alarm), [])
  t.equal(isWanted(room.alarm, 'Ana' as never, 1), true, 'accepted by one endpoint; another may still ring')
  t.equal(isWanted(room.alarm, 'Luc' as never, 1), false, 'answered')
  t.equal(isWanted(room.alarm, 'Nobody' as never, 1), false)
  room.pass(seconds(30))
  t.equal(isWanted(room.alarm, 'Ana' as never, 1), false, 'a newer telling took its place')
  room.pin()
  t.same(outstanding(room.alarm).map((e) => [e.to.id, e.what, e.when]), [['Ana', 'stand-down', 'durable'], ['Luc', 'stand-down', 'durable']])
  t.same(outstanding(room.pass(minutes(10)).alarm), [])
})

t.test('the outbox says nothing of a drill that is over, nor of an unresolved alarm, nor to whoever left', async (t) => {
  t.same(outstanding(new Room(circle(['Ana']), minasTest).press('test').pass(minutes(3)).alarm), [])
  t.same(outstanding(new Room(circle(['Ana'])).press().pass(minutes(60 * 13)).alarm), [])
  t.same(outstanding(new Room(circle(['Ana', 'Luc'])).press().leaves('Ana').alarm).map((e) => e.to.id), ['Luc'])
  const helped = new Room(circle(['Ana', 'Luc'])).press().coming('Ana', 5)
  t.same(outstanding(helped.alarm).map((e) => [e.to.id, e.what]), [['Luc', 'coming']])
  t.same(outstanding(helped.says('Ana', 'cannot').alarm).map((e) => [e.to.id, e.what]), [['Luc', 'again']], 'an unproven "coming" is withdrawn')
})

t.test('a plan with a person in two steps tells her once; the alarm of a faulty plan is raised all the same', async (t) => {
  const plan: Plan = { steps: [...circle(['Ana', 'Ana'], ['Ana', 'Luc']).steps] }
  const { alarm, effects } = open('a' as AlarmId, hers, pressOf('p', 'alarm', evening), plan, evening)
  t.equal(effects.length, 1)
  t.same(alarm.people.map((p) => p.who.id), ['Ana', 'Luc'])
  const later: Alarm = transition(alarm, { is: 'time' }, (evening + 30_000) as never).alarm
  t.equal(later.phase.step, 1)
})

t.test('a stand-down is not told any more to whoever was removed meanwhile', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().pin().leaves('Ana')
  t.same(outstanding(room.alarm).map((e) => e.to.id), ['Luc'])
  t.equal(isWanted(room.alarm, 'Ana' as never, 2), false)
})

t.test('a stand-down in the turn of a reminder takes its number and its place', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().shown('Ana', 'Luc').says('Luc', 'cannot').pass(seconds(60)).listen()
  const before = new Map(room.alarm.people.map((p) => [p.who.id as string, p.told?.n ?? 0]))
  room.jump(seconds(30)).pin()
  t.same(room.news, ['Ana stand-down', 'Luc stand-down'])
  for (const { who, told } of room.alarm.people) t.equal(told?.n, (before.get(who.id) ?? 0) + 1, who.id)
})
