/**
 * What the world may ask of running alarms. The HTTP API and the broker's house stand in front of this desk; the
 * engine (`engine.ts`) is behind it.
 */
import type { AlarmId, EpochMs, Kind, Level, Minutes, Missed, ResponderId, RoomId, WorkerId } from '../alarm/alarm.ts'
import type { ResponderView, WorkerView } from '../alarm/views.ts'
import type { Card } from './ports.ts'

export type AnswerGiven =
  | { readonly is: 'coming', readonly minutes: Minutes }
  | { readonly is: 'cannot' | 'arrived' | 'need-more' | 'over' }

/** `saved: false`: the store has failed for 5 s, this acts from memory and must be shown as "not saved" (R1). */
export type Outcome =
  | { readonly ok: true, readonly saved: boolean }
  /** The alarm does not exist, was never told to this person, or is over as this person may perceive it. */
  | { readonly ok: false, readonly code: 'ALARM_NOT_FOUND' }

/** A check-in that was not answered. `promisedAt` names it, whatever clocks did since; `raisedAt`: when its grace was over. */
export type CheckInMissed = {
  readonly worker: WorkerId
  readonly checkIn: string
  readonly promisedAt: number
  readonly missed: Missed
  readonly raisedAt: EpochMs
  readonly kind: 'assist' | 'alarm'
}

export type WorkerAlarm = { readonly view: WorkerView, readonly saved: boolean }
export type ResponderAlarm = { readonly view: ResponderView, readonly card: Card | null, readonly saved: boolean }

/** Whose newest view may differ from what was last sent. */
export type Changed = { readonly workers: readonly WorkerId[], readonly responders: readonly ResponderId[] }

export interface AlarmDesk {
  /**
   * Her phone raises. `key` is the Idempotency-Key: the same key again opens nothing new. Told before it returns;
   * `recorded` resolves when durable (never rejects). `token`: the phone shortcut that pressed; a flood of one merges.
   */
  pressByPhone (worker: WorkerId, kind: Kind, key: string, token?: string | null): { readonly verdict: 'raised' | 'joined' | 'known' | 'unarmed', readonly recorded: Promise<void> }
  /** Raises for her circle, before it returns. The same promise again opens nothing new. */
  checkInMissed (missed: CheckInMissed): { readonly recorded: Promise<void> }
  /** Resolves once durable, or after 5 s of a failing store with `saved: false`. */
  answer (alarm: AlarmId, from: ResponderId, given: AnswerGiven): Promise<Outcome>
  /** Duplicated, reordered or foreign receipts change nothing. */
  receipt (alarm: AlarmId, from: ResponderId, n: number, level: Level): void
  /** "I am safe" without a PIN, on the alarm that is open as she perceives it. */
  saidSafe (worker: WorkerId, alarm: AlarmId): Promise<Outcome>
  /** A right PIN, true or duress: same outcome, same time, same bytes (R15). */
  pin (worker: WorkerId, alarm: AlarmId, pin: 'true' | 'duress'): Promise<Outcome>
  workerAlarms (worker: WorkerId): readonly WorkerAlarm[]
  responderAlarms (responder: ResponderId): readonly ResponderAlarm[]
  /** A responder left, was removed or lost a consent: acts at once in running alarms, silently (R5). */
  left (worker: WorkerId, responder: ResponderId): void
  /** A responder left every circle: house and standing lanes that run too. */
  leftAll (responder: ResponderId): void
  /** Out of this room's standing circle: its alarms that run drop them at once. */
  leftRoom (room: RoomId, responder: ResponderId): void
  revoked (consent: string): void
  /** Called after the views have changed, at most once a tick. Returns the way to stop listening. */
  onChanged (listener: (changed: Changed) => void): () => void
}

/** What happened in a drill, at the moment at which it did. */
export type DrillFact =
  | { readonly is: 'receipt', readonly alarm: AlarmId, readonly from: ResponderId, readonly level: Level }
  | { readonly is: 'answered', readonly alarm: AlarmId, readonly from: ResponderId }
  /** `superseded`: she pressed. */
  | { readonly is: 'ended', readonly alarm: AlarmId, readonly why: 'over' | 'superseded' }

export type DrillBegun = { readonly alarm: AlarmId, /** In the plan; `told` false: cannot be reached. */ readonly people: readonly { readonly responder: ResponderId, readonly told: boolean }[] }

export interface DrillDesk {
  /** R20. null: there is nobody to tell. One that runs in her lane ends first. A press of hers ends it at once. */
  drill (worker: WorkerId, key: string): DrillBegun | null
  /** Returns the way to stop listening. */
  onDrill (listener: (fact: DrillFact) => void): () => void
}
