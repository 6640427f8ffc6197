import type { Alarm, AlarmEvent, AlarmId, Effect, EpochMs, LaneKey } from '../alarm/alarm.ts'
import type { Note, Turn } from '../alarm/transition.ts'
import type { MonoMs } from '../clock/clock.ts'
import type { PressHash } from '../store/alarm-store.ts'
import type { Card } from './ports.ts'

/** A fact that is decided and not yet on disk. */
export type PendingFact = {
  readonly seq: number
  readonly at: EpochMs
  readonly event: AlarmEvent
  readonly notes: readonly Note[]
  /** The alarm as this fact left it: tells our own write, whose reply was lost, from somebody else's. */
  readonly after: Alarm
  /** What may only be said once this fact is durable. */
  readonly afterwards: readonly Effect[]
}

type Waiter = { readonly seq: number, readonly durable: (saved: boolean) => void, readonly acceptsUnsaved: boolean }

/**
 * One live alarm in this node: what is decided (`head`), what is on disk (`safe`), and the facts between.
 * The alarm in memory decides; the disk follows.
 */
export class Held {
  readonly id: AlarmId
  readonly lane: LaneKey
  readonly card: Card | null
  /** Sealed after the first telling: nothing that takes time, or can fail, stands between a press and those it calls. */
  sealedCard: Uint8Array | null
  /** The first state: what may be shown of an alarm whose first write is still under way. */
  readonly opened: Alarm
  readonly presses: Set<PressHash>
  head: Alarm
  headSeq: number
  safe: Alarm | null
  safeSeq: number
  pending: PendingFact[] = []
  /** Presses heard and not yet linked on disk. */
  unlinked: PressHash[] = []
  inFlight = false
  /** Since when the disk owes an answer to what was given to it: a write under way, or a run of failed ones. */
  unsavedSince: MonoMs | null = null
  /** Waits for its next attempt to write. */
  pausing = false
  /** Seq up to which calm tellings were already sent from memory while the disk failed. */
  saidUnsavedSeq = 0
  #waiters: Waiter[] = []

  constructor (of: { id: AlarmId, lane: LaneKey, card: Card | null, sealedCard: Uint8Array | null, opened: Alarm, seq: number, safe: Alarm | null, presses: readonly PressHash[] }) {
    this.id = of.id
    this.lane = of.lane
    this.card = of.card
    this.sealedCard = of.sealedCard
    this.opened = of.opened
    this.presses = new Set(of.presses)
    this.head = of.opened
    this.headSeq = of.seq
    this.safe = of.safe
    this.safeSeq = of.safe === null ? 0 : of.seq
  }

  /** Takes a decided turn as the new head; the caller performs its raising effects. */
  decide (turn: Turn, event: AlarmEvent, at: EpochMs): void {
    this.headSeq += 1
    this.head = turn.alarm
    this.pending.push({ seq: this.headSeq, at, event, notes: turn.notes, after: turn.alarm, afterwards: turn.effects.filter((e) => e.when === 'durable') })
  }

  link (press: PressHash): void {
    if (this.presses.has(press)) return
    this.presses.add(press)
    this.unlinked.push(press)
  }

  get allOnDisk (): boolean { return this.safeSeq === this.headSeq && this.unlinked.length === 0 }

  /** Resolves `true` once everything decided so far is on disk; `false` only for those who accept "not saved". */
  durable (acceptsUnsaved: boolean): Promise<boolean> {
    if (this.allOnDisk) return Promise.resolve(true)
    return new Promise((resolve) => { this.#waiters.push({ seq: this.headSeq, durable: resolve, acceptsUnsaved }) })
  }

  /** `safe` has advanced: those who waited for it may go on. */
  settleWaiters (): void {
    const ready = this.#waiters.filter((w) => w.seq <= this.safeSeq)
    this.#waiters = this.#waiters.filter((w) => w.seq > this.safeSeq)
    for (const waiter of ready) waiter.durable(true)
  }

  /**
   * Our facts were said again on top of another history, under other numbers: whoever waited waits until all of them
   * are on disk. The number they waited for may be somebody else's by now.
   */
  rebased (): void {
    if (this.allOnDisk) this.unsavedSince = null
    this.#waiters = this.#waiters.map((waiter) => ({ ...waiter, seq: this.headSeq }))
    if (this.allOnDisk) this.settleWaiters()
  }

  /** The disk has failed for too long: answers and stand-downs are acknowledged as "not saved" (R1). */
  releaseUnsaved (): void {
    const ready = this.#waiters.filter((w) => w.acceptsUnsaved)
    this.#waiters = this.#waiters.filter((w) => !w.acceptsUnsaved)
    for (const waiter of ready) waiter.durable(false)
  }

  /** This alarm turned out to be another one: those who waited wait for that one instead. */
  handOverWaiters (to: Held): void {
    for (const waiter of this.#waiters) {
      void to.durable(waiter.acceptsUnsaved).then(waiter.durable)
    }
    this.#waiters = []
  }
}
