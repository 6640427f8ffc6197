/**
 * The words of the alarm core. Imports nothing: the service runs these types, the simulator runs them
 * for years of virtual time, property tests attack them. Everything is readonly and survives JSON.
 */
type Brand<T, B extends string> = T & { readonly brand: B }

/** Wall-clock milliseconds since 1970. May jump; persist this one. */
export type EpochMs = Brand<number, 'EpochMs'>
export type AlarmId = Brand<string, 'AlarmId'>
export type PressId = Brand<string, 'PressId'>
export type ResponderId = Brand<string, 'ResponderId'>
export type ConsentId = Brand<string, 'ConsentId'>
export type WorkerId = Brand<string, 'WorkerId'>
export type VenueId = Brand<string, 'VenueId'>
export type RoomId = Brand<string, 'RoomId'>
/** Which circle an alarm belongs to, as one comparable string (see `lanes.ts`). */
export type LaneKey = Brand<string, 'LaneKey'>

export type Kind = 'test' | 'assist' | 'alarm' | 'silent-alarm'
export type Doubt = 'none' | 'late' | 'may-be-replay' | 'time-uncertain'
/**
 * A promise to say "I am fine" that was not kept (R17). `unreachableSince`: her phone can't be reached since then; null:
 * it was reached. `forced`: she said it under duress (R15).
 */
export type Missed = { readonly dueAt: EpochMs, readonly unreachableSince: EpochMs | null, readonly forced: boolean }
export type Press = {
  readonly id: PressId
  readonly kind: Kind
  readonly pressedAt: EpochMs
  readonly doubt: Doubt
  /** What is doubtful about it besides, while it may be a replay; said again when that doubt is lifted. */
  readonly besides?: Doubt
  /** Nobody pressed: a check-in was not answered, and `pressedAt` is when that raised, or should have. */
  readonly missed?: Missed
}

/**
 * Which circle must know. A house lane is one room's, so that a second room never joins an alarm whose card
 * names the first. A test has a lane of its own: it never touches, and never holds up, an alarm of anyone.
 */
export type Lane =
  | { readonly is: 'hers', readonly worker: WorkerId }
  | { readonly is: 'house', readonly venue: VenueId, readonly room: RoomId }
  | { readonly is: 'standing', readonly room: RoomId }
  | { readonly is: 'test', readonly by: 'worker' | 'drill', readonly worker: WorkerId }
  | { readonly is: 'test', readonly by: 'technician', readonly room: RoomId }

export type Trusted = { readonly kind: 'trusted', readonly id: ResponderId }
export type Authority = { readonly kind: 'authority', readonly id: ResponderId, readonly consent: ConsentId }
export type Recipient = Trusted | Authority

/** no endpoint works; one at least can't prove `shown`; a missing `shown` means something */
export type Reach = 'none' | 'unknown' | 'provable'
export type PlanPerson = { readonly who: Recipient, readonly reach: Reach, readonly mayKnow: boolean }
export type PlanStep = { readonly waitMs: number, readonly people: readonly PlanPerson[] }
export type Plan = { readonly steps: readonly PlanStep[] }

export type Level = 'queued' | 'attempted' | 'accepted' | 'shown' | 'seen'
export type AlertWhat = 'alert' | 'again' | 'ask-arrival' | 'ask-over' | 'duress'
export type CalmWhat = 'coming' | 'stand-down'
export type What = AlertWhat | CalmWhat
export type Minutes = 5 | 10 | 20 | 30

/** The newest telling. `remindAt` null: no reminder will follow by itself. */
export type Told = {
  readonly n: number
  readonly what: What
  readonly since: EpochMs
  readonly level: Level
  readonly reminders: number
  readonly remindAt: EpochMs | null
}

/** `pauses`: whether this answer holds escalation back (R11); a later press takes that away until it is repeated (R12). */
export type Answer =
  | { readonly is: 'none' }
  | { readonly is: 'cannot' | 'overdue', readonly at: EpochMs }
  | { readonly is: 'arrived', readonly at: EpochMs, readonly pauses: boolean }
  | {
    readonly is: 'coming'
    readonly at: EpochMs
    readonly minutes: Minutes
    readonly pauses: boolean
    /** When we ask whether they arrived; once asked, when their minute to answer ends. null: no arrival timer (20, 30). */
    readonly arriveBy: EpochMs | null
    readonly asked: boolean
  }

