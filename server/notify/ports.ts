/** What notify needs from people: where a responder can be reached. From memory; never waits. */
import type { Reach, ResponderId, WorkerId } from '../alarm/alarm.ts'
import type { LiveWorkerHome as WorkerHome } from '../contract/live.ts'
import type { ReminderWhat } from '../contract/reminder.ts'
import type { Language } from '../contract/words.ts'

type Brand<T, B extends string> = T & { readonly brand: B }
export type EndpointId = Brand<string, 'EndpointId'>

/** One browser's web-push subscription. */
export type PushEndpoint = {
  readonly id: EndpointId
  readonly url: string
  /** base64url, uncompressed P-256 point of 65 bytes. */
  readonly p256dh: string
  /** base64url, 16 bytes. */
  readonly auth: string
  /** What the notification may say on this device's lock screen (R22). */
  readonly text: 'full' | 'discreet'
  readonly language: Language
  /** Whether this device ever sends `shown` receipts (iPhones may not: R3). */
  readonly provesShown: boolean
}

export interface Endpoints {
  of (responder: ResponderId): readonly PushEndpoint[]
  /** The push service said 404 or 410: this endpoint is dead for good. `of` no longer lists it when this returns. */
  dead (endpoint: EndpointId): void
}

/** A worker's own devices: for reminders alone, never for an alarm. From memory; never waits. */
export interface HerPhones {
  of (worker: WorkerId): readonly PushEndpoint[]
  /** 404 or 410: dead for good. `of` no longer lists it when this returns. */
  dead (endpoint: EndpointId): void
}

/**
 * Calm reminders to her own phone. Her open pages need none: the view that they show has changed already. The newest
 * of a kind replaces the one before it. Never waits, never throws, and proves nothing by itself.
 */
export interface Reminders {
  /** @param wanted asked before each attempt: what she has answered since must not ring */
  remind (worker: WorkerId, what: ReminderWhat, wanted?: () => boolean): void
}

/** Who sits behind a live socket. */
export type Subject = { readonly is: 'worker' | 'responder' | 'technician', readonly id: string }

/** The part of pino that notify uses. Fields are counts and stable codes: never an address, a key, an id or a name. */
export interface Log {
  info (fields: Readonly<Record<string, string | number>>, message: string): void
  warn (fields: Readonly<Record<string, string | number>>, message: string): void
}

export type { Language, Reach, ReminderWhat, ResponderId, WorkerHome, WorkerId }
