/** Many buttons, each over its own link: they come up at a pace, may all be cut at once, and come back. */
import type { PressBody, StateBody } from '../../firmware-protocol/bodies.ts'
import { DEFAULT_BEAT_S } from '../../firmware-protocol/limits.ts'
import { BadLink, type LinkFaults } from './bad-link.ts'
import { SimButton } from './button.ts'
import { chance } from './chance.ts'
import { newFlash } from './flash.ts'
import type { HouseButton } from './house-file.ts'
import type { Connect, SimClock } from './ports.ts'
import { Stopwatch, type Figures } from './stopwatch.ts'

/** Who has not connected so long after the last one was switched on is not waited for. */
export const CONNECT_WAIT_MS = 20_000
/** Switched on this often, a few at a time. */
const RAMP_EVERY_MS = 20

export type FleetPlan = {
  readonly buttons: readonly HouseButton[]
  readonly sleeper: boolean
  readonly faults: LinkFaults
  readonly connectPerS: number
  /** Most that is added to each wait before a reconnect of a button that holds no event. */
  readonly jitterMs: number
  readonly seed: number
}
export type Hung = { readonly keys: HouseButton, readonly button: SimButton, readonly link: BadLink, /** When something last passed on its way, ms mono. */ passedMono: number, lostMono: number | null }
export type FleetWatch = {
  readonly sent: (hung: Hung, body: PressBody) => void
  readonly puback: (hung: Hung, body: PressBody) => void
  readonly took: (hung: Hung, state: StateBody) => void
  readonly left: (hung: Hung, why: string) => void
  readonly connected: (hung: Hung) => void
  readonly lost: (hung: Hung) => void
}
/** All cut at once: how many, how many came back, and when. */
export type Storm = { readonly atMs: number, readonly cut: number, readonly back: number, readonly times: Figures }
type Storming = { readonly atMono: number, readonly cut: number, back: number, readonly away: Set<Hung>, readonly times: Stopwatch }

export class Fleet {
  readonly hung: readonly Hung[]
  readonly reconnects = new Stopwatch()
  readonly #plan: FleetPlan
  readonly #clock: SimClock
  readonly #watch: FleetWatch
  readonly #storms: Storming[] = []
  readonly #new = new Set<Hung>()
  #allUp: () => void = () => {}
  #cancel = (): void => {}

  constructor (plan: FleetPlan, { connect, clock, watch }: { readonly connect: Connect, readonly clock: SimClock, readonly watch: FleetWatch }) {
    this.#plan = plan
    this.#clock = clock
    this.#watch = watch
    this.hung = plan.buttons.map((keys, index) => this.#hang(keys, connect, plan.seed + index + 1))
  }

  get connected (): number { return this.hung.reduce((count, { button }) => count + Number(button.isConnected), 0) }

  /** Resolves with the time it took when all have been connected once, or were waited for long enough. */
  async powerOn (): Promise<number> {
    const from = this.#clock.mono()
    const waiting = [...this.hung]
    for (const each of waiting) this.#new.add(each)
    const up = new Promise<void>((resolve) => { this.#allUp = resolve })
    const ramp = (): void => {
      const due = Math.ceil((this.#clock.mono() - from + RAMP_EVERY_MS) / 1_000 * this.#plan.connectPerS)
      for (const { button } of waiting.splice(0, due - (this.hung.length - waiting.length))) button.powerOn()
      this.#cancel = waiting.length > 0 ? this.#clock.after(RAMP_EVERY_MS, ramp) : this.#clock.after(CONNECT_WAIT_MS, this.#allUp)
    }
    ramp()
    await up
    this.#cancel()
    return this.#clock.mono() - from
  }

  /** Nobody is waited for any more. */
  giveUp (): void { this.#allUp() }

  /** Every connection breaks in the same moment, as when the router restarts. */
  storm (): void {
    const away = new Set(this.hung.filter(({ button }) => button.isConnected))
    this.#storms.push({ atMono: this.#clock.mono(), cut: away.size, back: 0, away, times: new Stopwatch() })
    for (const { link } of away) link.cut()
  }

  stormsSince (startMono: number): readonly Storm[] {
    return this.#storms.map(({ atMono, cut, back, times }) => ({ atMs: Math.round(atMono - startMono), cut, back, times: times.figures }))
  }

  heal (): void { for (const { link } of this.hung) link.heal() }

  switchOff (): void {
    this.#cancel()
    this.heal()
    for (const { button } of this.hung) button.switchOff()
  }

  #hang (keys: HouseButton, connect: Connect, seed: number): Hung {
    const { faults, sleeper, jitterMs } = this.#plan
    const random = chance(seed)
    const link = new BadLink(connect, faults, this.#clock, seed)
    const passed = (): void => { hung.passedMono = this.#clock.mono() }
    const button = new SimButton({
      did: keys.did,
      root: keys.root,
      connect: link.connect,
      clock: this.#clock,
      flash: newFlash(DEFAULT_BEAT_S),
      sleeper,
      jitterMs: () => jitterMs * random(),
      watch: {
        sent: (body) => {
          passed()
          if (body.is === 'press') this.#watch.sent(hung, body)
        },
        puback: (body) => {
          passed()
          if (body.is === 'press') this.#watch.puback(hung, body)
        },
        took: (state) => {
          passed()
          this.#watch.took(hung, state)
        },
        left: (why) => { this.#watch.left(hung, why) },
        connected: () => { this.#connected(hung) },
        lost: () => { this.#lost(hung) }
      }
    })
    const hung: Hung = { keys, button, link, passedMono: this.#clock.mono(), lostMono: null }
    return hung
  }

  #connected (hung: Hung): void {
    const now = this.#clock.mono()
    if (this.#new.delete(hung) && this.#new.size === 0) this.#allUp()
    // A sleeper that wakes has lost nothing.
    if (hung.lostMono !== null && !this.#plan.sleeper) this.reconnects.record(now - hung.lostMono)
    hung.lostMono = null
    hung.passedMono = now
    for (const storm of this.#storms) {
      if (!storm.away.delete(hung)) continue
      storm.back += 1
      storm.times.record(now - storm.atMono)
    }
    this.#watch.connected(hung)
  }

  #lost (hung: Hung): void {
    hung.lostMono = this.#clock.mono()
    this.#watch.lost(hung)
  }
}
