import { secondYesMs } from '../alarm/limits.ts'
import type { WorkerView } from '../alarm/views.ts'
import type { Outcome } from '../engine/desk.ts'
import type { NewCheckIn } from '../store/check-in-writes.ts'
import { StoreFailed } from '../store/store-failed.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import type { CheckInAnswers, Given } from './check-in-answers.ts'
import type { CheckInBook } from './check-in-book.ts'
import type { ByPin, CheckInService, CheckInShown, CheckInWish, Then } from './check-in-services.ts'
import { makeId } from './ids.ts'
import { CHECK_IN_LEAST_MS, CHECK_IN_MOST_MS, GRACE_LEAST_MS, GRACE_MOST_MS } from './limits.ts'
import type { Signs } from './signs.ts'
import type { WorkerId } from './words.ts'

export class CheckIns implements CheckInService {
  readonly #base: Base
  readonly #book: CheckInBook
  readonly #answers: CheckInAnswers
  readonly #signs: Signs
  readonly #changed: (worker: WorkerId) => void
  readonly #isPretendedEmpty: (worker: WorkerId) => boolean

  constructor (base: Base, parts: { readonly book: CheckInBook, readonly answers: CheckInAnswers, readonly signs: Signs, readonly changed: (worker: WorkerId) => void, readonly isPretendedEmpty: (worker: WorkerId) => boolean }) {
    this.#base = base
    this.#book = parts.book
    this.#answers = parts.answers
    this.#signs = parts.signs
    this.#changed = parts.changed
    this.#isPretendedEmpty = parts.isPretendedEmpty
  }

  of (worker: WorkerId): CheckInShown | null {
    const over = secondYesOf(this.#alarms(worker))
    if (over !== null) return over
    const promised = this.#book.shown(worker)
    if (promised === null) return null
    const dueAt = this.#book.dueAt(promised)
    return {
      checkIn: promised.row.id,
      for: 'promise',
      dueAt,
      phase: this.#base.clock.mono() >= promised.dueMono ? 'overdue' : 'waiting',
      raisesAt: dueAt + promised.row.graceMs,
      then: promised.row.outcome as Then
    }
  }

  isSaved (worker: WorkerId): boolean { return this.#book.isSaved(worker) }

  async make (worker: WorkerId, { forMs, graceMs, then }: CheckInWish) {
    if (!isWithin(forMs, CHECK_IN_LEAST_MS, CHECK_IN_MOST_MS)) return refuse('CHECK_IN_RANGE')
    if (!isWithin(graceMs, GRACE_LEAST_MS, GRACE_MOST_MS)) return refuse('GRACE_RANGE')
    if (!this.#base.picture.folk.workers.has(worker)) return refuse('WORKER_NOT_FOUND')
    // A promise that nobody would miss is none.
    if (this.#base.directory.routeCheckIn(worker, then).lanes.length === 0 || this.#isPretendedEmpty(worker)) return refuse('CIRCLE_EMPTY')
    this.heard(worker, true)
    // What she answered from memory is on disk as it was: another promise beside it would be a third.
    if (!this.#book.isSaved(worker)) return refuse('PROMISE_NOT_SAVED')
    try {
      return await this.#base.write('makeCheckIn', this.#promise(worker, forMs, graceMs, then))
    } catch (error) {
      if (!(error instanceof StoreFailed)) throw error
      return refuse('PROMISE_NOT_SAVED')
    } finally {
      this.#changed(worker)
    }
  }

  async confirm (worker: WorkerId, pin: ByPin) {
    this.heard(worker, true)
    const alarm = this.#alarms(worker).find((view) => view.ended === null && (view.missed !== null || secondYesOf([view]) !== null))
    // Read before anything is awaited: the true PIN and the other one are given the same answer, by the same work.
    const shown = this.#book.shown(worker)
    if (alarm !== undefined && pin === 'unset') return refuse('PIN_UNSET')
    const [given, ended] = await Promise.all([
      this.#answer(worker, shown?.row.id ?? null, pin, null),
      alarm === undefined || pin === 'unset' ? null : this.#base.running?.pin(worker, alarm.alarm, pin)
    ])
    return { ok: true as const, saved: isSaved(given) && isSaved(ended ?? null) }
  }

  async extend (worker: WorkerId, forMs: number, pin: ByPin) {
    if (!isWithin(forMs, CHECK_IN_LEAST_MS, CHECK_IN_MOST_MS)) return refuse('CHECK_IN_RANGE')
    const shown = this.#book.shown(worker)
    if (shown === null) return refuse('CHECK_IN_NOT_FOUND')
    this.heard(worker, true)
    const { row } = shown
    const next = this.#promise(worker, forMs, row.graceMs, row.outcome as Then)
    // Her shift may have ended since; where she was is still all that is known.
    return await this.#answer(worker, row.id, pin, next.room === null && next.place === null ? { ...next, room: row.room, place: row.place } : next)
  }

  async shiftEnded (worker: WorkerId, pin: ByPin | 'locked'): Promise<void> {
    const shown = this.#book.shown(worker)
    if (shown !== null && pin !== 'locked') await this.#answer(worker, shown.row.id, pin, null)
  }

  heard (worker: WorkerId, shown: boolean): void { this.#signs.of(worker, shown) }

  async #answer (worker: WorkerId, id: string | null, pin: ByPin, next: NewCheckIn | null): Promise<Given> {
    return await this.#answers.give(worker, { worker, id, ends: this.#book.idsOf(worker), forced: pin === 'duress', next })
  }

  #promise (worker: WorkerId, forMs: number, graceMs: number, outcome: Then): NewCheckIn {
    this.#book.noticeSetClock()
    const madeAt = this.#base.clock.now()
    const shift = this.#base.roster.openOf(worker)
    return { id: makeId(), worker, madeAt, dueAt: madeAt + forMs, graceMs, outcome, room: shift?.room ?? null, place: shift?.place ?? null }
  }

  #alarms (worker: WorkerId): readonly WorkerView[] {
    return this.#base.running?.workerAlarms(worker).map(({ view }) => view) ?? []
  }
}

/**
 * R14: the only one who came says that it is over, and the second yes is hers: her alarm has become a check-in. The same
 * words, the same page, the same answer.
 */
export function secondYesOf (alarms: readonly WorkerView[]): CheckInShown | null {
  const view = alarms.find(({ ended, overSaidAt, rows }) => ended === null && overSaidAt !== null && rows.length === 1)
  if (view === undefined || view.overSaidAt === null) return null
  const dueAt = view.overSaidAt + secondYesMs
  return { checkIn: view.alarm, for: 'over', dueAt, phase: 'waiting', raisesAt: dueAt, then: null }
}

/** What was not found needs no saving. */
function isSaved (given: Given | Outcome | null): boolean { return given?.ok !== true || given.saved }

function isWithin (ms: number, least: number, most: number): boolean { return Number.isInteger(ms) && ms >= least && ms <= most }
