/** Guards against a codec and vectors that drift apart: firmware is written from the files, the service from the code. */
import t from 'tap'
import type { SentDown, SentUp } from '../../firmware-protocol/bodies.ts'
import { decodeDown, decodeUp, encodeDown, encodeUp } from '../../firmware-protocol/codec.ts'
import { deriveKeys } from '../../firmware-protocol/keys.ts'
import { parseTopic } from '../../firmware-protocol/topics.ts'
import { afterRestart, judge, WINDOW_EMPTY, type Verdict } from '../../firmware-protocol/window.ts'
import { vectorFiles } from '../../firmware-protocol/vectors/vector-files.ts'
import { bodyOf, didOf, plain, unhex, vectorFile, vectorText, VECTOR_NAMES, type VectorGroup } from './vector-reader.ts'

type FrameCase = { readonly hex: string, readonly body?: { readonly is: string }, readonly code?: string, readonly authentic?: boolean, readonly discarded?: readonly string[] }
type CounterStep = { readonly restart: true } | { readonly restart?: undefined, readonly boot: number, readonly seq: number, readonly verdict: Verdict, readonly presence: boolean }

function decodeFor (group: VectorGroup<FrameCase>, frameHex: string) {
  const decode = group.direction === 'up' ? decodeUp : decodeDown
  return decode(unhex(frameHex), didOf(group.did), unhex(group.key))
}

t.test('making the vectors again gives the same bytes', async (t) => {
  const made = vectorFiles()
  t.strictSame([...made.keys()].sort(), VECTOR_NAMES.map((name) => `${name}.json`).sort())
  for (const name of VECTOR_NAMES) t.ok(made.get(`${name}.json`) === vectorText(name), `${name}.json`)
})

t.test('every case is numbered once, every flag has a note, every note a case', async (t) => {
  let total = 0
  for (const name of VECTOR_NAMES) {
    const file = vectorFile<object>(name)
    const cases = file.testGroups.flatMap((group) => group.tests)
    t.strictSame(cases.map((each) => each.tcId), cases.map((_, at) => at + 1), name)
    t.equal(file.numberOfTests, cases.length)
    t.strictSame([...new Set(cases.flatMap((each) => each.flags))].sort(), Object.keys(file.notes).sort(), `${name}: flags`)
    t.ok(cases.every((each) => each.flags.length > 0))
    total += cases.length
  }
  t.ok(total >= 150, `${total} cases`)
  const mechanical = vectorFile<object>('envelopes').testGroups.filter((group) => ['BitFlipTest', 'TruncationTest'].includes(group.type)).flatMap((group) => group.tests).length
  t.ok(total - mechanical >= 150, 'also without the mechanical ones')
})

t.test('keys', async (t) => {
  type KeyCase = { readonly root: string, readonly did: string, readonly generation: number, readonly up: string, readonly down: string, readonly mqttPassword: string }
  for (const test of vectorFile<KeyCase>('keys').testGroups.flatMap((group) => group.tests)) {
    const keys = deriveKeys(unhex(test.root), didOf(test.did), test.generation)
    t.strictSame(plain(keys), { up: test.up, down: test.down, mqttPassword: test.mqttPassword }, test.comment)
  }
})

t.test('topics', async (t) => {
  type TopicCase = { readonly topic: string, readonly did?: string, readonly direction?: string }
  for (const test of vectorFile<TopicCase>('topics').testGroups.flatMap((group) => group.tests)) {
    t.strictSame(parseTopic(test.topic), test.result === 'valid' ? { did: test.did, direction: test.direction } : null, test.comment)
  }
})

t.test('frames that must be read, and written byte for byte', async (t) => {
  for (const group of vectorFile<FrameCase>('frames').testGroups) {
    for (const test of group.tests) {
      t.strictSame(plain(decodeFor(group, test.hex)), { ok: true, body: test.body, discarded: [] }, test.comment)
      if (test.flags.includes('Ext') || test.flags.includes('UnknownType')) continue
      const frame = group.direction === 'up'
        ? encodeUp(bodyOf<SentUp>(test.body), didOf(group.did), unhex(group.key))
        : encodeDown(bodyOf<SentDown>(test.body), didOf(group.did), unhex(group.key))
      t.equal(Buffer.from(frame).toString('hex'), test.hex, `${test.comment}: written`)
    }
  }
})

for (const name of ['envelopes', 'bodies'] as const) {
  t.test(`${name} that must be refused, each with its code`, async (t) => {
    for (const group of vectorFile<FrameCase>(name).testGroups) {
      for (const test of group.tests) {
        const result = decodeFor(group, test.hex)
        t.equal(result.ok, false, test.comment)
        if (result.ok) continue
        t.equal(result.authentic, test.authentic, `${test.comment}: authentic`)
        if (test.code !== undefined) t.equal(result.code, test.code, `${test.comment}: code`)
      }
    }
  })
}

t.test('presses: read whenever somebody can be told who called', async (t) => {
  for (const group of vectorFile<FrameCase>('presses').testGroups) {
    for (const test of group.tests) {
      const expected = test.result === 'invalid'
        ? { ok: false, code: test.code, authentic: true }
        : { ok: true, body: test.body, discarded: test.discarded }
      const { field, ...result } = plain(decodeFor(group, test.hex)) as Record<string, unknown>
      t.equal(field, undefined)
      t.strictSame(result, expected, test.comment)
      t.equal(test.result === 'acceptable', (test.discarded ?? []).length > 0, `${test.comment}: acceptable means that something was left aside`)
    }
  }
})

t.test('the counter table', async (t) => {
  for (const test of vectorFile<{ readonly steps: readonly CounterStep[] }>('counters').testGroups.flatMap((group) => group.tests)) {
    let window = WINDOW_EMPTY
    for (const step of test.steps) {
      if (step.restart === true) {
        window = afterRestart(JSON.parse(JSON.stringify(window)) as typeof window)
        continue
      }
      const judged = judge(window, step.boot, step.seq)
      t.strictSame([judged.verdict, judged.presence], [step.verdict, step.presence], `${test.comment}: ${step.boot}/${step.seq}`)
      t.equal(judged.accepted, judged.verdict === 'newer' || judged.verdict === 'unseen')
      if (!judged.accepted) t.equal(judged.window, window, 'what is refused changes nothing')
      window = judged.window
    }
  }
})
