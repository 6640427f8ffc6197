/** R9, R10: who is told when nobody answers. Guards against the alarm that reached one silent phone and stopped there. */
import t from 'tap'
import { circle, hours, minutes, person, Room, seconds, waiting } from './room.ts'

const anaThenLuc = circle(['Ana'], ['Luc'])

t.test('R9: nobody answers: the second step is told, then the first again', async (t) => {
  const room = new Room(anaThenLuc)
  room.press().shown('Ana')
  t.same(room.told, ['Ana'])
  room.pass(seconds(30))
  t.same(room.told, ['Ana', 'Luc'])
  t.same(room.toldAtS('Ana', 'again'), [30])
  room.shown('Luc').pass(seconds(30))
  t.equal(room.workerSees, 'nobody-yet')
  t.same(room.warnings, ['EXHAUSTED'])
})

t.test('everyone in a step is told at once', async (t) => {
  t.same(new Room(circle(['Ana', 'Luc', 'Mia'])).press().news, ['Ana alert', 'Luc alert', 'Mia alert'])
})

t.test('R3, R9: nobody was shown it after 20 s: the next step now, but only where a missing receipt proves something', async (t) => {
  const cases = [
    { step: ['Ana', 'Luc'], nextS: 20, why: 'both phones would have said so' },
    { step: ['Ana', person('Luc', { reach: 'unknown' })], nextS: 60, why: 'Luc may have seen it on his iPhone' },
    { step: [person('Ana', { reach: 'unknown' })], nextS: 30, why: 'nobody can prove it' },
    { step: ['Ana', person('Luc', { reach: 'none' })], nextS: 20, why: 'Luc has no phone at all' }
  ]
  for (const { step, nextS, why } of cases) {
    const room = new Room(waiting(circle(step, ['Zoe']), seconds(60))).press().pass(seconds(65))
    t.same(room.toldAtS('Zoe', 'alert'), [nextS], why)
  }
  const taken = new Room(waiting(circle(['Ana'], ['Zoe']), seconds(60))).press().receipt('Ana', 'accepted').pass(seconds(65))
  t.same(taken.toldAtS('Zoe', 'alert'), [20], 'a push service took it, and no phone showed it')
  const seen = new Room(waiting(circle(['Ana', 'Luc'], ['Zoe']), seconds(60))).press().shown('Luc').pass(seconds(65))
  t.same(seen.toldAtS('Zoe', 'alert'), [60], 'one of them was shown it')
})

t.test('R9: the wait of a step is bounded: 60 s for alarms, 30 s if nobody can prove it, longer only for a quiet check', async (t) => {
  const unknown = person('Ana', { reach: 'unknown' })
  const cases = [
    { who: 'Ana', kind: 'alarm', waitS: 300, nextS: 60 }, { who: 'Ana', kind: 'silent-alarm', waitS: 300, nextS: 60 },
    { who: unknown, kind: 'alarm', waitS: 60, nextS: 30 }, { who: 'Ana', kind: 'assist', waitS: 300, nextS: 300 },
    { who: unknown, kind: 'assist', waitS: 300, nextS: 300 }, { who: 'Ana', kind: 'assist', waitS: 6_000, nextS: 600 },
    { who: 'Ana', kind: 'alarm', waitS: 1, nextS: 5 }, { who: 'Ana', kind: 'alarm', waitS: Number.NaN, nextS: 30 }
  ] as const
  for (const { who, kind, waitS, nextS } of cases) {
    const room = new Room(waiting(circle([who], ['Zoe']), waitS * 1_000)).press(kind)
    room.receipt('Ana', 'shown').pass(seconds(700))
    t.same(room.toldAtS('Zoe', 'alert'), [nextS], `${kind}, asked to wait ${waitS} s`)
  }
})

t.test('all of a step decline: the next step at once', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'], ['Mia'])).press()
  room.says('Ana', 'cannot')
  t.same(room.told, ['Ana', 'Luc'])
  room.says('Luc', 'cannot')
  t.same(room.told, ['Ana', 'Luc', 'Mia'])
  t.ok(room.reasons.includes('ALL_DECLINED_OR_UNREACHABLE'))
})

t.test('one declines and the other loses her last endpoint: the next step at once', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'], ['Mia'])).press().says('Ana', 'cannot').reach('Luc', 'none')
  t.same(room.told, ['Ana', 'Luc', 'Mia'])
})

