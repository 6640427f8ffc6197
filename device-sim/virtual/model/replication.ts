/** What one replication of one policy came to: rows for the data package, and the measures of that replication. Times in virtual seconds from the start. */
import type { Closing } from '../../../server/alarm/alarm.ts'
import type { MeasureName } from '../../scenario/scenario.ts'

export type Cause = 'incident' | 'accident' | 'test'
export type LostWhy = 'battery' | 'button' | 'gateway' | 'power' | 'network' | 'service'

/** One press episode: what was pressed first, and what became of it. null: it did not happen (until the end of the run). */
export type PressRow = {
  readonly press: number
  readonly venue: string
  readonly venueNumber: number
  readonly room: number
  /** Whose press it was: which of those who take turns in the room, from 1. */
  readonly worker: number
  readonly cause: Cause
  readonly silent: boolean
  /** A quiet check (`assist`): her own, or one that a missed promise raised. */
  readonly quiet: boolean
  /** Nobody pressed: a promise to say "I am fine" was missed, at `pressedAt`. */
  readonly missed: boolean
  readonly night: boolean
  readonly forced: boolean
  readonly pressedAt: number
  /** Her hand, once more; she gave her duress PIN; she said "I am safe" without a PIN. */
  readonly pressedAgainAt: number | null
  readonly forcedAt: number | null
  readonly saidSafeAt: number | null
  readonly receivedAt: number | null
  readonly firstAlertAt: number | null
  readonly firstShownAt: number | null
  readonly firstSeenAt: number | null
  readonly acceptedAt: number | null
  readonly arrivedAt: number | null
  /** When she herself would have ended it, had nobody come; whatever the service has heard of it. Null: never. */
  readonly neededUntil: number | null
  readonly cancelledAt: number | null
  readonly closedAt: number | null
  readonly closing: Closing | null
  /** Steps told, counted from 1; 0: none. */
  readonly steps: number
  readonly told: number
  readonly tellings: number
  readonly wakings: number
  readonly trips: number
  readonly arrivals: number
  readonly redundantArrivals: number
  readonly lostWhy: LostWhy | null
}
/** One responder over the whole horizon. */
export type BurdenRow = {
  readonly venue: string
  readonly venueNumber: number
  readonly role: string
  readonly responder: number
  readonly months: number
  readonly alerts: number
  readonly wakings: number
  readonly trips: number
  readonly needlessTrips: number
}
/** All rooms of one kind of venue in one month (30 days) of the horizon; room-seconds. */
export type AvailabilityRow = { readonly venue: string, readonly month: number, readonly roomS: number, readonly upS: number, readonly undetectedS: number }
/** An invariant that broke: `authority_contact` without consent, a telling to somebody outside the circle, an alarm that ended silently. */
export type Breach = { readonly code: string, readonly press: number, readonly said: string }

export type Replication = {
  readonly policy: string
  readonly replication: number
  readonly presses: readonly PressRow[]
  readonly burden: readonly BurdenRow[]
  readonly availability: readonly AvailabilityRow[]
  /** null: nothing to measure it on (no press at all). */
  readonly measures: Readonly<Record<MeasureName, number | null>>
  readonly breaches: readonly Breach[]
  /** Events of the kernel, for the speed. */
  readonly events: number
}

/** One line of one alarm's story, for `replay` and for live = virtual. */
export type Moment = { readonly at: number, readonly what: string, readonly who?: string, readonly more?: Readonly<Record<string, string | number | boolean | null>> }
