/** R20: a rehearsed alarm to her whole list, by her own wish, and how long each of them took: told, shown, seen, answered. */
import type { DrillFact } from '../../engine/desk.ts'
import type { DrillEnd, DrillPersonRow, DrillRow } from '../../store/readiness-writes.ts'
import { StoreFailed } from '../../store/store-failed.ts'
import { refuse } from '../base.ts'
import type { Base } from '../base.ts'
import { makeId } from '../ids.ts'
import { DRILL_DUE_MS, DRILL_EVERY_MS, DRILLS_MAX, DRILLS_RUNNING_MAX, REMINDERS_PER_LOOK_MAX } from '../limits.ts'
import type { EpochMs, WorkerId } from '../words.ts'
import { isNight } from './night.ts'
import type { ReadinessPorts } from './ports.ts'

type Running = { readonly id: string, readonly worker: WorkerId, readonly at: EpochMs, readonly toldMono: number, readonly people: Map<string, DrillPersonRow>, ended: DrillEnd | null }

export class Drills {
  readonly #base: Base
  readonly #ports: () => ReadinessPorts | null
  readonly #isPretendedEmpty: (worker: WorkerId) => boolean
  /** By alarm; ended ones too, for late receipts, until there are too many. */
  readonly #running = new Map<string, Running>()
  readonly #begunMono = new Map<WorkerId, number>()

  constructor (base: Base, ports: () => ReadinessPorts | null, isPretendedEmpty: (worker: WorkerId) => boolean) {
    this.#base = base
    this.#isPretendedEmpty = isPretendedEmpty
    this.#ports = ports
  }

  /** Returns as soon as everybody was told; what it measures is read with `list`. */
  begin (worker: WorkerId) {
    const ports = this.#ports()
    const { clock } = this.#base
    if (ports === null || ports.alarms.isOpen(worker)) return refuse('ALARM_OPEN')
    if (isNight(clock.now(), ports.timeZone)) return refuse('DRILL_AT_NIGHT')
    const sinceMs = clock.mono() - (this.#begunMono.get(worker) ?? -Infinity)
    if (sinceMs < DRILL_EVERY_MS) return refuse('DRILL_TOO_SOON')
    const id = makeId()
    const toldMono = clock.mono()
    const begun = this.#isPretendedEmpty(worker) ? null : ports.drills.drill(worker, id)
    if (begun === null) return refuse('NOBODY_TO_DRILL')
    const people = new Map(begun.people.map(({ responder, told }): [string, DrillPersonRow] => [responder, { responder, told, shownMs: null, seenMs: null, answeredMs: null }]))
    this.#forgetOld()
    this.#begunMono.set(worker, toldMono)
    this.#running.set(begun.alarm, { id, worker, at: clock.now(), toldMono, people, ended: null })
    this.#keep(begun.alarm)
    return { ok: true as const, id }
  }

  /**
   * At the start nothing runs here: what has no end was cut off with the service, and its receipts are measured no more
   * (a steady clock dies with its process).
   */
  endCutOff (): void { void this.#base.directory.recorder.keep('endDrills', { why: 'interrupted' }) }

  heard (fact: DrillFact): void {
    const running = this.#running.get(fact.alarm)
    if (running === undefined) return
    const ms = Math.round(this.#base.clock.mono() - running.toldMono)
    if (fact.is === 'ended') running.ended = fact.why
    else if (!this.#measure(running, fact, ms)) return
    this.#keep(fact.alarm)
  }

  /** The newest first; what runs as it is now. @throws StoreFailed */
  async list (worker: WorkerId): Promise<readonly DrillRow[]> {
    const held = new Map([...this.#running.values()].filter((drill) => drill.worker === worker).map((drill) => [drill.id, rowOf(drill)]))
    const stored = await this.#base.store.drillsOf(worker)
    const unsaved = [...held.values()].filter(({ id }) => !stored.some((row) => row.id === id))
    const contacts = this.#base.picture.folk.contacts.get(worker)
    return [...unsaved, ...stored.map((row) => held.get(row.id) ?? row)].sort((a, b) => b.at - a.at)
      // Who left her list is nobody any more (R5).
      .map((row) => ({ ...row, people: row.people.filter(({ responder }) => contacts?.has(responder) === true) }))
  }

  /** Now and then: whoever has not drilled for a week is asked to, by day, at most once a week. Never rejects. */
  async remind (): Promise<void> {
    const ports = this.#ports()
    const now = this.#base.clock.now()
    if (ports === null || isNight(now, ports.timeZone)) return
    try {
      const due = (await this.#base.store.drillsDue()).filter(({ drilledAt, remindedAt }) => isOld(drilledAt, now) && isOld(remindedAt, now))
      for (const { worker } of due.slice(0, REMINDERS_PER_LOOK_MAX)) {
        // Kept first: a service that dies in between has reminded nobody, which is better than again and again.
        await this.#base.store.write('remindedOfDrill', { worker, at: now })
        ports.remind(worker as WorkerId, 'drill-due')
      }
    } catch (error) {
      if (!(error instanceof StoreFailed)) throw error
    }
  }

  #measure (running: Running, fact: Extract<DrillFact, { readonly from: unknown }>, ms: number): boolean {
    const person = running.people.get(fact.from)
    if (person === undefined) return false
    const isSeen = fact.is === 'answered' || fact.level === 'seen'
    const isShown = isSeen || fact.level === 'shown'
    if (!isShown) return false
    running.people.set(fact.from, {
      ...person,
      told: true,
      shownMs: person.shownMs ?? ms,
      seenMs: person.seenMs ?? (isSeen ? ms : null),
      answeredMs: person.answeredMs ?? (fact.is === 'answered' ? ms : null)
    })
    return true
  }

  #keep (alarm: string): void {
    const running = this.#running.get(alarm)
    if (running !== undefined) void this.#base.directory.recorder.keep('keepDrill', { worker: running.worker, drill: rowOf(running), most: DRILLS_MAX })
  }

  /** One that is over; if none is, the oldest has no end that anybody will hear of. */
  #forgetOldest (): void {
    const [alarm, running] = [...this.#running].find(([, { ended }]) => ended !== null) ?? [...this.#running][0] ?? []
    if (alarm === undefined || running === undefined) return
    if (running.ended === null) {
      running.ended = 'interrupted'
      this.#keep(alarm)
    }
    this.#running.delete(alarm)
  }

  #forgetOld (): void {
    if (this.#running.size >= DRILLS_RUNNING_MAX) this.#forgetOldest()
    const [first] = this.#begunMono.keys()
    if (this.#begunMono.size >= DRILLS_RUNNING_MAX && first !== undefined) this.#begunMono.delete(first)
  }
}

function rowOf ({ id, at, ended, people }: Running): DrillRow { return { id, at, ended, people: [...people.values()] } }

/** A time that lies ahead was written by a clock that has jumped back: it counts as old, or she is never asked again. */
function isOld (at: number | null, now: number): boolean { return at === null || at > now || now - at >= DRILL_DUE_MS }
