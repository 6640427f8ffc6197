/** Buttons that press at planned times, whatever becomes of the presses before, until the time is over and everything is answered. */
import type { PressBody, PressKind } from '../../firmware-protocol/bodies.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { Account, nameOf, type PressRecord } from './account.ts'
import { Fleet, type FleetPlan, type FleetWatch, type Hung } from './fleet.ts'
import { figuresOf, type Totals } from './live-totals.ts'
import type { Connect, SimClock } from './ports.ts'
import { ToldBook } from './told.ts'

/** How often it is looked whether everything has been answered. */
const LOOK_MS = 100

/** `atMs`: after the first press could be; `button`: its number in the house. */
export type PlannedPress = { readonly atMs: number, readonly button: number, readonly kind: PressKind }
/** Something that is done to the house at its time: a storm, a kill. */
export type PlannedAct = { readonly atMs: number, readonly act: () => void }
export type CrowdPlan = FleetPlan & {
  /** In the order of their times. */
  readonly presses: Iterable<PlannedPress>
  readonly acts: readonly PlannedAct[]
  /** Storms: every connection cut at once. */
  readonly stormsMs: readonly number[]
  readonly forMs: number
  readonly settleMs: number
  /** A press counts as one after idle when nothing passed for so long. */
  readonly idleMs: number
  /** Acknowledged or told later than this counts as late. */
  readonly lateMs: number
  readonly cutEveryMs: number | null
  readonly partition: { readonly everyMs: number, readonly forMs: number } | null
}
/** One line of what happened; `atMs` since the start. */
export type Happened = { readonly atMs: number, readonly button: Did, readonly what: string } & Readonly<Record<string, unknown>>
export type CrowdPorts = {
  readonly connect: Connect
  readonly clock: SimClock
  readonly print: (happened: Happened) => void
  /** Each press once it is acknowledged, lit and, in a watched room, told. */
  readonly settled?: (record: PressRecord) => void
  /** All are up, or were waited for long enough; the first press may come. */
  readonly up?: (connected: number, tookMs: number) => void
}

export class Crowd {
  readonly told: ToldBook
  readonly #plan: CrowdPlan
  readonly #ports: CrowdPorts
  readonly #account: Account
  readonly #fleet: Fleet
  readonly #startMono: number
  readonly #timers = new Map<string, () => void>()
  readonly #written = new Set<PressRecord>()
  #pressing: PressBody[] | null = null
  #over: (() => void) | null = null
  #stopped = false

