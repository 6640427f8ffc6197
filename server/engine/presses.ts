import type { Doubt, Kind, Press, WorkerId } from '../alarm/alarm.ts'
import { isOpenAsPerceived, laneKey } from '../alarm/lanes.ts'
import { strongest } from '../alarm/presses.ts'
import type { Clock, EpochMs } from '../clock/clock.ts'
import type { AlarmStore, PressHash } from '../store/alarm-store.ts'
import { isClosed } from '../store/store-failed.ts'
import { Floods } from './floods.ts'
import { RETRY_MS } from './flush.ts'
import type { Held } from './held.ts'
import type { Identity } from './identity.ts'
import type { CheckInMissed } from './desk.ts'
import type { Directory, Routed } from './ports.ts'
import type { Registry } from './registry.ts'
import type { Turns } from './turns.ts'

/** A press older than this when it arrives is alerted as "late", with its time (R7). */
export const LATE_AFTER_MS = 10 * 60_000
/** Presses whose memory has not reached the disk yet; beyond it the oldest is left to the disk alone. */
const UNREMEMBERED_MAX = 10_000

export type ButtonPress = {
  readonly did: string
  readonly event: { readonly evboot: number, readonly evn: number, readonly evid: Uint8Array }
  readonly kind: Kind
  readonly merged: number
  readonly receivedAt: EpochMs
  readonly pressedAt: EpochMs
  readonly ageMs: number | null
  readonly stale: boolean
}

export type Verdict = 'raised' | 'joined' | 'known' | 'unarmed'
export type Heard = {
  readonly verdict: Verdict
  readonly press: PressHash
  /** No lane took it, now or when it was first heard: nobody was told. */
  readonly unarmed: boolean
  readonly durable: Promise<void>
}

export type PressesPorts = {
  readonly registry: Registry
  readonly turns: Turns
  readonly store: AlarmStore
  readonly directory: Directory
  readonly identity: Identity
  readonly clock: Clock
}

/** From a heard press to the alarms it opens or joins: raised before anything is awaited. */
export class Presses {
  readonly #ports: PressesPorts
  /** Presses without an alarm that are on their way to disk. */
  readonly #remembering = new Map<PressHash, Promise<void>>()
  readonly #floods: Floods

  constructor (ports: PressesPorts) {
    this.#ports = ports
    this.#floods = new Floods(ports.clock)
  }

