/** What an alarm counts as in anonymous statistics. Guards against a report in which a woman whom nobody answered is a "false alarm". */
import t from 'tap'
import { outcomeOf } from '../../server/alarm/outcome.ts'
import { circle, hours, house, minasTest, minutes, person, Room, seconds, standing } from './room.ts'

const luc = person('Luc', { mayKnow: true })
const open = (): Room => new Room(circle(['Ana', luc])).press()
const settled = (room: Room): Room => room.pass(minutes(13))
const told = ({ alarm, notes }: Room) => ({ alarm, record: notes })
const resultOf = (...rooms: readonly Room[]): unknown => {
  const outcome = outcomeOf(rooms.map(told))
  return outcome === null ? null : `${outcome.counted} ${outcome.result}`
}

t.test('an alarm, by how soon somebody took it', async (t) => {
  const table = [
    { waitS: 10, result: 'alarm to-10-s' },
    { waitS: 11, result: 'alarm to-40-s' },
    { waitS: 40, result: 'alarm to-40-s' },
    { waitS: 41, result: 'alarm to-5-min' },
    { waitS: 300, result: 'alarm to-5-min' },
    { waitS: 301, result: 'alarm after-5-min' }
  ]
  for (const { waitS, result } of table) t.equal(resultOf(settled(open().pass(seconds(waitS)).coming('Ana', 30).pin())), result, `${waitS} s`)
  t.equal(resultOf(settled(open().pass(seconds(5)).says('Ana', 'arrived').pin())), 'alarm to-10-s', 'who simply stands there has taken it')
  t.equal(resultOf(settled(open().pass(seconds(5)).coming('Ana', 5).says('Ana', 'cannot').pass(hours(1)).pin())), 'alarm to-10-s', 'taken, whatever came after')
  t.equal(resultOf(settled(new Room(circle(['Ana'])).press('alarm', { ageMs: seconds(60), doubt: 'none' }).coming('Ana', 5).pin())), 'alarm to-5-min', 'from the press, not from when it was heard')
  t.equal(resultOf(settled(new Room(circle(['Ana'])).press('alarm', { ageMs: hours(2), doubt: 'time-uncertain' }).coming('Ana', 5).pin())), 'alarm to-10-s', 'from when it was heard, where nobody knows when it was')
})

t.test('a false press is hers alone, at once, and proven; waiting in vain is not one', async (t) => {
  const table = [
    { why: 'her PIN within a minute, nobody had answered', room: open().pass(seconds(20)).pin(), result: 'alarm false-press' },
    { why: 'she said safe within a minute, her PIN later', room: open().pass(seconds(20)).hears({ is: 'said-safe' }).pass(minutes(4)).pin(), result: 'alarm false-press' },
    { why: 'she gave up waiting', room: open().pass(minutes(2)).pin(), result: 'alarm nobody' },
    { why: 'somebody had answered, with no', room: open().pass(seconds(20)).says('Ana', 'cannot').pin(), result: 'alarm nobody' },
    { why: 'somebody had come', room: open().pass(seconds(5)).coming('Ana', 5).pin(), result: 'alarm to-10-s' }
  ]
  for (const { why, room, result } of table) t.equal(resultOf(settled(room)), result, why)
})

t.test('under duress nothing is counted before it is truly over, and then what truly happened', async (t) => {
  const room = open().pass(seconds(20)).pin('duress')
  t.equal(resultOf(room.pass(minutes(30))), null, 'the end that only looks like one counts nothing')
  room.says('Luc', 'arrived').says('Luc', 'over').pass(minutes(16)).says('Luc', 'over')
  t.equal(resultOf(settled(room)), 'alarm after-5-min', 'never a false press')
  const given = outcomeOf([told(room)])
  t.notMatch(JSON.stringify(given), /duress/i)
  t.same(Object.keys(given ?? {}).sort(), ['counted', 'of', 'overAt', 'pressedAt', 'result'], 'and no word of it is kept')
})

t.test('the kinds', async (t) => {
  t.equal(resultOf(settled(new Room(circle(['Ana'])).press('silent-alarm').coming('Ana', 5).pin())), 'alarm to-10-s')
  t.equal(resultOf(settled(new Room(circle(['Ana'])).press('assist').coming('Ana', 5).pin())), 'quiet-check to-10-s')
  t.equal(resultOf(settled(new Room(circle(['Ana'])).press('assist').pass(seconds(100)).press('alarm').coming('Ana', 5).pin())), 'alarm to-5-min', 'it grew: the strongest')
  t.equal(resultOf(settled(new Room(circle(['Ana']), minasTest).press('test').pass(seconds(3)).shown('Ana'))), 'test to-10-s')
  t.equal(resultOf(settled(new Room(circle(['Ana']), minasTest).press('test'))), 'test not-shown')
})

