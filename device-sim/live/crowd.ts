import type { PressKind } from '../../firmware-protocol/bodies.ts'
import { DEFAULT_BEAT_S } from '../../firmware-protocol/limits.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { BadLink, type LinkFaults } from './bad-link.ts'
import { SimButton } from './button.ts'
import { chance } from './chance.ts'
import { newFlash } from './flash.ts'
import type { Connect, SimClock } from './ports.ts'
import { Tally, type Totals } from './tally.ts'

/** How often it is looked whether everything has been answered. */
const LOOK_MS = 100

export type CrowdPlan = {
  readonly buttons: readonly { readonly did: Did, readonly root: Uint8Array }[]
  readonly kind: PressKind
  readonly sleeper: boolean
  readonly pressEveryMs: number
  readonly forMs: number
  readonly settleMs: number
  readonly faults: LinkFaults
  readonly cutEveryMs: number | null
  readonly partition: { readonly everyMs: number, readonly forMs: number } | null
  readonly seed: number
}
/** One line of what happened; `atMs` since the start. */
export type Happened = { readonly atMs: number, readonly button: Did, readonly what: string } & Readonly<Record<string, unknown>>
export type CrowdPorts = { readonly connect: Connect, readonly clock: SimClock, readonly print: (happened: Happened) => void }

/** Buttons that press at their own times, each over its own bad link, until the time is over and everything is answered. */
export class Crowd {
  readonly #plan: CrowdPlan
  readonly #ports: CrowdPorts
  readonly #tally = new Tally()
  readonly #startMs: number
  readonly #timers = new Map<string, () => void>()
  readonly #links: BadLink[] = []
  readonly #buttons: SimButton[] = []
  #over: (() => void) | null = null

  constructor (plan: CrowdPlan, ports: CrowdPorts) {
    this.#plan = plan
    this.#ports = ports
    this.#startMs = ports.clock.mono()
  }

  /** Resolves with the account when the time is over, or after `stop`. Each press is made at its planned time, however late the ones before it are. */
  async run (): Promise<Totals> {
    const { buttons, pressEveryMs, forMs, cutEveryMs, partition, seed } = this.#plan
    const random = chance(seed)
    buttons.forEach((keys, index) => {
      const { button, link } = this.#hang(keys, seed + index + 1)
      // Spread over the first round, so that a thousand buttons are not one burst.
      this.#every(`press ${index}`, pressEveryMs * random(), pressEveryMs, () => { this.#press(button) })
      if (cutEveryMs !== null) this.#every(`cut ${index}`, cutEveryMs, cutEveryMs, () => { link.cut() })
      if (partition !== null) this.#every(`partition ${index}`, partition.everyMs, partition.everyMs + partition.forMs, () => { this.#part(index, link, partition.forMs) })
      button.powerOn()
    })
    await new Promise<void>((resolve) => {
      this.#over = resolve
      this.#later('end', forMs, () => { this.#settle(this.#ms() + this.#plan.settleMs) })
    })
    for (const cancel of this.#timers.values()) cancel()
    for (const link of this.#links) link.heal()
    for (const button of this.#buttons) button.switchOff()
    return this.#tally.totals()
  }

  /** Ends at once; what is not answered yet is lost. */
  stop (): void { this.#over?.() }

  #ms (): number { return Math.round(this.#ports.clock.mono() - this.#startMs) }

  #say (button: Did, what: string, more: Readonly<Record<string, unknown>> = {}): void { this.#ports.print({ atMs: this.#ms(), button, what, ...more }) }

  #hang ({ did, root }: CrowdPlan['buttons'][number], seed: number): { button: SimButton, link: BadLink } {
    const { clock, connect } = this.#ports
    const link = new BadLink(connect, this.#plan.faults, clock, seed)
    const button = new SimButton({
      did,
      root,
      connect: link.connect,
      clock,
      flash: newFlash(DEFAULT_BEAT_S),
      sleeper: this.#plan.sleeper,
      watch: {
        sent: (body) => { if (body.is === 'press') this.#say(did, 'sent', { event: nameOf(body.event), seq: body.seq }) },
        puback: (body) => {
          if (body.is !== 'press') return
          this.#tally.acknowledged(did, body)
          this.#say(did, 'acknowledged', { event: nameOf(body.event), seq: body.seq })
        },
        took: ({ event, feedback }) => {
          this.#tally.lit(did, event)
          this.#say(did, 'lit', { event: nameOf(event), feedback })
        },
        left: (why) => { this.#say(did, 'left', { why }) },
        connected: () => { this.#say(did, 'connected') },
        lost: () => { this.#say(did, 'disconnected') }
      }
    })
    this.#links.push(link)
    this.#buttons.push(button)
    return { button, link }
  }

  #press (button: SimButton): void {
    const event = button.press(this.#plan.kind)
    this.#tally.pressed(button.did, event, this.#ms())
    this.#say(button.did, 'pressed', { event: event === null ? null : nameOf(event.event) })
  }

  #part (index: number, link: BadLink, forMs: number): void {
    link.partition()
    this.#later(`heal ${index}`, forMs, () => { link.heal() })
  }

  /** No more presses, no more cuts; packets may still be lost, and must arrive all the same. */
  #settle (untilMs: number): void {
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
    for (const link of this.#links) link.heal()
    const look = (): void => {
      if (this.#tally.isSettled || this.#ms() >= untilMs) this.stop()
      else this.#later('look', LOOK_MS, look)
    }
    look()
  }

  #later (name: string, waitMs: number, act: () => void): void { this.#timers.set(name, this.#ports.clock.after(waitMs, act)) }

  /** At planned times: a late timer makes no later plan. */
  #every (name: string, firstMs: number, everyMs: number, act: () => void): void {
    const plan = (atMs: number): void => {
      this.#later(name, atMs - this.#ms(), () => {
        plan(atMs + everyMs)
        act()
      })
    }
    plan(firstMs)
  }
}

function nameOf (event: { readonly evboot: number, readonly evn: number }): string { return `${event.evboot}/${event.evn}` }
