/**
 * The words of the alarm core. Imports nothing: the service runs these types, the simulator runs them
 * for years of virtual time, property tests attack them.
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
export type Press = { readonly id: PressId, readonly kind: Kind, readonly pressedAt: EpochMs, readonly doubt: Doubt }

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

export type AlarmEvent =
  | { readonly is: 'pressed', readonly press: Press }
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

export type Effect =
  | { readonly when: 'now', readonly do: 'tell', readonly to: Trusted, readonly n: number, readonly what: AlertWhat }
  | { readonly when: 'durable', readonly do: 'tell', readonly to: Authority, readonly n: number, readonly what: AlertWhat }
  | { readonly when: 'durable', readonly do: 'tell', readonly to: Recipient, readonly n: number, readonly what: CalmWhat }
  | { readonly when: 'now', readonly do: 'warn', readonly reason: Reason }

export type Reason = string