  constructor (plan: CrowdPlan, ports: CrowdPorts) {
    this.#plan = plan
    this.#ports = ports
    this.#startMono = ports.clock.mono()
    this.#account = new Account((record) => { this.#look(record) })
    this.told = new ToldBook((record) => { this.#look(record) })
    this.#fleet = new Fleet(plan, { ...ports, watch: this.#watch() })
  }

  /** Resolves with the account when the time is over, or after `stop`. */
  async run (): Promise<Totals> {
    const tookMs = this.#stopped ? 0 : await this.#fleet.powerOn()
    const connected = this.#fleet.connected
    if (!this.#stopped) {
      this.#ports.up?.(connected, tookMs)
      await new Promise<void>((resolve) => {
        this.#over = resolve
        this.#begin()
      })
    }
    for (const cancel of this.#timers.values()) cancel()
    const unwritten = this.#account.records.filter((record) => !this.#written.has(record))
    for (const record of unwritten) this.#ports.settled?.(record)
    this.#fleet.switchOff()
    return figuresOf({
      buttons: this.#plan.buttons.length, connected, connectMs: tookMs, lateMs: this.#plan.lateMs, interrupted: this.#stopped,
      records: this.#account.records, duplicates: this.told.duplicates, reconnects: this.#fleet.reconnects.figures, storms: this.#fleet.stormsSince(this.#startMono)
    })
  }

  /** Ends at once; what is not answered yet is lost. */
  stop (): void {
    this.#stopped = true
    this.#fleet.giveUp()
    this.#over?.()
  }

  /** Milliseconds since the start, not rounded: times are differences of these. */
  get ms (): number { return this.#ports.clock.mono() - this.#startMono }
  get progress (): { readonly pressed: number, readonly connected: number } { return { pressed: this.#account.records.length, connected: this.#fleet.connected } }

  #begin (): void {
    const { cutEveryMs, partition, forMs, acts, stormsMs } = this.#plan
    const from = this.ms
    this.#press(this.#plan.presses[Symbol.iterator](), from)
    this.#fleet.hung.forEach(({ link }, index) => {
      if (cutEveryMs !== null) this.#every(`cut ${index}`, from + cutEveryMs, cutEveryMs, () => { link.cut() })
      if (partition === null) return
      this.#every(`partition ${index}`, from + partition.everyMs, partition.everyMs + partition.forMs, () => {
        link.partition()
        this.#later(`heal ${index}`, partition.forMs, () => { link.heal() })
      })
    })
    stormsMs.forEach((atMs, index) => { this.#later(`storm ${index}`, atMs, () => { this.#fleet.storm() }) })
    acts.forEach(({ atMs, act }, index) => { this.#later(`act ${index}`, atMs, act) })
    this.#later('end', forMs, () => { this.#settle(this.ms + this.#plan.settleMs) })
  }

  /** All that is due now is pressed now; each is measured from when it was planned, however late this is. */
  #press (presses: Iterator<PlannedPress>, fromMs: number): void {
    let next = presses.next()
    const due = (): void => {
      for (; next.done !== true && fromMs + next.value.atMs <= this.ms; next = presses.next()) {
        const { atMs, button, kind } = next.value
        const hung = this.#fleet.hung[button]
        if (hung !== undefined) this.#pressOnce(hung, kind, fromMs + atMs)
      }
      if (next.done !== true) this.#later('press', fromMs + next.value.atMs - this.ms, due)
    }
    due()
  }

  #pressOnce (hung: Hung, kind: PressKind, plannedMs: number): void {
    const pressedMs = this.ms
    const { did, room } = hung.keys
    const afterIdle = this.#startMono + pressedMs - hung.passedMono >= this.#plan.idleMs
    const offline = !hung.button.isConnected
    // Its frame goes out within `press`, before the press can be entered: what was sent meanwhile is entered after it.
    const sent: PressBody[] = []
    this.#pressing = sent
    const event = hung.button.press(kind)
    this.#pressing = null
    const record = this.#account.pressed({ button: did, room, kind, event, plannedMs, pressedMs, afterIdle, offline })
    this.told.pressed(record)
    this.#say(did, 'pressed', { event: record.event })
    for (const body of sent) this.#sent(did, body)
  }

  #sent (did: Did, body: PressBody): void {
    this.#account.sent(did, body, this.ms)
    this.#say(did, 'sent', { event: nameOf(body.event), seq: body.seq })
  }

  #watch (): FleetWatch {
    return {
      sent: ({ keys: { did } }, body) => {
        if (this.#pressing === null) this.#sent(did, body)
        else this.#pressing.push(body)
      },
      puback: ({ keys: { did } }, body) => {
        this.#account.acknowledged(did, body, this.ms)
        this.#say(did, 'acknowledged', { event: nameOf(body.event), seq: body.seq })
      },
      took: ({ keys: { did } }, { event, feedback }) => {
        this.#account.lit(did, event, this.ms)
        this.#say(did, 'lit', { event: nameOf(event), feedback })
      },
      left: ({ keys: { did } }, why) => { this.#say(did, 'left', { why }) },
      connected: ({ keys: { did } }) => { this.#say(did, 'connected') },
      lost: ({ keys: { did } }) => { this.#say(did, 'disconnected') }
    }
  }

  #say (button: Did, what: string, more: Readonly<Record<string, unknown>> = {}): void { this.#ports.print({ atMs: Math.round(this.ms), button, what, ...more }) }

  #look (record: PressRecord): void {
    if (record.pubackMs === null || record.litMs === null || (record.room !== null && record.toldMs === null && !record.joined)) return
    if (this.#written.has(record)) return
    this.#written.add(record)
    this.#ports.settled?.(record)
  }

  /** No more presses, no more cuts; packets may still be lost, and must arrive all the same. */
  #settle (untilMs: number): void {
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
    this.#fleet.heal()
    const look = (): void => {
      if ((this.#account.isSettled && this.#account.isHeard) || this.ms >= untilMs) this.#over?.()
      else this.#later('look', LOOK_MS, look)
    }
    look()
  }

  #later (name: string, waitMs: number, act: () => void): void { this.#timers.set(name, this.#ports.clock.after(waitMs, act)) }

  /** At planned times: a late timer makes no later plan. */
  #every (name: string, firstMs: number, everyMs: number, act: () => void): void {
    const plan = (atMs: number): void => {
      this.#later(name, atMs - this.ms, () => {
        plan(atMs + everyMs)
        act()
      })
    }
    plan(firstMs)
  }
}
