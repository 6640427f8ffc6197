import type { Client, PublishPacket } from 'aedes'
import type { FaultBody, PressBody, UpBody } from '../firmware-protocol/bodies.ts'
import { decodeUp } from '../firmware-protocol/codec.ts'
import type { Refused } from '../firmware-protocol/codes.ts'
import { hear, type Heard } from '../firmware-protocol/ear.ts'
import { eventKey } from '../firmware-protocol/event-key.ts'
import type { Did } from '../firmware-protocol/ids.ts'
import type { Acknowledgements } from './acknowledge.ts'
import type { Counts } from './counts.ts'
import { EVENTS_REMEMBERED_MAX, TROUBLE_EVERY_MS } from './limits.ts'
import type { Memory } from './memory.ts'
import type { Outbound } from './outbound.ts'
import type { Buttons, Clock, EpochMs, House, MonoMs } from './ports.ts'
import type { Presence } from './presence.ts'
import { assertNever } from './problem.ts'
import type { RefusalCode } from './refusal.ts'
import type { Replays } from './replays.ts'

export type InboundParts = {
  readonly house: House
  readonly buttons: Buttons
  readonly clock: Clock
  readonly memory: Memory
  readonly outbound: Outbound
  readonly presence: Presence
  readonly replays: Replays
  readonly acknowledgements: Acknowledgements
  readonly counts: Counts
}

/** `refused` closes the connection. `null`: handled, and Aedes may acknowledge unless that was taken over. */
export type Outcome = { readonly refused: RefusalCode } | null

type Frame = { readonly did: Did, readonly client: Client | null, readonly packet: PublishPacket }

/**
 * What a button says becomes what the house hears. The whole way from frame to `House.press` is one synchronous call:
 * no disk and no promise stands between a press and its alarm.
 */
export class Inbound {
  readonly #parts: InboundParts
  /** Faults on their way to disk or just told: one that is sent again is not told again. */
  readonly #faults = new Map<Did, Map<string, Promise<void>>>()
  readonly #troubled = new Map<Did, Map<string, MonoMs>>()

  constructor (parts: InboundParts) { this.#parts = parts }

  /** A frame from a connection that has proven to be this button; `client` null: its last will. */
  hear (frame: Frame): Outcome {
    const { buttons, counts, memory, clock } = this.#parts
    const { did } = frame
    const button = buttons.find(did)
    if (button === null) return { refused: 'BUTTON_UNKNOWN' }
    const read = decodeUp(bytesOf(frame.packet.payload), did, button.keys.up)
    if (!read.ok) return this.#unreadable(did, read)
    for (const code of read.discarded) counts.add(`DISCARDED_${code}`)
    const heard = hear(memory.ear(did), read.body, { is: 'unknown' }, { atMs: clock.now(), monoMs: clock.mono() })
    memory.hear(did, heard.ear)
    counts.add(`HEARD_${read.body.is.toUpperCase()}`)
    this.#treat(frame, read.body, heard)
    if (isNewest(read.body, heard)) this.#parts.presence.learn(did, read.body)
    if (heard.life) this.#parts.presence.heard(did, read.body.is === 'press' ? 'press' : 'beat')
    return null
  }

  forget (did: Did): void {
    this.#faults.delete(did)
    this.#troubled.delete(did)
  }

  #treat (frame: Frame, body: UpBody, heard: Heard): void {
    const { does } = heard.treatment
    switch (does) {
      case 'raise':
      case 'answer':
        if (body.is === 'press') this.#press(frame, body, heard)
        return
      case 'report':
        if (body.is === 'fault') this.#fault(frame, body, heard)
        return
      case 'take': return this.#take(frame.did, body, heard)
      case 'weigh-will':
        if (heard.gone) this.#parts.presence.gone(frame.did, 'will')
        else this.#parts.counts.add('WILL_NOT_BELIEVED')
        return
      case 'sync': return this.#parts.replays.sync(frame.did)
      case 'drop': return this.#parts.counts.add('DROPPED')
      default: return assertNever(does)
    }
  }

