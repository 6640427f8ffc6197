/** Guards against a press lost to strictness, a counter taken twice, and a light that promises too much. */
import t from 'tap'
import { encode } from 'cborg'
import fc from 'fast-check'
import type { PressBody, StateBody } from '../../firmware-protocol/bodies.ts'
import { feedbackAt, takesState } from '../../firmware-protocol/button-light.ts'
import { answerSync, dropsAt, type HeldKind } from '../../firmware-protocol/button-queue.ts'
import { decodeUp } from '../../firmware-protocol/codec.ts'
import { datePress, hearUptime, QUEUE_CLOCK_EMPTY } from '../../firmware-protocol/dates.ts'
import { eventKey, sameEvent } from '../../firmware-protocol/event-key.ts'
import { sealFrame } from '../../firmware-protocol/frame.ts'
import { weighProof, type Suspicion } from '../../firmware-protocol/suspicion.ts'
import { treat } from '../../firmware-protocol/treatment.ts'
import { craft, DID, KEYS, unhex } from '../../firmware-protocol/vectors/craft.ts'
import { PRESS } from '../../firmware-protocol/vectors/make-frames.ts'
import { judge, WINDOW_EMPTY, type Window } from '../../firmware-protocol/window.ts'
import { anyDid, anyEvent } from './any-body.ts'
import { plain } from './vector-reader.ts'

const COUNT_MAX = 4_294_967_294
const anyCount = fc.integer({ min: 1, max: COUNT_MAX })

t.test('a press is heard whatever else its authentic map says, in whatever order', async (t) => {
  const junk = fc.oneof(fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.string({ maxLength: 8 }), fc.integer(), fc.array(fc.integer(), { maxLength: 3 }), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }))
  const extras = fc.uniqueArray(fc.tuple(fc.oneof(fc.constantFrom(3, 5, 6, 7, 8, 9, 10, 11), fc.integer({ min: 12, max: 70_000 }), fc.string({ minLength: 1, maxLength: 3 })), junk), { maxLength: 8, selector: ([key]) => key })
  fc.assert(fc.property(anyEvent, anyCount, anyCount, extras, fc.infiniteStream(fc.nat()), (event, boot, seq, more, order) => {
    const pairs: Array<readonly [unknown, unknown]> = [[0, 1], [1, boot], [2, seq], [4, [event.evboot, event.evn, event.evid]], ...more]
    const shuffled = pairs.map((pair) => ({ pair, at: order.next().value ?? 0 })).sort((a, b) => a.at - b.at).map(({ pair }) => pair)
    const body = Buffer.concat([Uint8Array.of(0xa0 | pairs.length), ...shuffled.flatMap(([key, value]) => [encode(key), encode(value)])])
    fc.pre(body.length <= 211)
    const result = decodeUp(sealFrame(body, 'up', DID, KEYS.up), DID, KEYS.up)
    t.match(plain(result), { ok: true, body: { is: 'press', boot, seq, event: plain(event) } })
    if (result.ok && result.body.is === 'press') t.match(result.body.kind, /^(test|alarm|silent-alarm|assist)$/)
  }), { numRuns: 500 })
})

t.test('a press cut anywhere behind its event is still heard', async (t) => {
  const whole = 'a800010107' + '02182a' + '0483010348' + '1122334455667788' + '0502' + '06188c' + '0a3842' + '184061ff'
  const readable = (whole.indexOf('1122334455667788') + 16) / 2
  for (let size = 1; size < whole.length / 2; size++) {
    const result = decodeUp(unhex(craft({ payload: whole.slice(0, 2 * size) })), DID, KEYS.up)
    t.equal(result.ok, size >= readable, `${size} bytes`)
    if (!result.ok) t.equal(result.authentic, true)
  }
})

t.test('a counter is accepted at most once, and never below a newer boot or beyond the window', async (t) => {
  const step = fc.record({ boot: fc.integer({ min: 1, max: 4 }), seq: fc.oneof(fc.integer({ min: 1, max: 140 }), anyCount) })
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    let window: Window = WINDOW_EMPTY
    const taken = new Set<string>()
    for (const { boot, seq } of steps) {
      const before = window
      const judged = judge(before, boot, seq)
      const fresh = boot > before.boot || (boot === before.boot && seq > before.seq - 64 && !taken.has(`${boot}/${seq}`))
      t.equal(judged.accepted, fresh, `${boot}/${seq} after ${before.boot}/${before.seq}`)
      if (judged.accepted) taken.add(`${boot}/${seq}`)
      window = JSON.parse(JSON.stringify(judged.window)) as Window
      t.ok(window.boot > before.boot || (window.boot === before.boot && window.seq >= before.seq), 'it never goes back')
    }
  }), { numRuns: 60 })
})

t.test('queue time is never negative, and what a queue clock holds is bounded', async (t) => {
  fc.assert(fc.property(fc.array(fc.record({ boot: fc.integer({ min: 1, max: 3 }), uptimeMs: fc.nat(10_000_000), passMs: fc.nat(120_000) }), { maxLength: 300 }), (frames) => {
    let clock = QUEUE_CLOCK_EMPTY
    let nowMs = 0
    for (const { boot, uptimeMs, passMs } of frames) {
      nowMs += passMs
      const heard = hearUptime(clock, boot, uptimeMs, nowMs)
      if (heard.queueMs === null) t.ok(boot < clock.boot)
      else t.ok(heard.queueMs >= 0)
      clock = heard.clock
      t.ok(clock.minima.length <= 61)
    }
  }), { numRuns: 50 })
  t.strictSame(hearUptime(QUEUE_CLOCK_EMPTY, 1, undefined, 5), { clock: QUEUE_CLOCK_EMPTY, queueMs: null })
  t.strictSame(datePress(1000, undefined, 900), { receivedAtMs: 1000, queueMs: 900, pressedAtMs: 1000, certain: false })
})

