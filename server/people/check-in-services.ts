/** Check-ins (R17): a promise to say "I am fine" by a time. Part of `services.ts`. */
import type { WorkerHome } from '../notify/ports.ts'
import type { Done, Refused, WorkerId } from './words.ts'

export type Then = 'assist' | 'alarm'
/** `graceMs`: from overdue to raised. */
export type CheckInWish = { readonly forMs: number, readonly graceMs: number, readonly then: Then }
/** Which PIN stands behind her word; `unset`: she has none, and is asked for none. */
export type ByPin = 'true' | 'duress' | 'unset'
export type CheckInShown = NonNullable<WorkerHome['checkIn']>

export interface CheckInService {
  /** What her own page shows; null: nothing is promised. From memory. */
  of (worker: WorkerId): CheckInShown | null
  /** false: the disk fails, and what she has answered holds from memory (R1). */
  isSaved (worker: WorkerId): boolean
  /** Never from memory: `PROMISE_NOT_SAVED` says that nothing is promised. */
  make (worker: WorkerId, wish: CheckInWish): Promise<Done | Refused<'PROMISE_NOT_SAVED' | 'WORKER_NOT_FOUND' | 'CHECK_IN_RUNNING' | 'CHECK_IN_RANGE' | 'GRACE_RANGE' | 'CIRCLE_EMPTY'>>
  /**
   * "I am fine." Also when nothing is promised any more: said twice it is as good as once, and it ends an alarm that this
   * promise has raised meanwhile, as her PIN does. Under duress it shows the same, and the promise falls due unseen.
   * Resolves when it is on disk, or after 5 s of a failing one with `saved: false`.
   */
  confirm (worker: WorkerId, pin: ByPin): Promise<Done<{ saved: boolean }> | Refused<'PIN_UNSET'>>
  /** Another promise in the place of this one, from now on. Under duress the old one falls due unseen. */
  extend (worker: WorkerId, forMs: number, pin: ByPin): Promise<Done<{ saved: boolean }> | Refused<'CHECK_IN_NOT_FOUND' | 'CHECK_IN_RANGE'>>
  /** Her shift is over, and with it what she promised for it. `locked`: nobody has proven to be her; it stays. */
  shiftEnded (worker: WorkerId, pin: ByPin | 'locked'): Promise<void>
  /** Her phone gave a sign of life. `shown`: in answer to a reminder. */
  heard (worker: WorkerId, shown: boolean): void
}