  /** The house knows every press for the button's life: it is asked, and only its word says whether this one is new. */
  #press (frame: Frame, body: PressBody, heard: Heard): void {
    const { house, memory, replays, outbound, clock } = this.#parts
    const { did } = frame
    const { event } = body
    const stale = heard.verdict !== 'newer' && heard.verdict !== 'unseen'
    const date = heard.date
    const receivedAt = clock.now()
    const { verdict, durable } = house.press({
      did,
      event,
      kind: body.kind,
      merged: 1 + (body.merged ?? 0),
      receivedAt,
      pressedAt: (date?.pressedAtMs ?? receivedAt) as EpochMs,
      ageMs: date?.certain === true ? body.ageMs ?? null : null,
      queueMs: date?.queueMs ?? 0,
      stale
    })
    const kept = Promise.all([durable, memory.saved(did)])
    this.#acknowledgeAfter(kept, frame)
    if (!stale) replays.accepted(did, event)
    else if (verdict !== 'known') {
      replays.sync(did)
      replays.suspect(did, event)
    }
    // At once what is already true (a retry waits for it), and what the disk makes true.
    outbound.answer(did, event, stale ? heard.answer : null)
    void kept.then(() => {
      if (stale) outbound.answer(did, event, heard.answer)
      else outbound.tellChanged(did)
    }, () => {})
  }

  #fault (frame: Frame, body: FaultBody, heard: Heard): void {
    const { house, memory, clock } = this.#parts
    const { did } = frame
    const faults = this.#faults.get(did) ?? new Map<string, Promise<void>>()
    this.#faults.set(did, faults)
    const key = eventKey(did, body.event)
    const known = faults.get(key)
    const durable = known ?? house.fault({ did, event: body.event, fault: body.fcode, at: clock.now() })
    faults.set(key, durable)
    // One that could not be kept may be told anew.
    if (known === undefined) durable.catch(() => { faults.delete(key) })
    const [oldest] = faults.keys()
    if (faults.size > EVENTS_REMEMBERED_MAX && oldest !== undefined) faults.delete(oldest)
    this.#acknowledgeAfter(Promise.all([durable, memory.saved(did)]), frame)
    if (heard.treatment.does === 'report' && heard.treatment.sync) this.#parts.replays.sync(did)
  }

  #take (did: Did, body: UpBody, heard: Heard): void {
    const { memory, outbound, presence, replays } = this.#parts
    switch (body.is) {
      case 'hello':
        if (body.shown !== undefined) memory.heardShown(did, body.shown)
        replays.hello(did, body.nonce)
        if (isNewest(body, heard)) outbound.agree(did, { beatS: body.beatS, mode: body.mode ?? 0 })
        return outbound.tellAll(did)
      case 'seen':
        memory.heardShown(did, body.shown)
        return outbound.seen(did, body.shown)
      case 'beat': return outbound.remindConfig(did)
      case 'bye':
        if (heard.gone) presence.gone(did, body.why)
        return
      case 'press':
      case 'fault':
      case 'unknown': return
      default: return assertNever(body)
    }
  }

  #acknowledgeAfter (durable: Promise<unknown>, { did, client, packet }: Frame): void {
    if (client === null) return
    this.#parts.acknowledgements.after(durable, did, client, packet)
  }

  /** An authentic frame is acknowledged, or the button would send it for ever; any other ends the connection. */
  #unreadable (did: Did, read: Refused): Outcome {
    this.#parts.counts.add(`UNREADABLE_${read.code}`)
    this.#trouble(did, read.code)
    return read.authentic ? null : { refused: 'FRAME_REFUSED' }
  }

  #trouble (did: Did, code: string): void {
    const { house, clock } = this.#parts
    const troubled = this.#troubled.get(did) ?? new Map<string, MonoMs>()
    this.#troubled.set(did, troubled)
    const now = clock.mono()
    const told = troubled.get(code)
    if (told !== undefined && now - told < TROUBLE_EVERY_MS) return
    troubled.set(code, now)
    house.trouble(did, code)
  }
}

/**
 * Whether no newer frame has said the same. A hello that a bridge held back is accepted inside the window, but its old
 * `beat-s` must not make the button's next silence pass for sleep.
 */
function isNewest (body: UpBody, { verdict, ear }: Heard): boolean {
  if (body.is !== 'hello') return verdict === 'newer'
  return (verdict === 'newer' || verdict === 'unseen') && ear.will.boot === body.boot && ear.will.helloSeq === body.seq
}

function bytesOf (payload: Buffer | string): Uint8Array {
  return typeof payload === 'string' ? Buffer.from(payload, 'utf8') : payload
}
