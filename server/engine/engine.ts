import type { AlarmEvent, AlarmId, ConsentId, Kind, Level, Reach, ResponderId, RoomId, WorkerId } from '../alarm/alarm.ts'
import { isOpenAsPerceived, laneKey } from '../alarm/lanes.ts'
import type { MonoMs } from '../clock/clock.ts'
import type { SteadyClock } from '../clock/steady-clock.ts'
import type { AlarmStore } from '../store/alarm-store.ts'
import { Changes, type ChangedButtons } from './changes.ts'
import type {
  AlarmDesk, AnswerGiven, Changed, CheckInMissed, DrillBegun, DrillDesk, DrillFact, Outcome, ResponderAlarm, WorkerAlarm
} from './desk.ts'
import { Drills } from './drills.ts'
import type { Held } from './held.ts'
import type { Identity } from './identity.ts'
import { Lights, type ButtonEvent, type Light } from './lights.ts'
import { Loop } from './loop.ts'
import type { Directory, Messenger, Receipts } from './ports.ts'
import { Presses, type ButtonPress, type Verdict } from './presses.ts'
import { recover } from './recover.ts'
import { Registry } from './registry.ts'
import { Showing } from './showing.ts'
import { Teller } from './teller.ts'
import { Turns } from './turns.ts'

/** A log that takes codes and counts, never names or ids. */
export type EngineLog = {
  readonly warn: (fields: Record<string, unknown>, says: string) => void
  readonly info: (fields: Record<string, unknown>, says: string) => void
}

export type EngineOptions = {
  readonly store: AlarmStore
  readonly directory: Directory
  readonly messenger: Messenger
  readonly clock: SteadyClock
  readonly identity: Identity
  readonly log: EngineLog
}

export type EngineHealth = { readonly storeWorks: boolean, readonly isOnTime: boolean, readonly alarmsLive: number }

const NOT_FOUND: Outcome = { ok: false, code: 'ALARM_NOT_FOUND' }

/** Runs the alarm core: decides in memory, the disk follows. */
export class Engine implements AlarmDesk, DrillDesk, Receipts {
  readonly #registry = new Registry()
  readonly #changes: Changes
  readonly #turns: Turns
  readonly #presses: Presses
  readonly #drills = new Drills()
  readonly #lights: Lights
  readonly #showing: Showing
  readonly #loop: Loop
  readonly #options: EngineOptions
  /** When the store began to fail; null while it works. */
  #storeFailingSince: MonoMs | null = null

