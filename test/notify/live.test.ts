import t from 'tap'
import { BEAT_MS, SOCKETS_PER_SUBJECT_MAX, STOP_MS } from '../../server/notify/live.ts'
import { MESSAGES_PER_BEAT_MAX } from '../../server/notify/live-socket.ts'
import { House, alarm, anaAs, cursorOf, mina } from './live-house.ts'
import type { Page } from './live-house.ts'
import { ana } from './stage.ts'

t.test('a page is greeted, gets what is true now, then each change once', async (t) => {
  const house = new House(t)
  const page = await house.open(anaAs)
  const hello = await page.seen('hello')
  t.match(hello, { type: 'hello', now: house.clock.now(), resumed: false })
  t.equal(cursorOf(await page.seen('responder-alarms')), cursorOf(hello))
  house.show(anaAs, 1)
  house.show(anaAs, 1)
  house.show(anaAs, 2)
  const newest = await page.seen('responder-alarms', 3)
  t.match(newest, { alarms: [{ n: 2 }] })
  t.equal(page.messages.all.length, 4, 'the same view twice is said once')
  t.same(house.pages.all, ['ana opened'])
})

t.test('a page that comes back with its cursor is told nothing it knows, and everything it missed', async (t) => {
  const house = new House(t)
  const first = await house.open(anaAs)
  const cursor = cursorOf(await first.seen('responder-alarms'))
  first.terminate()
  await house.pages.until((all) => all.includes('ana closed'))
  const again = await house.open(anaAs, cursor)
  t.match(await again.seen('hello'), { cursor, resumed: true })
  again.terminate()
  await house.pages.until((all) => all.filter((p) => p === 'ana closed').length === 2)
  house.show(anaAs, 7)
  const third = await house.open(anaAs, cursor)
  t.match(await third.seen('hello'), { resumed: false })
  t.match(await third.seen('responder-alarms'), { alarms: [{ n: 7 }] })
  t.equal(again.messages.all.length, 1)
  for (const stranger of ['', 'x', 'AAAAAAAAAAAA.1']) t.match(await (await house.open(anaAs, stranger)).seen('hello'), { resumed: false })
})

t.test('a cursor moves only with what its own reader can see: others\' changes leave no trace (R15)', async (t) => {
  const house = new House(t)
  const hers = await house.open(mina)
  const his = await house.open(anaAs)
  const cursor = cursorOf(await hers.seen('worker-alarms'))
  await his.seen('responder-alarms')
  for (let n = 1; n <= 5; n++) {
    house.show(anaAs, n)
    house.live.changed({ workers: ['mina'], responders: [] })
    await his.seen('responder-alarms', n + 1)
  }
  hers.send({ type: 'ping' })
  await hers.seen('pong')
  t.same(hers.messages.all.map(({ type }) => type), ['hello', 'worker-alarms', 'worker-home', 'pong'])
  t.equal(cursorOf(await (await house.open(mina)).seen('hello')), cursor)
})

t.test('her page has two views: each is said when it differs, and one cursor resumes both', async (t) => {
  const house = new House(t)
  const page = await house.open(mina)
  await page.seen('worker-home')
  const checkIn = { checkIn: 'c1', for: 'promise', dueAt: 1, phase: 'waiting', raisesAt: 2, then: 'assist' } as const
  house.views.set('worker:mina', { type: 'worker-home', home: { checkIn, readiness: null, shortcut: null, leftAt: null, joins: null } })
  house.live.changed({ workers: ['mina'], responders: [] })
  const told = await page.seen('worker-home', 2)
  t.match(told, { home: { checkIn } })
  t.equal(page.messages.all.filter(({ type }) => type === 'worker-alarms').length, 1, 'what did not change is not said again')
  const resumed = await house.open(mina, cursorOf(told))
  t.match(await resumed.seen('hello'), { resumed: true })
  const stale = await house.open(mina, 'AAAAAAAAAAAA.1')
  t.match(await stale.seen('worker-home'), { cursor: cursorOf(told) }, 'what changed last comes last, with the newest cursor')
  t.equal(stale.messages.all.findIndex(({ type }) => type === 'worker-home'), 2)
})

t.test('a telling rings every open page of the one who is told, and nobody else\'s', async (t) => {
  const house = new House(t)
  const [one, two, other, hers] = [await house.open(anaAs), await house.open(anaAs), await house.open({ is: 'responder', id: 'luc' }), await house.open({ is: 'worker', id: ana })]
  await Promise.all([one, two, other, hers].map((page) => page.seen('hello')))
  t.equal(house.live.tell(ana, { alarm, n: 3, what: 'alert' }), 2)
  for (const page of [one, two]) t.same(await page.seen('told'), { type: 'told', alarm, n: 3, what: 'alert' })
  for (const page of [other, hers]) {
    page.send({ type: 'ping' })
    await page.seen('pong')
    t.notOk(page.messages.all.some(({ type }) => type === 'told'))
  }
  t.equal(house.live.tell('nobody' as never, { alarm, n: 1, what: 'alert' }), 0)
})

t.test('receipts come in as this responder\'s own, whatever they claim', async (t) => {
  const house = new House(t)
  const page = await house.open(anaAs)
  page.send({ type: 'receipt', alarm, n: 3, level: 'shown' })
  page.send({ type: 'receipt', alarm, n: 3, level: 'seen' })
  await house.receipts.until((all) => all.length === 2)
  t.same(house.receipts.all, [[alarm, ana, 3, 'shown'], [alarm, ana, 3, 'seen']])
})

