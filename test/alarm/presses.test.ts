/** R12, R13, R7: one more press. Guards against the second press that a debounce swallowed, and the drill that hid an alarm. */
import t from 'tap'
import { circle, hers, minasTest, minutes, person, Room, seconds } from './room.ts'

const anaThenLuc = circle(['Ana'], ['Luc'])

t.test('R12: the same press again changes nothing, whenever it comes', async (t) => {
  const room = new Room(anaThenLuc).press('alarm', { id: 'one' })
  const before = room.alarm
  t.equal(room.press('alarm', { id: 'one' }).alarm, before)
  room.coming('Ana', 5)
  const helped = room.alarm
  t.equal(room.press('silent-alarm', { id: 'one' }).alarm, helped)
})

t.test('R12: another press joins: nobody who still owes an answer is rung twice for it', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().says('Ana', 'cannot').listen()
  room.press()
  t.same(room.news, ['Ana again'], 'a new press is a new question to whoever declined')
  t.equal(room.answerOf('Ana'), 'none')
  t.equal(room.alarm.presses.length, 2)
})

t.test('R12: a stronger kind upgrades and re-alerts; which kind it is then', async (t) => {
  const table = [
    { first: 'assist', then: 'alarm', is: 'alarm', rings: true },
    { first: 'assist', then: 'silent-alarm', is: 'silent-alarm', rings: true },
    { first: 'alarm', then: 'assist', is: 'alarm', rings: false },
    { first: 'alarm', then: 'silent-alarm', is: 'silent-alarm', rings: false },
    { first: 'silent-alarm', then: 'alarm', is: 'silent-alarm', rings: false },
    { first: 'alarm', then: 'test', is: 'alarm', rings: false }
  ] as const
  for (const { first, then, is, rings } of table) {
    const room = new Room(anaThenLuc).press(first).listen()
    room.press(then)
    t.equal(room.alarm.kind, is, `${first}, then ${then}`)
    t.same(room.news, rings ? ['Ana again'] : [], `${first}, then ${then}`)
    t.equal(room.sees('Ana')?.kind, is)
  }
})

t.test('an upgrade shortens a long quiet wait, and never lengthens one', async (t) => {
  const slow = { steps: circle(['Ana'], ['Luc']).steps.map((s) => ({ ...s, waitMs: minutes(10) })) }
  const room = new Room(slow).press('assist').shown('Ana').pass(minutes(2)).press('alarm').pass(minutes(2))
  t.same(room.toldAtS('Luc', 'alert'), [180])
  const soon = new Room(slow).press('assist').shown('Ana').pass(minutes(10) - seconds(5)).press('alarm').pass(seconds(6))
  t.same(soon.toldAtS('Luc', 'alert'), [600])
})

t.test('R12: a press after "coming" or "arrived" restarts: everyone told again, the next step too, promises don\'t count until repeated', async (t) => {
  for (const accept of [(r: Room) => r.coming('Ana', 5), (r: Room) => r.says('Ana', 'arrived'), (r: Room) => r.coming('Ana', 20)]) {
    const room = accept(new Room(circle(['Ana', 'Zoe'], ['Luc'])).press().says('Zoe', 'cannot')).listen()
    room.pass(seconds(5)).press()
    t.same(room.news, ['Ana again', 'Zoe again', 'Luc alert'])
    t.equal(room.phase, 'calling')
    t.equal(room.light, 'received')
    t.equal(room.sees('Ana')?.answer.counts, false)
  }
})

t.test('repeated, the promise holds escalation back again', async (t) => {
  const room = new Room(circle(['Ana'], ['Luc'], ['Mia'])).press().coming('Ana', 5).press().coming('Ana', 5)
  t.equal(room.phase, 'helped')
  t.same(room.pass(minutes(4)).told, ['Ana', 'Luc'])
  const arrived = new Room(circle(['Ana'], ['Luc'], ['Mia'])).press().says('Ana', 'arrived').press().says('Ana', 'arrived')
  t.equal(arrived.phase, 'helped')
})

