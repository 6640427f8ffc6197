/** What she may see, and what one responder may: numbers, never names. */
import t from 'tap'
import { judge, retryMs, ttlS } from '../../server/alarm/delivery.ts'
import { checkPlan } from '../../server/alarm/limits.ts'
import { circle, minutes, person, Room, seconds, waiting } from './room.ts'

t.test('R3: her screen: only proven facts, in order and with their times', async (t) => {
  const room = new Room(circle(['Ana', person('Luc', { reach: 'unknown' })], ['Mia'])).press()
  t.match(room.her, { phase: 'calling', step: 0, steps: 2, nextAt: room.now + 30_000, counts: { told: 2, shown: 0, coming: 0, arrived: 0 }, ended: null })
  room.pass(seconds(3)).receipt('Ana', 'accepted').receipt('Luc', 'accepted')
  t.equal(room.her.counts.shown, 0, 'taken by a push service is not shown')
  room.pass(seconds(1)).shown('Ana').pass(seconds(4)).coming('Ana', 10)
  t.same(room.her.rows.map((r) => [r.responder, r.receipt?.level ?? null, r.shownIsProvable, r.answer, r.minutes]), [
    ['Ana', 'seen', true, 'coming', 10], ['Luc', 'accepted', false, 'none', null], ['Mia', null, true, 'none', null]
  ])
  t.same(room.her.counts, { told: 2, shown: 1, coming: 1, arrived: 0 })
  t.equal(room.her.rows[0]?.arriveBy, room.now + minutes(10))
  t.same(room.her.facts.map((f) => [(f.at - room.alarm.openedAt) / 1_000, f.reason, f.who ?? null]), [
    [0, 'OPENED', null], [0, 'STEP_TOLD', null], [4, 'SHOWN', 'Ana'], [8, 'COMING', 'Ana']
  ])
  t.equal(room.her.nextAt, null, 'nothing follows by time while somebody comes')
})

t.test('the last step has no next one', async (t) => {
  const room = new Room(circle(['Ana'], ['Luc'])).press().pass(seconds(30))
  t.match(room.her, { step: 1, nextAt: null, phase: 'calling' })
})

t.test('whoever answers has seen it, receipts or not', async (t) => {
  const room = new Room(circle([person('Ana', { reach: 'unknown' })])).press().pass(seconds(9)).says('Ana', 'cannot')
  t.match(room.her.rows[0], { receipt: { level: 'seen', at: room.now }, answer: 'cannot' })
  t.match(room.her.counts, { shown: 1 })
})

t.test('a responder sees numbers of others, her own answer, and what she is asked', async (t) => {
  const room = new Room(circle(['Ana', 'Luc', 'Zoe'])).press().coming('Ana', 10).says('Luc', 'arrived')
  t.match(room.sees('Zoe'), { n: 2, what: 'coming', phase: 'helped', others: { coming: 1, arrived: 1 }, asked: null, answer: { is: 'none', at: null } })
  t.match(room.sees('Ana'), { others: { coming: 0, arrived: 1 }, answer: { is: 'coming', minutes: 10, counts: true } })
  room.pass(minutes(10))
  t.equal(room.sees('Ana')?.asked, 'arrival')
  t.equal(room.sees('Stranger'), null)
  t.match(room.pin().sees('Zoe'), { phase: 'over', others: { coming: 0, arrived: 0 } })
})

