/** R11 as tables: acceptance is not arrival. Guards against "she said she was coming" with nobody at the door. */
import t from 'tap'
import type { Minutes } from '../../server/alarm/alarm.ts'
import { circle, hours, minutes, person, Room, seconds } from './room.ts'

const called = (): Room => new Room(circle(['Ana'], ['Luc'], ['Mia'])).press().shown('Ana')

t.test('R11: which minutes hold escalation back, and until when', async (t) => {
  const table: readonly { readonly inMinutes: Minutes, readonly lucAtS: number | null, readonly askedAtS: readonly number[] }[] = [
    { inMinutes: 5, lucAtS: 360, askedAtS: [300] },
    { inMinutes: 10, lucAtS: 660, askedAtS: [600] },
    { inMinutes: 20, lucAtS: 30, askedAtS: [] },
    { inMinutes: 30, lucAtS: 30, askedAtS: [] }
  ]
  for (const { inMinutes, lucAtS, askedAtS } of table) {
    const room = called().coming('Ana', inMinutes)
    t.equal(room.phase, inMinutes <= 10 ? 'helped' : 'calling', `${inMinutes} min`)
    t.equal(room.light, inMinutes <= 10 ? 'coming' : 'received', `${inMinutes} min`)
    room.pass(minutes(12))
    t.same(room.toldAtS('Luc', 'alert'), [lucAtS], `${inMinutes} min`)
    t.same(room.toldAtS('Ana', 'ask-arrival'), askedAtS, `${inMinutes} min`)
  }
})

t.test('R11: overdue: asked once, a minute to answer; each answer in that minute', async (t) => {
  const asked = (): Room => called().coming('Ana', 5).pass(minutes(5))
  t.same(asked().sees('Ana')?.asked, 'arrival')
  const table = [
    { say: (r: Room) => r.says('Ana', 'arrived'), phase: 'helped', luc: false },
    { say: (r: Room) => r.coming('Ana', 5), phase: 'helped', luc: false },
    { say: (r: Room) => r.coming('Ana', 10), phase: 'helped', luc: false },
    { say: (r: Room) => r.coming('Ana', 20), phase: 'calling', luc: true },
    { say: (r: Room) => r.says('Ana', 'cannot'), phase: 'calling', luc: true },
    { say: (r: Room) => r.receipt('Ana', 'seen').pass(seconds(59)), phase: 'helped', luc: false },
    { say: (r: Room) => r.pass(seconds(60)), phase: 'calling', luc: true }
  ] as const
  for (const [i, { say, phase, luc }] of table.entries()) {
    const room = say(asked())
    t.equal(room.phase, phase, `answer ${i}`)
    t.equal(room.told.includes('Luc'), luc, `answer ${i}`)
  }
})

t.test('overdue resumes: the next step is told, and she who is overdue is asked again', async (t) => {
  const room = called().coming('Ana', 5).pass(minutes(5))
  room.listen()
  room.pass(minutes(1))
  t.same(room.news, ['Ana again', 'Luc alert'])
  t.equal(room.answerOf('Ana'), 'overdue')
  t.equal(room.her.counts.coming, 0)
  t.ok(room.reasons.includes('ARRIVAL_OVERDUE'))
})

t.test('an arrival timer is renewed by a new promise, not by the same request arriving twice', async (t) => {
  const twice = called().coming('Ana', 5).pass(minutes(3))
  const before = twice.alarm
  t.equal(twice.coming('Ana', 5).alarm, before)
  t.same(twice.pass(minutes(2)).toldAtS('Ana', 'ask-arrival'), [300])
  const longer = called().coming('Ana', 5).pass(minutes(3)).coming('Ana', 10).pass(minutes(10))
  t.same(longer.toldAtS('Ana', 'ask-arrival'), [780])
})

t.test('two are coming: one overdue does not resume while the other still comes', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'], ['Mia'])).press().coming('Ana', 5).coming('Luc', 10).pass(minutes(7))
  t.equal(room.answerOf('Ana'), 'overdue')
  t.equal(room.phase, 'helped')
  t.same(room.told, ['Ana', 'Luc'])
  t.equal(room.sees('Ana')?.others.coming, 1)
  t.same(room.pass(minutes(4)).told, ['Ana', 'Luc', 'Mia'])
})

t.test('"not after all" resumes at once: the next step, and everyone who owes an answer', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'], ['Mia'])).press().coming('Ana', 5)
  room.listen()
  room.pass(seconds(40)).says('Ana', 'cannot')
  t.same(room.news, ['Luc again', 'Mia alert'])
  t.ok(room.reasons.includes('NOT_AFTER_ALL'))
  const arrived = called().says('Ana', 'arrived').says('Ana', 'cannot')
  t.same(arrived.told, ['Ana', 'Luc'])
})

t.test('the last one declines after accepting, with no step left: all are asked once more at once', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().says('Luc', 'cannot').coming('Ana', 5)
  room.listen()
  room.says('Ana', 'cannot')
  t.same(room.news, ['Ana again', 'Luc again'])
})

