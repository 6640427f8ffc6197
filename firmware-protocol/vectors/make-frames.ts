import type { EventId, PressBody, SentDown, SentUp } from '../bodies.ts'
import { encodeDown, encodeUp } from '../codec.ts'
import { COUNT_MAX, U32_MAX, UPTIME_MAX_MS } from '../wire.ts'
import { DID, KEYS, bytesOf, craft, hex } from './craft.ts'
import { groupOf, type Case, type Draft } from './shape.ts'

export const EVENT: EventId = { evboot: 7, evn: 3, evid: bytesOf('event', 8) }
const LARGEST_EVENT: EventId = { evboot: COUNT_MAX, evn: COUNT_MAX, evid: new Uint8Array(8).fill(255) }
const SMALLEST_EVENT: EventId = { evboot: 1, evn: 1, evid: new Uint8Array(8) }
const LEAST = { boot: 1, seq: 1, uptimeMs: 0 }
const MOST = { boot: COUNT_MAX, seq: COUNT_MAX, uptimeMs: UPTIME_MAX_MS }
const HEALTH_MOST = { batteryMv: 65_535, batteryPct: 100, rssiDbm: -128, flags: 15 }
export const PRESS: PressBody = { is: 'press', boot: 7, seq: 42, uptimeMs: 61_500, event: EVENT, kind: 'alarm', ageMs: 140, health: { batteryMv: 2950, batteryPct: 81, rssiDbm: -67, flags: 4 } }

function up (comment: string, flags: readonly string[], body: SentUp): Case {
  return { comment, flags, hex: hex(encodeUp(body, DID, KEYS.up)), body, result: 'valid' }
}

function down (comment: string, flags: readonly string[], body: SentDown): Case {
  return { comment, flags, hex: hex(encodeDown(body, DID, KEYS.down)), body, result: 'valid' }
}

function presses (): readonly Case[] {
  return [
    up('a press as it usually is', ['Usual'], PRESS),
    up('smallest press', ['Smallest'], { is: 'press', ...LEAST, event: SMALLEST_EVENT, kind: 'test', health: {} }),
    up('largest press', ['Largest'], { is: 'press', ...MOST, event: LARGEST_EVENT, kind: 'assist', ageMs: U32_MAX, merged: 65_535, health: HEALTH_MOST }),
    ...(['test', 'alarm', 'silent-alarm', 'assist'] as const).map((kind) => up(`kind ${kind}`, ['Words'], { ...PRESS, kind })),
    up('pressed before a reboot: no age', ['Reboot'], { is: 'press', boot: 8, seq: 1, uptimeMs: 900, event: EVENT, kind: 'alarm', health: {} }),
    up('three presses merged', ['Merged'], { ...PRESS, merged: 3 }),
    up('the same event again, new seq and age', ['Retry'], { ...PRESS, seq: 43, uptimeMs: 62_000, ageMs: 640 }),
    ...[23, 24, 255, 256, 65_535, 65_536].map((seq) => up(`seq ${seq}: the edge of an integer's width`, ['Width'], { ...PRESS, seq })),
    ...[U32_MAX, U32_MAX + 1].map((uptimeMs) => up(`uptime ${uptimeMs} ms: beyond 49 days it takes eight bytes`, ['Width'], { ...PRESS, uptimeMs }))
  ]
}

