import { assertNever } from '../alarm/alarm.ts'
import type { AlarmEvent, AlarmId, Effect, Press } from '../alarm/alarm.ts'
import { endsWithHerLanes, isOpenAsPerceived, laneKey } from '../alarm/lanes.ts'
import { notSavedAfterMs } from '../alarm/limits.ts'
import { open, transition, type Turn } from '../alarm/transition.ts'
import type { SteadyClock } from '../clock/steady-clock.ts'
import type { AlarmRow, AlarmStore, PressHash } from '../store/alarm-store.ts'
import { Flush, LANE_BUSY_MS, RETRY_MS } from './flush.ts'
import { Held } from './held.ts'
import type { Directory, LanePlan } from './ports.ts'
import type { Registry } from './registry.ts'
import type { Teller } from './teller.ts'

export type TurnsPorts = {
  readonly registry: Registry
  readonly teller: Teller
  readonly store: AlarmStore
  readonly directory: Pick<Directory, 'sealCard' | 'openCard'>
  readonly clock: SteadyClock
  /** The newest view of this alarm may differ for somebody. */
  readonly changed: (held: Held) => void
  /** Over as anyone may perceive it. */
  readonly ended: (held: Held) => void
  /** For how long the store has been refusing writes; 0 while it works. */
  readonly storeFailingMs: () => number
  readonly storeFailed: (cause: unknown) => void
  readonly storeWorked: () => void
  /** An alarm that can't be turned: a fault of ours. Told once an alarm. */
  readonly faulted: (held: Held, cause: unknown) => void
}

/** Applies facts to alarms: decides in memory, raises at once, lets the disk follow, reassures when it has. */
export class Turns {
  readonly #ports: TurnsPorts
  readonly #faulty = new WeakSet<Held>()
  readonly flush: Flush

