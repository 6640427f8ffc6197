import type { Client } from 'aedes'
import type { SentDown } from '../firmware-protocol/bodies.ts'
import { encodeDown } from '../firmware-protocol/codec.ts'
import { eventKey } from '../firmware-protocol/event-key.ts'
import type { Did } from '../firmware-protocol/ids.ts'
import { COMING_TTL_S } from '../firmware-protocol/limits.ts'
import { downTopic } from '../firmware-protocol/topics.ts'
import type { Connections } from './connections.ts'
import type { Counts } from './counts.ts'
import { CLEAR_TTL_S, CONFIG_EVERY_MS, DOWNLINK_BUFFER_MAX_BYTES, DRAIN_LOOK_MS, DRAIN_WITHIN_MS, EVENTS_REMEMBERED_MAX, NEWS_TTL_S } from './limits.ts'
import type { Memory } from './memory.ts'
import type { ButtonEvent, Buttons, Clock, Feedback, House, KnownButton, Light, Log, MonoMs } from './ports.ts'
import { assertNever } from './problem.ts'
import type { Safely } from './safely.ts'

/** Whose counters a state must carry to be taken: a stale frame's own, in its answer only. */
export type AnswerTo = { readonly boot: number, readonly heardMs: number }
type Wish = KnownButton['wish']

/** What one button is to be told; facts to look up when it can be sent, never states that wait. */
type Owed = {
  client: Client | null
  /** `all`: every open event; `changed`: those whose light differs from what this connection was last sent. */
  lights: 'none' | 'changed' | 'all'
  readonly events: Map<string, { readonly event: ButtonEvent, readonly to: AnswerTo | null }>
  config: boolean
  sync: Uint8Array | null
  sending: boolean
  waitingSince: MonoMs | null
  readonly sent: Map<string, Feedback>
  /** The highest dseq that the button said it holds. */
  shown: number
}

export type OutboundParts = {
  readonly house: House
  readonly buttons: Buttons
  readonly clock: Clock
  readonly memory: Memory
  readonly connections: Connections
  readonly counts: Counts
  readonly log: Log
  readonly safely: Safely
}

/**
 * What the service says to buttons: the newest state, read from the house at the moment of sending. There is no queue:
 * a button that is away is told when it comes back, one that does not read is told the newest once it does.
 */
export class Outbound {
  readonly #parts: OutboundParts
  readonly #owed = new Map<Did, Owed>()
  /** What each button's newest hello says it does. */
  readonly #agreed = new Map<Did, Wish>()
  readonly #configuredAt = new Map<Did, MonoMs>()

  constructor (parts: OutboundParts) { this.#parts = parts }

  /** The present state of every open event. */
  tellAll (did: Did): void {
    this.#of(did).lights = 'all'
    this.#flush(did)
  }

  /**
   * The button says which state it holds. Its first word of a state is the receipt: answering that with a new state, which
   * would be taken and receipted in its turn, would go on for ever. Said again, it asks for the present state of all.
   */
  seen (did: Did, shown: number): void {
    const owed = this.#of(did)
    const isReceipt = shown > owed.shown
    owed.shown = Math.max(owed.shown, shown)
    if (isReceipt) this.tellChanged(did)
    else this.tellAll(did)
  }

  tellChanged (did: Did): void {
    const owed = this.#of(did)
    if (owed.lights === 'none') owed.lights = 'changed'
    this.#flush(did)
  }

  /** The present state of one event, in answer to a frame that carried it. */
  answer (did: Did, event: ButtonEvent, to: AnswerTo | null): void {
    const { events } = this.#of(did)
    const key = eventKey(did, event)
    const [oldest] = events.keys()
    if (!events.has(key) && events.size >= EVENTS_REMEMBERED_MAX && oldest !== undefined) events.delete(oldest)
    events.set(key, { event, to })
    this.#flush(did)
  }

  sync (did: Did, nonce: Uint8Array): void {
    this.#of(did).sync = nonce
    this.#flush(did)
  }

  /** The button has said what it does now. */
  agree (did: Did, does: Wish): void {
    this.#agreed.set(did, does)
    this.remindConfig(did)
  }

  /** Tells the wish unless the newest hello agrees, or it was told just now. */
  remindConfig (did: Did): void {
    const told = this.#configuredAt.get(did)
    if (told === undefined || this.#parts.clock.mono() - told >= CONFIG_EVERY_MS) this.tellConfig(did)
  }

  /** The wish has changed. */
  tellConfig (did: Did): void {
    this.#of(did).config = true
    this.#flush(did)
  }

  forget (did: Did): void {
    this.#owed.delete(did)
    this.#agreed.delete(did)
    this.#configuredAt.delete(did)
  }

  #flush (did: Did): void {
    this.#parts.safely(() => { this.#tell(did) })
  }

  #tell (did: Did): void {
    const { connections, buttons } = this.#parts
    const owed = this.#of(did)
    const client = connections.listener(did)
    const button = buttons.find(did)
    if (button === null) {
      settle(owed)
      return
    }
    // A button sends its events before its SUBSCRIBE is in force. What it is owed is no message that grows old: what there
    // is to say is looked up when it can be said, and there is room for so many events only.
    if (client === null) return
    if (owed.client !== client) this.#begin(owed, client)
    if (owed.sending || owed.waitingSince !== null) return
    if (client.conn.writableLength > DOWNLINK_BUFFER_MAX_BYTES) {
      this.#waitForDrain(did, owed, client)
      return
    }
    const bodies = this.#bodies(did, button, owed)
    settle(owed)
    this.#send(did, button, owed, client, bodies)
  }