t.test('a light never says "coming" for another event, another boot, or later than its time', async (t) => {
  const anyState: fc.Arbitrary<StateBody> = fc.record({
    is: fc.constant('state' as const), boot: fc.integer({ min: 1, max: 3 }), dseq: fc.integer({ min: 1, max: 50 }), heardMs: fc.nat(400_000), event: fc.constantFrom(PRESS.event, { ...PRESS.event, evn: 9 }),
    feedback: fc.constantFrom('received', 'coming', 'all-clear', 'no-answer-yet', 'test-ok'), ttlS: fc.integer({ min: 1, max: 300 })
  })
  fc.assert(fc.property(anyState, fc.nat(900_000), fc.nat(50), (state, uptimeMs, dseq) => {
    const taking = takesState({ boot: 2, dseq, uptimeMs, holds: [PRESS.event] }, state)
    if (taking.takes) t.ok(state.boot === 2 && state.dseq > dseq && sameEvent(state.event, PRESS.event))
    if (feedbackAt(state, uptimeMs) === 'coming') t.ok(uptimeMs < state.heardMs + 1000 * state.ttlS)
    if (taking.takes && uptimeMs >= state.heardMs + 1000 * state.ttlS) t.match(state.feedback, /^(all-clear|test-ok)$/)
  }), { numRuns: 500 })
})

t.test('after a sync the service accepts the button, or the counter is used up', async (t) => {
  fc.assert(fc.property(anyCount, fc.integer({ min: 0, max: 4_294_967_295 }), (boot, known) => {
    const answer = answerSync(boot, { known })
    if (answer.is === 'worn-out') t.ok(known >= COUNT_MAX)
    else t.equal(judge({ ...WINDOW_EMPTY, boot: known, seq: COUNT_MAX }, answer.is === 'restart' ? answer.boot : boot, 1).verdict, 'newer')
  }), { numRuns: 300 })
})

t.test('an unknown press is raised whatever its counter, and a known one opens nothing', async (t) => {
  const verdicts = ['newer', 'unseen', 'duplicate', 'stale', 'boot-too-far'] as const
  for (const verdict of verdicts) {
    const accepted = verdict === 'newer' || verdict === 'unseen'
    t.strictSame(treat(PRESS, verdict, { is: 'unknown' }), { does: 'raise', suspect: !accepted, sync: !accepted })
    for (const memory of [{ is: 'open', merged: 0 }, { is: 'closed', merged: 0 }, { is: 'gone' }] as const) t.strictSame(treat(PRESS, verdict, memory), { does: 'answer' })
    const again: PressBody = { ...PRESS, merged: 2 }
    t.strictSame(treat(again, verdict, { is: 'closed', merged: 1 }), { does: 'raise', suspect: !accepted, sync: !accepted })
    t.strictSame(treat(again, verdict, { is: 'closed', merged: 2 }), { does: 'answer' })
  }
})

t.test('the first press is never dropped, and an alarm never for a fault or a test', async (t) => {
  const many = (...kinds: readonly HeldKind[]) => fc.array(fc.constantFrom(...kinds), { minLength: 17, maxLength: 17 })
  fc.assert(fc.property(fc.oneof(many('alarm', 'silent-alarm', 'assist'), many('test', 'alarm', 'silent-alarm', 'assist', 'fault')), (kinds) => {
    const at = dropsAt(kinds)
    if (at === null) throw new TypeError('one too many')
    const calls = (each: HeldKind | undefined) => each !== 'fault' && each !== 'test'
    t.equal(calls(kinds[at]), kinds.every(calls))
    if (calls(kinds[at])) t.equal(at, 1)
  }), { numRuns: 200 })
})

t.test('a suspect press is proven by its event, labelled by a hello without it or by 30 s', async (t) => {
  const nonce = new Uint8Array(8).fill(5)
  const asked: Suspicion = { sinceMs: 1000, nonce, is: 'waiting' }
  t.equal(weighProof(asked, { is: 'time', nowMs: 30_999 }).is, 'waiting')
  t.equal(weighProof(asked, { is: 'time', nowMs: 31_000 }).is, 'may-be-replay')
  t.equal(weighProof(asked, { is: 'hello', nonce: undefined }).is, 'waiting')
  t.equal(weighProof(asked, { is: 'hello', nonce: new Uint8Array(8) }).is, 'waiting')
  t.equal(weighProof(asked, { is: 'hello', nonce }).is, 'may-be-replay')
  const proven = weighProof(asked, { is: 'event-accepted' })
  t.equal(proven.is, 'proven')
  t.equal(weighProof(weighProof(proven, { is: 'hello', nonce }), { is: 'time', nowMs: 99_000 }).is, 'proven')
  t.equal(weighProof(weighProof(asked, { is: 'hello', nonce }), { is: 'event-accepted' }).is, 'proven', 'a late proof takes the label away')
})

t.test('two events have two keys, one event has one', async (t) => {
  fc.assert(fc.property(anyDid, anyDid, anyEvent, anyEvent, (did, other, a, b) => {
    t.equal(eventKey(did, a) === eventKey(did, b), sameEvent(a, b))
    t.equal(eventKey(did, a) === eventKey(other, a), did === other)
    t.equal(eventKey(did, a), eventKey(did, { evn: a.evn, evid: Uint8Array.from(a.evid), evboot: a.evboot }))
  }), { numRuns: 100 })
})
