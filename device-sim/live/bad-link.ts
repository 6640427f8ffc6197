import { chance } from './chance.ts'
import type { Connect, Link, LinkEvents, LinkOptions, SimClock } from './ports.ts'

export type LinkFaults = {
  /** Each packet waits between these, by itself: a later one may overtake an earlier one. */
  readonly delayMs: { readonly least: number, readonly most: number }
  /** Chance of each packet (frame, acknowledgement or downlink) to vanish, as behind a bridge or a weak radio: 0..1. */
  readonly loss: number
  /** Chance of each frame and downlink to arrive twice: 0..1. */
  readonly duplicate: number
  /** After this long without a packet the way is dead and nobody says so (a NAT forgot it); null: never. */
  readonly deadAfterIdleMs: number | null
}

export const GOOD_LINK: LinkFaults = { delayMs: { least: 0, most: 0 }, loss: 0, duplicate: 0, deadAfterIdleMs: null }

/**
 * A bad network in front of a good one: `connect` makes connections that delay, lose, double and reorder packets, die of
 * idleness, are cut, and meet partitions. One seed gives one sequence of faults, as far as packets come in one order.
 */
export class BadLink {
  readonly #inner: Connect
  readonly #faults: LinkFaults
  readonly #clock: SimClock
  readonly #random: () => number
  readonly #unheard: Link[] = []
  #current: Wire | null = null
  #partitioned = false

  constructor (inner: Connect, faults: LinkFaults, clock: SimClock, seed: number) {
    this.#inner = inner
    this.#faults = faults
    this.#clock = clock
    this.#random = chance(seed)
  }

  readonly connect: Connect = (options, events) => {
    const wire = new Wire(options, events, {
      dial: this.#inner,
      after: (act) => this.#later(act),
      endAfter: (act) => { this.#clock.after(this.#faults.delayMs.most + 1, act) },
      loses: () => this.#happens(this.#faults.loss),
      doubles: () => this.#happens(this.#faults.duplicate),
      isDead: (quietMs) => this.#partitioned || quietMs > (this.#faults.deadAfterIdleMs ?? Infinity),
      mono: () => this.#clock.mono(),
      hangUp: (link) => { this.#hangUp(link) }
    })
    this.#current = wire
    return wire
  }

  /** From now on nothing passes, in either direction, and nobody is told. */
  partition (): void { this.#partitioned = true }

  /** Packets pass again; the other side now hears of connections that were given up meanwhile. */
  heal (): void {
    this.#partitioned = false
    for (const link of this.#unheard.splice(0)) link.cut()
  }

  /** The connection breaks, and both sides know. */
  cut (): void { this.#current?.breaks() }

  #hangUp (link: Link): void {
    if (this.#partitioned) this.#unheard.push(link)
    else link.cut()
  }

  #later (act: () => void): void {
    const { least, most } = this.#faults.delayMs
    if (most <= 0) return act()
    this.#clock.after(least + (most - least) * this.#random(), act)
  }

  #happens (share: number): boolean { return share > 0 && this.#random() < share }
}

type Weather = {
  readonly dial: Connect
  readonly after: (act: () => void) => void
  readonly endAfter: (act: () => void) => void
  readonly loses: () => boolean
  readonly doubles: () => boolean
  readonly isDead: (quietMs: number) => boolean
  readonly mono: () => number
  readonly hangUp: (link: Link) => void
}

/** One connection in that weather. */
class Wire implements Link {
  readonly #weather: Weather
  readonly #events: LinkEvents
  #link: Link | null = null
  #over = false
  #lastMono: number

  constructor (options: LinkOptions, events: LinkEvents, weather: Weather) {
    this.#weather = weather
    this.#events = events
    this.#lastMono = weather.mono()
    weather.after(() => { this.#dial(options) })
  }

  subscribe (topic: string): void { this.#pass(() => { this.#link?.subscribe(topic) }) }

  publish (topic: string, payload: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      const deliver = (): void => {
        void this.#link?.publish(topic, payload).then(() => { if (!this.#weather.loses()) this.#pass(resolve) })
      }
      if (this.#weather.loses()) return
      this.#pass(deliver)
      if (this.#weather.doubles()) this.#pass(deliver)
    })
  }

  end (): void {
    // What was said before DISCONNECT arrives before it.
    this.#weather.endAfter(() => {
      if (this.#over) return
      this.#over = true
      this.#link?.end()
    })
  }

  cut (): void {
    if (this.#over) return
    this.#over = true
    if (this.#link !== null) this.#weather.hangUp(this.#link)
  }

  breaks (): void {
    if (this.#over) return
    this.cut()
    this.#events.lost()
  }

  #dial (options: LinkOptions): void {
    // Into a partition nobody gets through: whoever dialled gives up in time.
    if (this.#over || this.#weather.isDead(0)) return
    this.#link = this.#weather.dial(options, {
      connected: () => { this.#pass(() => { this.#events.connected() }) },
      message: (payload) => {
        if (this.#weather.loses()) return
        const arrive = (): void => { this.#pass(() => { this.#events.message(payload) }) }
        arrive()
        if (this.#weather.doubles()) arrive()
      },
      lost: () => {
        if (this.#over) return
        this.#over = true
        this.#events.lost()
      }
    })
  }

  /** A packet on its way; it must find the way alive when it leaves and when it arrives. */
  #pass (arrive: () => void): void {
    if (this.#over || this.#weather.isDead(this.#weather.mono() - this.#lastMono)) return
    this.#lastMono = this.#weather.mono()
    this.#weather.after(() => { if (!this.#over && !this.#weather.isDead(0)) arrive() })
  }
}
