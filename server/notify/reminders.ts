/**
 * Reminders to her own phone, by push. Apart from the messenger of alarms, so that nothing of an alarm can ever take this
 * way; over the same lines, so that a push service is treated the same.
 */
import { createHmac } from 'node:crypto'
import type { ReminderPayload } from '../contract/reminder.ts'
import { Line } from './line.ts'
import type { LinePorts } from './line.ts'
import { ENDPOINTS_PER_PERSON_MAX, MINIMAL_PAYLOAD_BYTES, PAYLOAD_BYTES, REMINDER_TTL_S, REMINDERS_MAX } from './limits.ts'
import type { EndpointId, HerPhones, PushEndpoint, Reminders, ReminderWhat, WorkerId } from './ports.ts'
import type { PushMessage } from './push.ts'
import { CATALOGS } from './text.ts'

export type ReminderPorts = LinePorts & {
  readonly phones: HerPhones
  /** Secret of this installation: without it a topic would let a push service recognise her. */
  readonly topicKey: Uint8Array
  /** Absolute address of her own page; its words say nothing (R22). */
  readonly homeUrl: () => string
  /** Her phone has been reached, as far as its kind can prove. Called later, never within `remind`. */
  readonly reached: (worker: WorkerId) => void
}

type Under = { readonly lines: Map<EndpointId, Line> }

export class ReminderPost implements Reminders {
  readonly #ports: ReminderPorts
  /** By worker and kind: the newest alone is under way. */
  readonly #under = new Map<string, Under>()
  #stopped = false

  constructor (ports: ReminderPorts) { this.#ports = ports }

  remind (worker: WorkerId, what: ReminderWhat, wanted: () => boolean = () => true): void {
    if (this.#stopped) return
    const key = JSON.stringify([worker, what])
    this.#drop(key)
    if (this.#under.size >= REMINDERS_MAX) {
      this.#ports.log.warn({ code: 'REMINDERS_FULL' }, 'too many reminders are under way; this one is left out')
      return
    }
    try {
      this.#send(key, worker, what, wanted)
    } catch {
      this.#ports.log.warn({ code: 'REMINDER_FAULT' }, 'a reminder could not be sent')
    }
  }

  stop (): void {
    this.#stopped = true
    for (const key of [...this.#under.keys()]) this.#drop(key)
  }

  #send (key: string, worker: WorkerId, what: ReminderWhat, wanted: () => boolean): void {
    const under: Under = { lines: new Map() }
    for (const endpoint of this.#ports.phones.of(worker).slice(0, ENDPOINTS_PER_PERSON_MAX)) {
      under.lines.set(endpoint.id, this.#line(key, under, { worker, what, wanted, endpoint }))
    }
    if (under.lines.size === 0) return
    this.#under.set(key, under)
    for (const line of [...under.lines.values()]) line.begin()
  }

  #line (key: string, under: Under, { worker, what, wanted, endpoint }: { worker: WorkerId, what: ReminderWhat, wanted: () => boolean, endpoint: PushEndpoint }): Line {
    const letter = { ttlS: REMINDER_TTL_S, wanted, permitted: null, message: (minimal: boolean) => this.#message(worker, what, endpoint, minimal) }
    return new Line({
      ports: this.#ports,
      endpoint,
      letter: () => letter,
      events: {
        attempted: () => {},
        // A 201 is no sign of life of a phone that would have said "shown" (R3).
        accepted: () => { if (!endpoint.provesShown) queueMicrotask(() => { this.#ports.reached(worker) }) },
        dead: () => { this.#dead(endpoint) },
        over: () => {
          under.lines.delete(endpoint.id)
          if (under.lines.size === 0 && this.#under.get(key) === under) this.#under.delete(key)
        }
      }
    })
  }

  #dead (endpoint: PushEndpoint): void {
    this.#ports.log.info({ code: 'PUSH_ENDPOINT_DEAD' }, 'a push service has forgotten a subscription')
    this.#ports.phones.dead(endpoint.id)
  }

  #drop (key: string): void {
    const under = this.#under.get(key)
    this.#under.delete(key)
    for (const line of under?.lines.values() ?? []) line.stop()
  }

  #message (worker: WorkerId, what: ReminderWhat, endpoint: PushEndpoint, minimal: boolean): PushMessage {
    const topic = createHmac('sha256', this.#ports.topicKey).update(JSON.stringify(['reminder-topic', worker, what])).digest().subarray(0, 16).toString('base64url')
    const bytes = Buffer.from(JSON.stringify(payloadOf(what, endpoint, topic, this.#ports)))
    const size = minimal ? MINIMAL_PAYLOAD_BYTES : PAYLOAD_BYTES
    // As long as an alarm's: the size says nothing to the push service.
    return { payload: Buffer.concat([bytes, Buffer.alloc(Math.max(size - bytes.length, 0), ' ')]), ttlS: REMINDER_TTL_S, topic }
  }
}

function payloadOf (what: ReminderWhat, endpoint: PushEndpoint, tag: string, { homeUrl, clock }: ReminderPorts): ReminderPayload {
  const catalog = CATALOGS[endpoint.language]
  const isDiscreet = endpoint.text === 'discreet'
  const { title, body } = isDiscreet ? { title: catalog.discreet.title, body: what === 'drill-due' || what === 'somebody-left' ? catalog.discreet.calm : catalog.discreet.now } : catalog.reminder[what]
  const url = homeUrl()
  return {
    v: 1,
    web_push: 8030,
    notification: { title, body, navigate: url, lang: endpoint.language, tag },
    what: isDiscreet ? null : what,
    title,
    body,
    tag,
    url,
    ts: clock.now()
  }
}
