/** One hand on one button, or one promise that was missed; and the key that names it in everybody's streams. */
import type { Cause, LostWhy } from './replication.ts'
import type { Room, Worker } from './world.ts'

const CAUSES: readonly Cause[] = ['incident', 'accident', 'test']
/** A key holds which worker of which room of the venue, which cause, and the how-manieth of that cause. */
export const ORDINALS_MOST = 2 ** 16
/** A stream of one person tells apart so many tellings, sendings or answers of one press. */
export const OF_ONE_PRESS = 1_024

export type Press = {
  /** In the replication, by time. */
  number: number
  readonly room: Room
  /** Who was on shift when the hand pressed (R7). */
  readonly worker: Worker
  /** Names this press in the streams of everybody: no other room's, and no other cause's, number moves it. */
  readonly key: number
  readonly cause: Cause
  readonly at: number
  readonly silent: boolean
  /** Her own quiet check (`assist`). */
  readonly quiet: boolean
  /** Nobody pressed: a promise to say "I am fine" was missed, and the service knows by itself. */
  readonly isMissed: boolean
  /** Over by itself. At the press itself where nobody is in danger. */
  readonly safeAt: number
  readonly forcedAt: number | null
  readonly againAt: number | null
  readonly cancelAt: number | null
  /** She says that she is safe, without her PIN. */
  readonly saysSafeAt: number | null
  /** From danger over, or help there, to her PIN. */
  readonly pinMs: number
  /** When the service has it, and what was in the way first. Asked once, equal for all policies. */
  heard: { readonly at: number, readonly why: LostWhy | null } | null
  heardAgain: { readonly at: number, readonly why: LostWhy | null } | null
}

/**
 * When she herself would have ended it, had nobody come: she takes it back, or the danger is over by itself and she gives
 * her PIN. Whatever the service has heard of it; Infinity: never.
 */
export function neededUntil ({ cause, cancelAt, safeAt, pinMs }: Press): number {
  return Math.min(cancelAt ?? Infinity, cause === 'incident' ? safeAt + pinMs : Infinity)
}

/** What an incident or a missed promise adds to a hand on a button. */
export type Story = Partial<Pick<Press, 'silent' | 'quiet' | 'isMissed' | 'safeAt' | 'forcedAt' | 'againAt' | 'saysSafeAt'>>

/** The one place where a press is made: of one shape for the machine, whatever its story. */
export function pressOf (worker: Worker, cause: Cause, ordinal: number, at: number, cancelAt: number | null, pinMs: number, story: Story = {}): Press {
  const { silent = false, quiet = false, isMissed = false, safeAt = at, forcedAt = null, againAt = null, saysSafeAt = null } = story
  const { room, inRoom } = worker
  const hand = inRoom * room.venue.type.rooms + room.inVenue
  const key = (hand * CAUSES.length + CAUSES.indexOf(cause)) * ORDINALS_MOST + Math.min(ordinal, ORDINALS_MOST - 1)
  return { number: 0, room, worker, key, cause, at, silent, quiet, isMissed, safeAt, forcedAt, againAt, cancelAt, saysSafeAt, pinMs, heard: null, heardAgain: null }
}