t.test('while somebody comes, reminders rest and the others learn it', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'], ['Mia'])).press()
  room.listen()
  room.coming('Ana', 5)
  t.same(room.news, ['Luc coming'])
  t.same(room.pass(minutes(4)).news, [])
  t.match(room.sees('Luc'), { phase: 'helped', others: { coming: 1, arrived: 0 } })
  t.equal(room.sees('Mia'), null, 'not told, and so she sees nothing')
})

t.test('R11: arrived and then silent: asked after 15 and 30 min, at 45 min escalation resumes', async (t) => {
  const room = called().says('Ana', 'arrived').pass(minutes(46))
  t.same(room.toldAtS('Ana', 'ask-over'), [900, 1800])
  t.same(room.toldAtS('Luc', 'alert'), [2700])
  t.ok(room.reasons.includes('SILENT_AFTER_ARRIVAL'))
})

t.test('arrived and then silent: what breaks the silence, and what does not', async (t) => {
  const table = [
    { atMin: 16, say: (r: Room) => r.says('Ana', 'arrived'), lucAtS: (16 + 45) * 60, why: 'still here' },
    { atMin: 14, say: (r: Room) => r.says('Ana', 'arrived'), lucAtS: 45 * 60, why: 'the same word twice, unasked' },
    { atMin: 31, say: (r: Room) => r.says('Ana', 'arrived'), lucAtS: (31 + 45) * 60, why: 'still here, asked twice' },
    { atMin: 16, say: (r: Room) => r.receipt('Ana', 'seen'), lucAtS: 45 * 60, why: 'seen is no answer' },
    { atMin: 16, say: (r: Room) => r.says('Ana', 'need-more'), lucAtS: 16 * 60, why: 'more help' }
  ] as const
  for (const { atMin, say, lucAtS, why } of table) {
    const room = say(called().says('Ana', 'arrived').pass(minutes(atMin))).pass(minutes(90))
    t.equal(room.toldAtS('Luc', 'alert')[0], lucAtS, why)
  }
})

t.test('one arrived fell silent, another is still coming: escalation rests until that promise is broken', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'], ['Mia'])).press().says('Ana', 'arrived').pass(minutes(40)).coming('Luc', 10)
  t.same(room.pass(minutes(8)).told, ['Ana', 'Luc'])
  t.same(room.pass(minutes(4)).told, ['Ana', 'Luc', 'Mia'])
})

t.test('R11: "we need more" wakes the next step; with none left, everyone who is neither coming nor there', async (t) => {
  const room = new Room(circle(['Ana', 'Luc', 'Zoe'], ['Mia'])).press().says('Luc', 'cannot').coming('Zoe', 10).says('Ana', 'arrived')
  room.listen()
  room.says('Ana', 'need-more')
  t.same(room.news, ['Mia alert'])
  t.equal(room.phase, 'calling')
  t.equal(room.sees('Ana')?.answer.counts, false)
  t.ok(room.notes.some((n) => n.reason === 'NEED_MORE' && n.who === 'Ana'))
  room.says('Ana', 'need-more')
  t.same(room.news, ['Luc again', 'Mia again'])
  t.equal(room.answerOf('Luc'), 'none', 'more is a new question')
  t.equal(room.her.counts.arrived, 1)
  room.coming('Mia', 5)
  t.equal(room.phase, 'helped')
})

t.test('whoever was never told, or has left, can promise nothing', async (t) => {
  const room = called()
  const before = room.alarm
  t.equal(room.coming('Luc', 5).alarm, before)
  t.equal(room.coming('Stranger', 5).alarm, before)
  const gone = called().coming('Ana', 5).leaves('Ana')
  t.equal(gone.phase, 'calling')
  t.same(gone.told, ['Ana', 'Luc'], 'a promise leaves with the one who made it')
  t.equal(gone.says('Ana', 'arrived').phase, 'calling')
  t.equal(gone.sees('Ana'), null)
})

t.test('on the way is not there: nobody is asked "is it over?" before they arrived', async (t) => {
  const room = called().coming('Ana', 10).pass(minutes(10)).coming('Ana', 10).pass(minutes(10))
  t.same(room.toldAtS('Ana', 'ask-over'), [])
  t.same(room.toldAtS('Ana', 'ask-arrival'), [600, 1200])
})

t.test('after a resumption reminders run again, for whoever is overdue too', async (t) => {
  const room = called().coming('Ana', 5).pass(minutes(6))
  t.same(room.pass(minutes(2)).toldAtS('Ana', 'again'), [360, 390, 420, 450, 480])
  const pressedAgain = called().coming('Ana', 5).press().pass(minutes(6))
  t.equal(pressedAgain.answerOf('Ana'), 'overdue')
  t.same(pressedAgain.toldAtS('Ana', 'ask-arrival'), [300], 'a promise that held nothing back any more is overdue all the same')
  t.ok(pressedAgain.toldAtS('Ana', 'again').every((s) => s <= 300 || s >= 360), 'once asked, she has her minute')
  t.same(pressedAgain.listen().pass(minutes(1)).news.filter((n) => n === 'Ana again').length, 2)
})

