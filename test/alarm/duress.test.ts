/** R15 as tables: she was forced to say that it is over. Guards against the one who forced her finding out. */
import t from 'tap'
import { outstanding } from '../../server/alarm/outbox.ts'
import { circle, hours, minutes, person, Room, seconds } from './room.ts'

const marked = (name: string): ReturnType<typeof person> => person(name, { mayKnow: true })
/** Ana and Luc in step 1, Mia in step 2, Tom in step 3; Luc and Tom may know. */
const open = (): Room => new Room(circle(['Ana', marked('Luc')], ['Mia'], [marked('Tom')])).press().shown('Ana', 'Luc')
const forced = (): Room => open().pin('duress')

t.test('the unmarked who were told get a stand-down; those marked the truth, whatever their step; the others nothing', async (t) => {
  const room = open().listen()
  room.pin('duress')
  t.same(room.news, ['Ana stand-down', 'Luc duress', 'Tom duress'])
  t.match(room.sees('Ana'), { phase: 'over', what: 'stand-down' })
  t.match(room.sees('Luc'), { phase: 'duress', what: 'duress' })
  t.match(room.sees('Tom'), { phase: 'duress', what: 'duress' })
  t.equal(room.sees('Mia'), null)
  t.equal(room.light, 'all-clear')
  t.equal(room.isOpen, false)
  t.equal(room.isLive, true)
  t.match(room.her.ended, { why: 'pin' })
})

t.test('a step due in that very turn tells nobody unmarked', async (t) => {
  const room = open().listen()
  room.jump(seconds(30)).pin('duress')
  t.same(room.news, ['Ana stand-down', 'Luc duress', 'Tom duress'])
  t.equal(room.sees('Mia'), null)
  const markedNext = new Room(circle(['Ana'], [marked('Luc')])).press().shown('Ana').listen()
  markedNext.jump(seconds(30)).pin('duress')
  t.same(markedNext.news, ['Ana stand-down', 'Luc duress'])
})

t.test('it goes on among the marked: reminders are discreet, and no step, receipt or word of the others counts', async (t) => {
  const room = forced().listen()
  room.pass(minutes(1))
  t.same([...new Set(room.news)].sort(), ['Luc duress', 'Tom duress'])
  const before = room.alarm
  t.equal(room.coming('Ana', 5).alarm, before)
  t.equal(room.says('Ana', 'need-more').alarm, before)
  t.same(room.listen().pass(hours(1)).news.filter((n) => n.startsWith('Ana') || n.startsWith('Mia')), [])
})

t.test('what a marked responder had promised before is asked anew, knowing the truth', async (t) => {
  const room = open().coming('Luc', 5).pin('duress')
  t.equal(room.answerOf('Luc'), 'none')
  t.equal(room.phase, 'exhausted')
  room.listen().coming('Luc', 5)
  t.same(room.news, ['Tom coming'])
  t.match(room.sees('Tom'), { phase: 'duress', others: { coming: 1 } })
  t.same(room.pass(minutes(5)).news, ['Luc ask-arrival'])
  t.same(room.pass(minutes(1)).news, ['Luc duress', 'Tom duress'], 'overdue: all marked again')
})

t.test('how it ends', async (t) => {
  const table = [
    { why: 'two arrived and said over', say: (r: Room) => r.says('Luc', 'arrived').says('Tom', 'arrived').says('Luc', 'over').says('Tom', 'over'), ends: true },
    { why: 'one arrived and over, the other over from afar', say: (r: Room) => r.says('Luc', 'arrived').says('Luc', 'over').says('Tom', 'over'), ends: false },
    { why: 'over by one who has not arrived', say: (r: Room) => r.says('Luc', 'over').says('Tom', 'arrived').says('Tom', 'over'), ends: false },
    { why: 'twice by the same, at once', say: (r: Room) => r.says('Luc', 'arrived').says('Luc', 'over').says('Luc', 'over'), ends: false },
    { why: 'twice by the same, 14 min 59 s apart', say: (r: Room) => r.says('Luc', 'arrived').says('Luc', 'over').pass(minutes(15) - 1).says('Luc', 'over'), ends: false },
    { why: 'twice by the same, 15 min apart', say: (r: Room) => r.says('Luc', 'arrived').says('Luc', 'over').pass(minutes(15)).says('Luc', 'over'), ends: true },
    { why: 'twice by the same, an hour apart', say: (r: Room) => r.says('Luc', 'arrived').says('Luc', 'over').pass(hours(1)).says('Luc', 'over'), ends: true },
    { why: 'the other arrives much later and says over', say: (r: Room) => r.says('Luc', 'arrived').says('Luc', 'over').pass(minutes(20)).says('Tom', 'arrived').says('Tom', 'over'), ends: true },
    { why: 'over, then not after all, then over again', say: (r: Room) => r.says('Luc', 'arrived').says('Luc', 'over').says('Luc', 'cannot').pass(minutes(16)).says('Luc', 'arrived').says('Luc', 'over'), ends: false },
    { why: 'an unmarked one', say: (r: Room) => r.says('Ana', 'arrived').says('Ana', 'over').says('Luc', 'arrived').says('Luc', 'over'), ends: false },
    { why: 'her PIN', say: (r: Room) => r.pin('true'), ends: false },
    { why: 'her duress PIN again', say: (r: Room) => r.pin('duress'), ends: false },
    { why: '"I am safe"', say: (r: Room) => r.hears({ is: 'said-safe' }), ends: false },
    { why: 'a press (it opens another alarm)', say: (r: Room) => r.press(), ends: false },
    { why: 'one of the marked has left', say: (r: Room) => r.leaves('Luc'), ends: false },
    { why: 'all marked have left', say: (r: Room) => r.leaves('Luc').leaves('Tom'), ends: true }
  ] as const
  for (const { why, say, ends } of table) t.equal(say(forced()).phase === 'closed', ends, why)
})

