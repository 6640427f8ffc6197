/**
 * Hands each telling to every endpoint of its responder at once: open pages first, then push, in parallel.
 *
 * Levels (R3): `attempted` when a push starts or an open page was written to; `accepted` when one push service took it.
 * A write to a socket proves nothing (a phone in a pocket holds a dead one for minutes), so it is never `accepted`: the
 * engine goes on repeating what only went to sockets until the page itself says `shown`. `shown` and `seen` come from
 * devices alone, never from here.
 */
import type { AlarmId, Level, Messenger as MessengerPort, Receipts, ResponderId, Telling, What } from '../engine/ports.ts'
import { ttlS } from '../alarm/delivery.ts'
import { Line, isPermitted } from './line.ts'
import type { Letter, LinePorts } from './line.ts'
import { ENDPOINTS_PER_PERSON_MAX, TELLINGS_MAX } from './limits.ts'
import { payloadOf, topicOf } from './payload.ts'
import type { PayloadPorts } from './payload.ts'
import type { PushMessage } from './push.ts'
import type { EndpointId, Endpoints, PushEndpoint } from './ports.ts'
import type { ReachWatch } from './reach.ts'

/** `rehearsal`: it does not ring, not even before the page knows more (R13). */
export type ToldByName = { readonly alarm: AlarmId, readonly n: number, readonly what: What, readonly rehearsal?: true }

export interface LiveTeller {
  /** Writes to every open page of this responder. Returns how many took it. */
  tell (to: ResponderId, told: ToldByName): number
}

export type MessengerPorts = LinePorts & {
  readonly endpoints: Endpoints
  readonly live: LiveTeller
  readonly receipts: Pick<Receipts, 'receipt'>
  readonly reach: Pick<ReachWatch, 'update'>
  readonly payload: PayloadPorts
}

/** What is under way for one (alarm, responder): the newest telling and its lines. */
type Errand = { telling: Telling, readonly lines: Map<EndpointId, Line | 'over'>, running: number, level: Level }

export class Messenger implements MessengerPort {
  readonly #ports: MessengerPorts
  readonly #errands = new Map<string, Errand>()
  #stopped = false

  constructor (ports: MessengerPorts) { this.#ports = ports }

  /** Tellings under way. */
  get underWay (): number { return this.#errands.size }

  tell (telling: Telling): void {
    if (this.#stopped) return
    const under = this.#errands.get(keyOf(telling))
    if (under !== undefined && under.telling.n > telling.n) return
    // Each way on its own: a fault in one must not silence the other.
    this.#guard(() => { this.#toPages(telling) })
    this.#guard(() => { this.#toEndpoints(telling, under) })
    this.#guard(() => { this.#ports.reach.update(telling.to) })
  }

  /** Hangs up and forgets: what was not accepted is told again by the engine after the next start. */
  stop (): void {
    this.#stopped = true
    for (const errand of this.#errands.values()) stopLines(errand)
    this.#errands.clear()
  }

  #toPages (telling: Telling): void {
    const write = (): void => {
      const { alarm, to, n, what } = telling
      if (this.#stopped || !telling.wanted()) return
      if (this.#ports.live.tell(to, { alarm, n, what, ...(telling.kind === 'test' ? { rehearsal: true } : {}) }) > 0) this.#report(telling, 'attempted')
    }
    if (!telling.authority) return write()
    void isPermitted(() => telling.permitted(), this.#ports.clock).then((yes) => { if (yes) this.#guard(write) })
  }

  #toEndpoints (telling: Telling, under: Errand | undefined): void {
    const endpoints = this.#ports.endpoints.of(telling.to).slice(0, ENDPOINTS_PER_PERSON_MAX)
    const same = under !== undefined && under.telling.n === telling.n
    if (under !== undefined && !same) stopLines(under)
    if (endpoints.length === 0 && !same) return this.#forget(telling)
    if (under === undefined && this.#errands.size >= TELLINGS_MAX) {
      this.#ports.log.warn({ code: 'TELLINGS_FULL', tellings: this.#errands.size }, 'too many tellings are under way; the engine will repeat this one')
      return
    }
    const errand: Errand = same ? under : { telling, lines: new Map(), running: 0, level: 'queued' }
    errand.telling = telling
    this.#errands.set(keyOf(telling), errand)
    const fresh = endpoints.filter((endpoint) => !errand.lines.has(endpoint.id))
    const lines = fresh.map((endpoint) => this.#line(errand, endpoint))
    for (const line of lines) line.begin()
  }

  #line (errand: Errand, endpoint: PushEndpoint): Line {
    const line = new Line({
      ports: this.#ports,
      endpoint,
      letter: () => this.#letter(errand.telling, endpoint),
      events: {
        attempted: () => { this.#raise(errand, 'attempted') },
        accepted: () => { this.#raise(errand, 'accepted') },
        dead: () => { this.#dead(errand.telling.to, endpoint) },
        over: () => {
          errand.lines.set(endpoint.id, 'over')
          errand.running -= 1
          if (errand.running === 0) this.#forget(errand.telling, errand)
        }
      }
    })
    errand.running += 1
    errand.lines.set(endpoint.id, line)
    return line
  }

  #letter (telling: Telling, endpoint: PushEndpoint): Letter {
    return {
      ttlS: ttlS(telling.what),
      wanted: () => telling.wanted(),
      permitted: telling.authority ? () => telling.permitted() : null,
      message: (minimal) => this.#message(telling, endpoint, minimal)
    }
  }

  /** What can't be put into words must still wake somebody. */
  #message (telling: Telling, endpoint: PushEndpoint, minimal: boolean): PushMessage {
    const { payload, log } = this.#ports
    const topic = topicOf(payload.topicKey, telling.alarm, telling.to)
    const ttl = ttlS(telling.what)
    try {
      return { payload: payloadOf(telling, endpoint, payload, minimal), ttlS: ttl, topic }
    } catch {
      log.warn({ code: 'PUSH_TEXT_FAULT' }, 'a push text could not be made; the plain one goes out')
      return { payload: payloadOf({ ...telling, card: null }, endpoint, payload, true), ttlS: ttl, topic }
    }
  }

  #forget (telling: Telling, errand?: Errand): void {
    const key = keyOf(telling)
    if (errand === undefined || this.#errands.get(key) === errand) this.#errands.delete(key)
  }

  #dead (responder: ResponderId, endpoint: PushEndpoint): void {
    this.#ports.log.info({ code: 'PUSH_ENDPOINT_DEAD' }, 'a push service has forgotten a subscription')
    this.#ports.endpoints.dead(endpoint.id)
    this.#ports.reach.update(responder)
  }

  #raise (errand: Errand, level: 'attempted' | 'accepted'): void {
    if (errand.level === 'accepted' || errand.level === level) return
    errand.level = level
    this.#report(errand.telling, level)
  }

  /** Never within `tell`: the engine is in the middle of its turn then. */
  #report ({ alarm, to, n }: Telling, level: Level): void {
    queueMicrotask(() => { this.#guard(() => { this.#ports.receipts.receipt(alarm, to, n, level) }) })
  }

  #guard (act: () => void): void {
    try {
      act()
    } catch {
      this.#ports.log.warn({ code: 'TELL_FAULT' }, 'a telling failed; the engine will repeat it')
    }
  }
}

function keyOf ({ alarm, to }: Telling): string { return JSON.stringify([alarm, to]) }

function stopLines (errand: Errand): void {
  for (const line of errand.lines.values()) if (line !== 'over') line.stop()
}