  constructor (ports: TurnsPorts) {
    this.#ports = ports
    this.flush = new Flush({
      store: ports.store,
      clock: ports.clock,
      advanced: (held, afterwards) => { this.#advanced(held, afterwards) },
      conflicted: (held, found) => { this.#conflicted(held, found) },
      laneTaken: (held, found) => { this.#laneTaken(held, found) },
      failed: (_held, cause) => { ports.storeFailed(cause) }
    })
  }

  /** Opens an alarm for one lane and tells its first step before it returns. */
  open (id: AlarmId, plan: LanePlan, press: Press, hash: PressHash): Held {
    const now = this.#ports.clock.now()
    const turn = open(id, plan.lane, press, plan.plan, now)
    const held = new Held({
      id,
      lane: laneKey(plan.lane),
      card: plan.card,
      sealedCard: null,
      opened: turn.alarm,
      seq: 0,
      safe: null,
      presses: []
    })
    this.#ports.registry.hold(held)
    this.#ports.registry.link(held, hash)
    this.#take(held, turn, { is: 'pressed', press })
    this.guard(held, () => { held.sealedCard = this.#ports.directory.sealCard(plan.card) })
    return held
  }

  /** Another press of the same lane joins: always recorded, whatever it changes. */
  join (held: Held, press: Press, hash: PressHash): void {
    this.#ports.registry.link(held, hash)
    const event: AlarmEvent = { is: 'pressed', press }
    this.#take(held, transition(held.head, event, this.#ports.clock.now()), event)
  }

  /** Applies one fact. Returns whether it changed anything. */
  apply (held: Held, event: AlarmEvent): boolean {
    const turn = transition(held.head, event, this.#ports.clock.now())
    if (turn.alarm === held.head) return false
    this.#take(held, turn, event)
    return true
  }

  isFaulty (held: Held): boolean { return this.#faulty.has(held) }

  /** One fact for several alarms. */
  each (alarms: Iterable<Held>, event: AlarmEvent): void {
    for (const held of [...alarms]) this.guard(held, () => { this.apply(held, event) })
  }

  /** One alarm that can't be turned must not silence any other. Returns whether it could. */
  guard (held: Held, act: () => void): boolean {
    try {
      act()
      return true
    } catch (cause) {
      if (!this.#faulty.has(held)) this.#ports.faulted(held, cause)
      this.#faulty.add(held)
      return false
    }
  }

  /** 5 s of a failing disk: what is calm and trusted is said from memory, answers are acknowledged as "not saved". */
  actUnsaved (held: Held): void {
    if (!this.isUnsaved(held)) return
    const unsaid = held.pending.filter((fact) => fact.seq > held.saidUnsavedSeq)
    if (unsaid.length > 0) {
      held.saidUnsavedSeq = held.headSeq
      this.#ports.teller.afterwards(held, unsaid.flatMap((fact) => fact.afterwards), true)
      this.#ports.changed(held)
    }
    held.releaseUnsaved()
  }

  isUnsaved (held: Held): boolean {
    if (held.unsavedSince === null) return false
    return Math.max(this.#ports.clock.mono() - held.unsavedSince, this.#ports.storeFailingMs()) >= notSavedAfterMs
  }

  #take (held: Held, turn: Turn, event: AlarmEvent): void {
    const wasOpen = isOpenAsPerceived(held.head)
    held.decide(turn, event, this.#ports.clock.now())
    this.#ports.teller.now(held, turn.effects)
    this.flush.soon(held)
    if (this.isUnsaved(held)) this.actUnsaved(held)
    if (!wasOpen || isOpenAsPerceived(held.head)) return
    this.endSiblings(held)
    this.#ports.ended(held)
  }

  /** House and standing lanes end when every her-lane of their presses has ended as anyone may perceive it (R4). */
  endSiblings (ended: Held): void {
    for (const held of this.#siblingsOf(ended)) {
      this.guard(held, () => {
        const siblings = this.#siblingsOf(held).map((sibling) => sibling.head)
        if (endsWithHerLanes(held.head, siblings)) this.apply(held, { is: 'her-lanes-over' })
      })
    }
  }

  #siblingsOf (held: Held): readonly Held[] {
    const { registry } = this.#ports
    return [...new Set([...held.presses].flatMap((press) => registry.ofPress(press)))].filter((other) => other !== held)
  }

  #advanced (held: Held, afterwards: readonly Effect[]): void {
    this.#ports.storeWorked()
    this.#ports.teller.afterwards(held, afterwards)
    this.#ports.changed(held)
    this.#ports.registry.release(held)
  }

  #conflicted (held: Held, found: AlarmRow | null): void {
    if (found === null) {
      // Never stored, or erased under us: our own history is all there is.
      held.safe = null
      held.safeSeq = 0
      this.flush.soon(held)
      return
    }
    // What is on disk can't be turned: ours goes on calling from memory, and asks again. It must not take the service down.
    if (!this.guard(held, () => { transition(found.state, { is: 'time' }, this.#ports.clock.now()) })) return this.flush.later(held, RETRY_MS)
    const facts = held.pending
    held.pending = []
    held.safe = found.state
    held.safeSeq = found.seq
    held.head = found.state
    held.headSeq = found.seq
    held.unlinked = [...held.presses].filter((press) => !found.presses.includes(press))
    for (const fact of facts) this.guard(held, () => { this.apply(held, fact.event) })
    held.rebased()
    this.#ports.changed(held)
    if (!held.allOnDisk) this.flush.soon(held)
  }

  #laneTaken (held: Held, found: AlarmRow): void {
    const { registry } = this.#ports
    const taker = registry.find(found.id)
    if (taker !== null && !isOpenAsPerceived(taker.head)) {
      // Our own earlier alarm of this lane, whose end is decided and on its way to disk: come back after it.
      this.flush.later(held, LANE_BUSY_MS)
      return
    }
    const into = taker ?? this.adopt(found)
    const said = held.pending.map(({ event }) => event).filter(isSaidByPeople)
    if (!this.guard(into, () => { for (const event of [...pressesOf(held), ...said]) this.apply(into, event) })) {
      // The one on disk can't be turned: this one goes on calling from memory, and asks again for its lane.
      this.flush.later(held, RETRY_MS)
      return
    }
    registry.drop(held)
    for (const hash of held.presses) registry.link(into, hash)
    this.flush.soon(into)
    held.handOverWaiters(into)
  }

  /** Takes an alarm from disk into memory. */
  adopt (row: AlarmRow): Held {
    const held = new Held({
      id: row.id,
      lane: row.lane,
      card: row.card === null ? null : this.#ports.directory.openCard(row.card),
      sealedCard: row.card,
      opened: row.state,
      seq: row.seq,
      safe: row.state,
      presses: row.presses
    })
    this.#ports.registry.hold(held)
    return held
  }
}

function pressesOf (held: Held): readonly AlarmEvent[] {
  return held.head.presses.map((press) => ({ is: 'pressed', press }))
}

/**
 * Which facts of an alarm that turned out to be another one count there too: whoever said "I am coming" is coming. Its
 * presses are said from the state; receipts count the tellings of the other alarm, and time passes everywhere by itself.
 */
function isSaidByPeople (event: AlarmEvent): boolean {
  switch (event.is) {
    case 'coming':
    case 'cannot':
    case 'arrived':
    case 'need-more':
    case 'over':
    case 'left':
    case 'revoked':
    case 'said-safe':
    case 'pin': return true
    case 'pressed':
    case 'doubted':
    case 'receipt':
    case 'reach':
    case 'superseded':
    case 'her-lanes-over':
    case 'time': return false
    default: return assertNever(event)
  }
}