t.test('how hard one endpoint is tried', async (t) => {
  t.same([1, 2, 3, 4, 5, 99].map(retryMs), [500, 1_000, 2_000, 4_000, 4_000, 4_000])
  const after = (status: number, failures = 1, minimal = false, retryAfterMs: number | null = null): unknown =>
    judge({ is: 'status', status, retryAfterMs }, failures, minimal)
  for (const status of [200, 201, 202]) t.same(after(status), { do: 'stop', why: 'accepted' }, String(status))
  for (const status of [404, 410]) t.same(after(status), { do: 'stop', why: 'dead' }, String(status))
  for (const status of [400, 401, 403, 301, 422]) t.same(after(status), { do: 'stop', why: 'ours' }, String(status))
  for (const status of [500, 503, 408, 425]) t.same(after(status, 3), { do: 'retry', afterMs: 2_000 }, String(status))
  t.same(after(413), { do: 'resend-minimal' })
  t.same(after(413, 1, true), { do: 'stop', why: 'ours' }, 'too large even so')
  t.same(after(429, 1, false, 7_000), { do: 'retry', afterMs: 7_000 })
  t.same(after(429), { do: 'retry', afterMs: 10_000 })
  t.same(judge({ is: 'no-answer' }, 2, false), { do: 'retry', afterMs: 1_000 })
  for (const what of ['alert', 'again', 'duress', 'ask-over', 'stand-down', 'ask-arrival', 'coming'] as const) {
    t.ok(ttlS(what) >= 60 && ttlS(what) <= 300, what)
  }
})

t.test('a plan is checked before it is used, all faults at once', async (t) => {
  const codes = (...args: Parameters<typeof checkPlan>): readonly string[] => checkPlan(...args).map((f) => f.code)
  t.same(codes(circle(['Ana'], ['Luc'])), [])
  t.same(codes(circle()), ['PLAN_EMPTY'])
  t.same(codes(circle(['Ana'], ['Luc', 'Ana'], [])), ['PERSON_TWICE', 'STEP_EMPTY'])
  t.same(codes(waiting(circle(['Ana'], ['Luc']), 61_000, 1_000)), ['STEP_WAIT_TOO_LONG', 'STEP_WAIT_TOO_SHORT'])
  t.same(codes(waiting(circle(['Ana']), minutes(5)), 'assist'), [])
  t.same(codes(waiting(circle(['Ana']), minutes(11)), 'assist'), ['STEP_WAIT_TOO_LONG'])
  t.same(codes(waiting(circle(['Ana']), Number.NaN)), ['STEP_WAIT_TOO_SHORT'])
  t.same(codes(circle([person('Police', { consent: 'c' })])), ['PLAN_NO_TRUSTED_PERSON'])
  t.same(codes(circle(['Ana', person('Police', { consent: '' })])), ['AUTHORITY_WITHOUT_CONSENT'])
  const many = (n: number, name: string): string[] => Array.from({ length: n }, (_, i) => `${name}${i}`)
  t.same(codes(circle(many(21, 'a'))), ['STEP_TOO_MANY_PEOPLE'])
  t.same(codes(circle(...many(11, 'b').map((name) => [name]))), ['PLAN_TOO_MANY_STEPS'])
})

t.test('of several certain presses the newest one is spoken of', async (t) => {
  const room = new Room(circle(['Ana'])).press().pass(seconds(5)).press()
  t.equal(room.her.pressedAt, room.now)
  t.equal(room.sees('Ana')?.pressedAt, room.now)
})

t.test('her own promise, with its time, is on her responder\'s screen; a refusal counts as said', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().coming('Ana', 5).says('Luc', 'cannot')
  t.match(room.sees('Ana')?.answer, { minutes: 5, arriveBy: room.now + minutes(5), counts: true })
  t.match(room.sees('Luc')?.answer, { is: 'cannot', minutes: null, arriveBy: null, counts: true })
})

t.test('the question whether it is over stays on the screen until it is answered, whatever is told meanwhile', async (t) => {
  const room = new Room(circle(['Ana', 'Luc'])).press().coming('Luc', 5).says('Ana', 'arrived').says('Ana', 'over').pass(minutes(5))
  t.match(room.sees('Luc'), { what: 'ask-arrival', asked: 'arrival' })
  t.match(room.says('Luc', 'arrived').sees('Luc'), { what: 'ask-arrival', asked: 'over' })
})