t.test('R9: a contact without an endpoint is skipped aloud, and told when one appears', async (t) => {
  const room = new Room(circle([person('Ana', { reach: 'none' })], ['Luc'])).press()
  t.same(room.told, ['Luc'])
  t.ok(room.notes.some((n) => n.reason === 'SKIPPED_UNREACHABLE' && n.who === 'Ana'))
  t.match(room.her.rows[0], { responder: 'Ana', told: false, skipped: true, unreachable: true })
  room.listen()
  room.reach('Ana', 'provable')
  t.same(room.news, ['Ana alert'])
  t.match(room.her.rows[0], { told: true, skipped: false })
})

t.test('a contact of a later step who gets a phone is not told before her turn', async (t) => {
  const room = new Room(circle(['Ana'], [person('Luc', { reach: 'none' }), 'Mia'])).press().reach('Luc', 'provable')
  t.same(room.told, ['Ana'])
  t.same(room.pass(seconds(30)).told, ['Ana', 'Luc', 'Mia'])
})

t.test('with nobody to tell she knows from the first second, and the operator is warned', async (t) => {
  for (const plan of [circle(), circle([]), circle([person('Ana', { reach: 'none' })])]) {
    const room = new Room(plan).press()
    t.equal(room.workerSees, 'nobody-yet')
    t.equal(room.light, 'no-answer-yet')
    t.ok(room.warnings.includes('EXHAUSTED'))
  }
})

t.test('R10: reminders slow down: every 30 s for 3 min, then after 2, 5, 10, 30 min, and go on', async (t) => {
  const room = new Room(circle(['Ana'])).press().shown('Ana').pass(hours(2))
  t.same(room.toldAtS('Ana', 'again'), [30, 60, 90, 120, 150, 180, 300, 600, 1200, 3000, 4800, 6600])
})

t.test('all have declined, one then promises and takes it back: everybody is asked at once, not half an hour after the last time', async (t) => {
  const room = new Room(circle(['Ana'], ['Luc'])).press().says('Ana', 'cannot').says('Luc', 'cannot').pass(minutes(5)).coming('Ana', 10).pass(minutes(3))
  room.listen()
  room.says('Ana', 'cannot')
  t.same(room.news, ['Ana again', 'Luc again'])
})

t.test('R10: whoever declined is left in peace until all have; then all are asked, at once and at most half-hourly', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().says('Ana', 'cannot').pass(minutes(10))
  t.same(room.toldAtS('Ana', 'again'), [])
  t.same(room.news.filter((n) => n.startsWith('Ana')), ['Ana alert'])
  room.says('Luc', 'cannot')
  t.same(room.news, ['Ana again', 'Luc again'])
  room.pass(minutes(100))
  const again = room.toldAtS('Ana', 'again')
  t.ok(again.length >= 3, 'an alarm never ends silently')
  t.ok(again.every((at, i) => i === 0 || at - (again[i - 1] ?? 0) >= 1_800), `half-hourly at most: ${again}`)
})

t.test('R10: twelve hours after exhaustion: unresolved, no more pushes, still listed, revived by a press', async (t) => {
  const room = new Room(circle(['Ana'])).press().shown('Ana').pass(seconds(30)).pass(hours(12))
  t.equal(room.workerSees, 'unresolved')
  t.ok(room.warnings.includes('UNRESOLVED'))
  room.listen()
  t.same(room.pass(hours(48)).news, [])
  t.equal(room.isOpen, true)
  t.equal(room.light, 'no-answer-yet')
  t.equal(room.sees('Ana')?.phase, 'nobody-yet')
  t.same(room.press().news, ['Ana again'])
  t.equal(room.workerSees, 'nobody-yet')
})

t.test('revived by a press: whoever had no phone all that time and has one now is told', async (t) => {
  const room = new Room(circle([person('Ana', { reach: 'none' })])).press().pass(hours(13)).reach('Ana', 'provable')
  t.same(room.told, [])
  t.same(room.press().told, ['Ana'])
})

t.test('a promise of 20 minutes that nobody kept is asked about again', async (t) => {
  const room = new Room(circle(['Ana'])).press().coming('Ana', 20).pass(hours(1))
  t.ok(room.toldAtS('Ana', 'again').length > 0)
})

t.test('away for ten minutes in the middle of an alarm: whoever should have been told is told in one turn, once', async (t) => {
  const room = new Room(circle(['Ana'], ['Luc'], ['Mia'])).press().shown('Ana')
  room.listen()
  room.jump(minutes(10)).hears({ is: 'time' })
  t.same(room.news, ['Ana again', 'Luc alert', 'Mia alert'])
})