function otherUps (): readonly Case[] {
  const hello = { is: 'hello', boot: 7, seq: 41, uptimeMs: 61_000, health: {}, fw: '1.0.3', model: 'vb-c3', beatS: 30 } as const
  return [
    up('smallest beat', ['Smallest'], { is: 'beat', ...LEAST, health: {} }),
    up('largest beat', ['Largest'], { is: 'beat', ...MOST, health: HEALTH_MOST }),
    up('least of each health field', ['Smallest'], { is: 'beat', ...LEAST, health: { batteryMv: 0, batteryPct: 0, rssiDbm: -128, flags: 0 } }),
    up('signal above zero', ['Largest'], { is: 'beat', ...LEAST, health: { rssiDbm: 20 } }),
    up('hello as it usually is', ['Usual'], { ...hello, pending: 0, shown: 0, mode: 0, will: 40 }),
    up('hello that answers a sync', ['Sync'], { ...hello, pending: 1, nonce: bytesOf('nonce', 8) }),
    up('hello without a will', ['Will'], hello),
    up('smallest hello', ['Smallest'], { is: 'hello', ...LEAST, health: {}, fw: '0', model: 'x', beatS: 5 }),
    up('largest hello, text of 32 bytes in 16 characters', ['Largest', 'Text'], {
      is: 'hello', ...MOST, health: HEALTH_MOST, fw: 'é'.repeat(16), model: 'm'.repeat(32), beatS: 86_400, pending: 16, shown: U32_MAX, nonce: new Uint8Array(8).fill(255), mode: 7, will: COUNT_MAX
    }),
    up('smallest seen: nothing is shown', ['Smallest'], { is: 'seen', ...LEAST, shown: 0 }),
    up('largest seen', ['Largest'], { is: 'seen', ...MOST, shown: U32_MAX }),
    ...(['tamper', 'tamper-end', 'battery', 'selftest', 'events-lost'] as const).map((fcode) =>
      up(`fault ${fcode}`, ['Words'], { is: 'fault', boot: 7, seq: 50, uptimeMs: 70_000, event: EVENT, ageMs: 10, fcode })),
    up('smallest fault', ['Smallest'], { is: 'fault', ...LEAST, event: SMALLEST_EVENT, fcode: 'tamper' }),
    up('largest fault', ['Largest'], { is: 'fault', ...MOST, event: LARGEST_EVENT, ageMs: U32_MAX, fcode: 'events-lost' }),
    ...(['will', 'sleeping', 'off'] as const).map((why) => up(`bye ${why}`, ['Words'], { is: 'bye', boot: 7, seq: 40, uptimeMs: 60_000, why })),
    up('smallest bye', ['Smallest'], { is: 'bye', ...LEAST, why: 'will' }),
    up('largest bye', ['Largest'], { is: 'bye', ...MOST, why: 'off' })
  ]
}

/** Frames whose body says more than this version knows; `body` is what it understands. */
function growingUps (): readonly Case[] {
  const beat = { is: 'beat', ...LEAST, health: {} }
  const ext = (comment: string, pairs: number, tail: string): Case =>
    ({ comment, flags: ['Ext'], hex: craft({ payload: `a${(4 + pairs).toString(16)}0002010102010300${tail}` }), body: beat, result: 'valid' })
  const unknown = (type: number, payload: string): Case =>
    ({ comment: `body type ${type}`, flags: ['UnknownType'], hex: craft({ payload }), body: { is: 'unknown', type }, result: 'valid' })
  // 4 pairs in 9 bytes, then ext: key 2, head 2, filler; the envelope takes 45.
  const filler = 256 - 45 - 9 - 4
  return [
    ext('ext: an unsigned integer', 1, '184005'),
    ext('ext: the largest integer', 1, '18401bffffffffffffffff'),
    ext('ext: a negative integer', 1, '184038ff'),
    ext('ext: the least integer', 1, '18403bffffffffffffffff'),
    ext('ext: bytes', 1, '1840420102'),
    ext('ext: text', 1, '184062c3a9'),
    ext('ext: first and last key', 2, '18400019ffff00'),
    ext('a frame of exactly 256 bytes', 1, `184058${hex(Uint8Array.of(filler))}${'ab'.repeat(filler)}`),
    unknown(7, 'a40007010102010300'),
    unknown(31, 'a100181f'),
    unknown(32, 'a400182001010201030a'),
    unknown(65_536, 'a1001a00010000')
  ]
}