const bad: readonly (readonly [string, unknown])[] = [
  ['no JSON', 'hello'], ['nothing', ''], ['an array', '[]'], ['null', 'null'], ['no type', '{}'], ['an unknown type', '{"type":"cancel"}'],
  ['a level that only we can know', { type: 'receipt', alarm, n: 1, level: 'accepted' }],
  ['somebody else\'s name', { type: 'receipt', alarm, n: 1, level: 'shown', from: 'luc' }],
  ['a fraction', { type: 'receipt', alarm, n: 1.5, level: 'shown' }], ['a negative number', { type: 'receipt', alarm, n: -1, level: 'shown' }],
  ['a number as text', { type: 'receipt', alarm, n: '1', level: 'shown' }], ['no alarm', { type: 'receipt', n: 1, level: 'shown' }],
  ['an alarm without end', { type: 'receipt', alarm: 'a'.repeat(200), n: 1, level: 'shown' }],
  ['a ping with luggage', { type: 'ping', x: 1 }], ['bytes', Buffer.from('{"type":"ping"}')]
]
for (const [name, said] of bad) {
  t.test(`a page that says ${name} is closed with a code, and nothing is taken from it`, async (t) => {
    const house = new House(t)
    const page = await house.open(anaAs)
    await page.seen('hello')
    page.send(said)
    t.same(await page.closed, { code: 1008, reason: 'LIVE_MESSAGE_INVALID' })
    t.same(house.receipts.all, [])
    t.equal(house.live.open, 0)
  })
}

t.test('only who was told can say that it was shown: a worker\'s page can\'t', async (t) => {
  const house = new House(t)
  const page = await house.open(mina)
  page.send({ type: 'receipt', alarm, n: 1, level: 'shown' })
  t.same(await page.closed, { code: 1008, reason: 'LIVE_NOT_YOURS' })
  t.same(house.receipts.all, [])
})

t.test('a page that talks without end is closed', async (t) => {
  const house = new House(t)
  const page = await house.open(anaAs)
  await page.seen('hello')
  for (let i = 0; i <= MESSAGES_PER_BEAT_MAX; i++) page.send({ type: 'ping' })
  t.same(await page.closed, { code: 1008, reason: 'LIVE_TOO_MANY' })
})

t.test('a page that answers no ping for 15 s is dropped, one that does is kept', async (t) => {
  const house = new House(t)
  const [awake, asleep] = [await house.open(anaAs), await house.open(anaAs)]
  await Promise.all([awake.seen('responder-alarms'), asleep.seen('responder-alarms')])
  asleep.sleep()
  await house.clock.pass(BEAT_MS)
  awake.send({ type: 'ping' })
  await awake.seen('pong')
  await house.clock.pass(BEAT_MS)
  t.equal(house.live.socketsOf(anaAs), 1)
  house.live.tell(ana, { alarm, n: 1, what: 'alert' })
  await awake.seen('told')
})

t.test('sessions that end take their pages along at once; others stay', async (t) => {
  const house = new House(t)
  const [kept, cut] = [await house.open(anaAs, null, 's1'), await house.open(anaAs, null, 's2')]
  await Promise.all([kept.seen('responder-alarms'), cut.seen('responder-alarms')])
  house.live.cut('s2')
  t.equal(house.live.tell(ana, { alarm, n: 1, what: 'alert' }), 1)
  t.same(await cut.seen('gone'), { type: 'gone', code: 'SESSION_ENDED' })
  t.same(await cut.closed, { code: 4001, reason: 'SESSION_ENDED' })
  t.notOk(cut.messages.all.some(({ type }) => type === 'told'))
  house.live.gone(anaAs)
  t.equal((await kept.closed).code, 4001)
  t.equal(house.live.open, 0)
})

t.test('one person\'s pages are bounded: the newest takes the place of the oldest', async (t) => {
  const house = new House(t)
  const pages: Page[] = []
  for (let i = 0; i <= SOCKETS_PER_SUBJECT_MAX; i++) {
    const page = await house.open(anaAs)
    await page.seen('responder-alarms')
    pages.push(page)
  }
  t.equal((await pages[0]?.closed)?.code, 4003)
  t.equal(house.live.socketsOf(anaAs), SOCKETS_PER_SUBJECT_MAX)
})

t.test('stopping says "come back" to everybody and waits for nobody longer than a second', async (t) => {
  const house = new House(t)
  const [awake, asleep] = [await house.open(anaAs), await house.open(mina)]
  await Promise.all([awake.seen('responder-alarms'), asleep.seen('worker-alarms')])
  asleep.sleep()
  const stopped = house.live.stop()
  t.same(await awake.seen('gone'), { type: 'gone', code: 'STOPPING' })
  t.same(await awake.closed, { code: 1012, reason: 'STOPPING' })
  await house.clock.pass(STOP_MS)
  await stopped
  t.equal(house.live.open, 0)
  t.same(await (await house.open(anaAs)).closed, { code: 1012, reason: 'LIVE_STOPPING' })
})

t.test('a view that can not be made closes nothing: the telling still rings', async (t) => {
  const house = new House(t)
  house.broken = true
  const page = await house.open(anaAs)
  await page.seen('hello')
  house.live.tell(ana, { alarm, n: 1, what: 'alert' })
  await page.seen('told')
  house.broken = false
  house.show(anaAs, 1)
  await page.seen('responder-alarms')
})

t.test('a technician is greeted and told nothing: not even that somebody pressed', async (t) => {
  const house = new House(t)
  const page = await house.open({ is: 'technician', id: ana })
  await page.seen('hello')
  house.show(anaAs, 1)
  house.live.tell(ana, { alarm, n: 1, what: 'alert' })
  page.send({ type: 'ping' })
  await page.seen('pong')
  t.same(page.messages.all.map(({ type }) => type), ['hello', 'pong'])
})