t.test('a new press takes back "I am safe" and a first "it is over"', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().says('Ana', 'arrived').says('Ana', 'over').hears({ is: 'said-safe' })
  t.not(room.her.overSaidAt, null)
  t.not(room.her.saidSafe, null)
  room.press()
  t.equal(room.her.overSaidAt, null)
  t.equal(room.her.saidSafe, null)
  t.equal(room.sees('Luc')?.saidSafeUnproven, null)
})

t.test('R12: after the end a press changes nothing here: it opens a new alarm', async (t) => {
  const room = new Room(anaThenLuc).press().pin()
  const before = room.alarm
  t.equal(room.isOpen, false)
  t.equal(room.press().alarm, before)
})

t.test('R7: a press older than ten minutes is told as late, with its time; it escalates all the same', async (t) => {
  const late = new Room(anaThenLuc).press('alarm', { ageMs: minutes(11) })
  t.match(late.sees('Ana'), { doubt: 'late', pressedAt: late.now - minutes(11) })
  t.ok(late.reasons.includes('PRESS_LATE'))
  t.same(late.pass(seconds(30)).told, ['Ana', 'Luc'])
  t.match(new Room(anaThenLuc).press('alarm', { ageMs: minutes(10) }).sees('Ana'), { doubt: 'none' })
})

t.test('a suspect press escalates with its label; a fresh frame lifts it; a replay casts no doubt on a real press', async (t) => {
  const room = new Room(anaThenLuc).press('alarm', { id: 'old', doubt: 'may-be-replay' })
  t.match(room.sees('Ana'), { doubt: 'may-be-replay' })
  t.same(room.pass(seconds(30)).told, ['Ana', 'Luc'])
  room.hears({ is: 'doubted', press: 'old' as never, doubt: 'none' })
  t.match(room.her, { doubt: 'none' })
  const joined = new Room(anaThenLuc).press().press('alarm', { doubt: 'may-be-replay' })
  t.match(joined.her, { doubt: 'none' })
  const late = new Room(anaThenLuc).press('alarm', { id: 'late', ageMs: minutes(11) })
  late.hears({ is: 'doubted', press: 'late' as never, doubt: 'none' })
  t.match(late.sees('Ana'), { doubt: 'late' }, 'a fresh frame does not make a late press a new one')
})

t.test('presses without end are bounded, and the first one is kept', async (t) => {
  const room = new Room(anaThenLuc)
  for (let i = 0; i < 200; i++) room.press()
  t.equal(room.alarm.presses.length, 64)
  t.equal(room.alarm.presses[0]?.id, 'press-1')
  t.equal(room.alarm.presses.at(-1)?.id, 'press-200')
  t.ok(room.alarm.facts.length <= 256)
  t.equal(room.alarm.facts[0]?.reason, 'OPENED')
})

const twoAndAuthority = circle(['Ana', 'Luc', person('Police', { consent: 'consent-1' })], ['Mia'])

t.test('a test tells the first step once, quietly: nobody after it, no reminder, no authority, no stand-down', async (t) => {
  const room = new Room(twoAndAuthority, minasTest).press('test')
  t.same(room.news, ['Ana alert', 'Luc alert'])
  t.same(room.pass(minutes(30)).news, [])
  t.match(room.alarm.phase, { is: 'settled', why: 'drill-over' })
  t.same(room.warnings, ['AUTHORITY_REFUSED'])
})

t.test('a test is over when everyone who can be reached was shown it; the light proves it', async (t) => {
  const room = new Room(circle(['Ana', 'Luc', person('Mia', { reach: 'none' })]), minasTest).press('test')
  t.equal(room.light, 'no-answer-yet')
  room.receipt('Ana', 'accepted')
  t.equal(room.light, 'received', 'a push service took it: that is no proof')
  room.pass(seconds(2)).shown('Ana')
  t.equal(room.light, 'test-ok')
  t.equal(room.isOpen, true)
  room.pass(seconds(3)).shown('Luc')
  t.match(room.her.ended, { why: 'drill-over' })
  t.same(room.her.rows.map((r) => r.receipt === null ? null : (r.receipt.at - room.alarm.openedAt) / 1_000), [2, 5, null], 'round trips')
})