  byButton (heard: ButtonPress): Heard {
    const { identity, clock, directory } = this.#ports
    const first = identity.ofButton(heard.did, heard.event, 1)
    const grown = heard.merged > 1 ? identity.ofButton(heard.did, heard.event, heard.merged) : first
    if (grown !== first && this.#isSpokenForBy(first, grown)) return this.#grewWhileOpen(first, grown)
    if (this.isKnown(grown)) return this.#known(grown)
    const { did, kind, pressedAt, receivedAt } = heard
    const uncertain = heard.ageMs === null ? { uncertain: true } as const : {}
    const stale = heard.stale ? { stale: true } as const : {}
    const routed = directory.routeButton({ did, kind, pressedAt, receivedAt, ...uncertain, ...stale }, clock.now())
    const press = { pressedAt, doubt: doubtOf(heard) }
    return this.#raise(routed, press, grown, grown === first ? [grown] : [first, grown])
  }

  /** @param token the phone shortcut that pressed; null: her own session, which is never held back */
  byPhone (worker: WorkerId, kind: Kind, idempotencyKey: string, token: string | null): Heard {
    const { identity, clock, directory } = this.#ports
    const hash = identity.ofPhone(worker, idempotencyKey)
    if (this.isKnown(hash)) return this.#known(hash)
    // It was merged into an alarm that may have ended since: its repetition is no new press.
    if (token !== null && this.#floods.isMerged(token, idempotencyKey)) return { verdict: 'known', press: hash, unarmed: false, durable: Promise.resolve() }
    const now = clock.now()
    const press = { pressedAt: now, doubt: 'none' } as const
    const routed = directory.routePhone(worker, kind, now)
    const merged = token === null ? null : this.#merged(routed, { press, hash, key: idempotencyKey, token })
    if (merged !== null) return merged
    const heard = this.#raise(routed, press, hash, [hash])
    const raised = token === null ? undefined : this.#ports.registry.ofPress(hash)[0]
    if (token !== null && raised !== undefined) this.#floods.passed(token, raised.id)
    return heard
  }

  /** A flood from one token: this press has to wait, and is told when it may be. null: it goes in now. */
  #merged (routed: Routed, { press, hash, key, token }: { press: Omit<Press, 'id' | 'kind'>, hash: PressHash, key: string, token: string }): Heard | null {
    const [plan] = routed.lanes
    const into = plan?.lane.is === 'hers' ? this.#ports.registry.openIn(laneKey(plan.lane)) : null
    // What makes the alarm stronger never waits, and can do so but a few times.
    if (plan === undefined || into === null || strongest(into.head.kind, plan.kind) !== into.head.kind) return null
    const heard: Heard = { verdict: 'joined', press: hash, unarmed: false, durable: into.durable(false).then(() => undefined) }
    const later = (): void => {
      // It joined this alarm, and no other: what she has ended meanwhile is not opened anew by it.
      if (!isOpenAsPerceived(into.head) || this.isKnown(hash)) return
      this.#raise(routed, press, hash, [hash])
      this.#floods.passed(token, into.id)
    }
    return this.#floods.holdsBack(token, into.id, key, later) ? heard : null
  }

  stop (): void { this.#floods.stop() }

  byCheckIn ({ worker, checkIn, promisedAt, missed, raisedAt, kind }: CheckInMissed): Heard {
    const { identity, directory } = this.#ports
    const hash = identity.ofCheckIn(checkIn, promisedAt)
    if (this.isKnown(hash)) return this.#known(hash)
    return this.#raise(directory.routeCheckIn(worker, kind), { pressedAt: raisedAt, doubt: 'none', missed }, hash, [hash])
  }

  /** A rehearsal of the whole list. The same key again begins nothing new. */
  drill (worker: WorkerId, key: string): Held | null {
    const { identity, clock, directory, registry, turns } = this.#ports
    const hash = identity.ofPhone(worker, key)
    const now = clock.now()
    const [plan] = this.isKnown(hash) ? [] : directory.routeDrill(worker, now).lanes
    if (plan === undefined) return null
    this.#supersedeDrill(worker)
    const lane = laneKey(plan.lane)
    return registry.openIn(lane) ?? turns.open(identity.ofAlarm(hash, lane), plan, { id: identity.ofPress(hash), kind: 'test', pressedAt: now, doubt: 'none' }, hash)
  }

  isKnown (press: PressHash): boolean {
    return this.#ports.registry.ofPress(press).length > 0 || this.#remembering.has(press) || this.#onDisk(press)
  }

  /** Whether that it was heard is on disk: nothing calm may be said of it before. */
  isKept (press: PressHash): boolean { return this.#onDisk(press) }

  #isUnarmed (press: PressHash): boolean {
    const marker = this.#ports.identity.ofUnarmed(press)
    return this.#ports.registry.ofPress(press).length === 0 && (this.#remembering.has(marker) || this.#onDisk(marker))
  }

  /** A disk that can't be read knows nothing: better a second alarm than none. */
  #onDisk (press: PressHash): boolean {
    try {
      return this.#ports.store.known(press).heard
    } catch {
      return false
    }
  }

  /**
   * Whether the grown event has no alarm of its own, because it grew while the first one's ran: it is remembered alone,
   * and by itself it would read as a press whose alarm is long over ("all clear").
   */
  #isSpokenForBy (first: PressHash, grown: PressHash): boolean {
    const { registry } = this.#ports
    if (registry.ofPress(grown).length > 0) return false
    const alarms = registry.ofPress(first)
    return this.isKnown(grown) ? alarms.length > 0 : alarms.some((held) => isOpenAsPerceived(held.head))
  }

