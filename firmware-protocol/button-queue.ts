import type { PressKind, SyncBody } from './bodies.ts'
import { BOOT_LEAP_MAX, EVENTS_HELD_MAX, MERGE_WITHIN_MS, RETRY_FIRST_MS, RETRY_OFTEN_FOR_MS, RETRY_OFTEN_MS, RETRY_SLOW_MS } from './limits.ts'
import { COUNT_MAX } from './wire.ts'

/** What a held event is, as far as merging and dropping ask. */
export type HeldKind = PressKind | 'fault'

/**
 * Whether a further press belongs to an event that is held: equal kind, within 2 s of that event's first press, and
 * nothing heard about it yet. Any other press is an event of its own.
 */
export function merges (held: { readonly kind: HeldKind, readonly pressedMs: number, readonly answered: boolean }, kind: PressKind, nowMs: number): boolean {
  return held.kind === kind && !held.answered && nowMs - held.pressedMs <= MERGE_WITHIN_MS
}

/**
 * Which event to let go when one more than 16 is held: the oldest fault, else the oldest test, else the second-oldest
 * press, for the oldest says since when she has been calling. The newcomer is among the candidates.
 * @param kinds oldest first, the newcomer last
 * @returns its index, or null while there is room. Whoever drops one also sends `events-lost`.
 */
export function dropsAt (kinds: readonly HeldKind[]): number | null {
  if (kinds.length <= EVENTS_HELD_MAX) return null
  const fault = kinds.indexOf('fault')
  if (fault >= 0) return fault
  const test = kinds.indexOf('test')
  return test >= 0 ? test : 1
}

/**
 * How long after its previous sending an unanswered event is sent again (at once on reconnect, whatever this says).
 * @param sent how often it has been sent, >= 1
 * @param sinceFirstMs time since its first sending
 */
export function retryWaitMs (sent: number, sinceFirstMs: number): number {
  return RETRY_FIRST_MS[sent - 1] ?? (sinceFirstMs < RETRY_OFTEN_FOR_MS ? RETRY_OFTEN_MS : RETRY_SLOW_MS)
}

export type SyncAnswer =
  /** Send each held event, then hello with the nonce. */
  | { readonly is: 'answer' }
  /** First store this boot, restart seq at 1, reconnect with a new will; then answer. */
  | { readonly is: 'restart', readonly boot: number }
  /** The counter is used up; it never wraps. Answer, and be enrolled again under a new label. */
  | { readonly is: 'worn-out' }

/** What a button does about a `sync`. Every button answers. */
export function answerSync (boot: number, sync: Pick<SyncBody, 'known'>): SyncAnswer {
  if (boot > sync.known && boot <= sync.known + BOOT_LEAP_MAX) return { is: 'answer' }
  return sync.known < COUNT_MAX ? { is: 'restart', boot: sync.known + 1 } : { is: 'worn-out' }
}
