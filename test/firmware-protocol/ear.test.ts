/** Guards against an answer that the button must refuse: the service says what it concluded, and the light takes it. */
import t from 'tap'
import type { Feedback, PressBody, UpBody } from '../../firmware-protocol/bodies.ts'
import { takesState } from '../../firmware-protocol/button-light.ts'
import { decodeDown, encodeDown } from '../../firmware-protocol/codec.ts'
import { EAR_NEW, earAfterRestart, hear, type Ear, type Heard } from '../../firmware-protocol/ear.ts'
import { COMING_TTL_S } from '../../firmware-protocol/limits.ts'
import { DID, KEYS } from '../../firmware-protocol/vectors/craft.ts'
import { PRESS } from '../../firmware-protocol/vectors/make-frames.ts'

const DAY_MS = 86_400_000
const press = (boot: number, seq: number, uptimeMs: number): PressBody => ({ ...PRESS, boot, seq, uptimeMs })
const beat = (boot: number, seq: number, uptimeMs: number): UpBody => ({ is: 'beat', boot, seq, uptimeMs, health: {} })

/** Hears one body after the other, a second apart. */
function hearAll (...bodies: readonly UpBody[]): Heard {
  let ear: Ear = EAR_NEW
  let last: Heard | null = null
  for (const [at, body] of bodies.entries()) {
    last = hear(ear, body, { is: 'unknown' }, { atMs: DAY_MS + at * 1000, monoMs: at * 1000 })
    ear = last.ear
  }
  if (last === null) throw new TypeError('nothing was said')
  return last
}

/** Whether the button, at this uptime of this boot, takes the answer to what was heard. */
function lightTakes (heard: Heard, feedback: Feedback, boot: number, uptimeMs: number): boolean {
  const frame = encodeDown({ is: 'state', ...heard.answer, dseq: 1001, event: PRESS.event, feedback, ttlS: COMING_TTL_S }, DID, KEYS.down)
  const decoded = decodeDown(frame, DID, KEYS.down)
  if (!decoded.ok || decoded.body.is !== 'state') throw new TypeError('not a state')
  return takesState({ boot, dseq: 1000, uptimeMs, holds: [PRESS.event] }, decoded.body).takes
}

t.test('an answer bears the newest boot and its greatest uptime', async (t) => {
  t.strictSame(hearAll(press(7, 2, 60_000)).answer, { boot: 7, heardMs: 60_000 })
  t.strictSame(hearAll(press(7, 3, 60_000), beat(7, 2, 59_000)).answer, { boot: 7, heardMs: 60_000 }, 'a frame that was overtaken does not turn it back')
  t.strictSame(hearAll(press(7, 2, 60_000), press(8, 1, 500)).answer, { boot: 8, heardMs: 500 }, 'a new boot counts anew')
})

t.test('the button takes "coming" at once, and not a minute later', async (t) => {
  const heard = hearAll(beat(7, 1, 1000), press(7, 2, 60_000))
  t.ok(lightTakes(heard, 'coming', 7, 60_300))
  t.notOk(lightTakes(heard, 'coming', 7, 120_000))
  t.ok(lightTakes(heard, 'all-clear', 7, DAY_MS))
})

t.test('a button that lost its flash is answered in its own boot, and the service keeps its own', async (t) => {
  const suspect = hearAll(beat(7, 100, 60_000), press(1, 1, 400))
  t.strictSame(suspect.treatment, { does: 'raise', suspect: true, sync: true })
  t.strictSame(suspect.answer, { boot: 1, heardMs: 400 })
  t.ok(lightTakes(suspect, 'received', 1, 900))
  t.strictSame(suspect.ear.window.boot, 7)
  t.equal(suspect.ear.heardMs, 60_000)
  t.strictSame(suspect.date, { receivedAtMs: DAY_MS + 1000, queueMs: null, pressedAtMs: DAY_MS + 1000 - 140, certain: true })
})

t.test('a will or an unknown body leaves the answer as it was', async (t) => {
  const before = hearAll(beat(7, 100, 60_000)).ear
  for (const body of [{ is: 'unknown', type: 7 }, { is: 'bye', boot: 9, seq: 1, uptimeMs: 5, why: 'will' }] as const) {
    const heard = hear(before, body, { is: 'unknown' }, { atMs: DAY_MS, monoMs: 5000 })
    t.strictSame(heard.answer, { boot: 7, heardMs: 60_000 })
    t.strictSame(heard.ear, before)
    t.notOk(heard.life)
    t.notOk(heard.gone)
  }
})

t.test('wall time that jumps dates a press by the wall, but ages no frame', async (t) => {
  const first = hear(EAR_NEW, beat(7, 1, 1000), { is: 'unknown' }, { atMs: 10 * DAY_MS, monoMs: 1000 })
  const second = hear(first.ear, press(7, 2, 2000), { is: 'unknown' }, { atMs: 11 * DAY_MS, monoMs: 2000 })
  t.strictSame(second.date, { receivedAtMs: 11 * DAY_MS, queueMs: 0, pressedAtMs: 11 * DAY_MS - 140, certain: true })
  t.ok(second.life)
})

t.test('what an ear remembers survives JSON; a restart only deafens what may be a recording', async (t) => {
  const { ear } = hearAll(beat(7, 100, 60_000), { is: 'hello', boot: 7, seq: 101, uptimeMs: 61_000, health: {}, fw: '1', model: 'm', beatS: 30, will: 99 })
  const woken = earAfterRestart(JSON.parse(JSON.stringify(ear)) as Ear)
  t.strictSame(woken.will, ear.will)
  t.equal(woken.heardMs, 61_000)
  const received = { atMs: 2 * DAY_MS, monoMs: 0 }
  t.notOk(hear(woken, beat(7, 98, 58_000), { is: 'unknown' }, received).life)
  t.ok(hear(woken, beat(7, 102, 62_000), { is: 'unknown' }, received).life)
})
