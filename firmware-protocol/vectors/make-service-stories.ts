import type { EventId, HelloBody, PressBody, SentUp } from '../bodies.ts'
import { encodeUp } from '../codec.ts'
import type { Treatment } from '../treatment.ts'
import type { Verdict } from '../window.ts'
import { DID, KEYS, bytesOf, craft, hex } from './craft.ts'
import { groupOf, type Case, type Draft } from './shape.ts'

type Expect = {
  readonly verdict: Verdict | null
  readonly treatment: Treatment
  readonly life: boolean
  readonly gone: boolean
  readonly date?: { readonly pressedAtMs: number, readonly queueMs: number | null, readonly certain: boolean }
}
type Step =
  | { readonly atMs: number, readonly is: 'frame', readonly hex: string, readonly expect: Expect }
  | { readonly atMs: number, readonly is: 'closed' | 'erased', readonly event: EventId }
  | { readonly atMs: number, readonly is: 'restart' }

export const FIRST: EventId = { evboot: 7, evn: 1, evid: bytesOf('first event', 8) }
const SECOND: EventId = { evboot: 7, evn: 2, evid: bytesOf('second event', 8) }
const NONCE = bytesOf('sync nonce', 8)

const RAISE: Treatment = { does: 'raise', suspect: false, sync: false }
const SUSPECT: Treatment = { does: 'raise', suspect: true, sync: true }
const TAKE: Treatment = { does: 'take' }
const ANSWER: Treatment = { does: 'answer' }
const DROP: Treatment = { does: 'drop' }

const said = (atMs: number, body: SentUp, expect: Expect): Step => ({ atMs, is: 'frame', hex: hex(encodeUp(body, DID, KEYS.up)), expect })
const alive = (verdict: Verdict, treatment: Treatment, date?: Expect['date']): Expect => ({ verdict, treatment, life: true, gone: false, ...(date === undefined ? {} : { date }) })
const lifeless = (verdict: Verdict | null, treatment: Treatment, date?: Expect['date']): Expect => ({ ...alive('stale', treatment, date), verdict, life: false })
const dated = (pressedAtMs: number, queueMs: number | null = 0, certain = true) => ({ pressedAtMs, queueMs, certain })

/** In these stories uptime is the time of the story unless said otherwise. */
const beat = (boot: number, seq: number, uptimeMs: number): SentUp => ({ is: 'beat', boot, seq, uptimeMs, health: {} })
const press = (boot: number, seq: number, uptimeMs: number, more: Partial<PressBody> = {}): PressBody =>
  ({ is: 'press', boot, seq, uptimeMs, event: FIRST, kind: 'alarm', ageMs: 100, health: {}, ...more })
const hello = (boot: number, seq: number, uptimeMs: number, more: Partial<HelloBody> = {}): HelloBody =>
  ({ is: 'hello', boot, seq, uptimeMs, health: {}, fw: '1.0', model: 'vb', beatS: 30, ...more })
const will = (boot: number, seq: number): SentUp => ({ is: 'bye', boot, seq, uptimeMs: 0, why: 'will' })

function story (comment: string, flags: readonly string[], ...steps: readonly Step[]): Case {
  return { comment, flags, steps, result: 'valid' }
}