t.test('its real end is a stand-down to the marked alone; nobody else notices', async (t) => {
  const room = forced().pass(minutes(11)).says('Luc', 'arrived').says('Tom', 'arrived').says('Luc', 'over').listen()
  const her = room.her
  room.says('Tom', 'over')
  t.same(room.news, ['Luc stand-down', 'Tom stand-down'])
  t.equal(room.her, her)
  t.equal(room.sees('Ana'), null)
  t.match(room.sees('Luc'), { phase: 'over' })
  t.equal(room.pass(minutes(10)).sees('Luc'), null)
  t.equal(room.isLive, false)
})

t.test('the first yes is not confirmed within 15 min: the marked are told again, and the one who said it is asked', async (t) => {
  const room = forced().says('Luc', 'arrived').says('Luc', 'over').listen()
  room.pass(minutes(15))
  t.same(room.news.filter((n) => n.startsWith('Luc')), ['Luc ask-over'])
  t.equal(room.phase, 'exhausted')
  t.equal(room.says('Luc', 'arrived').phase, 'helped')
  t.ok(room.pass(minutes(16)).toldAtS('Luc', 'ask-over').length >= 2, 'there again, and silent again: asked again')
})

t.test('"we need more" under duress wakes the marked, nobody else', async (t) => {
  const room = forced().says('Tom', 'cannot').says('Luc', 'arrived').listen()
  room.says('Luc', 'need-more')
  t.same(room.news, ['Tom duress'])
  t.equal(room.phase, 'exhausted', 'her word holds nothing back any more')
})

t.test('a marked responder without an endpoint learns the truth when one appears, and only the truth', async (t) => {
  const room = new Room(circle(['Ana', person('Luc', { mayKnow: true, reach: 'none' })])).press().pin('duress').listen()
  t.same(outstanding(room.alarm).map((e) => [e.to.id, e.what]), [['Ana', 'stand-down'], ['Luc', 'duress']], 'the state is the outbox')
  room.reach('Luc', 'provable')
  t.same(room.news, ['Luc duress'])
  const late = new Room(circle([marked('Luc')], [person('Tom', { mayKnow: true, reach: 'none' })])).press().shown('Luc').pin('duress')
  t.same(late.receipt('Luc', 'accepted').listen().reach('Luc', 'unknown').news, [], 'she has it already')
  const told = new Room(circle(['Ana', marked('Luc')])).press().shown('Luc').reach('Luc', 'none').pin('duress')
  t.same(outstanding(told.alarm).map((e) => e.what), ['stand-down', 'duress'], 'the old alert is not what finds her')
  t.match(told.reach('Luc', 'unknown').sees('Luc'), { phase: 'duress' })
})

t.test('no warning is logged after a duress PIN: a log line too can be read by the wrong person', async (t) => {
  const room = open()
  const before = room.warnings.length
  t.equal(room.pin('duress').pass(hours(13)).warnings.length, before)
  t.equal(room.phase, 'unresolved')
})

t.test('with nobody who may know, a duress PIN is a true end', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().pin('duress')
  t.equal(room.phase, 'closed')
  t.equal(room.alarm.duress, false)
  const left = open().leaves('Luc').leaves('Tom').pin('duress')
  t.match(left.alarm, { phase: { is: 'closed' }, duress: false }, 'those who might have known have left her circle')
})

t.test('her screen is the very value of a true end, to the byte, and stays it', async (t) => {
  const free = open().pin('true')
  const room = forced()
  t.equal(JSON.stringify(room.her), JSON.stringify(free.her))
  room.coming('Luc', 5).says('Luc', 'arrived').pass(hours(2))
  t.equal(JSON.stringify(room.her), JSON.stringify(free.pass(hours(2)).her))
})

t.test('what was said before she was forced ends nothing: a first "over", or that all had declined', async (t) => {
  const said = open().says('Luc', 'arrived').says('Luc', 'over').pin('duress').says('Tom', 'arrived').says('Tom', 'over')
  t.not(said.phase, 'closed', 'Luc said it before, of another danger')
  t.equal(said.says('Luc', 'arrived').says('Luc', 'over').phase, 'closed')
  const declined = new Room(circle([marked('Luc')])).press().says('Luc', 'cannot').pass(minutes(1)).pin('duress').listen()
  t.same(declined.says('Luc', 'cannot').news, ['Luc duress'], 'the truth is a new question to whoever declined')
})

t.test('nobody confirmed the "over" of the only one who knows: asked again half-hourly, until given up', async (t) => {
  const room = new Room(circle(['Ana', marked('Luc')])).press().pin('duress').says('Luc', 'arrived').says('Luc', 'over').pass(minutes(15)).listen()
  t.same(room.pass(minutes(61)).news, ['Luc duress', 'Luc duress'])
  t.equal(room.says('Luc', 'over').phase, 'closed')
})

t.test('no other end of her own lane touches it either: the lanes of the house, or another alarm that carries on', async (t) => {
  for (const is of ['her-lanes-over', 'superseded'] as const) {
    const room = forced()
    const before = room.alarm
    t.equal(room.hears({ is }).alarm, before, is)
  }
})
