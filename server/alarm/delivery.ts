/**
 * How often a telling is handed to a transport, and when that stops: pure, so that the service and the simulator run the
 * same policy. The core decides who is told what; this decides how hard one endpoint is tried.
 * @see RFC 8030 §5 (push), §5.2 (TTL)
 */
import { assertNever } from './alarm.ts'
import type { What } from './alarm.ts'

/** How one attempt ended: an HTTP status of the push service, or no answer at all within the time-out. */
export type Attempt = { readonly is: 'status', readonly status: number, readonly retryAfterMs: number | null } | { readonly is: 'no-answer' }

export type Verdict =
  /** `service-accepted`, and nothing more than that (R3). */
  | { readonly do: 'stop', readonly why: 'accepted' }
  /** 404, 410: this endpoint is gone for good, and its person's reach may be. */
  | { readonly do: 'stop', readonly why: 'dead' }
  /** Our own fault, or a reply nobody should follow: keep the endpoint, warn the operator, don't hammer. */
  | { readonly do: 'stop', readonly why: 'ours' }
  /** 413: the same telling with the shortest text; a second 413 is ours. */
  | { readonly do: 'resend-minimal' }
  /** Other endpoints are used meanwhile. */
  | { readonly do: 'retry', readonly afterMs: number }

const retriesMs: readonly number[] = [500, 1_000, 2_000, 4_000]
const retryMostMs = 4_000
/** 429 without a usable Retry-After. */
const busyMs = 10_000

/** From the failure number `failures` (the first is 1) to the next attempt, ms. */
export function retryMs (failures: number): number {
  return retriesMs[Math.max(failures, 1) - 1] ?? retryMostMs
}

/** What to do after an attempt. `failures` counts this one if it failed; `minimal`: the short text was already sent. */
export function judge (attempt: Attempt, failures: number, minimal: boolean): Verdict {
  if (attempt.is === 'no-answer') return { do: 'retry', afterMs: retryMs(failures) }
  const { status, retryAfterMs } = attempt
  if (status >= 200 && status <= 299) return { do: 'stop', why: 'accepted' }
  if (status === 404 || status === 410) return { do: 'stop', why: 'dead' }
  if (status === 413) return minimal ? { do: 'stop', why: 'ours' } : { do: 'resend-minimal' }
  if (status === 429) return { do: 'retry', afterMs: retryAfterMs ?? busyMs }
  if (status >= 500 || status === 408 || status === 425) return { do: 'retry', afterMs: retryMs(failures) }
  return { do: 'stop', why: 'ours' }
}

/**
 * How long a push service keeps it for a phone that is off, and how long we go on trying, s. A question that nobody
 * needs to answer any more must not ring; what replaces an alert outlives it.
 */
export function ttlS (what: What): number {
  switch (what) {
    case 'alert':
    case 'again':
    case 'duress':
    case 'ask-over':
    case 'stand-down': return 300
    case 'ask-arrival':
    case 'coming': return 60
    default: return assertNever(what)
  }
}
