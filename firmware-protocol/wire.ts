/**
 * The numbers of protocol.cddl as tables, which codec and lenient reader share. The file is the source: a test reads
 * it and fails when a number here differs.
 */
export const COUNT_MAX = 4_294_967_294
export const U32_MAX = 4_294_967_295
/** Largest uptime: 2^53 - 1 ms, exact in every language that has only doubles. */
export const UPTIME_MAX_MS = 9_007_199_254_740_991

export type FieldSpec =
  | { readonly key: number, readonly is: 'int', readonly min: number, readonly max: number }
  | { readonly key: number, readonly is: 'word', readonly words: Readonly<Record<string, number>> }
  | { readonly key: number, readonly is: 'bytes', readonly size: number }
  | { readonly key: number, readonly is: 'text', readonly minBytes: number, readonly maxBytes: number }
  | { readonly key: number, readonly is: 'event' }

/** Key of the body's type. */
export const TYPE_KEY = 0
/** Keys from here on are room to grow: ignored when their value is an int, bstr or tstr. */
export const EXT_KEY_MIN = 64
export const EXT_KEY_MAX = 65_535
export const EVID_BYTES = 8

const count = (key: number): FieldSpec => ({ key, is: 'int', min: 1, max: COUNT_MAX })
const u32 = (key: number): FieldSpec => ({ key, is: 'int', min: 0, max: U32_MAX })
const within = (key: number, min: number, max: number): FieldSpec => ({ key, is: 'int', min, max })

export const FIELDS = {
  boot: count(1),
  seq: count(2),
  uptimeMs: within(3, 0, UPTIME_MAX_MS),
  dseq: count(2),
  heardMs: within(3, 0, UPTIME_MAX_MS),
  event: { key: 4, is: 'event' },
  kind: { key: 5, is: 'word', words: { test: 0, alarm: 1, 'silent-alarm': 2, assist: 3 } },
  ageMs: u32(6),
  merged: within(7, 1, 65_535),
  batteryMv: within(8, 0, 65_535),
  batteryPct: within(9, 0, 100),
  rssiDbm: within(10, -128, 20),
  flags: within(11, 0, 15),
  fw: { key: 12, is: 'text', minBytes: 1, maxBytes: 32 },
  model: { key: 13, is: 'text', minBytes: 1, maxBytes: 32 },
  beatS: within(14, 5, 86_400),
  pending: within(15, 0, 16),
  shown: u32(16),
  nonce: { key: 17, is: 'bytes', size: 8 },
  fcode: { key: 18, is: 'word', words: { tamper: 1, 'tamper-end': 2, battery: 3, selftest: 4, 'events-lost': 5 } },
  why: { key: 19, is: 'word', words: { will: 0, sleeping: 1, off: 2 } },
  known: u32(23),
  feedback: { key: 24, is: 'word', words: { received: 1, coming: 2, 'all-clear': 3, 'no-answer-yet': 4, 'test-ok': 5 } },
  ttlS: within(25, 1, 300),
  mode: within(26, 0, 7),
  will: count(27)
} as const satisfies Record<string, FieldSpec>

export type FieldName = keyof typeof FIELDS
export type BodySpec = {
  readonly type: number
  readonly must: readonly FieldName[]
  readonly may: readonly FieldName[]
  /** Whether the four health fields may come too; in TypeScript they are one `health` object. */
  readonly health: boolean
}

export const HEALTH_FIELDS = ['batteryMv', 'batteryPct', 'rssiDbm', 'flags'] as const satisfies readonly FieldName[]
const UP: readonly FieldName[] = ['boot', 'seq', 'uptimeMs']
const DOWN: readonly FieldName[] = ['boot', 'dseq', 'heardMs']

export const UP_BODIES = {
  press: { type: 1, must: [...UP, 'event', 'kind'], may: ['ageMs', 'merged'], health: true },
  beat: { type: 2, must: UP, may: [], health: true },
  hello: { type: 3, must: [...UP, 'fw', 'model', 'beatS'], may: ['pending', 'shown', 'nonce', 'mode', 'will'], health: true },
  seen: { type: 4, must: [...UP, 'shown'], may: [], health: false },
  fault: { type: 5, must: [...UP, 'event', 'fcode'], may: ['ageMs'], health: false },
  bye: { type: 6, must: [...UP, 'why'], may: [], health: false }
} as const satisfies Record<string, BodySpec>

export const DOWN_BODIES = {
  state: { type: 32, must: [...DOWN, 'event', 'feedback', 'ttlS'], may: [], health: false },
  config: { type: 33, must: [...DOWN, 'beatS', 'mode'], may: [], health: false },
  sync: { type: 35, must: ['nonce', 'known'], may: [], health: false }
} as const satisfies Record<string, BodySpec>