function downs (): readonly Case[] {
  const least = { boot: 1, dseq: 1, heardMs: 0 }
  const most = { boot: COUNT_MAX, dseq: COUNT_MAX, heardMs: UPTIME_MAX_MS }
  const usual = { boot: 7, dseq: 1001, heardMs: 61_500 }
  return [
    ...(['received', 'coming', 'all-clear', 'no-answer-yet', 'test-ok'] as const).map((feedback) =>
      down(`state ${feedback}`, ['Words'], { is: 'state', ...usual, event: EVENT, feedback, ttlS: 60 })),
    down('smallest state', ['Smallest'], { is: 'state', ...least, event: SMALLEST_EVENT, feedback: 'received', ttlS: 1 }),
    down('largest state', ['Largest'], { is: 'state', ...most, event: LARGEST_EVENT, feedback: 'test-ok', ttlS: 300 }),
    down('config: dark', ['Usual'], { is: 'config', ...usual, beatS: 30, mode: 0 }),
    down('smallest config', ['Smallest'], { is: 'config', ...least, beatS: 5, mode: 0 }),
    down('largest config', ['Largest'], { is: 'config', ...most, beatS: 86_400, mode: 7 }),
    down('sync: nothing is known', ['Smallest', 'Sync'], { is: 'sync', nonce: new Uint8Array(8), known: 0 }),
    down('sync as it usually is', ['Usual', 'Sync'], { is: 'sync', nonce: bytesOf('nonce', 8), known: 7 }),
    down('largest sync', ['Largest', 'Sync'], { is: 'sync', nonce: new Uint8Array(8).fill(255), known: U32_MAX }),
    { comment: 'sync with ext', flags: ['Ext'], hex: craft({ direction: 'down', payload: 'a400182311480000000000000000170018406161' }), body: { is: 'sync', nonce: new Uint8Array(8), known: 0 }, result: 'valid' },
    { comment: 'body type 34', flags: ['UnknownType'], hex: craft({ direction: 'down', payload: 'a1001822' }), body: { is: 'unknown', type: 34 }, result: 'valid' },
    { comment: 'a press under the down key is no downlink', flags: ['UnknownType'], hex: craft({ direction: 'down', payload: 'a10001' }), body: { is: 'unknown', type: 1 }, result: 'valid' }
  ]
}

/** Every frame type, smallest and largest. */
export function makeFrames (): Draft {
  return {
    header: ['Frames that must be read as `body` says (bytes in hex), and, `Ext` and `UnknownType` aside, that encoding `body` must give byte for byte.'],
    notes: {
      Usual: { bugType: 'BASIC', description: 'What runs all day.' },
      Smallest: { bugType: 'EDGE_CASE', description: 'The least value of each field; absent fields stay absent.' },
      Largest: { bugType: 'EDGE_CASE', description: 'The greatest value of each field: no overflow, no float, and the frame still fits 256 bytes.' },
      Words: { bugType: 'BASIC', description: 'One case for each word: two swapped numbers would turn a test into an alarm or "coming" into "all clear".' },
      Width: { bugType: 'ENCODING', description: 'Where an integer needs a byte more: the place where a hand-written encoder is not minimal.' },
      Text: { bugType: 'EDGE_CASE', description: 'Sizes of text count bytes of UTF-8, not characters.' },
      Reboot: { bugType: 'FUNCTIONALITY', description: 'A reboot between press and send: age is absent, the event keeps its old boot.' },
      Merged: { bugType: 'FUNCTIONALITY', description: 'Presses of equal kind within 2 s are one event.' },
      Retry: { bugType: 'FUNCTIONALITY', description: 'A retry is encoded anew: it must not be refused as a duplicate counter, nor open a second alarm.' },
      Sync: { bugType: 'FUNCTIONALITY', description: 'How a button that lost its flash finds its way back.' },
      Will: { bugType: 'FUNCTIONALITY', description: 'A hello without will means that no last will counts.' },
      Ext: { bugType: 'FORWARD', description: 'Room to grow: keys 64..65535 are ignored, so an old service hears a new button.' },
      UnknownType: { bugType: 'FORWARD', description: 'Counted and acknowledged: refusing it would make a newer button resend for ever.' }
    },
    groups: [groupOf('FrameTest', 'up', [...presses(), ...otherUps(), ...growingUps()]), groupOf('FrameTest', 'down', downs())]
  }
}