/** The highest receipt that this person was called, over every telling of that meaning. */
export type Called = { readonly level: Level, readonly at: EpochMs }

/** in: counts. dismissed: sees a true end (R15). gone: left, removed or revoked; told nothing more. */
export type Standing = 'in' | 'dismissed' | 'gone'

export type Person = {
  readonly who: Recipient
  readonly step: number
  readonly mayKnow: boolean
  readonly reach: Reach
  readonly standing: Standing
  readonly told: Told | null
  /** Numbers of the newest tellings that meant "you are called": a receipt of any other never counts for it. */
  readonly calls: readonly number[]
  readonly called: Called | null
  readonly answer: Answer
}

export type Closing = 'pin' | 'two-said-over' | 'drill-over' | 'superseded' | 'her-lanes-over'

export type Phase =
  /** unseenAt: when "nobody in this step was shown it" would be proven; null when it can't be. */
  | { readonly is: 'calling', readonly step: number, readonly nextAt: EpochMs, readonly waitMs: number, readonly unseenAt: EpochMs | null }
  /** askAt: when those who arrived are asked "is it over?"; null while nobody has arrived. */
  | { readonly is: 'helped', readonly step: number, readonly askAt: EpochMs | null, readonly asked: number }
  | { readonly is: 'exhausted', readonly step: number, readonly beatAt: EpochMs, readonly giveUpAt: EpochMs }
  | { readonly is: 'unresolved', readonly step: number }
  | { readonly is: 'closed', readonly step: number, readonly why: Closing, readonly settleAt: EpochMs }
  | { readonly is: 'settled', readonly step: number, readonly why: Closing }

/** The first yes of two (R14). dueAt null: that time has passed and escalation has resumed. */
export type Over = { readonly by: ResponderId, readonly at: EpochMs, readonly dueAt: EpochMs | null }

/** Why something happened, as values; her screen, the record and the study print them. */
export type Reason =
  | 'OPENED' | 'PRESSED_AGAIN' | 'UPGRADED' | 'PRESS_LATE' | 'PRESS_MAY_BE_REPLAY' | 'PRESS_TIME_UNCERTAIN' | 'PRESS_DOUBT_LIFTED'
  | 'CHECK_IN_MISSED' | 'PHONE_UNREACHABLE'
  | 'STEP_TOLD' | 'NOBODY_TO_TELL' | 'SKIPPED_UNREACHABLE' | 'REACHED_AT_LAST' | 'SHOWN'
  | 'STEP_WAIT_OVER' | 'NOBODY_SHOWN' | 'ALL_DECLINED_OR_UNREACHABLE' | 'ALL_ASKED_AGAIN' | 'EXHAUSTED' | 'UNRESOLVED'
  | 'COMING' | 'CANNOT' | 'NOT_AFTER_ALL' | 'ARRIVED' | 'NEED_MORE' | 'LEFT' | 'CONSENT_REVOKED'
  | 'ARRIVAL_ASKED' | 'ARRIVAL_OVERDUE' | 'OVER_ASKED' | 'SILENT_AFTER_ARRIVAL' | 'NOBODY_PAUSES'
  | 'OVER_SAID' | 'CHECK_IN_DUE' | 'NO_SECOND_YES' | 'SAID_SAFE'
  | 'AUTHORITY_REFUSED' | 'DURESS' | 'CLOSED' | 'SETTLED'

export type Note = {
  readonly at: EpochMs
  readonly reason: Reason
  readonly who?: ResponderId
  readonly step?: number
  readonly minutes?: Minutes
  readonly kind?: Kind
  readonly why?: Closing
}

/** What a screen may say of it; never that it was forced. */
export type MissedSeen = Omit<Missed, 'forced'>

/** What her phone may show of one responder. */
export type WorkerRow = {
  readonly responder: ResponderId
  readonly step: number
  readonly told: boolean
  /** null: never told, or told and nothing proven yet. */
  readonly receipt: Called | null
  /** A missing `shown` is unknown, not a no (R3). */
  readonly shownIsProvable: boolean
  readonly answer: 'none' | 'cannot' | 'overdue' | 'coming' | 'arrived'
  readonly answeredAt: EpochMs | null
  readonly minutes: Minutes | null
  readonly arriveBy: EpochMs | null
  /** No endpoint works. */
  readonly unreachable: boolean
  /** Unreachable when the turn came to them, and so never told. */
  readonly skipped: boolean
}

