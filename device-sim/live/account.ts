/** The account of every press: when it was planned, made, sent, acknowledged, told and lit. Times in ms since the start of the run. */
import type { EventId, PressBody, PressKind } from '../../firmware-protocol/bodies.ts'
import { eventKey } from '../../firmware-protocol/event-key.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { FlashEvent } from './flash.ts'

/** One time somebody pressed. null: it did not happen (yet). */
export type PressRecord = {
  readonly nth: number
  readonly button: Did
  /** The room as responders read it; null: nobody here watches it. */
  readonly room: string | null
  readonly kind: PressKind
  /** `boot/number`; null: the button could not keep it. */
  readonly event: string | null
  readonly plannedMs: number
  readonly pressedMs: number
  /** Nothing had passed on this button's way for so long that a press after idle is what it was. */
  readonly afterIdle: boolean
  /** The button had no connection when it was pressed. */
  readonly offline: boolean
  sentMs: number | null
  /** How often its frame was sent, re-sendings counted. */
  sent: number
  pubackMs: number | null
  toldMs: number | null
  litMs: number | null
  /** The alarm it opened or joined, as far as responders here heard of it. */
  alarm: string | null
  /** It joined an alarm that was open: nobody need be told anew. */
  joined: boolean
}
/** Two alarms for one press: somebody was told twice. */
export type Duplicate = { readonly alarm: string, readonly room: string, readonly atMs: number, readonly button: Did | null, readonly event: string | null, readonly plannedMs: number | null }

type Held = { readonly record: PressRecord, readonly key: string | null, /** Presses that its event counts, this one included. */ readonly ofEvent: number }
export type Made = { readonly button: Did, readonly room: string | null, readonly kind: PressKind, readonly event: FlashEvent | null, readonly plannedMs: number, readonly pressedMs: number, readonly afterIdle: boolean, readonly offline: boolean }

/** One that merged into another event is acknowledged by a frame that counts it. */
export class Account {
  readonly #presses: Held[] = []
  readonly #byEvent = new Map<string, Held[]>()
  readonly #watched: (record: PressRecord, what: 'puback' | 'lit') => void
  #open = 0

  /** @param watched told of each press that is acknowledged or lit, once */
  constructor (watched: (record: PressRecord, what: 'puback' | 'lit') => void = () => {}) { this.#watched = watched }

  get records (): readonly PressRecord[] { return this.#presses.map(({ record }) => record) }
  /** Nothing that a button still holds is without an answer. */
  get isSettled (): boolean { return this.#open === 0 }
  /** Nobody who takes part has yet to hear of a press: after a restart their pages come back seconds after the buttons. */
  get isHeard (): boolean { return this.#presses.every(({ record: { event, room, toldMs, joined } }) => event === null || room === null || toldMs !== null || joined) }

  pressed ({ event, ...made }: Made): PressRecord {
    const record: PressRecord = {
      ...made, nth: this.#presses.length + 1, event: event === null ? null : nameOf(event.event),
      sentMs: null, sent: 0, pubackMs: null, toldMs: null, litMs: null, alarm: null, joined: false
    }
    const held: Held = { record, key: event === null ? null : eventKey(made.button, event.event), ofEvent: (event?.merged ?? 0) + 1 }
    this.#presses.push(held)
    if (held.key === null) return record
    const sharing = this.#byEvent.get(held.key)
    if (sharing === undefined) this.#byEvent.set(held.key, [held])
    else sharing.push(held)
    this.#open += 1
    return record
  }

  sent (button: Did, { event, merged }: PressBody, atMs: number): void {
    for (const { record, ofEvent } of this.#of(button, event)) {
      if (ofEvent > (merged ?? 0) + 1) continue
      record.sent += 1
      record.sentMs ??= atMs
    }
  }

  acknowledged (button: Did, { event, merged }: PressBody, atMs: number): void {
    for (const { record, ofEvent } of this.#of(button, event)) {
      if (ofEvent > (merged ?? 0) + 1 || record.pubackMs !== null) continue
      record.pubackMs = atMs
      this.#happened(record, 'puback')
    }
  }

  lit (button: Did, event: EventId, atMs: number): void {
    for (const { record } of this.#of(button, event)) {
      if (record.litMs !== null) continue
      record.litMs = atMs
      this.#happened(record, 'lit')
    }
  }

  #happened (record: PressRecord, what: 'puback' | 'lit'): void {
    if (record.pubackMs !== null && record.litMs !== null) this.#open -= 1
    this.#watched(record, what)
  }

  #of (button: Did, event: EventId): readonly Held[] { return this.#byEvent.get(eventKey(button, event)) ?? [] }
}

export function nameOf (event: { readonly evboot: number, readonly evn: number }): string { return `${event.evboot}/${event.evn}` }
