import type { FaultBody, Health, HelloBody, PressBody, SentUp } from '../../firmware-protocol/bodies.ts'
import { EVENTS_HELD_MAX } from '../../firmware-protocol/limits.ts'
import { U32_MAX } from '../../firmware-protocol/wire.ts'
import type { Flash } from './flash.ts'
import type { HeldEvent } from './held-events.ts'
import type { SimClock } from './ports.ts'

type Up = { readonly boot: number, readonly seq: number, readonly uptimeMs: number }

/** What a button says, with its counters: seq from 1 in each boot, uptime since the cold boot, one reserved seq for each will. */
export class Voice {
  readonly #flash: Flash
  readonly #clock: SimClock
  readonly #health: () => Health
  readonly #seqMax: number
  #bornMs: number
  #seq = 0
  #willSeq = 0

  constructor (flash: Flash, clock: SimClock, health: () => Health, seqMax: number) {
    this.#flash = flash
    this.#clock = clock
    this.#health = health
    this.#seqMax = seqMax
    this.#bornMs = clock.mono()
  }

  get uptimeMs (): number { return Math.round(this.#clock.mono() - this.#bornMs) }

  /** No frame and no will can be said in this boot any more. */
  get isUsedUp (): boolean { return this.#seq >= this.#seqMax }

  /** A cold boot: everything that is not in flash begins anew. */
  boot (): void {
    this.#bornMs = this.#clock.mono()
    this.restart()
  }

  /** Another boot number without a reboot (after a `sync`): seq begins anew, uptime and ages run on. */
  restart (): void { this.#seq = 0 }

  /** To be signed before CONNECT; the next hello names its seq. */
  will (): SentUp {
    const up = this.#up()
    this.#willSeq = up.seq
    return { is: 'bye', ...up, why: 'will' }
  }

  bye (why: 'sleeping' | 'off'): SentUp { return { is: 'bye', ...this.#up(), why } }
  beat (): SentUp { return { is: 'beat', ...this.#up(), health: this.#health() } }
  seen (shown: number): SentUp { return { is: 'seen', ...this.#up(), shown } }

  /** New seq, new age, same event. */
  event ({ flash, pressedMs }: HeldEvent): PressBody | FaultBody {
    const up = this.#up()
    const age = pressedMs === null ? {} : { ageMs: Math.min(Math.max(0, up.uptimeMs - pressedMs), U32_MAX) }
    const { event, what, merged } = flash
    if (what.is === 'fault') return { is: 'fault', ...up, event, ...age, fcode: what.fcode }
    return { is: 'press', ...up, event, kind: what.kind, ...age, ...(merged > 0 ? { merged } : {}), health: this.#health() }
  }

  hello (shown: number, nonce: Uint8Array | null): HelloBody {
    const { beatS, mode, events } = this.#flash
    return {
      is: 'hello',
      ...this.#up(),
      health: this.#health(),
      fw: 'sim-1',
      model: 'sim',
      beatS,
      pending: Math.min(events.length, EVENTS_HELD_MAX),
      shown,
      ...(nonce === null ? {} : { nonce }),
      mode,
      will: this.#willSeq
    }
  }

  #up (): Up {
    this.#seq += 1
    return { boot: this.#flash.boot, seq: this.#seq, uptimeMs: this.uptimeMs }
  }
}