t.test('a wall clock that jumped back a day: what was due tomorrow is due now; a small correction is no jump', async (t) => {
  const back = new Room(anaThenLuc).press().shown('Ana').jump(-hours(24)).hears({ is: 'time' })
  t.same(back.told, ['Ana', 'Luc'])
  const small = new Room(anaThenLuc).press().shown('Ana').jump(-seconds(2)).hears({ is: 'time' })
  t.same(small.told, ['Ana'])
})

t.test('the last step declines too: exhausted, and all are asked once more at once', async (t) => {
  const room = new Room(anaThenLuc).press().says('Ana', 'cannot').listen()
  room.says('Luc', 'cannot')
  t.equal(room.phase, 'exhausted')
  t.same(room.news, ['Ana again', 'Luc again'])
  t.equal(room.answerOf('Ana'), 'cannot', 'asked once, not reminded')
})

t.test('a promise of 30 minutes is not asked about before its time', async (t) => {
  const room = new Room(circle(['Ana'])).press().pass(minutes(20)).coming('Ana', 30).listen()
  t.same(room.pass(minutes(29)).news, [])
  t.same(room.pass(minutes(32)).news, ['Ana again'])
})

t.test('a clock that jumps past the twelve hours, or back before them, silences nobody: it tries for twelve more', async (t) => {
  for (const jumpMs of [hours(24), -hours(24)]) {
    const room = new Room(circle(['Ana'])).press().shown('Ana').pass(minutes(1)).jump(jumpMs).hears({ is: 'time' })
    t.equal(room.phase, 'exhausted')
    const at = room.now
    t.equal(room.pass(hours(11)).phase, 'exhausted')
    t.equal(room.pass(hours(1)).phase, 'unresolved', `${(room.now - at) / 3_600_000} h later`)
  }
})

t.test('the last device that could prove it is lost during a step of 60 s: the step waits 30 s, as if it had never been', async (t) => {
  const long = (): Room => new Room(waiting(circle(['Ana', person('Luc', { reach: 'unknown' })], ['Zoe']), seconds(60))).press().shown('Ana')
  const lose: readonly [string, (r: Room) => Room][] = [
    ['her other phone has another system', (r) => r.reach('Ana', 'unknown')], ['no phone left', (r) => r.reach('Ana', 'none')], ['removed', (r) => r.leaves('Ana')]
  ]
  for (const [why, of] of lose) {
    t.same(of(long().pass(seconds(10))).pass(seconds(55)).toldAtS('Zoe', 'alert'), [30], why)
    t.same(of(long().pass(seconds(40))).pass(seconds(25)).toldAtS('Zoe', 'alert'), [40], `${why}: at once, for the 30 s are over`)
  }
  t.same(long().pass(seconds(10)).reach('Luc', 'provable').pass(seconds(55)).toldAtS('Zoe', 'alert'), [60], 'a better phone changes nothing')
  const short = new Room(waiting(circle([person('Ana', { reach: 'unknown' })], ['Zoe']), seconds(60))).press().reach('Ana', 'provable').pass(seconds(55))
  t.same(short.toldAtS('Zoe', 'alert'), [30], 'nor does it lengthen a wait that has begun')
  const quiet = new Room(waiting(circle(['Ana'], ['Zoe']), minutes(5))).press('assist').shown('Ana').reach('Ana', 'unknown').pass(minutes(6))
  t.same(quiet.toldAtS('Zoe', 'alert'), [300], 'a quiet check keeps its long wait')
})

t.test('all have declined and were asked: a new press, or a clock set back a day, does not leave them unasked for it', async (t) => {
  const declined = (): Room => new Room(circle(['Ana'])).press().says('Ana', 'cannot').pass(minutes(5)).listen()
  t.same(declined().press().pass(seconds(5)).listen().says('Ana', 'cannot').news, ['Ana again'])
  t.same(declined().jump(-hours(24)).hears({ is: 'time' }).news, ['Ana again'])
})

t.test('unresolved: an "over" that nobody confirmed rings nobody any more', async (t) => {
  const room = new Room(circle(['Ana'])).press().says('Ana', 'arrived').pass(minutes(45) + hours(12) - minutes(5)).says('Ana', 'over').pass(minutes(6))
  t.equal(room.phase, 'unresolved')
  t.same(room.listen().pass(hours(1)).news, [])
})