  /** A new connection: nothing of the old one is under way, and nothing has been shown on it. */
  #begin (owed: Owed, client: Client): void {
    owed.client = client
    owed.sending = false
    owed.waitingSince = null
    owed.sent.clear()
  }

  #send (did: Did, button: KnownButton, owed: Owed, client: Client, bodies: readonly SentDown[]): void {
    const payloads = bodies.flatMap((body) => this.#encode(body, did, button))
    if (payloads.length === 0) return
    const topic = downTopic(did)
    let underWay = payloads.length
    owed.sending = true
    for (const payload of payloads) {
      client.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, () => {
        underWay -= 1
        if (underWay > 0 || owed.client !== client) return
        owed.sending = false
        if (isOwed(owed)) this.#flush(did)
      })
    }
  }

  /** A wish that the wire can't hold must not keep the lights from being told. */
  #encode (body: SentDown, did: Did, button: KnownButton): readonly Buffer[] {
    const { counts, log } = this.#parts
    try {
      const payload = Buffer.from(encodeDown(body, did, button.keys.down))
      counts.add(`SENT_${body.is.toUpperCase()}`)
      return [payload]
    } catch (error) {
      counts.add('DOWNLINK_UNWRITABLE')
      log.error({ code: 'DOWNLINK_UNWRITABLE', body: body.is, reason: error instanceof Error ? error.message : 'unknown' }, 'A downlink can\'t be written')
      return []
    }
  }

  #waitForDrain (did: Did, owed: Owed, client: Client): void {
    const { clock, counts } = this.#parts
    const since = clock.mono()
    owed.waitingSince = since
    const look = (): void => {
      if (owed.client !== client || client.closed) return
      if (client.conn.writableLength <= DOWNLINK_BUFFER_MAX_BYTES) {
        owed.waitingSince = null
        this.#flush(did)
      } else if (clock.mono() - since >= DRAIN_WITHIN_MS) {
        counts.add('NOT_DRAINED')
        client.conn.destroy()
      } else clock.after(DRAIN_LOOK_MS, look)
    }
    clock.after(DRAIN_LOOK_MS, look)
  }

  #bodies (did: Did, button: KnownButton, owed: Owed): readonly SentDown[] {
    const { memory } = this.#parts
    const ear = memory.ear(did)
    const bodies: SentDown[] = owed.sync === null ? [] : [{ is: 'sync', nonce: owed.sync, known: ear.window.boot }]
    const here: AnswerTo = { boot: ear.window.boot, heardMs: ear.heardMs }
    const lights = this.#lights(did, owed)
    if (owed.config && here.boot > 0 && this.#disagrees(did, button.wish)) {
      const dseq = this.#dseq(did)
      if (dseq !== null) {
        this.#configuredAt.set(did, this.#parts.clock.mono())
        bodies.push({ is: 'config', ...here, dseq, ...button.wish })
      }
    }
    for (const { light, to } of lights) {
      // Before the first frame of this life of the service nobody knows the button's uptime: its hello is about to come.
      if ((to ?? here).boot === 0 || (to === null && ear.heardMs === 0)) continue
      const dseq = this.#dseq(did)
      if (dseq === null) break
      owed.sent.set(eventKey(did, light.event), light.feedback)
      bodies.push({ is: 'state', ...(to ?? here), dseq, event: light.event, feedback: light.feedback, ttlS: ttlOf(light.feedback) })
    }
    return bodies
  }

  #lights (did: Did, owed: Owed): readonly { readonly light: Light, readonly to: AnswerTo | null }[] {
    const { house } = this.#parts
    const answers = [...owed.events.values()].flatMap(({ event, to }) => {
      const light = house.lightOf(did, event)
      return light === null ? [] : [{ light, to }]
    })
    if (owed.lights === 'none') return answers
    const others = house.lightsOf(did).filter(({ event, feedback }) => {
      const key = eventKey(did, event)
      return !owed.events.has(key) && (owed.lights === 'all' || owed.sent.get(key) !== feedback)
    })
    return [...answers, ...others.slice(-EVENTS_REMEMBERED_MAX).map((light) => ({ light, to: null }))]
  }

  /** null: none is on disk yet, and everything is told again when one is. */
  #dseq (did: Did): number | null {
    const { memory, counts } = this.#parts
    const dseq = memory.takeDseq(did)
    if (dseq !== null) return dseq
    counts.add('DSEQ_AWAITED')
    void memory.saved(did).then(() => {
      if (!memory.hasDseq(did)) return
      this.#of(did).config = true
      this.tellAll(did)
    })
    return null
  }

  #disagrees (did: Did, wish: Wish): boolean {
    const does = this.#agreed.get(did)
    return does !== undefined && (does.beatS !== wish.beatS || does.mode !== wish.mode)
  }

  #of (did: Did): Owed {
    const known = this.#owed.get(did)
    if (known !== undefined) return known
    const fresh: Owed = { client: null, lights: 'none', events: new Map(), config: false, sync: null, sending: false, waitingSince: null, sent: new Map(), shown: 0 }
    this.#owed.set(did, fresh)
    return fresh
  }
}

function settle (owed: Owed): void {
  owed.lights = 'none'
  owed.events.clear()
  owed.config = false
  owed.sync = null
}

function isOwed (owed: Owed): boolean {
  return owed.lights !== 'none' || owed.events.size > 0 || owed.config || owed.sync !== null
}

/** A reassurance must not outlive its proof; what ends an event does not expire. */
function ttlOf (feedback: Feedback): number {
  switch (feedback) {
    case 'coming': return COMING_TTL_S
    case 'received':
    case 'no-answer-yet': return NEWS_TTL_S
    case 'all-clear':
    case 'test-ok': return CLEAR_TTL_S
    default: return assertNever(feedback)
  }
}
