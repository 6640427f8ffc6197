import type { EventId, PressBody } from '../../firmware-protocol/bodies.ts'
import { eventKey } from '../../firmware-protocol/event-key.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { FlashEvent } from './flash.ts'

/** One time somebody pressed. `event`: null when the button could not keep it. */
export type PressedOnce = { readonly button: Did, readonly event: string | null, readonly atMs: number }
export type Totals = {
  readonly what: 'totals'
  readonly pressed: number
  /** Of these: PUBACK, which the service gives once they are durable. */
  readonly acknowledged: number
  /** Of these: the button took a state about them. */
  readonly lit: number
  /** Pressed and never acknowledged. */
  readonly lost: readonly PressedOnce[]
}

type Counted = PressedOnce & { readonly key: string | null, readonly nth: number }

/** Keeps the account of every press: one that merged into another event is acknowledged by a frame that counts it. */
export class Tally {
  readonly #presses: Counted[] = []
  /** How many presses of an event a PUBACK stood for. */
  readonly #acknowledged = new Map<string, number>()
  readonly #lit = new Set<string>()

  pressed (button: Did, event: FlashEvent | null, atMs: number): void {
    this.#presses.push({
      button,
      atMs,
      event: event === null ? null : `${event.event.evboot}/${event.event.evn}`,
      key: event === null ? null : eventKey(button, event.event),
      nth: (event?.merged ?? 0) + 1
    })
  }

  acknowledged (button: Did, { event, merged }: PressBody): void {
    const key = eventKey(button, event)
    this.#acknowledged.set(key, Math.max(this.#acknowledged.get(key) ?? 0, (merged ?? 0) + 1))
  }

  lit (button: Did, event: EventId): void { this.#lit.add(eventKey(button, event)) }

  get isSettled (): boolean { return this.#presses.every((press) => press.event === null || (this.#isAcknowledged(press) && this.#isLit(press))) }

  totals (): Totals {
    return {
      what: 'totals',
      pressed: this.#presses.length,
      acknowledged: this.#presses.filter((press) => this.#isAcknowledged(press)).length,
      lit: this.#presses.filter((press) => this.#isLit(press)).length,
      lost: this.#presses.filter((press) => !this.#isAcknowledged(press)).map(({ button, event, atMs }) => ({ button, event, atMs }))
    }
  }

  #isAcknowledged ({ key, nth }: Counted): boolean { return key !== null && (this.#acknowledged.get(key) ?? 0) >= nth }
  #isLit ({ key }: Counted): boolean { return key !== null && this.#lit.has(key) }
}
