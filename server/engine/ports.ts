/**
 * What the engine needs from its neighbours. `people` implements `Directory`, `notify` implements `Messenger`.
 */
import type { AlarmId, ConsentId, EpochMs, Kind, LaneKey, Level, Missed, Plan, Reach, ResponderId, RoomId, What, WorkerId } from '../alarm/alarm.ts'
import type { Lane } from '../alarm/lanes.ts'

/**
 * Names, place and notes: everything of an alarm that is not an id. Sealed beside the alarm with her data key;
 * in memory while the alarm is live. `null` everywhere: the reader must not know, or nobody knows ("place unknown").
 */
export type Card = {
  readonly lane: LaneKey
  /** Her alias; null in a house or standing lane, and where several are on shift in the room (R4). */
  readonly alias: string | null
  readonly venue: string | null
  readonly address: string | null
  readonly room: string | null
  /** The place she typed for this shift (R8). */
  readonly place: string | null
  /** Her approach note: "knock and ask for the keys". */
  readonly note: string | null
  /** Her own quiet check, for `assist`. */
  readonly quietCheck: string | null
  readonly wishes: { readonly ambulance: Wish, readonly police: Wish }
  /** What each responder may see; a responder that is not listed sees the room alone. */
  readonly sees: Readonly<Record<ResponderId, { readonly alias: boolean, readonly room: boolean, readonly address: boolean }>>
}
export type Wish = 'yes' | 'no' | 'ask-me'

/** One alarm that a press must open or join: one circle. */
export type LanePlan = { readonly lane: Lane, readonly kind: Kind, readonly plan: Plan, readonly card: Card }

export type Routed = {
  /** Several: a lane each (R4). Empty: not armed, or the press only started a shift. */
  readonly lanes: readonly LanePlan[]
  /** `test`/`shift`: the press was used up by an open two-minute window. */
  readonly use: 'alarm' | 'test' | 'shift' | 'unarmed'
  /** What the window's use must leave on disk before PUBACK; resolves when durable. Never rejects; retries. */
  readonly recorded: Promise<void>
}

export type RoomPress = {
  readonly did: string
  readonly kind: Kind
  /** Equals `receivedAt` when nobody knows when it was. */
  readonly pressedAt: EpochMs
  readonly receivedAt: EpochMs
  /** A reboot came between press and frame: it may be older than any window. */
  readonly uncertain?: true
  /** Its counter was stale: it raises, and may be a replay, so that it proves nothing about the button. */
  readonly stale?: true
}

export interface Directory {
  /** Whom a button's press must reach, by who was on shift at press time (R4, R7). From memory; never waits, never throws. */
  routeButton (press: RoomPress, now: EpochMs): Routed
  /** Whom her own phone's press must reach: her lane alone. */
  routePhone (worker: WorkerId, kind: Kind, now: EpochMs): Routed
  /** Whom a check-in that was not answered must reach: her lane alone, and never an authority (R17). */
  routeCheckIn (worker: WorkerId, kind: Kind): Routed
  /** R20: everybody live on her list, at once, in a lane of its own. */
  routeDrill (worker: WorkerId, now: EpochMs): Routed
  /** Read from the store, not from memory, just before an authority is told (R6). false when the store can't say. */
  consentHolds (consent: ConsentId, to: ResponderId): Promise<boolean>
  /** Whether this person declared that nothing is passed on to an authority: asked before each sending of a lane that she did not choose (R6). From memory; never throws. */
  neverForwards (to: ResponderId): boolean
  sealCard (card: Card): Uint8Array
  /** null: the key or the card is gone (erased). */
  openCard (sealed: Uint8Array): Card | null
}

/** One thing to tell one responder. `(alarm, to, n)` is the dedupe key, equal after a crash and on two nodes. */
export type Telling = {
  readonly alarm: AlarmId
  readonly to: ResponderId
  readonly authority: boolean
  readonly n: number
  readonly what: What
  readonly kind: Kind
  readonly pressedAt: EpochMs
  readonly late: boolean
  /** A check-in that was not answered raised it. */
  readonly missed: Missed | null
  readonly card: Card | null
  /** Reads the newest decision just before each send: false when it is out of date, answered, or the person left. */
  readonly wanted: () => boolean
  /** Authority: the consent read from the store at this moment. Others: true. */
  readonly permitted: () => Promise<boolean>
}

export interface Messenger {
  /** Hands it to every endpoint at once. Never waits, never throws; receipts come back through `Receipts`. */
  tell (telling: Telling): void
}

/** What notify tells the engine: facts, never conclusions. */
export interface Receipts {
  receipt (alarm: AlarmId, from: ResponderId, n: number, level: Level): void
  reach (responder: ResponderId, reach: Reach): void
}

export type { AlarmId, ConsentId, EpochMs, Kind, LaneKey, Level, Plan, Reach, ResponderId, RoomId, What, WorkerId }
