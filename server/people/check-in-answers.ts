/**
 * Her answers on their way to the disk (R1). An answer reassures: nothing is raised over one that came in time, and it is
 * acknowledged when it is on disk. When the disk has failed for 5 s it acts from memory, is labelled "not saved", and is
 * written as soon as the disk can. A crash before that brings the old promise back: it is kept once too often, never lost.
 */
import { notSavedAfterMs } from '../alarm/limits.ts'
import type { CheckInAnswered } from '../store/check-in-writes.ts'
import { StoreFailed } from '../store/store-failed.ts'
import type { Base } from './base.ts'
import type { CheckInBook } from './check-in-book.ts'
import { UNSAVED_ANSWERS_MAX } from './limits.ts'
import type { Done, Refused, WorkerId } from './words.ts'

/** `saved: false`: it acts from memory. */
export type Given = Done<{ saved: boolean }> | Refused<'CHECK_IN_NOT_FOUND'>
type Written = { readonly ok: true } | Refused<'CHECK_IN_NOT_FOUND'>

export class CheckInAnswers {
  readonly #base: Base
  readonly #book: CheckInBook
  readonly #changed: (worker: WorkerId) => void
  /** One worker's answers reach the disk in the order in which she gave them: the second may put off what the first promised. */
  readonly #last = new Map<string, Promise<unknown>>()
  #waiting = 0

  constructor (base: Base, book: CheckInBook, changed: (worker: WorkerId) => void) {
    this.#base = base
    this.#book = book
    this.#changed = changed
  }

  /** @throws StoreFailed more answers wait for the disk than are kept; nothing is done */
  async give (worker: WorkerId, answer: CheckInAnswered): Promise<Given> {
    if (this.#waiting >= UNSAVED_ANSWERS_MAX) throw new StoreFailed('Too many answers wait for the disk', { reason: 'QUEUE_FULL' })
    const { clock, directory: { recorder } } = this.#base
    const withdraw = this.#book.begin(answer)
    const written = this.#write(worker, answer, withdraw)
    return await new Promise((resolve, reject) => {
      const cancel = clock.after(Math.max(notSavedAfterMs - recorder.failingMs, 0), () => {
        this.#book.act(answer)
        this.#changed(worker)
        resolve({ ok: true, saved: false })
      })
      written.then((done) => {
        cancel()
        resolve(done.ok ? { ok: true, saved: true } : done)
      }, (error: unknown) => {
        cancel()
        reject(error instanceof Error ? error : new StoreFailed('The answer was not written', { cause: error }))
      })
    })
  }

  /** Resolves when what she has said by now is on disk. */
  async settled (worker: WorkerId): Promise<void> { await this.#last.get(worker) }

  async #write (worker: WorkerId, answer: CheckInAnswered, withdraw: () => void): Promise<Written> {
    const { recorder } = this.#base.directory
    const turn = (this.#last.get(worker) ?? Promise.resolve()).then(() => recorder.keep('answerCheckIn', answer))
    this.#last.set(worker, turn)
    this.#waiting += 1
    const written = await turn
    this.#waiting -= 1
    if (this.#last.get(worker) === turn) this.#last.delete(worker)
    if (written?.ok === true) this.#book.settle(answer)
    // The house closes: what she said holds as long as this process lives.
    else if (!recorder.isStopped) withdraw()
    this.#changed(worker)
    if (written === null) throw new StoreFailed('The answer was not written')
    return written
  }
}
