/**
 * Watches over what was promised (R17): reminds her when it is overdue, and raises for her circle when the grace is over.
 * Before that no responder sees a byte of it. It asks no disk: what is due is raised while nothing can be written, too.
 */
import type { Cancel, EpochMs } from '../clock/clock.ts'
import type { AlarmDesk, Changed } from '../engine/desk.ts'
import type { Reminders } from '../notify/ports.ts'
import type { Base } from './base.ts'
import { secondYesOf } from './check-in.ts'
import type { CheckInAnswers } from './check-in-answers.ts'
import type { CheckInBook, Promised } from './check-in-book.ts'
import type { Then } from './check-in-services.ts'
import type { DirectoryLog } from './directory.ts'
import { journalLine } from './journal.ts'
import { HEARD_SAVED_MS, WATCH_MS } from './limits.ts'
import type { Signs } from './signs.ts'
import type { WorkerId } from './words.ts'

export type WatchParts = {
  readonly desk: Pick<AlarmDesk, 'checkInMissed' | 'workerAlarms' | 'onChanged'>
  readonly reminders: Reminders
  /** Her own pages that are open now. */
  readonly pagesOf: (worker: WorkerId) => number
  readonly log: DirectoryLog
}

type WatchOwn = { readonly book: CheckInBook, readonly answers: CheckInAnswers, readonly signs: Signs, readonly changed: (worker: WorkerId) => void }

export class CheckInWatch {
  readonly #base: Base
  readonly #answers: CheckInAnswers
  readonly #book: CheckInBook
  readonly #signs: Signs
  readonly #changed: (worker: WorkerId) => void
  readonly #parts: WatchParts
  /** How often she was reminded of each overdue promise. */
  readonly #reminded = new Map<string, number>()
  /** Second yeses that she was asked for, by alarm: when the first was said. */
  readonly #asked = new Map<string, number>()
  #cancel: Cancel = () => {}
  #savedMono: number

  constructor (base: Base, own: WatchOwn, parts: WatchParts) {
    this.#base = base
    this.#book = own.book
    this.#answers = own.answers
    this.#signs = own.signs
    this.#changed = own.changed
    this.#parts = parts
    this.#savedMono = base.clock.mono()
  }

  /** What fell due while nobody watched is acted on at once. Returns the way to stop. */
  start (): () => void {
    const forget = [this.#book.onChanged(() => { this.#run() }), this.#parts.desk.onChanged((changed) => { this.#askSecondYes(changed) })]
    this.#run()
    return () => {
      for (const one of forget) one()
      this.#cancel()
    }
  }

  #run (): void {
    this.#cancel()
    this.#book.noticeSetClock()
    for (const promised of this.#book.unanswered()) this.#look(promised)
    this.#saveSigns()
    const open = this.#book.open()
    for (const id of this.#reminded.keys()) if (!open.some(({ row }) => row.id === id)) this.#reminded.delete(id)
    if (open.length === 0) return
    const now = this.#base.clock.mono()
    const nextMono = Math.min(...open.flatMap(momentsOf).filter((at) => at > now), now + WATCH_MS)
    this.#cancel = this.#base.clock.after(nextMono - now, () => { this.#run() })
  }

  #look (promised: Promised): void {
    const { row, worker, dueMono, graceEndsMono } = promised
    if (this.#parts.pagesOf(worker) > 0) this.#signs.of(worker, false)
    const now = this.#base.clock.mono()
    if (now < dueMono) return
    // Forced to say that she is fine: her phone shows so, and no reminder may say otherwise (R15).
    if (row.forced || now >= graceEndsMono) return this.#raise(promised)
    this.#remind(promised, now >= halfOf(promised) ? 2 : 1)
  }

  /** When it falls due, and once more half-way to its end. */
  #remind ({ row, worker }: Promised, times: number): void {
    if ((this.#reminded.get(row.id) ?? 0) >= times) return
    this.#reminded.set(row.id, times)
    this.#parts.reminders.remind(worker, 'check-in-due', () => this.#book.shown(worker)?.row.id === row.id)
    this.#changed(worker)
  }

  #raise (promised: Promised): void {
    const { row, worker } = promised
    this.#book.raise(promised)
    try {
      const { recorded } = this.#parts.desk.checkInMissed(this.#missed(promised))
      const line = row.forced ? [] : journalLine(this.#base, worker, { what: 'check-in-raised', by: 'service' })
      void recorded.then(async () => {
        // What put it off may still be on its way to the disk, and would bring it back.
        await this.#answers.settled(worker)
        await this.#base.directory.recorder.keep('dropCheckIn', { id: row.id }, line)
      })
    } catch (error) {
      this.#book.unraise(promised)
      this.#parts.log.warn({ code: 'CHECK_IN_FAULT', err: error }, 'a check-in could not be raised; it is tried again')
    }
    if (!row.forced) this.#changed(worker)
  }

  #missed (promised: Promised) {
    const { row, worker, dueMono, graceEndsMono } = promised
    const unreachableSince = row.forced || this.#isReached(promised) ? null : this.#lastHeard(promised)
    const { clock } = this.#base
    const atOf = (mono: number) => Math.round(clock.now() - clock.mono() + mono) as EpochMs
    return {
      worker,
      checkIn: row.id,
      promisedAt: row.dueAt,
      missed: { dueAt: atOf(dueMono), unreachableSince, forced: row.forced },
      raisedAt: atOf(row.forced ? dueMono : graceEndsMono),
      // It may be that only a battery is empty.
      kind: unreachableSince === null ? row.outcome as Then : 'assist' as const
    }
  }

  #isReached ({ worker, dueMono }: Promised): boolean {
    return this.#parts.pagesOf(worker) > 0 || this.#signs.hasShownSince(worker, dueMono)
  }

  #lastHeard ({ row, worker }: Promised): EpochMs {
    return Math.max(row.heardAt, this.#signs.lastAt(worker) ?? 0) as EpochMs
  }

  #saveSigns (): void {
    const now = this.#base.clock.mono()
    if (now - this.#savedMono < HEARD_SAVED_MS) return
    this.#savedMono = now
    const heard = this.#book.open().flatMap(({ row, worker }) => {
      const at = this.#signs.lastAt(worker) ?? 0
      return at > row.heardAt ? [{ worker, at }] : []
    })
    if (heard.length > 0) void this.#base.directory.recorder.keep('hearCheckIns', { heard })
  }

  /** R14: in a circle of one her alarm becomes a check-in; she is reminded of it as of any other. */
  #askSecondYes ({ workers }: Changed): void {
    for (const worker of workers) {
      const over = secondYesOf(this.#parts.desk.workerAlarms(worker).map(({ view }) => view))
      if (over === null || this.#asked.get(worker) === over.dueAt) continue
      this.#asked.set(worker, over.dueAt)
      this.#parts.reminders.remind(worker, 'check-in-due', () => secondYesOf(this.#parts.desk.workerAlarms(worker).map(({ view }) => view)) !== null)
    }
  }
}

function halfOf ({ dueMono, row }: Promised): number { return dueMono + row.graceMs / 2 }

function momentsOf (promised: Promised): readonly number[] {
  return [promised.dueMono, halfOf(promised), promised.graceEndsMono]
}
