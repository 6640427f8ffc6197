/**
 * Keeps every worker who looks at her screen told of what changes (R19), and of nothing else: only what may differ is
 * judged again, at most once a second, a slice at a time. A house of 5,000 beating buttons costs what its late ones cost.
 */
import type { Cancel, MonoMs } from '../../clock/clock.ts'
import type { ShiftRow } from '../../store/people-rows.ts'
import type { Base } from '../base.ts'
import type { ButtonBook } from '../button.ts'
import { AFTER_ALARM_MS, READINESS_AGAIN_MS, READINESS_LOOK_MS, READINESS_SLICE, SIGN_OF_LIFE_MS } from '../limits.ts'
import type { EpochMs, ResponderId, WorkerId } from '../words.ts'
import { DeafTimes } from './deaf.ts'
import type { DeafShift } from './deaf.ts'
import { Devices } from './devices.ts'
import type { Facts, PersonFact, Readiness } from './facts.ts'
import { firstStep, gather, personFact } from './gather.ts'
import type { Sources } from './gather.ts'
import { changesInMs, isWorse, judge, saysTheSame } from './judge.ts'
import type { ReadinessPorts, Vitals } from './ports.ts'
import { PressedButtons } from './pressed.ts'
import { stampOf } from './stamp.ts'

type Watched = { readonly told: Readiness, readonly dueMono: number }
/** What her people were at the end of her alarm: what they do in the hour after it is not hers to see (R15). */
type Quiet = { readonly endedAt: EpochMs, readonly untilMono: number, readonly gatheredMono: MonoMs, readonly people: ReadonlyMap<ResponderId, PersonFact> }

export class ReadinessWatch {
  readonly devices: Devices
  readonly #base: Base
  readonly #sources: Sources
  readonly #deaf: DeafTimes
  readonly #watched = new Map<WorkerId, Watched>()
  readonly #quiet = new Map<WorkerId, Quiet>()
  readonly #dirty = new Set<WorkerId>()
  readonly #dirtyRooms = new Set<string>()
  #allDirty = true
  #ports: ReadinessPorts | null = null
  #vitals: Vitals | null = null
  #signedMono = -Infinity
  #lookedMono = Infinity
  #doors: object | null = null
  #cancel: Cancel = () => undefined

