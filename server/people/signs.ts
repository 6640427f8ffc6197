/** When each phone of those who promised something was last heard of. In memory; on disk once a minute. */
import type { EpochMs, MonoMs } from '../clock/clock.ts'
import type { Base } from './base.ts'
import type { WorkerId } from './words.ts'

/** More than any house has people who promised something at once; beyond it the one heard longest ago is forgotten. */
const SIGNS_MAX = 10_000

type Sign = { readonly at: EpochMs, readonly mono: MonoMs, readonly shownMono: MonoMs | null }

export class Signs {
  readonly #base: Base
  readonly #last = new Map<WorkerId, Sign>()

  constructor (base: Base) { this.#base = base }

  /** @param shown in answer to a reminder, or by her own hand: more than a page that lies open */
  of (worker: WorkerId, shown: boolean): void {
    const { clock } = this.#base
    const before = this.#last.get(worker)
    this.#last.delete(worker)
    this.#last.set(worker, { at: clock.now(), mono: clock.mono(), shownMono: shown ? clock.mono() : before?.shownMono ?? null })
    const [oldest] = this.#last.keys()
    if (this.#last.size > SIGNS_MAX && oldest !== undefined) this.#last.delete(oldest)
  }

  hasShownSince (worker: WorkerId, since: MonoMs): boolean {
    const shown = this.#last.get(worker)?.shownMono ?? null
    return shown !== null && shown >= since
  }

  /** By this process; null: not heard of since it started. */
  lastAt (worker: WorkerId): EpochMs | null { return this.#last.get(worker)?.at ?? null }
}
