import type { ConfigBody, EventId, Feedback, StateBody } from './bodies.ts'
import { sameEvent } from './event-key.ts'

/** What a button knows when a downlink arrives. */
export type ButtonView = {
  readonly boot: number
  /** dseq of the newest state or config taken in this boot; 0: none. */
  readonly dseq: number
  readonly uptimeMs: number
  /** Events not yet clear. */
  readonly holds: readonly EventId[]
}
export type Taking = { readonly takes: true } | { readonly takes: false, readonly why: 'BOOT_FOREIGN' | 'DSEQ_NOT_NEWER' | 'EVENT_NOT_HELD' | 'EXPIRED' }

/**
 * Whether a button may take a `state`. A state that has expired on its way is not taken, whatever it says, except
 * `all-clear` and `test-ok`, which don't expire: an old "help is coming" must not light up.
 */
export function takesState (view: ButtonView, state: StateBody): Taking {
  const counters = takesConfig(view, state)
  if (!counters.takes) return counters
  if (!view.holds.some((event) => sameEvent(event, state.event))) return { takes: false, why: 'EVENT_NOT_HELD' }
  return expired(state, view.uptimeMs) ? { takes: false, why: 'EXPIRED' } : { takes: true }
}

/** Whether a button may take a `config`: its own boot and a newer dseq. */
export function takesConfig (view: ButtonView, config: Pick<ConfigBody, 'boot' | 'dseq'>): Taking {
  if (config.boot !== view.boot) return { takes: false, why: 'BOOT_FOREIGN' }
  return config.dseq > view.dseq ? { takes: true } : { takes: false, why: 'DSEQ_NOT_NEWER' }
}

/** What a state that the button holds means now: a `coming` that nobody renewed falls back to `received`. */
export function feedbackAt (state: Pick<StateBody, 'feedback' | 'heardMs' | 'ttlS'>, uptimeMs: number): Feedback {
  return state.feedback === 'coming' && expired(state, uptimeMs) ? 'received' : state.feedback
}

/** After these the event leaves flash and is sent no more. */
export function clears (feedback: Feedback): boolean {
  return feedback === 'all-clear' || feedback === 'test-ok'
}

function expired (state: Pick<StateBody, 'feedback' | 'heardMs' | 'ttlS'>, uptimeMs: number): boolean {
  return !clears(state.feedback) && uptimeMs >= state.heardMs + 1000 * state.ttlS
}