/** Incident: a reference person took what her own people had not, and the year's report counted one press twice. */
t.test('one press is one alarm, however many lanes: the first who took it counts, from the press', async (t) => {
  const reference = (): Room => new Room(circle(['Paul']), house).press()
  const taken = reference().pass(seconds(5)).coming('Paul', 5).hears({ is: 'her-lanes-over' })
  t.equal(resultOf(settled(open().pass(seconds(50)).coming('Ana', 5).pin()), settled(taken)), 'alarm to-10-s', 'he stood there first')
  t.equal(resultOf(settled(open().pass(seconds(50)).coming('Ana', 5).pin()), settled(reference().hears({ is: 'her-lanes-over' }))), 'alarm to-5-min')
  t.equal(resultOf(settled(open().pass(seconds(20)).pin()), settled(reference().hears({ is: 'her-lanes-over' }))), 'alarm false-press', 'she took it back for both')
  t.equal(resultOf(settled(open().pass(seconds(20)).pin()), settled(reference().says('Paul', 'cannot').hears({ is: 'her-lanes-over' }))), 'alarm nobody', 'he had answered')
  t.equal(resultOf(settled(open().pass(seconds(5)).coming('Ana', 5).pin()), open()), null, 'one of them runs')
  const zoe = settled(new Room(circle(['Bo']), { is: 'hers', worker: 'Zoe' as never }).press().pass(minutes(2)).pin())
  t.equal(resultOf(settled(open().pass(seconds(20)).pin()), zoe), 'alarm nobody', 'one took it back, the other waited in vain')
  t.match(outcomeOf([told(zoe), told(settled(reference().hears({ is: 'her-lanes-over' })))]), { of: { is: 'worker', worker: 'Zoe' } }, 'hers, where one is hers')
})

t.test('a press in a room where nobody is known to work is an alarm of the room, and never a false one', async (t) => {
  const alone = (lane: typeof house): Room => new Room(circle(['Paul', 'Rosa']), lane).press()
  const over = (room: Room): Room => room.says('Paul', 'arrived').says('Paul', 'over').says('Rosa', 'over')
  t.match(outcomeOf([told(settled(over(alone(house).pass(seconds(30)))))]), { of: { is: 'venue' }, counted: 'alarm', result: 'to-40-s' })
  t.match(outcomeOf([told(settled(over(alone(standing).pass(seconds(30)))))]), { of: { is: 'room' }, counted: 'alarm', result: 'to-40-s' })
  t.match(outcomeOf([told(alone(house).pass(seconds(30)).says('Paul', 'arrived').pass(hours(20)))]), { result: 'to-40-s' }, 'one person alone can\'t end it for good: it is given up, and counted as taken')
  t.equal(resultOf(settled(alone(house).hears({ is: 'her-lanes-over' })), settled(alone(standing).hears({ is: 'her-lanes-over' }))), 'alarm nobody', 'both lanes: once')
  const technician = { is: 'test', by: 'technician', room: 'room 3' } as never
  t.match(outcomeOf([told(settled(new Room(circle(['Paul']), technician).press('test').pass(seconds(3)).shown('Paul')))]), { of: { is: 'room' }, counted: 'test', result: 'to-10-s' })
})

t.test('an alarm to which nobody came is counted when everybody has been asked in vain for twelve hours, and not left out for having no end', async (t) => {
  const room = new Room(circle(['Ana'])).press()
  t.equal(resultOf(room.pass(hours(1))), null, 'they are still asked')
  t.equal(resultOf(room.pass(hours(13))), 'alarm nobody')
})

t.test('what lives on elsewhere is counted nowhere', async (t) => {
  t.equal(resultOf(open().hears({ is: 'superseded' })), null)
  t.equal(resultOf(open()), null, 'it runs')
  t.equal(outcomeOf([]), null)
})

t.test('a long alarm, of which it forgets its own early facts, is counted by its record', async (t) => {
  const room = open().pass(seconds(5)).coming('Ana', 5)
  for (let i = 0; i < 200; i++) room.pass(seconds(1)).press().coming('Ana', 5)
  t.ok((room.alarm.facts.find(({ reason }) => reason === 'COMING')?.at ?? 0) > room.alarm.openedAt + seconds(10), 'it has forgotten the first word')
  t.equal(resultOf(settled(room.pin())), 'alarm to-10-s')
})
