/**
 * What the broker needs from the house. The broker owns these ports; `server/` implements them.
 * Nothing here knows an alarm, a lane or a person: only buttons, presses and lights.
 */
import type { Did } from '../firmware-protocol/ids.ts'
import type { ButtonKeys } from '../firmware-protocol/keys.ts'
import type { Window } from '../firmware-protocol/window.ts'

type Brand<T, B extends string> = T & { readonly brand: B }
export type EpochMs = Brand<number, 'EpochMs'>
export type MonoMs = Brand<number, 'MonoMs'>

/** Same shape as `server/clock/clock.ts`; the broker may not import it. */
export interface Clock {
  now (): EpochMs
  mono (): MonoMs
  after (delayMs: number, wake: () => void): () => void
}

/** Identity of a press or fault over all its retries. */
export type ButtonEvent = { readonly evboot: number, readonly evn: number, readonly evid: Uint8Array }

export type PressKind = 'test' | 'alarm' | 'silent-alarm' | 'assist'

/** What the broker remembers of one button; durable (see `Memories`). */
export type ButtonMemory = {
  readonly window: Window
  /** Highest dseq reserved on disk; counters are persisted a block of 1,000 ahead. */
  readonly dseqReserved: number
}

/** One button that may connect. */
export type KnownButton = {
  readonly did: Did
  readonly keys: ButtonKeys
  /** What the house wants this button to do: told by `config` until its `hello` agrees. beatS in seconds. */
  readonly wish: { readonly beatS: number, readonly mode: number }
}

export interface Buttons {
  /** From memory, never waits: somebody may be pressing. `null`: unknown or retired. */
  find (did: Did): KnownButton | null
}

export interface Memories {
  /**
   * Every button ever heard, by did: read once, before the first listener opens, so that no await ever stands between
   * a frame and its alarm. A did that is absent was never heard.
   */
  loadAll (): Promise<ReadonlyMap<string, ButtonMemory>>
  /** Resolves after it is on disk; rejects while the disk fails, and is tried again. */
  save (did: Did, memory: ButtonMemory): Promise<void>
}

export type HeardPress = {
  readonly did: Did
  readonly event: ButtonEvent
  readonly kind: PressKind
  /** How many presses this event stands for; 1 = none merged. (On the wire `merged` counts the further ones.) */
  readonly merged: number
  readonly receivedAt: EpochMs
  /** receive - age - queue time, as protocol.md "Dates" says; equals receivedAt when uncertain. */
  readonly pressedAt: EpochMs
  readonly ageMs: number | null
  readonly queueMs: number
  /** The frame's counter was stale: it raises or joins, and may be a replay. */
  readonly stale: boolean
}

/**
 * `raised`/`joined`: an alarm is told at this moment. `known`: this event was heard before and changes nothing.
 * `unarmed`: no lane is possible; the press is remembered all the same.
 */
export type PressVerdict = 'raised' | 'joined' | 'known' | 'unarmed'

export type Feedback = 'received' | 'coming' | 'all-clear' | 'no-answer-yet' | 'test-ok'

/** The light that one event deserves by what is durable. */
export type Light = { readonly event: ButtonEvent, readonly feedback: Feedback }

export type ButtonFault = { readonly did: Did, readonly event: ButtonEvent, readonly fault: string, readonly at: EpochMs }

/** Signs of life and health, for the technician and for readiness. All fields as last heard. */
export type Beat = {
  readonly did: Did
  readonly at: EpochMs
  readonly beatS: number
  readonly batteryPct: number | null
  readonly batteryMv: number | null
  readonly rssiDbm: number | null
  readonly flags: number | null
  readonly fw: string | null
  readonly model: string | null
}

export interface House {
  /**
   * Raises at once, before it returns: no disk, no promise in between. `durable` resolves after the press and the
   * alarms it opened or joined are on disk; only then may PUBACK go. It never rejects; while the disk fails it waits.
   */
  press (press: HeardPress): { readonly verdict: PressVerdict, readonly durable: Promise<void> }
  /** A stale press either came again in an accepted frame (`false`) or did not within 30 s (`true`: label it). */
  mayBeReplay (did: Did, event: ButtonEvent, replay: boolean): void
  /** Resolves after the fault is on disk. The same event may come again after a restart, and then changes nothing. */
  fault (fault: ButtonFault): Promise<void>
  /** The present light of one event; `all-clear` when it is known and its alarm is gone; `null` when unknown. */
  lightOf (did: Did, event: ButtonEvent): Light | null
  /** The newest light of every event that is open on this button. */
  lightsOf (did: Did): readonly Light[]
  /** An authentic, accepted frame that is a sign of life. `press`: one that nobody but those alarmed may learn of. */
  heard (beat: Beat, by: 'press' | 'beat'): void
  /**
   * No authentic frame for 2.5 x beat-s, or a `bye`. Told once until heard again; but `silent` may still follow
   * `sleeping`: a sleeper that does not wake in time. `lastHeardAt` null: not heard since the service started.
   */
  silent (did: Did, why: 'silent' | 'will' | 'sleeping' | 'off', lastHeardAt: EpochMs | null): void
  /** Something that a technician must know and that no button can say (an unreadable authentic press, a bad tag). */
  trouble (did: Did, code: string): void
}

/** pino's shape. Never a secret, never a did together with the time of a press. */
export interface Log {
  info (fields: object, message: string): void
  warn (fields: object, message: string): void
  error (fields: object, message: string): void
}