t.test('answers to a test prove that it was seen, and promise nothing', async (t) => {
  const room = new Room(circle(['Ana', 'Luc']), minasTest).press('test').coming('Ana', 5)
  t.equal(room.phase, 'calling')
  t.equal(room.light, 'test-ok')
  t.equal(room.answerOf('Ana'), 'none')
})

t.test('a failed test never shines as a success', async (t) => {
  const room = new Room(circle(['Ana']), minasTest).press('test').pass(minutes(3))
  t.match(room.her.ended, { why: 'drill-over' })
  t.equal(room.light, 'no-answer-yet')
  t.equal(room.pass(minutes(15)).light, 'all-clear', 'when nothing is left of it, the button may forget it')
})

t.test('a real press during a test is raised at once: in a lane of its own, or, if it was routed to the test\'s, there', async (t) => {
  const test = new Room(anaThenLuc, minasTest).press('test').shown('Ana')
  const real = new Room(anaThenLuc, hers).press('alarm')
  t.same(real.news, ['Ana alert'])
  t.not(test.alarm.phase.is, 'calling', 'the test was shown and is over; it held nothing up')
  const misrouted = new Room(anaThenLuc, minasTest).press('test').listen()
  misrouted.press('alarm')
  t.same(misrouted.news, ['Ana alert'])
  t.equal(misrouted.alarm.kind, 'alarm')
  t.equal(misrouted.light, 'no-answer-yet', 'what was proven of the test proves nothing of the alarm')
  t.same(misrouted.shown('Ana').pass(seconds(30)).told, ['Ana', 'Luc'])
})

t.test('a promise from before the new press is asked for until it is repeated, and no longer', async (t) => {
  const table: readonly [string, (r: Room) => Room][] = [
    ['arrived', (r) => r.says('Ana', 'arrived')], ['in 10 minutes', (r) => r.coming('Ana', 10)], ['in 20 minutes', (r) => r.coming('Ana', 20)]
  ]
  for (const [why, accept] of table) {
    const room = accept(accept(new Room(circle(['Ana'])).press()).pass(seconds(5)).press())
    t.same(room.toldAtS('Ana', 'again'), [5], why)
    const silent = accept(new Room(circle(['Ana'])).press()).pass(seconds(5)).press()
    t.equal(silent.sees('Ana')?.answer.counts, false, why)
    t.same(silent.pass(seconds(61)).toldAtS('Ana', 'again'), [5, 35, 65], why)
    accept(silent).listen()
    t.equal(silent.sees('Ana')?.answer.counts, true, why)
    t.same(silent.pass(minutes(4)).news, [], `${why}: repeated`)
  }
})

t.test('somebody else is coming now: whoever would have had to repeat a promise is told so, and rung no more', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().says('Ana', 'arrived').press().listen()
  room.coming('Luc', 10)
  t.same(room.news, ['Ana coming'])
  t.same(room.pass(minutes(9)).news, [])
})

t.test('a stale press that was late, or of unknown time, is so again when a fresh frame proves it no replay', async (t) => {
  const table = [{ doubt: 'none', ageMs: minutes(11), then: 'late' }, { doubt: 'time-uncertain', ageMs: 0, then: 'time-uncertain' }, { doubt: 'may-be-replay', ageMs: minutes(11), then: 'late' }, { doubt: 'none', ageMs: 0, then: 'none' }] as const
  for (const { doubt, ageMs, then } of table) {
    const room = new Room(anaThenLuc).press('alarm', { id: 'stale', doubt, ageMs })
    room.hears({ is: 'doubted', press: 'stale' as never, doubt: 'may-be-replay' })
    t.match(room.sees('Ana'), { doubt: 'may-be-replay' })
    room.hears({ is: 'doubted', press: 'stale' as never, doubt: 'none' })
    t.match(room.sees('Ana'), { doubt: then }, `${doubt}, ${ageMs / 1_000} s old`)
  }
})