  constructor (options: EngineOptions) {
    const { store, directory, messenger, clock, identity, log } = options
    this.#options = options
    const registry = this.#registry
    const teller = new Teller({ messenger, directory, warn: (reason, lane) => { log.warn({ reason, lane: lane.split(':')[0] }, 'an alarm needs attention') } })
    this.#turns = new Turns({
      registry,
      teller,
      store,
      directory,
      clock,
      changed: (held) => { this.#changes.of(held) },
      ended: (held) => { this.#drills.ended(held) },
      storeFailingMs: () => this.#storeFailingSince === null ? 0 : clock.mono() - this.#storeFailingSince,
      storeFailed: (cause) => { this.#storeFailed(cause) },
      storeWorked: () => { this.#storeWorked() },
      faulted: (_held, cause) => { log.warn({ code: 'ALARM_FAULT', fault: cause instanceof Error ? cause.name : typeof cause }, 'an alarm can\'t be turned; all others go on') }
    })
    this.#presses = new Presses({ registry, turns: this.#turns, store, directory, identity, clock })
    this.#lights = new Lights({ registry, clock, isKept: (press) => this.#presses.isKept(press) })
    this.#changes = new Changes(this.#lights)
    this.#showing = new Showing(registry, (held) => this.#turns.isUnsaved(held))
    this.#loop = new Loop({
      clock,
      registry,
      turns: this.#turns,
      teller,
      probe: () => { store.probe().then(() => { this.#storeWorked() }, (cause: unknown) => { this.#storeFailed(cause) }) },
      clockJumped: (jumpedMs) => { log.warn({ jumpedMs }, 'the wall clock jumped') }
    })
  }

  /** Brings back every live alarm and starts the loop. */
  async start (): Promise<void> {
    const { store, log } = this.#options
    const alarms = await recover({ store, registry: this.#registry, turns: this.#turns })
    if (alarms > 0) log.info({ alarms }, 'alarms go on')
    this.#loop.start()
  }

  /** Stops timing and waits for what is being written. */
  async stop (): Promise<void> {
    this.#loop.stop()
    this.#presses.stop()
    await this.#turns.flush.stop()
  }

  // ---- presses

  /** Raises before it returns; `durable` resolves when the press is on disk. Never throws. */
  pressByButton (heard: ButtonPress): { readonly verdict: Verdict, readonly durable: Promise<void> } {
    const { verdict, press, unarmed, durable } = this.#presses.byButton(heard)
    this.#lights.learn(heard.did, heard.event, press, unarmed)
    return { verdict, durable }
  }

  pressByPhone (worker: WorkerId, kind: Kind, key: string, token: string | null = null): { readonly verdict: Verdict, readonly recorded: Promise<void> } {
    const { verdict, durable } = this.#presses.byPhone(worker, kind, key, token)
    return { verdict, recorded: durable }
  }

  checkInMissed (missed: CheckInMissed): { readonly recorded: Promise<void> } {
    return { recorded: this.#presses.byCheckIn(missed).durable }
  }

  drill (worker: WorkerId, key: string): DrillBegun | null {
    const held = this.#presses.drill(worker, key)
    return held === null ? null : { alarm: held.id, people: held.head.people.map((p) => ({ responder: p.who.id, told: p.told !== null })) }
  }

  onDrill (listener: (fact: DrillFact) => void): () => void { return this.#drills.on(listener) }

  /** A stale press came again in an accepted frame (`false`), or did not in time (`true`). */
  mayBeReplay (did: string, event: ButtonEvent, replay: boolean): void {
    const hash = this.#lights.pressOf(did, event) ?? this.#options.identity.ofButton(did, event, 1)
    const press = this.#options.identity.ofPress(hash)
    this.#turns.each(this.#registry.ofPress(hash), { is: 'doubted', press, doubt: replay ? 'may-be-replay' : 'none' })
  }

  // ---- facts

  async answer (alarm: AlarmId, from: ResponderId, given: AnswerGiven): Promise<Outcome> {
    const held = this.#registry.find(alarm)
    if (held === null || this.#showing.responderOf(held, from) === null) return NOT_FOUND
    const event: AlarmEvent = given.is === 'coming' ? { is: 'coming', from, minutes: given.minutes } : { is: given.is, from }
    this.#drills.answered(held, from)
    this.#turns.apply(held, event)
    return this.#acknowledged(held)
  }

  receipt (alarm: AlarmId, from: ResponderId, n: number, level: Level): void {
    const held = this.#registry.find(alarm)
    if (held !== null && this.#turns.apply(held, { is: 'receipt', from, n, level })) this.#drills.receipt(held, from, level)
  }

  reach (responder: ResponderId, reach: Reach): void {
    this.#turns.each(this.#registry.withPerson(responder), { is: 'reach', of: responder, reach })
  }

  saidSafe (worker: WorkerId, alarm: AlarmId): Promise<Outcome> {
    return this.#byHer(worker, alarm, { is: 'said-safe' })
  }

  pin (worker: WorkerId, alarm: AlarmId, pin: 'true' | 'duress'): Promise<Outcome> {
    return this.#byHer(worker, alarm, { is: 'pin', pin })
  }

  left (worker: WorkerId, responder: ResponderId): void {
    const hers = this.#registry.withPerson(responder).filter(({ head: { lane } }) => lane.is === 'hers' && lane.worker === worker)
    this.#turns.each(hers, { is: 'left', who: responder })
  }

  leftAll (responder: ResponderId): void {
    this.#turns.each(this.#registry.withPerson(responder), { is: 'left', who: responder })
  }

  leftRoom (room: RoomId, responder: ResponderId): void {
    const rooms = this.#registry.withPerson(responder).filter(({ head: { lane } }) => lane.is === 'standing' && lane.room === room)
    this.#turns.each(rooms, { is: 'left', who: responder })
  }

  revoked (consent: string): void {
    this.#turns.each(this.#registry.all(), { is: 'revoked', consent: consent as ConsentId })
  }

  /** What runs in her own lanes: open as she perceives it, or telling somebody still, whatever her screen shows (R15). */
  alarmsOf (worker: WorkerId): 'open' | 'telling' | 'none' {
    const heads = this.#ofHers(worker).map(({ head }) => head)
    if (heads.some(isOpenAsPerceived)) return 'open'
    return heads.some(({ phase }) => phase.is !== 'settled' && phase.is !== 'unresolved') ? 'telling' : 'none'
  }

  /** She is erased: her ended alarms are let go, or a late receipt would write them again. */
  forget (worker: WorkerId): void {
    for (const held of this.#ofHers(worker)) if (!isOpenAsPerceived(held.head)) this.#registry.drop(held)
  }

  // ---- what is shown

  workerAlarms (worker: WorkerId): readonly WorkerAlarm[] { return this.#showing.worker(worker) }
  responderAlarms (responder: ResponderId): readonly ResponderAlarm[] { return this.#showing.responder(responder) }
  lightOf (did: string, event: ButtonEvent): Light | null { return this.#lights.of(did, event) }
  lightsOf (did: string): readonly Light[] { return this.#lights.ofButton(did) }
  onChanged (listener: (changed: Changed) => void): () => void { return this.#changes.onPeople(listener) }
  onLights (listener: (changed: ChangedButtons) => void): () => void { return this.#changes.onButtons(listener) }

  health (): EngineHealth {
    return {
      storeWorks: this.#storeFailingSince === null,
      isOnTime: this.#loop.isOnTime,
      // As anyone may perceive them: a figure that outlives a settled end would tell of what goes on behind it (R15).
      alarmsLive: [...this.#registry.all()].filter(({ head }) => head.ended?.settled !== true).length
    }
  }

  /** Everybody in the plan of an alarm that runs; every worker whose own alarm has not settled, and those of whom that may be perceived. */
  concerned (): { readonly responders: readonly ResponderId[], readonly workers: readonly WorkerId[], readonly workersPerceived: readonly WorkerId[] } {
    return { responders: this.#registry.responders, workers: this.#registry.workers, workersPerceived: this.#registry.workersPerceived }
  }

  /** Worst lateness of the loop's wake-ups since last asked. */
  takeLatenessMs (): number { return this.#loop.takeLatenessMs() }

  #ofHers (worker: WorkerId): readonly Held[] {
    return [laneKey({ is: 'hers', worker }), laneKey({ is: 'test', by: 'worker', worker })].flatMap((lane) => this.#registry.inLane(lane))
  }

  async #byHer (worker: WorkerId, alarm: AlarmId, event: AlarmEvent): Promise<Outcome> {
    const held = this.#registry.find(alarm)
    if (held === null || held.head.lane.is !== 'hers' || held.head.lane.worker !== worker) return NOT_FOUND
    if (!isOpenAsPerceived(held.head)) return NOT_FOUND
    this.#turns.apply(held, event)
    return this.#acknowledged(held)
  }

  async #acknowledged (held: Held): Promise<Outcome> {
    const saved = held.durable(true)
    this.#turns.actUnsaved(held)
    return { ok: true, saved: await saved }
  }

  #storeFailed (cause: unknown): void {
    if (this.#storeFailingSince !== null) return
    this.#storeFailingSince = this.#options.clock.mono()
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'UNKNOWN'
    this.#options.log.warn({ code }, 'the store refuses writes: alarms go out, nothing is acknowledged as saved')
  }

  #storeWorked (): void {
    if (this.#storeFailingSince === null) return
    this.#storeFailingSince = null
    this.#options.log.info({}, 'the store writes again')
  }
}