/** What her phone may show. Frozen at the end: after a duress PIN it is the very value of a true end. */
export type WorkerView = {
  readonly alarm: AlarmId
  readonly kind: Kind
  readonly openedAt: EpochMs
  readonly pressedAt: EpochMs
  readonly doubt: Doubt
  readonly phase: 'calling' | 'helped' | 'nobody-yet' | 'unresolved' | 'ended'
  /** Index of the newest step told, from 0. */
  readonly step: number
  readonly steps: number
  /** When the next step is told if nobody accepts; null when no step follows by time. */
  readonly nextAt: EpochMs | null
  readonly rows: readonly WorkerRow[]
  readonly facts: readonly Note[]
  readonly counts: { readonly told: number, readonly shown: number, readonly coming: number, readonly arrived: number }
  readonly saidSafe: EpochMs | null
  /** It was raised by a check-in that was not answered, by nothing else so far. */
  readonly missed: MissedSeen | null
  /** A responder who arrived said it is over; her PIN or another responder confirms. */
  readonly overSaidAt: EpochMs | null
  readonly ended: { readonly at: EpochMs, readonly why: Closing } | null
}

/** The end as anyone unmarked may perceive it. `settled`: stand-downs are no longer retried, phones show nothing. */
export type Ended = { readonly at: EpochMs, readonly settleAt: EpochMs, readonly settled: boolean, readonly view: WorkerView }

export type Alarm = {
  readonly version: 1
  readonly id: AlarmId
  readonly lane: Lane
  /** The strongest kind pressed so far. */
  readonly kind: Kind
  readonly openedAt: EpochMs
  readonly steps: readonly { readonly waitMs: number }[]
  /** Every press heard, first one first; bounded by `PRESSES_MOST`. */
  readonly presses: readonly Press[]
  readonly people: readonly Person[]
  readonly phase: Phase
  readonly over: Over | null
  readonly saidSafe: EpochMs | null
  /** When everyone had declined and was asked again; at most half-hourly (R10). */
  readonly askedAllAt: EpochMs | null
  /** A duress PIN was given: the alarm goes on among those marked. */
  readonly duress: boolean
  readonly ended: Ended | null
  /** Oldest first; bounded by `FACTS_MOST`. */
  readonly facts: readonly Note[]
}

export type AlarmEvent =
  | { readonly is: 'pressed', readonly press: Press }
  /** What is known about a press's time or authenticity has changed. */
  | { readonly is: 'doubted', readonly press: PressId, readonly doubt: Doubt }
  | { readonly is: 'receipt', readonly from: ResponderId, readonly n: number, readonly level: Level }
  | { readonly is: 'reach', readonly of: ResponderId, readonly reach: Reach }
  | { readonly is: 'coming', readonly from: ResponderId, readonly minutes: Minutes }
  | { readonly is: 'cannot' | 'arrived' | 'need-more' | 'over', readonly from: ResponderId }
  | { readonly is: 'left', readonly who: ResponderId }
  | { readonly is: 'revoked', readonly consent: ConsentId }
  | { readonly is: 'said-safe' }
  | { readonly is: 'pin', readonly pin: 'true' | 'duress' }
  | { readonly is: 'superseded' | 'her-lanes-over' }
  | { readonly is: 'time' }

/** Raising goes now; whatever reassures, and whatever reaches an authority, waits for the durable row (R1, R6). */
export type Effect =
  | { readonly when: 'now', readonly do: 'tell', readonly to: Trusted, readonly n: number, readonly what: AlertWhat }
  | { readonly when: 'durable', readonly do: 'tell', readonly to: Authority, readonly n: number, readonly what: AlertWhat }
  | { readonly when: 'durable', readonly do: 'tell', readonly to: Recipient, readonly n: number, readonly what: CalmWhat }
  | { readonly when: 'now', readonly do: 'warn', readonly reason: Reason }

/** A fault of the programmer, never of the world: a union grew and a switch did not. */
export class AlarmFault extends Error {
  readonly code = 'ALARM_FAULT'
  constructor (message: string) {
    super(message)
    this.name = 'AlarmFault'
  }
}

export function assertNever (value: never): never {
  throw new AlarmFault(`no case for ${JSON.stringify(value)}`)
}
