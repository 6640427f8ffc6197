import { REPLAY_PROOF_MS } from './limits.ts'

/** A press that came with a stale counter: a button that lost its flash, or a recording. It escalates either way. */
export type Suspicion = {
  readonly sinceMs: number
  /** Nonce of the `sync` that asked; eight bytes. */
  readonly nonce: Uint8Array
  readonly is: 'waiting' | 'proven' | 'may-be-replay'
}

export type ProofFact =
  /** The same event came in a frame whose counter was accepted. */
  | { readonly is: 'event-accepted' }
  /** An accepted hello; the button sends it after every event it holds. */
  | { readonly is: 'hello', readonly nonce: Uint8Array | undefined }
  | { readonly is: 'time', readonly nowMs: number }

/**
 * "Unless the event has come again in an accepted frame by then, or within 30 s, the alarm is labelled." A proof
 * that comes late still takes the label away: a label may make people slower, so it must not outlive its reason.
 */
export function weighProof (suspicion: Suspicion, fact: ProofFact): Suspicion {
  switch (fact.is) {
    case 'event-accepted': return { ...suspicion, is: 'proven' }
    case 'hello': {
      const answers = fact.nonce !== undefined && Buffer.compare(fact.nonce, suspicion.nonce) === 0
      return answers && suspicion.is === 'waiting' ? { ...suspicion, is: 'may-be-replay' } : suspicion
    }
    case 'time': {
      const over = fact.nowMs - suspicion.sinceMs >= REPLAY_PROOF_MS
      return over && suspicion.is === 'waiting' ? { ...suspicion, is: 'may-be-replay' } : suspicion
    }
  }
}