function repeats (): readonly Case[] {
  const opened = said(1000, press(7, 2, 1000), alive('newer', RAISE, dated(900)))
  const late = dated(900, null)
  return [
    story('a press, byte for byte twice', ['Duplicate'], opened, said(1500, press(7, 2, 1000), lifeless('duplicate', ANSWER, dated(1400, null)))),
    story('a beat, byte for byte twice', ['Duplicate'], said(0, beat(7, 1, 0), alive('newer', TAKE)), said(10, beat(7, 1, 0), lifeless('duplicate', DROP))),
    story('the same event with a new seq', ['Retry'], opened, said(1500, press(7, 3, 1500, { ageMs: 600 }), alive('newer', ANSWER, dated(900)))),
    story('a retry overtakes the first sending', ['Retry'], said(1600, press(7, 3, 1500, { ageMs: 600 }), alive('newer', RAISE, dated(1000))),
      said(1610, press(7, 2, 1000), alive('unseen', ANSWER, dated(1510, 510)))),
    story('another press is another event', ['Retry'], opened, said(9000, press(7, 3, 9000, { event: SECOND, ageMs: 0 }), alive('newer', RAISE, dated(9000)))),
    story('a retry after the alarm was closed', ['Closed'], opened, { atMs: 5000, is: 'closed', event: FIRST }, said(6000, press(7, 3, 6000, { ageMs: 5100 }), alive('newer', ANSWER, dated(900)))),
    story('a retry after the alarm was erased', ['Closed'], opened, { atMs: 5000, is: 'erased', event: FIRST }, said(6000, press(7, 3, 6000, { ageMs: 5100 }), alive('newer', ANSWER, dated(900)))),
    story('a recording of the press after its alarm was erased', ['Closed', 'Stale'], opened, { atMs: 5000, is: 'erased', event: FIRST }, said(6000, press(7, 2, 1000, { ageMs: 5100 }), lifeless('duplicate', ANSWER, late))),
    story('merged on an open alarm', ['Merged'], opened, said(2500, press(7, 3, 2500, { ageMs: 1600, merged: 1 }), alive('newer', ANSWER, dated(900)))),
    story('merged grows on a closed alarm: she pressed again', ['Merged', 'Closed'], opened, { atMs: 1200, is: 'closed', event: FIRST },
      said(2500, press(7, 3, 2500, { ageMs: 1600, merged: 1 }), alive('newer', RAISE, dated(900)))),
    story('merged that was known does not open again', ['Merged', 'Closed'], said(1000, press(7, 2, 1000, { merged: 2 }), alive('newer', RAISE, dated(900))), { atMs: 1200, is: 'closed', event: FIRST },
      said(2500, press(7, 3, 2500, { ageMs: 1600, merged: 2 }), alive('newer', ANSWER, dated(900))))
  ]
}

function stale (): readonly Case[] {
  const known = said(0, beat(7, 100, 0), alive('newer', TAKE))
  return [
    story('flash lost: the old counters, a new event; sync; proven', ['FlashLoss'], known,
      said(1000, press(1, 2, 500, { event: SECOND }), lifeless('stale', SUSPECT, dated(900, null))),
      said(1100, hello(1, 3, 600), lifeless('stale', { does: 'sync' })),
      said(1400, press(8, 2, 900, { event: SECOND, ageMs: 500 }), alive('newer', ANSWER, dated(900))),
      said(1410, hello(8, 3, 910, { nonce: NONCE, will: 1 }), alive('newer', TAKE))),
    story('flash lost within the same boot: the counter was used before', ['FlashLoss'], known,
      said(1000, press(7, 100, 500), lifeless('duplicate', SUSPECT, dated(900, null)))),
    story('flash lost, and the hello bears a used counter', ['FlashLoss'], known, said(1000, hello(7, 100, 500), lifeless('duplicate', { does: 'sync' }))),
    story('a recorded press that never came through', ['Stale'], known, said(5000, press(6, 50, 4000), lifeless('stale', SUSPECT, dated(4900, null)))),
    story('a boot too far ahead', ['Stale'], known, said(5000, press(65_544, 1, 100), lifeless('boot-too-far', SUSPECT, dated(4900, null))), said(5100, beat(7, 101, 5100), alive('newer', TAKE))),
    story('stale and known: no second alarm', ['Stale'], said(0, press(7, 100, 0), alive('newer', RAISE, dated(-100))), said(90, press(6, 1, 0), lifeless('stale', ANSWER, dated(-10, null)))),
    story('stale beats, seens and byes are no sign of anything', ['Stale'], known, said(10, beat(6, 9, 10), lifeless('stale', DROP)),
      said(20, { is: 'seen', boot: 6, seq: 10, uptimeMs: 20, shown: 3 }, lifeless('stale', DROP)), said(30, { is: 'bye', boot: 6, seq: 11, uptimeMs: 30, why: 'off' }, lifeless('stale', DROP))),
    story('a stale fault is told too, for PUBACK ends it', ['Stale', 'FlashLoss'], known, said(10, { is: 'fault', boot: 1, seq: 1, uptimeMs: 5, event: SECOND, fcode: 'tamper' }, lifeless('stale', { does: 'report', suspect: true, sync: true }))),
    story('a fault is told once', ['Retry'], said(10, { is: 'fault', boot: 7, seq: 1, uptimeMs: 10, event: SECOND, fcode: 'tamper' }, alive('newer', { does: 'report', suspect: false, sync: false })),
      said(20, { is: 'fault', boot: 7, seq: 2, uptimeMs: 20, event: SECOND, fcode: 'tamper' }, alive('newer', DROP))),
    story('a body type of tomorrow', ['UnknownType'], known, { atMs: 10, is: 'frame', hex: craft({ payload: 'a40007010702186503190bb8' }), expect: lifeless(null, DROP) })
  ]
}

