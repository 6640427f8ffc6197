import type { Effect } from '../alarm/alarm.ts'
import { dueAt } from '../alarm/transition.ts'
import { isLive, isOpenAsPerceived } from '../alarm/lanes.ts'
import type { Clock } from '../clock/clock.ts'
import type { AlarmRow, AlarmStore, Append, AppendResult } from '../store/alarm-store.ts'
import type { Held } from './held.ts'

/** A failing disk is tried again after this long, for ever. */
export const RETRY_MS = 250
/** A lane whose earlier alarm is just being closed on disk is tried again this soon. */
export const LANE_BUSY_MS = 20

export type FlushPorts = {
  readonly store: AlarmStore
  readonly clock: Clock
  /** `safe` advanced over these facts, whose calm effects may now be said. */
  readonly advanced: (held: Held, afterwards: readonly Effect[]) => void
  /** The disk holds another history of this alarm: take it and say our own facts again on top. */
  readonly conflicted: (held: Held, found: AlarmRow | null) => void
  /** Another alarm has this lane. */
  readonly laneTaken: (held: Held, found: AlarmRow) => void
  /** A write failed (once per attempt). */
  readonly failed: (held: Held, cause: unknown) => void
}

/** Brings decided facts to disk: gathered at the end of the tick, one append in flight per alarm. */
export class Flush {
  readonly #ports: FlushPorts
  readonly #dirty = new Set<Held>()
  #scheduled = false
  /** Nothing is tried again any more. */
  #stopping = false
  #stopped = false
  #inFlight = 0
  #idle: (() => void)[] = []

  constructor (ports: FlushPorts) { this.#ports = ports }

  /** Something was decided: it will be appended at the end of this tick. */
  soon (held: Held): void {
    this.#dirty.add(held)
    if (this.#scheduled) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      this.#appendGathered()
    })
  }

  #appendGathered (): void {
    const gathered = [...this.#dirty]
    this.#dirty.clear()
    for (const one of gathered) this.#append(one)
  }

  /** Comes back to this alarm after a pause. */
  later (held: Held, pauseMs: number): void {
    if (held.pausing || this.#stopping) return
    held.pausing = true
    this.#ports.clock.after(pauseMs, () => {
      held.pausing = false
      this.#append(held)
    })
  }

  /**
   * Lets everything that is decided reach the disk, what was decided behind a write in flight too; resolves when nothing
   * is in flight. What the disk refuses now is not tried again: it was acknowledged to nobody.
   */
  async stop (): Promise<void> {
    this.#stopping = true
    this.#appendGathered()
    if (this.#inFlight > 0) await new Promise<void>((resolve) => { this.#idle.push(resolve) })
    this.#stopped = true
  }

  #append (held: Held): void {
    if (this.#stopped || held.inFlight || held.pausing || held.allOnDisk) return
    held.inFlight = true
    held.unsavedSince ??= this.#ports.clock.mono()
    this.#inFlight += 1
    const append = appendOf(held)
    this.#ports.store.append(append)
      .then((result) => { this.#answered(held, append, result) }, (cause: unknown) => { this.#failed(held, cause) })
      .finally(() => {
        this.#inFlight -= 1
        if (this.#inFlight === 0) for (const idle of this.#idle.splice(0)) idle()
      })
  }

  #answered (held: Held, append: Append, result: AppendResult): void {
    held.inFlight = false
    if (result.ok) return this.#saved(held, append)
    const own = ownOnDisk(held, result.found)
    if (own !== null) return this.#saved(held, own)
    if (result.code === 'LANE_TAKEN') this.#ports.laneTaken(held, result.found)
    else this.#ports.conflicted(held, result.found)
  }

  #saved (held: Held, { seq, state, presses }: OnDisk): void {
    const saved = held.pending.filter((fact) => fact.seq <= seq)
    held.safe = state
    held.safeSeq = seq
    held.pending = held.pending.filter((fact) => fact.seq > seq)
    held.unlinked = held.unlinked.filter((press) => !presses.includes(press))
    held.unsavedSince = null
    const said = held.saidUnsavedSeq
    const afterwards = saved.flatMap((fact) => fact.seq <= said ? fact.afterwards.filter(isAuthority) : fact.afterwards)
    this.#ports.advanced(held, afterwards)
    held.settleWaiters()
    if (!held.allOnDisk) this.soon(held)
  }

  #failed (held: Held, cause: unknown): void {
    held.inFlight = false
    this.later(held, RETRY_MS)
    this.#ports.failed(held, cause)
  }
}

type OnDisk = Pick<Append, 'seq' | 'state' | 'presses'>

/**
 * Whether a writer's reply was lost, not its work: the disk holds what we were adding, or the first part of it (a disk
 * that hung for six seconds, while people answered). To say those facts again would wake somebody twice.
 */
function ownOnDisk (held: Held, found: AlarmRow | null): OnDisk | null {
  if (found === null || found.id !== held.id) return null
  const last = held.pending.find((fact) => fact.seq === found.seq)
  if (last === undefined || JSON.stringify(last.after) !== JSON.stringify(found.state)) return null
  return { seq: last.seq, state: last.after, presses: found.presses }
}

function isAuthority (effect: Effect): boolean {
  return effect.do === 'tell' && effect.to.kind === 'authority'
}

function appendOf (held: Held): Append {
  return {
    id: held.id,
    lane: held.lane,
    expectedSeq: held.safeSeq,
    seq: held.headSeq,
    open: isOpenAsPerceived(held.head),
    live: isLive(held.head),
    dueAt: dueAt(held.head),
    state: held.head,
    happenings: held.pending.map(({ seq, at, event, notes }) => ({ seq, at, event, notes })),
    card: held.safeSeq === 0 ? held.sealedCard : null,
    presses: [...held.unlinked]
  }
}
