/** R14 as tables: who may end it. Guards against an alarm ended by the man in the room, or by one tired responder. */
import t from 'tap'
import type { Lane, RoomId } from '../../server/alarm/alarm.ts'
import { circle, hers, house, minasTest, minutes, person, Room, seconds, standing } from './room.ts'

const open = (): Room => new Room(circle(['Ana', 'Luc'], ['Mia'])).press().shown('Ana', 'Luc')

t.test('R14: which words end an alarm', async (t) => {
  const table = [
    { why: 'her PIN', say: (r: Room) => r.pin(), ends: 'pin' },
    { why: '"I am safe" without a PIN', say: (r: Room) => r.hears({ is: 'said-safe' }), ends: null },
    { why: 'over, from afar', say: (r: Room) => r.says('Ana', 'over'), ends: null },
    { why: 'over, from afar, by both', say: (r: Room) => r.says('Ana', 'over').says('Luc', 'over'), ends: null },
    { why: 'over, by one on the way, and another', say: (r: Room) => r.coming('Ana', 5).says('Ana', 'over').says('Luc', 'over'), ends: null },
    { why: 'arrived, over', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over'), ends: null },
    { why: 'arrived, over, over by the same', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').pass(minutes(14)).says('Ana', 'over'), ends: null },
    { why: 'the second yes came before the arrival', say: (r: Room) => r.says('Luc', 'over').says('Ana', 'arrived').says('Ana', 'over'), ends: null },
    { why: 'arrived, over, and another\'s yes', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').says('Luc', 'over'), ends: 'two-said-over' },
    { why: 'arrived, over, a yes from somebody never told', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').says('Mia', 'over'), ends: null },
    { why: 'arrived, over, her PIN', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').pin(), ends: 'pin' },
    { why: 'arrived, over, left; the yes is for nothing', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').leaves('Ana').says('Luc', 'over'), ends: null },
    { why: 'over, then "not after all"', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').says('Ana', 'cannot').says('Luc', 'over'), ends: null },
    { why: 'over, then on the way again', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').coming('Ana', 10).says('Luc', 'over'), ends: null },
    { why: 'over, then another needs more', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').says('Luc', 'need-more').says('Luc', 'over'), ends: null },
    { why: 'over, too late', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').pass(minutes(15)).says('Luc', 'over'), ends: null }
  ] as const
  for (const { why, say, ends } of table) {
    const room = say(open())
    t.equal(room.her.ended?.why ?? null, ends, why)
    t.equal(room.isOpen, ends === null, why)
  }
})

t.test('the first "over" asks the others at once; those who declined only if nobody else is left', async (t) => {
  const room = open().says('Ana', 'arrived').listen()
  room.says('Ana', 'over')
  t.same(room.news, ['Luc ask-over'])
  t.equal(room.sees('Luc')?.asked, 'over')
  const declined = open().says('Luc', 'cannot').says('Ana', 'arrived').listen()
  declined.says('Ana', 'over')
  t.same(declined.news, ['Luc ask-over'])
  const three = new Room(circle(['Ana', 'Luc', 'Mia'])).press().says('Luc', 'cannot').says('Ana', 'arrived').listen()
  three.says('Ana', 'over')
  t.same(three.news, ['Mia ask-over'])
})

t.test('R14: no second yes in 15 min: escalation resumes', async (t) => {
  const room = open().says('Ana', 'arrived').says('Ana', 'over').pass(minutes(15) - 1)
  t.equal(room.phase, 'helped')
  t.same(room.told, ['Ana', 'Luc'])
  room.pass(1)
  t.same(room.told, ['Ana', 'Luc', 'Mia'])
  t.ok(room.reasons.includes('NO_SECOND_YES'))
  t.equal(room.her.overSaidAt, null)
})

t.test('while the second yes is awaited, nobody is asked the same question by another timer', async (t) => {
  const room = open().says('Ana', 'arrived').pass(minutes(5)).says('Ana', 'over').pass(minutes(12))
  t.same(room.toldAtS('Ana', 'ask-over'), [])
})

t.test('R14: a circle of one: her word becomes a check-in due in 15 min', async (t) => {
  const room = new Room(circle(['Ana'])).press().says('Ana', 'arrived').says('Ana', 'over')
  t.ok(room.reasons.includes('CHECK_IN_DUE'))
  t.equal(room.pass(minutes(10)).pin().her.ended?.why, 'pin')
  const unanswered = new Room(circle(['Ana'])).press().says('Ana', 'arrived').says('Ana', 'over').pass(minutes(15))
  t.equal(unanswered.phase, 'exhausted')
  t.equal(unanswered.light, 'no-answer-yet')
  t.notOk(open().says('Ana', 'arrived').says('Ana', 'over').reasons.includes('CHECK_IN_DUE'))
})

t.test('R14: "I am safe" without a PIN reaches responders as unproven, once, and quiets nobody', async (t) => {
  const room = open().pass(seconds(5)).hears({ is: 'said-safe' })
  t.equal(room.sees('Ana')?.saidSafeUnproven, room.now)
  const said = room.alarm
  t.equal(room.hears({ is: 'said-safe' }).alarm, said)
  t.same(room.pass(seconds(30)).told, ['Ana', 'Luc', 'Mia'])
})

t.test('everyone who was told gets a stand-down, and nobody else', async (t) => {
  const room = open().says('Ana', 'cannot').coming('Luc', 5).listen()
  room.pin()
  t.same(room.news, ['Ana stand-down', 'Luc stand-down'])
  t.match(room.sees('Ana'), { phase: 'over' })
  t.equal(room.sees('Mia'), null)
  t.equal(room.light, 'all-clear')
  t.same(room.pass(minutes(9)).sees('Ana')?.phase, 'over')
  t.equal(room.isLive, true)
  room.pass(minutes(1))
  t.equal(room.sees('Ana'), null, 'closed alarms vanish from their phones')
  t.equal(room.isLive, false)
})

t.test('a step that falls due in the turn of the end tells nobody: they hear of no alarm at all', async (t) => {
  const room = open().listen()
  room.jump(seconds(30)).pin()
  t.same(room.news, ['Ana stand-down', 'Luc stand-down'])
  t.equal(room.sees('Mia'), null)
  t.match(room.her.rows[2], { responder: 'Mia', told: false })
})

t.test('a receipt of "coming" never proves a stand-down, nor a stand-down that she was called', async (t) => {
  const room = open().coming('Ana', 5)
  const comingN = room.personOf('Luc').told?.n ?? 0
  room.pin()
  const standDownN = room.personOf('Luc').told?.n ?? 0
  t.equal(standDownN, comingN + 1)
  room.receipt('Luc', 'seen', comingN)
  t.equal(room.personOf('Luc').told?.level, 'queued')
  t.match(room.personOf('Luc').called, { level: 'shown' })
  room.receipt('Luc', 'shown', standDownN)
  t.equal(room.personOf('Luc').told?.level, 'shown')
  const early = new Room(circle(['Ana', 'Luc'])).press().coming('Ana', 5).receipt('Luc', 'shown')
  t.equal(early.personOf('Luc').called, null, 'shown that somebody comes is not shown that she called')
})

t.test('after the end no word changes anything', async (t) => {
  const room = open().pin()
  const over = room.alarm
  for (const word of ['cannot', 'arrived', 'need-more', 'over'] as const) t.equal(room.says('Ana', word).alarm, over)
  t.equal(room.coming('Ana', 5).alarm, over)
  t.equal(room.pin('duress').alarm, over)
  t.equal(room.hears({ is: 'said-safe' }).alarm, over)
})

t.test('R4, R14: whose PIN ends what: only her own lane', async (t) => {
  const bench: Lane = { is: 'test', by: 'technician', room: 'room 3' as RoomId }
  for (const { lane, ends } of [{ lane: hers, ends: true }, { lane: minasTest, ends: true }, { lane: bench, ends: false }, { lane: house, ends: false }, { lane: standing, ends: false }]) {
    for (const pin of ['true', 'duress'] as const) {
      t.equal(new Room(circle(['Ana']), lane).press().pin(pin).isOpen, !ends, `${lane.is}, ${pin}`)
    }
  }
})

t.test('superseded: another alarm of the lane carries on, so nobody is told that it is over', async (t) => {
  const room = open().listen()
  room.hears({ is: 'superseded' })
  t.same(room.news, [])
  t.equal(room.sees('Ana'), null)
  t.equal(room.isLive, false)
})

t.test('no second yes: whoever said "over" is told that it is not, in a circle of one above all', async (t) => {
  const one = new Room(circle(['Ana'])).press().says('Ana', 'arrived').says('Ana', 'over').listen()
  t.same(one.pass(minutes(15)).news, ['Ana again'])
  t.same(one.pass(seconds(60)).news, ['Ana again', 'Ana again'])
  one.says('Ana', 'over').listen()
  t.same(one.pass(minutes(14)).news, [], 'she has said it again')
  const two = open().says('Ana', 'arrived').says('Ana', 'over').listen()
  two.pass(minutes(15))
  t.same(two.news, ['Ana again', 'Luc again', 'Mia alert'])
})

t.test('whoever is asked for the second yes is asked once, and not rung while it is awaited', async (t) => {
  const room = open().says('Ana', 'arrived').listen()
  t.same(room.says('Ana', 'over').pass(minutes(14)).news, ['Luc ask-over'])
})

t.test('no second yes, though another is on the way: escalation resumes all the same', async (t) => {
  const room = open().says('Ana', 'arrived').says('Ana', 'over').pass(minutes(14)).coming('Luc', 10)
  t.equal(room.phase, 'helped')
  t.same(room.pass(minutes(1)).told, ['Ana', 'Luc', 'Mia'])
  t.equal(room.phase, 'calling')
})

t.test('"over" while escalation runs: it waits for its second yes too, and stops no call', async (t) => {
  const room = open().says('Ana', 'arrived').press().pass(seconds(5)).says('Ana', 'over')
  t.ok(room.reasons.includes('OVER_SAID'))
  room.pass(minutes(15)).listen()
  t.ok(room.reasons.includes('NO_SECOND_YES'))
  t.equal(room.her.overSaidAt, null)
  t.ok(room.toldAtS('Ana', 'again').at(-1) === 905, 'and she is called again')
})

t.test('a true PIN is a true end, for those too who may know of a forced one', async (t) => {
  const room = new Room(circle(['Ana', person('Luc', { mayKnow: true })])).press().listen()
  t.same(room.pin('true').news, ['Ana stand-down', 'Luc stand-down'])
  t.match(room.alarm, { phase: { is: 'closed', why: 'pin' }, duress: false })
  t.match(room.sees('Luc'), { phase: 'over', what: 'stand-down' })
  t.same(room.pass(minutes(30)).news, [])
  const drill = new Room(circle([person('Luc', { mayKnow: true })]), minasTest).press('test').listen()
  t.same(drill.pin('duress').news, [], 'a rehearsal has nothing to hide')
  t.match(drill.alarm, { phase: { is: 'closed' }, duress: false })
})

t.test('an "over" that was waiting for its second yes when it ended calls nobody afterwards', async (t) => {
  const room = open().says('Ana', 'arrived').says('Ana', 'over').pass(minutes(8)).pin().listen()
  t.same(room.pass(minutes(30)).news, [])
  t.notOk(room.reasons.includes('NO_SECOND_YES'))
})