function dates (): readonly Case[] {
  const start = said(10_000, beat(7, 1, 1000), alive('newer', TAKE))
  return [
    story('buffered for 25 s: dated back, and still a sign of life', ['Buffered'], start, said(45_000, press(7, 2, 11_000), alive('newer', RAISE, dated(19_900, 25_000)))),
    story('buffered for 30 s exactly', ['Buffered'], start, said(50_000, press(7, 2, 11_000), alive('newer', RAISE, dated(19_900, 30_000)))),
    story('buffered for over 30 s: no sign of life', ['Buffered'], start, said(50_001, press(7, 2, 11_000), lifeless('newer', RAISE, dated(19_900, 30_001)))),
    story('a queue time of 2 s is noise', ['Buffered'], start, said(22_000, press(7, 2, 11_000), alive('newer', RAISE, dated(21_900, 2_000)))),
    story('a queue time over 2 s counts', ['Buffered'], start, said(22_001, press(7, 2, 11_000), alive('newer', RAISE, dated(19_900, 2_001)))),
    story('the first frame of a boot has no queue time', ['Buffered'], start, said(50_000, press(8, 1, 200), alive('newer', RAISE, dated(49_900, 0)))),
    story('a faster frame corrects the minimum', ['Buffered'], said(10_000, beat(7, 1, 1000), alive('newer', TAKE)), said(14_000, beat(7, 2, 9_000), alive('newer', TAKE)),
      said(30_000, press(7, 3, 20_000), alive('newer', RAISE, dated(24_900, 5_000)))),
    story('a minimum older than an hour is forgotten', ['Buffered'], said(0, beat(7, 1, 0), alive('newer', TAKE)), said(3_500_000, beat(7, 2, 3_497_000), alive('newer', TAKE)),
      said(3_720_000, press(7, 3, 3_717_000), alive('newer', RAISE, dated(3_719_900, 0)))),
    story('a reboot between press and send: when we heard of it', ['Reboot'], start, said(60_000, { is: 'press', boot: 8, seq: 1, uptimeMs: 300, event: FIRST, kind: 'alarm', health: {} }, alive('newer', RAISE, dated(60_000, 0, false)))),
    story('no readable uptime: raised, but nobody knows how old', ['Reboot'], start, {
      atMs: 60_000, is: 'frame', hex: craft({ payload: 'a600010107020203200483070148112233445566778806' + '1864' }), expect: lifeless('newer', RAISE, dated(59_900, null))
    })
  ]
}

