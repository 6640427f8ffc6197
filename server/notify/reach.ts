/** Whether a responder can be reached at all, and whether a missing `shown` would mean something. */
import type { Clock } from '../clock/clock.ts'
import type { Receipts } from '../engine/ports.ts'
import type { Endpoints, Log, PushEndpoint, Reach, ResponderId } from './ports.ts'

/**
 * `none`: nothing works. `unknown`: one endpoint at least can't prove `shown` (iPhones may not: R3). `provable`: all can.
 * An open page can: it shows and says so.
 */
export function reachOf (endpoints: readonly Pick<PushEndpoint, 'provesShown'>[], sockets: number): Reach {
  if (endpoints.length === 0 && sockets === 0) return 'none'
  return endpoints.every((endpoint) => endpoint.provesShown) ? 'provable' : 'unknown'
}

/** A page that reloads, or a phone that changes networks, is back by then. */
export const SOCKET_GRACE_MS = 10_000
/** Responders whose last reported reach is remembered; beyond it the oldest is simply reported again. */
export const REACH_REMEMBERED_MAX = 50_000

export type ReachPorts = {
  readonly endpoints: Pick<Endpoints, 'of'>
  /** Live sockets of this responder in this process. */
  readonly sockets: (responder: ResponderId) => number
  /** Whether an endpoint may be posted to at all. */
  readonly allowed: (endpoint: PushEndpoint) => boolean
  readonly report: Pick<Receipts, 'reach'>
  readonly clock: Clock
  readonly log: Log
}

/** Knows everybody's reach and reports what changes. Reports never come within the call that caused them. */
export class ReachWatch {
  readonly #ports: ReachPorts
  readonly #reported = new Map<ResponderId, Reach>()
  readonly #lostAt = new Map<ResponderId, () => void>()

  constructor (ports: ReachPorts) { this.#ports = ports }

  /**
   * The reach at this moment. From memory, never waits: plans are made with it. Nobody looks while no alarm runs: what was
   * reported last may be of another night, and a plan made with the truth must not be left to be compared with it.
   */
  of (responder: ResponderId): Reach {
    const reach = this.#now(responder)
    if (this.#reported.has(responder)) this.#report(responder, reach)
    return reach
  }

  #now (responder: ResponderId): Reach {
    const endpoints = this.#ports.endpoints.of(responder).filter(this.#ports.allowed)
    return reachOf(endpoints, this.#ports.sockets(responder) + (this.#lostAt.has(responder) ? 1 : 0))
  }

  /** Something may have changed: a subscription came or went, a push is due, a page opened. */
  update (responder: ResponderId): void { this.#report(responder, this.#now(responder)) }

  #report (responder: ResponderId, reach: Reach): void {
    if (this.#reported.get(responder) === reach) return
    const [oldest] = this.#reported.keys()
    if (this.#reported.size >= REACH_REMEMBERED_MAX && oldest !== undefined) this.#reported.delete(oldest)
    this.#reported.set(responder, reach)
    queueMicrotask(() => {
      try {
        this.#ports.report.reach(responder, reach)
      } catch {
        this.#ports.log.warn({ code: 'REACH_FAULT' }, 'a change of reach could not be reported')
      }
    })
  }

  opened (responder: ResponderId): void {
    this.#lostAt.get(responder)?.()
    this.#lostAt.delete(responder)
    this.update(responder)
  }

  /** The last page closed. Counted as gone only if it is not back in 10 s: a reload must not wake the next step. */
  closed (responder: ResponderId): void {
    if (this.#lostAt.has(responder)) return
    this.#lostAt.set(responder, this.#ports.clock.after(SOCKET_GRACE_MS, () => {
      this.#lostAt.delete(responder)
      this.update(responder)
    }))
  }

  /** Nobody waits for a page any more: a timer left behind would keep a stopped process alive for its 10 s. */
  stop (): void {
    for (const cancel of this.#lostAt.values()) cancel()
    this.#lostAt.clear()
  }
}