  #known (press: PressHash): Heard {
    const alarms = this.#ports.registry.ofPress(press).map((held) => held.durable(false))
    const remembering = this.#remembering.get(press)
    const durable = Promise.all([...alarms, ...(remembering === undefined ? [] : [remembering])]).then(() => undefined)
    return { verdict: 'known', press, unarmed: this.#isUnarmed(press), durable }
  }

  /** The button merged a further press into an event whose alarm runs: nothing to raise, and it must not raise later. */
  #grewWhileOpen (first: PressHash, grown: PressHash): Heard {
    const remembered = this.isKept(grown) ? Promise.resolve() : this.#remembering.get(grown) ?? this.#remember([grown])
    const { durable } = this.#known(first)
    return { verdict: 'known', press: first, unarmed: false, durable: Promise.all([durable, remembered]).then(() => undefined) }
  }

  #raise (routed: Routed, press: Omit<Press, 'id' | 'kind'>, hash: PressHash, hashes: readonly PressHash[]): Heard {
    const told = routed.lanes.map((plan) => {
      const { registry, turns, identity } = this.#ports
      const lane = laneKey(plan.lane)
      // What she was forced to say is nobody's to see: it never joins an alarm that shows.
      const into = press.missed?.forced === true ? null : registry.openIn(lane)
      const event: Press = { id: identity.ofPress(hash), kind: plan.kind, ...press }
      if (into !== null && turns.guard(into, () => { turns.join(into, event, hash) })) return { verdict: 'joined' as const, held: into }
      return { verdict: 'raised' as const, held: turns.open(identity.ofAlarm(hash, lane), plan, event, hash) }
    })
    // R13: who is told of a real press must not think that it is the rehearsal's.
    for (const { lane } of routed.lanes) if (lane.is === 'hers') this.#supersedeDrill(lane.worker)
    const durable = [routed.recorded, ...told.map(({ held }) => held.durable(false).then(() => undefined))]
    const unarmed = told.length === 0 && routed.use !== 'shift'
    const unlinked = unarmed ? [...hashes, this.#ports.identity.ofUnarmed(hash)] : told.length === 0 ? hashes : hashes.filter((h) => h !== hash)
    if (unlinked.length > 0) durable.push(this.#remember(unlinked, routed.recorded))
    const verdict = told.length === 0 ? 'unarmed' : told.some((t) => t.verdict === 'raised') ? 'raised' : 'joined'
    return { verdict, press: hash, unarmed, durable: Promise.all(durable).then(() => undefined) }
  }

  #supersedeDrill (worker: WorkerId): void {
    const { registry, turns } = this.#ports
    const held = registry.openIn(laneKey({ is: 'test', by: 'drill', worker }))
    if (held !== null) turns.guard(held, () => { turns.apply(held, { is: 'superseded' }) })
  }

  /**
   * Keeps trying until it is on disk: PUBACK waits for it. `after`: what the press itself was used for is on disk first,
   * or a crash in between would leave a press that is known and has done nothing.
   */
  #remember (presses: readonly PressHash[], after: Promise<void> = Promise.resolve()): Promise<void> {
    const { store, clock } = this.#ports
    const remembered = new Promise<void>((resolve) => {
      const attempt = (): void => {
        // A store that was closed takes nothing any more: asking on would keep a stopped process alive.
        store.remember(presses).then(resolve, (cause: unknown) => { if (!isClosed(cause)) clock.after(RETRY_MS, attempt) })
      }
      void after.then(attempt)
    })
    for (const press of presses) {
      if (this.#remembering.size >= UNREMEMBERED_MAX) this.#remembering.delete(this.#remembering.keys().next().value as PressHash)
      this.#remembering.set(press, remembered)
    }
    void remembered.then(() => { for (const press of presses) this.#remembering.delete(press) })
    return remembered
  }
}

function doubtOf (heard: ButtonPress): Doubt {
  if (heard.ageMs === null) return 'time-uncertain'
  return heard.receivedAt - heard.pressedAt > LATE_AFTER_MS ? 'late' : 'none'
}