function wills (): readonly Case[] {
  const first = said(0, hello(7, 2, 0, { will: 1 }), alive('newer', TAKE))
  const counts = (atMs: number, seq: number): Step => said(atMs, will(7, seq), { ...lifeless(null, { does: 'weigh-will' }), gone: true })
  const ignored = (atMs: number, boot: number, seq: number): Step => said(atMs, will(boot, seq), lifeless(null, { does: 'weigh-will' }))
  return [
    story('the will of the newest hello', ['Will'], first, counts(50_000, 1)),
    story('it counts once', ['Will'], first, counts(50_000, 1), ignored(50_001, 7, 1)),
    story('the old will comes after a reconnect', ['Will'], first, said(40_000, hello(7, 9, 40_000, { will: 8 }), alive('newer', TAKE)), ignored(45_000, 7, 1), counts(80_000, 8)),
    story('the will of an older boot', ['Will'], first, said(40_000, hello(8, 2, 100, { will: 1 }), alive('newer', TAKE)), ignored(45_000, 7, 1)),
    story('no will in hello', ['Will'], said(0, hello(7, 2, 0), alive('newer', TAKE)), ignored(50_000, 7, 1)),
    story('before any hello', ['Will'], ignored(0, 7, 1)),
    story('an older hello that comes late does not bring its will back', ['Will'], said(0, hello(7, 9, 1000, { will: 8 }), alive('newer', TAKE)), said(10, hello(7, 2, 1010, { will: 1 }), alive('unseen', TAKE)), ignored(50_000, 7, 1), counts(50_001, 8)),
    story('a will moves no window', ['Will'], said(0, hello(7, 2, 0, { will: 200 }), alive('newer', TAKE)), counts(50_000, 200), said(51_000, beat(7, 3, 51_000), alive('newer', TAKE))),
    story('a stale hello brings no will', ['Will', 'Stale'], first, said(10, hello(6, 2, 0, { will: 5 }), lifeless('stale', { does: 'sync' })), ignored(20, 6, 5), counts(30, 1)),
    story('going to sleep, and waking', ['Bye'], first, said(1000, { is: 'bye', boot: 7, seq: 3, uptimeMs: 1000, why: 'sleeping' }, { verdict: 'newer', treatment: TAKE, life: false, gone: true }), said(9000, beat(7, 4, 9000), alive('newer', TAKE))),
    story('a goodbye that newer frames have overtaken is none', ['Bye'], first, said(1000, beat(7, 4, 1000), alive('newer', TAKE)), said(2000, { is: 'bye', boot: 7, seq: 3, uptimeMs: 900, why: 'off' }, lifeless('unseen', TAKE)))
  ]
}

function restarts (): readonly Case[] {
  const before = said(0, beat(7, 100, 0), alive('newer', TAKE))
  return [
    story('after a restart a frame below the saved window proves no life', ['Restart'], before, { atMs: 500, is: 'restart' }, said(1000, beat(7, 99, 1000), lifeless('unseen', TAKE)), said(1010, beat(7, 101, 1010), alive('newer', TAKE))),
    story('after a restart a press below the saved window still raises', ['Restart'], before, { atMs: 500, is: 'restart' }, said(1000, press(7, 99, 1000), lifeless('unseen', RAISE, dated(900)))),
    story('after a restart a known event is still known', ['Restart', 'Duplicate'], said(0, press(7, 100, 0), alive('newer', RAISE, dated(-100))), { atMs: 500, is: 'restart' }, said(1000, press(7, 101, 1000, { ageMs: 1100 }), alive('newer', ANSWER, dated(-100))))
  ]
}

/** What the service concludes from frames, story by story. */
export function makeServiceStories (): Draft {
  return {
    header: [
      'Each story begins with a button that was never heard. Times are ms of the story, on both clocks of the service. README.md, "Stories", explains the steps.',
      'Every frame is authentic and is acknowledged: press and fault once durable, the others once handled.'
    ],
    notes: {
      Duplicate: { bugType: 'REPLAY', description: 'QoS 1 delivers twice: no second alarm, no sign of life, but an answer.' },
      Retry: { bugType: 'FUNCTIONALITY', description: 'One event, however often it is sent; two events, however close they are.' },
      Closed: { bugType: 'FUNCTIONALITY', description: 'A button that missed the all clear must get it, and must not wake everybody again.' },
      Merged: { bugType: 'FUNCTIONALITY', description: 'A press merged into an event whose alarm is over would otherwise be lost.' },
      FlashLoss: { bugType: 'FUNCTIONALITY', description: 'A button that forgot its counters looks like a recording. It must be heard at once, and find back.' },
      Stale: { bugType: 'REPLAY', description: 'A recording may raise (nobody can tell yet), but proves nothing and moves nothing.' },
      UnknownType: { bugType: 'FORWARD', description: 'Counted and acknowledged.' },
      Buffered: { bugType: 'TIMING', description: 'A bridge may hold a press back: its time decides whose press it was (R7), its delay whether the button lives.' },
      Reboot: { bugType: 'TIMING', description: 'Time uncertain is said, not guessed.' },
      Will: { bugType: 'REPLAY', description: 'The last will of a connection long replaced must not make a living button dead; a true one must not be missed.' },
      Bye: { bugType: 'FUNCTIONALITY', description: 'A goodbye is not a sign of life.' },
      Restart: { bugType: 'REPLAY', description: 'What a restart forgot may be replayed.' }
    },
    groups: [groupOf('ServiceStory', 'up', [...repeats(), ...stale(), ...dates(), ...wills(), ...restarts()])]
  }
}
