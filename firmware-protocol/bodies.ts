/** What the frames say, in the domain's words. Numbers and keys on the wire: wire.ts and protocol.cddl. */

/** Identity of one press or fault over all its retries. `evid` is random, drawn at the press. */
export type EventId = { readonly evboot: number, readonly evn: number, readonly evid: Uint8Array }

export type PressKind = 'test' | 'alarm' | 'silent-alarm' | 'assist'
export type FaultCode = 'tamper' | 'tamper-end' | 'battery' | 'selftest' | 'events-lost'
export type ByeReason = 'will' | 'sleeping' | 'off'
export type Feedback = 'received' | 'coming' | 'all-clear' | 'no-answer-yet' | 'test-ok'

/** Bits of `health.flags`. */
export const HEALTH_FLAG = { tamper: 1, lowBattery: 2, dark: 4, charging: 8 } as const
/** Bits of `mode`; none set is dark, the default: nothing to see or hear in the room (R18). */
export const MODE_FLAG = { light: 1, vibration: 2, sound: 4 } as const

export type Health = {
  readonly batteryMv?: number
  readonly batteryPct?: number
  readonly rssiDbm?: number
  /** HEALTH_FLAG bits. */
  readonly flags?: number
}

/** Counters of every frame from a button: boot +1 per cold boot, seq +1 per frame, uptime at encoding. */
type Up = { readonly boot: number, readonly seq: number, readonly uptimeMs: number }

export type PressBody = {
  readonly is: 'press'
  readonly boot: number
  readonly seq: number
  /** Absent only after lenient decoding of a press whose uptime was missing or bad. */
  readonly uptimeMs?: number
  readonly event: EventId
  readonly kind: PressKind
  /** Time since the press when the frame was encoded; absent if a reboot came between. */
  readonly ageMs?: number
  /** How many further presses were merged into this event. */
  readonly merged?: number
  readonly health: Health
}
export type BeatBody = Up & { readonly is: 'beat', readonly health: Health }
export type HelloBody = Up & {
  readonly is: 'hello'
  readonly health: Health
  readonly fw: string
  readonly model: string
  /** Promised seconds between two frames. */
  readonly beatS: number
  /** Events not yet clear. */
  readonly pending?: number
  /** dseq of the state now held; 0 = none. */
  readonly shown?: number
  /** Eight bytes echoed from the `sync` that this hello answers. */
  readonly nonce?: Uint8Array
  /** MODE_FLAG bits now in force. */
  readonly mode?: number
  /** seq of the pre-signed `bye` given to the broker as last will; absent: no will. */
  readonly will?: number
}
export type SeenBody = Up & { readonly is: 'seen', readonly shown: number }
export type FaultBody = Up & { readonly is: 'fault', readonly event: EventId, readonly ageMs?: number, readonly fcode: FaultCode }
export type ByeBody = Up & { readonly is: 'bye', readonly why: ByeReason }

/** Counters of a downlink: the boot it is for, its own number, the newest authentic uptime heard of that boot. */
type Down = { readonly boot: number, readonly dseq: number, readonly heardMs: number }
export type StateBody = Down & { readonly is: 'state', readonly event: EventId, readonly feedback: Feedback, readonly ttlS: number }
export type ConfigBody = Down & { readonly is: 'config', readonly beatS: number, readonly mode: number }
/** `known`: the highest boot that the service has accepted; 0 = none yet. */
export type SyncBody = { readonly is: 'sync', readonly nonce: Uint8Array, readonly known: number }

/** An authentic body of a type that this version does not know: counted and acknowledged, nothing else. */
export type UnknownBody = { readonly is: 'unknown', readonly type: number | bigint }

/** What a button can send. */
export type SentUp = PressBody | BeatBody | HelloBody | SeenBody | FaultBody | ByeBody
/** What the service can send. */
export type SentDown = StateBody | ConfigBody | SyncBody
/** What decoding an uplink may give. */
export type UpBody = SentUp | UnknownBody
/** What decoding a downlink may give. */
export type DownBody = SentDown | UnknownBody