  constructor (base: Base, buttons: ButtonBook, pretended: Sources['pretended']) {
    this.#base = base
    this.devices = new Devices(base, (responder) => { this.#ofResponder(responder) })
    const pressed = new PressedButtons(base)
    this.#sources = { base, buttons, devices: this.devices, pressed, ports: () => this.#ports, vitals: () => this.#vitals, pretended }
    this.#deaf = new DeafTimes(base, buttons, (worker, stillSo) => { this.#ports?.remind(worker, 'readiness-lost', stillSo) })
    base.directory.pressHeard = (press) => {
      pressed.heard(press)
      this.#ofButton(press.did)
    }
    base.directory.onChanged(() => { this.#peopleChanged() })
    buttons.onNews((did) => { this.#ofButton(did) })
  }

  /** At start, after the directory. @throws StoreFailed */
  async load (): Promise<void> {
    const kept = await this.#base.store.readinessKept()
    this.devices.load(kept)
    this.#sources.pressed.load(kept)
    this.#deaf.load(kept.deaf, kept.aliveAt)
    this.#peopleChanged()
  }

  /** From now on she is told. Returns the way to stop. */
  start (ports: ReadinessPorts): Cancel {
    this.#ports = ports
    this.#look()
    return () => {
      this.#cancel()
      this.#ports = null
      this.#vitals = null
    }
  }

  of (worker: WorkerId): Readiness { return this.#judge(worker, this.#base.roster.openOf(worker)).readiness }

  /** What her pages were told last: a page that opens later sees no other truth than those that are open. */
  told (worker: WorkerId): Readiness { return this.#watched.get(worker)?.told ?? this.of(worker) }

  async deafOf (worker: WorkerId): Promise<DeafShift | null> { return await this.#deaf.of(worker) }

  /** An alarm of hers ended within the hour: what her people do is not hers to see yet (R15). */
  isQuiet (worker: WorkerId): boolean { return this.#quietOf(worker) !== null }

  /** A page of hers opened or closed. */
  touched (worker: WorkerId): void { this.#dirty.add(worker) }

  /** Its end, true or said under duress, is remembered at this very moment: before anybody could react to it. */
  alarmChanged (worker: WorkerId): void {
    const before = this.#quiet.get(worker)?.endedAt ?? null
    const quiet = this.#quietOf(worker)
    // Only her own end: what else goes on behind it must not be told by the moment at which she is judged again (R15).
    if (quiet !== null && quiet.endedAt !== before) this.#dirty.add(worker)
  }

  pageChanged (responder: ResponderId, session: string, heardMono: MonoMs, open: boolean): void {
    const { clock } = this.#base
    // What an open page shows is asked of the page; what it showed last is kept when it closes. A closed page can't ring.
    if (!open) this.devices.gaveSign(responder, session, false, stampOf(clock, heardMono))
    this.#ofResponder(responder)
  }

  async stop (): Promise<void> {
    this.#cancel()
    await this.devices.stop()
    await this.#sign().catch(() => undefined)
  }

  /** A calm word to her own phone; none while the house is not open. */
  remind (worker: WorkerId, what: 'somebody-left'): void { this.#ports?.remind(worker, what) }

  // ---- what may have changed

  #peopleChanged (): void {
    const shifts = this.#base.roster.all()
    this.#sources.pressed.follow(shifts)
    this.#deaf.forget(shifts)
    if (this.#doors !== this.#base.picture.doors) this.devices.forgetGone()
    this.#doors = this.#base.picture.doors
    this.#allDirty = true
  }

  #ofButton (did: string): void {
    const room = this.#base.picture.places.buttons.get(did)?.room
    if (room !== undefined) this.#dirtyRooms.add(room)
  }

  #ofResponder (responder: ResponderId): void {
    for (const worker of this.#base.picture.folk.workersOf.get(responder) ?? []) this.#dirty.add(worker as WorkerId)
  }

  // ---- once a second

  #look (): void {
    const { clock } = this.#base
    const ports = this.#ports
    this.#cancel = clock.after(READINESS_LOOK_MS, () => { this.#look() })
    if (ports === null) return
    const vitals = ports.vitals()
    this.#vitalsChanged(vitals)
    const open = this.#base.roster.all().filter(({ endedAt }) => endedAt === null)
    const sleptMs = clock.mono() - this.#lookedMono
    this.#lookedMono = clock.mono()
    // Not a clock that jumped: this process did not run.
    if (sleptMs > 2 * SIGN_OF_LIFE_MS) this.#deaf.slept(open, sleptMs)
    for (const [worker, { untilMono }] of this.#quiet) if (untilMono <= clock.mono()) this.#quiet.delete(worker)
    this.#lookForDeaf(open, vitals)
    this.#lookAtWatched(open, ports)
    if (clock.mono() - this.#signedMono >= SIGN_OF_LIFE_MS) this.#sign().catch(() => undefined)
  }

  #vitalsChanged (vitals: Vitals): void {
    if (JSON.stringify(vitals) !== JSON.stringify(this.#vitals)) this.#allDirty = true
    this.#vitals = vitals
  }

  #lookForDeaf (open: readonly ShiftRow[], vitals: Vitals): void {
    if (this.#allDirty) this.#deaf.look(open, vitals)
    else if (this.#dirtyRooms.size > 0) this.#deaf.look(open.filter(({ room }) => room !== null && this.#dirtyRooms.has(room)), vitals)
  }

  #lookAtWatched (open: readonly ShiftRow[], ports: ReadinessPorts): void {
    const now = this.#base.clock.mono()
    const shifts = new Map(open.map((row) => [row.worker, row]))
    const pages = new Set(ports.pages.workers())
    for (const worker of this.#watched.keys()) if (!pages.has(worker)) this.#watched.delete(worker)
    for (const worker of pages) {
      const room = shifts.get(worker)?.room ?? null
      const isDue = (this.#watched.get(worker)?.dueMono ?? -Infinity) <= now
      if (this.#allDirty || isDue || (room !== null && this.#dirtyRooms.has(room))) this.#dirty.add(worker)
    }
    this.#allDirty = false
    this.#dirtyRooms.clear()
    for (const worker of this.#dirty) if (!pages.has(worker)) this.#dirty.delete(worker)
    this.#slice(shifts, ports)
  }

  #slice (shifts: ReadonlyMap<string, ShiftRow>, ports: ReadinessPorts): void {
    const changed: WorkerId[] = []
    for (const worker of [...this.#dirty].slice(0, READINESS_SLICE)) {
      this.#dirty.delete(worker)
      const before = this.#watched.get(worker)?.told
      const { readiness, inMs } = this.#judge(worker, shifts.get(worker) ?? null)
      const isNews = before === undefined || !saysTheSame(before, readiness)
      // What was told stays what was told, to the byte: a time in it that moved by itself would go out with somebody else's event (R15).
      this.#watched.set(worker, { told: isNews ? readiness : before, dueMono: this.#base.clock.mono() + inMs })
      if (isNews) changed.push(worker)
    }
    for (const worker of changed) ports.changed(worker)
    if (this.#dirty.size > 0) this.#base.clock.after(0, () => { if (this.#ports === ports) this.#slice(shifts, ports) })
  }

  #judge (worker: WorkerId, shift: ShiftRow | null): { readonly readiness: Readiness, readonly inMs: number } {
    const quiet = this.#quietOf(worker)
    const truth = this.#facts(worker, shift, quiet, firstStep(this.#base, worker))
    const pretended = this.#sources.pretended(worker)
    const lie = pretended === null ? null : this.#facts(worker, shift, quiet, pretended)
    // Never better than the truth: of what keeps her safe nothing is made up.
    const facts = lie === null || isWorse(judge(truth), judge(lie)) ? truth : lie
    const quietMs = quiet === null ? Infinity : quiet.untilMono - this.#base.clock.mono()
    return { readiness: judge(facts), inMs: Math.min(changesInMs(facts) ?? READINESS_AGAIN_MS, quietMs, READINESS_AGAIN_MS) }
  }

  #facts (worker: WorkerId, shift: ShiftRow | null, quiet: Quiet | null, step: readonly ResponderId[]): Facts {
    return {
      ...gather(this.#sources, worker, shift),
      people: quiet === null ? step.map((responder) => personFact(this.#sources, worker, responder)) : this.#thenPeople(step, quiet),
      circleIsEmpty: step.length === 0,
      alarmEndedAt: quiet?.endedAt ?? null
    }
  }

  // ---- after an alarm

  /** Until then what her people do is not hers to see. null: it is. */
  quiet (worker: WorkerId): { readonly endedAt: EpochMs, readonly leftMs: number } | null {
    const quiet = this.#quietOf(worker)
    return quiet === null ? null : { endedAt: quiet.endedAt, leftMs: quiet.untilMono - this.#base.clock.mono() }
  }

  #quietOf (worker: WorkerId): Quiet | null {
    const { clock } = this.#base
    const endedAt = this.#ports?.alarms.endedAt(worker) ?? null
    const known = this.#quiet.get(worker)
    if (endedAt !== null && known?.endedAt !== endedAt) {
      // A second alarm that ends within the hour of the first: what those who know the truth of the first did meanwhile stays unseen.
      const then = known !== undefined && clock.mono() < known.untilMono ? known : this.#peopleNow(worker)
      this.#quiet.set(worker, { ...then, endedAt, untilMono: clock.mono() + AFTER_ALARM_MS })
    }
    const quiet = this.#quiet.get(worker)
    if (quiet !== undefined && clock.mono() < quiet.untilMono) return quiet
    this.#quiet.delete(worker)
    return null
  }

  #peopleNow (worker: WorkerId): Pick<Quiet, 'people' | 'gatheredMono'> {
    const steps = [...firstStep(this.#base, worker), ...this.#sources.pretended(worker) ?? []]
    return {
      gatheredMono: this.#base.clock.mono(),
      people: new Map(steps.map((responder): [ResponderId, PersonFact] => [responder, personFact(this.#sources, worker, responder)]))
    }
  }

  /** As they were, and older: somebody she puts on her list afterwards is not known yet. */
  #thenPeople (step: readonly ResponderId[], { people: then, gatheredMono }: Quiet): readonly PersonFact[] {
    const olderMs = this.#base.clock.mono() - gatheredMono
    return step.map((responder) => {
      const fact = then.get(responder)
      if (fact === undefined) return { availableMs: null, answered: null, devices: 0, way: 'push', rings: false }
      const { answered, availableMs } = fact
      return {
        ...fact,
        availableMs: availableMs === null || availableMs <= olderMs ? null : availableMs - olderMs,
        answered: answered === null || answered.ageMs === null ? answered : { ...answered, ageMs: answered.ageMs + olderMs }
      }
    })
  }

  /** @throws StoreFailed */
  async #sign (): Promise<void> {
    this.#signedMono = this.#base.clock.mono()
    await this.#base.store.write('signOfLife', { at: this.#base.clock.now() })
  }
}