t.test('a plain refusal is not a broken promise, and the same refusal twice is one', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().says('Ana', 'cannot')
  t.ok(room.reasons.includes('CANNOT'))
  t.notOk(room.reasons.includes('NOT_AFTER_ALL'))
  const once = room.alarm
  t.equal(room.pass(seconds(5)).says('Ana', 'cannot').alarm, once)
})

t.test('who comes in 20 minutes still comes when her phone dies: the step keeps its time', async (t) => {
  const room = called().coming('Ana', 20).reach('Ana', 'none')
  t.same(room.told, ['Ana'])
  t.same(room.pass(seconds(30)).told, ['Ana', 'Luc'])
})

t.test('two are there; one takes back her "over" and goes: the other is asked in her turn', async (t) => {
  for (const go of [(r: Room) => r.says('Ana', 'cannot'), (r: Room) => r.leaves('Ana')]) {
    const room = go(new Room(circle(['Ana', 'Luc'])).press().says('Ana', 'arrived').says('Luc', 'arrived').pass(minutes(1)).says('Ana', 'over').pass(minutes(1))).listen()
    t.equal(room.phase, 'helped')
    t.same(room.pass(minutes(15)).news, ['Luc ask-over'])
  }
})

t.test('"we need more" with nobody reachable in any later step: everyone not coming is asked, those who declined too', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'], [person('Mia', { reach: 'none' })], [])).press().says('Luc', 'cannot').says('Ana', 'arrived').listen()
  room.says('Ana', 'need-more')
  t.same(room.news, ['Luc again'])
  t.equal(room.phase, 'exhausted')
  t.same(room.reach('Mia', 'unknown').news, ['Mia alert'])
  const emptied = new Room(circle(['Ana', 'Luc'], ['Mia'])).press().leaves('Mia').coming('Ana', 5).listen()
  t.same(emptied.says('Ana', 'need-more').news, ['Luc again'], 'the only later step has left her circle')
})

t.test('arrived and then silent in a circle of one: at 45 min she is rung again, and the alarm never falls silent', async (t) => {
  const room = new Room(circle(['Ana'])).press().says('Ana', 'arrived').pass(minutes(45))
  t.equal(room.phase, 'exhausted')
  t.same(room.toldAtS('Ana', 'again'), [2_700])
  const pace = [0, 30, 60, 90, 120, 150, 180, 300, 600, 1200, 3000, 4800, 6600].map((s) => s + 2_700)
  t.same(room.pass(hours(2)).toldAtS('Ana', 'again'), pace, 'at the pace of every reminder, and not rung twice for it')
  room.says('Ana', 'arrived').listen()
  t.same(room.pass(minutes(14)).news, [], 'she answered')
})

t.test('she who is there and asked for more is asked half-hourly while nobody else can be', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().says('Ana', 'arrived').says('Ana', 'need-more').says('Luc', 'cannot').listen()
  t.same(room.pass(minutes(61)).news, ['Ana again', 'Ana again'])
})

t.test('whoever arrived and went again has not fallen silent while another is on the way', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().coming('Luc', 10).says('Ana', 'arrived').says('Ana', 'cannot').pass(minutes(7)).coming('Luc', 5).coming('Luc', 10).pass(minutes(9))
  t.equal(room.phase, 'helped')
  t.notOk(room.reasons.includes('SILENT_AFTER_ARRIVAL'))
})

t.test('away for ten minutes: what fell due meanwhile happens in the order in which it was due', async (t) => {
  // Ana is asked at 5:00, Mia's turn comes at 5:10; the service wakes long after both.
  const room = called().coming('Ana', 5).pass(minutes(4) + seconds(40)).press().shown('Luc').pass(seconds(10))
  const known = room.notes.length
  room.jump(minutes(10)).hears({ is: 'time' })
  t.same(room.notes.slice(known).map((n) => n.reason).filter((r) => r === 'ARRIVAL_ASKED' || r === 'STEP_WAIT_OVER').slice(0, 2), ['ARRIVAL_ASKED', 'STEP_WAIT_OVER'])
})

t.test('"we need more" rings neither whoever is there, nor whoever said it', async (t) => {
  const room = new Room(circle(['Ana', 'Luc', 'Zoe'])).press().says('Zoe', 'arrived').says('Ana', 'arrived').listen()
  t.same(room.says('Ana', 'need-more').news, ['Luc again'])
  const asker = new Room(circle(['Ana', 'Luc'])).press().coming('Luc', 5).listen()
  t.same(asker.says('Ana', 'need-more').news, [])
})

t.test('"in 20 minutes", said again when they are over, is a new promise', async (t) => {
  const room = new Room(circle(['Ana'])).press().coming('Ana', 20).pass(minutes(25)).coming('Ana', 20).listen()
  t.same(room.pass(minutes(19)).news, [])
})
