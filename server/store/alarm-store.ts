/**
 * What the engine asks of a disk, in whole operations. Every time is passed in. One contract test suite
 * (`test/store/alarm-store-contract.ts`) holds every adapter to these docstrings.
 */
import type { Alarm } from '../alarm/alarm.ts'
import type { AlarmEvent, AlarmId, EpochMs, LaneKey } from '../alarm/alarm.ts'
import type { Note } from '../alarm/transition.ts'

type Brand<T, B extends string> = T & { readonly brand: B }

/** Keyed hash (HMAC-SHA256, base64url) of a press's identity. Holds no time and no button. */
export type PressHash = Brand<string, 'PressHash'>

export type Happening = { readonly seq: number, readonly at: EpochMs, readonly event: AlarmEvent, readonly notes: readonly Note[] }

export type AlarmRow = {
  readonly id: AlarmId
  readonly lane: LaneKey
  /** Open as she perceives it; a unique index allows one such alarm per lane. */
  readonly open: boolean
  /** Not settled: has to be in memory, held and timed. */
  readonly live: boolean
  readonly seq: number
  readonly dueAt: EpochMs | null
  readonly state: Alarm
  /** Sealed; null once erased. */
  readonly card: Uint8Array | null
  /** Every press this alarm has heard. */
  readonly presses: readonly PressHash[]
}

export type Append = {
  readonly id: AlarmId
  readonly lane: LaneKey
  /** 0 creates. */
  readonly expectedSeq: number
  /** Equal to `expectedSeq`: nothing happened, presses are linked alone. */
  readonly seq: number
  readonly open: boolean
  readonly live: boolean
  readonly dueAt: EpochMs | null
  readonly state: Alarm
  readonly happenings: readonly Happening[]
  /** Taken at creation; later ignored, because a card that was erased meanwhile must not come back. */
  readonly card: Uint8Array | null
  /** Newly heard; each is also remembered for the button's life (`heard_press`). */
  readonly presses: readonly PressHash[]
}

export type AppendResult =
  | { readonly ok: true }
  /** Somebody else appended; `found` is what is on disk now (null: it does not exist). Nothing was written. */
  | { readonly ok: false, readonly code: 'SEQ_CONFLICT', readonly found: AlarmRow | null }
  /** Another alarm of this lane is open as she perceives it. Nothing was written. */
  | { readonly ok: false, readonly code: 'LANE_TAKEN', readonly found: AlarmRow }

export interface AlarmStore {
  /** Resolves after everything is on disk, or with a conflict and nothing written. Rejects with `StoreFailed` when the disk fails. */
  append (append: Append): Promise<AppendResult>
  /** Remembers presses that opened no alarm. Same promise as `append`. */
  remember (presses: readonly PressHash[]): Promise<void>
  /** Every alarm that is live. */
  live (): Promise<readonly AlarmRow[]>
  load (id: AlarmId): Promise<AlarmRow | null>
  /**
   * Whether this press was ever heard, and the alarms that still exist for it. Answers at once and never throws: a
   * disk that cannot say counts as "not heard", because raising twice is better than not raising (the append of an
   * alarm that exists collides and is put right).
   */
  known (press: PressHash): { readonly heard: boolean, readonly alarms: readonly AlarmId[] }
  /** The record of one alarm, oldest first. Rejects with `StoreFailed`, as do `live` and `load`. */
  happenings (id: AlarmId): Promise<readonly Happening[]>
  /** Writes and syncs something of no meaning. Rejects with `StoreFailed`. */
  probe (): Promise<void>
}
