/**
 * The promises that are open, in memory, each on the monotonic clock: a wall clock that is set a day forward fires none,
 * and one that is set back loses none. What is kept on disk is wall time, moved along when the wall clock is set.
 */
import type { EpochMs, MonoMs } from '../clock/clock.ts'
import type { CheckInRow } from '../store/people-rows.ts'
import type { CheckInAnswered } from '../store/check-in-writes.ts'
import type { Base } from './base.ts'
import { answered, isDone } from './check-in-answer.ts'
import { CLOCK_SET_MS } from './limits.ts'
import type { WorkerId } from './words.ts'

export type Promised = { readonly row: CheckInRow, readonly worker: WorkerId, readonly dueMono: MonoMs, readonly graceEndsMono: MonoMs }
/** `waits`: for the disk. `acts`: from memory, for the disk has failed too long. `saved`: on disk, and not in the picture yet. */
type Answering = { readonly answer: CheckInAnswered, is: 'waits' | 'acts' | 'saved' }

export class CheckInBook {
  readonly #base: Base
  readonly #promised = new Map<string, Promised>()
  /** Raised, and still on disk. */
  readonly #raised = new Set<string>()
  readonly #listeners = new Set<() => void>()
  #answers: readonly Answering[] = []
  #rows: readonly CheckInRow[] = []
  #offsetMs: number

  constructor (base: Base) {
    this.#base = base
    this.#offsetMs = base.clock.now() - base.clock.mono()
    base.directory.onChanged(() => { if (base.picture.checkIns !== this.#rows) this.#take() })
  }

  /** Every promise that may still fall due. */
  open (): readonly Promised[] { return [...this.#promised.values()].filter(({ row }) => !this.#raised.has(row.id)) }

  /** Those that may be told of: nothing is said over an answer that is on its way to the disk. */
  unanswered (): readonly Promised[] {
    const answering = new Set(this.#answers.filter(({ is }) => is === 'waits').flatMap<string | null>(({ answer }) => answer.forced ? [answer.id] : [...answer.ends]))
    return this.open().filter(({ row }) => !answering.has(row.id))
  }

  /** All that she promised and nobody has answered on disk, seen or not, raised or not. */
  idsOf (worker: WorkerId): readonly string[] { return [...this.#promised.values()].filter((one) => one.worker === worker).map(({ row }) => row.id) }

  /** Whether what her page shows of it is on disk. */
  isSaved (worker: WorkerId): boolean { return !this.#answers.some(({ is, answer }) => is === 'acts' && answer.worker === worker) }

  /** An answer is on its way to the disk. Returns the way to take it back. */
  begin (answer: CheckInAnswered): () => void {
    this.#answers = [...this.#answers, { answer, is: 'waits' }]
    return () => {
      this.#answers = this.#answers.filter((one) => one.answer !== answer)
      this.#take()
    }
  }

  /** It holds from memory. */
  act (answer: CheckInAnswered): void { this.#is(answer, 'acts') }

  /** It is on disk. A picture that could not be read anew does not bring the old promise back. */
  settle (answer: CheckInAnswered): void { this.#is(answer, 'saved') }

  /** The one that her page shows. */
  shown (worker: WorkerId): Promised | null {
    return this.open().find(({ row }) => row.worker === worker && !row.forced) ?? null
  }

  dueAt ({ row }: Promised): EpochMs { return (row.dueAt + row.shiftedMs) as EpochMs }

  raise ({ row }: Promised): void { this.#raised.add(row.id) }

  /** It could not be raised: a fault of ours; it is tried again. */
  unraise ({ row }: Promised): void { this.#raised.delete(row.id) }

  /** Before anything is read from or written by the wall clock. */
  noticeSetClock (): void {
    const offsetMs = this.#base.clock.now() - this.#base.clock.mono()
    const byMs = Math.round(offsetMs - this.#offsetMs)
    if (Math.abs(byMs) <= CLOCK_SET_MS) return
    this.#offsetMs = offsetMs
    const ids = [...this.#promised.keys()]
    if (ids.length > 0) void this.#base.directory.recorder.keep('shiftCheckIns', { ids, byMs })
  }

  /** A promise came, went or moved. Returns the way to stop listening. */
  onChanged (listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  #is (answer: CheckInAnswered, is: 'acts' | 'saved'): void {
    const answering = this.#answers.find((one) => one.answer === answer)
    if (answering !== undefined) answering.is = is
    this.#take()
  }

  #take (): void {
    this.#rows = this.#base.picture.checkIns
    this.#answers = this.#answers.filter(({ is, answer }) => is !== 'saved' || !isDone(this.#rows, answer))
    const checkIns = this.#answers.filter(({ is }) => is !== 'waits').reduce((rows, { answer }) => answered(rows, answer), this.#rows)
    const known = new Map(this.#promised)
    this.#promised.clear()
    for (const row of checkIns) {
      const dueMono = known.get(row.id)?.dueMono ?? this.#monoOf(row)
      this.#promised.set(row.id, { row, worker: row.worker as WorkerId, dueMono, graceEndsMono: (dueMono + row.graceMs) as MonoMs })
    }
    for (const id of this.#raised) if (!this.#promised.has(id)) this.#raised.delete(id)
    for (const listener of this.#listeners) listener()
  }

  /** Further away than it was ever promised: written by a clock that was set back while the service was down, and due now. */
  #monoOf ({ madeAt, dueAt, shiftedMs }: CheckInRow): MonoMs {
    const leftMs = dueAt + shiftedMs - this.#base.clock.now()
    const isBeyond = leftMs > dueAt - madeAt + CLOCK_SET_MS
    return (this.#base.clock.mono() + (isBeyond ? 0 : leftMs)) as MonoMs
  }
}
