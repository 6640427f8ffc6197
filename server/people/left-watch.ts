/**
 * R5: a responder who leaves is told of to her at once: her page says that somebody left, and her phone is reminded. Not in
 * the hour after her alarm ended, truly or not: what her people do then is not hers to see (R15); it waits until that is over.
 */
import type { Cancel } from '../clock/clock.ts'
import type { LeftRow } from '../store/people-rows.ts'
import type { Base } from './base.ts'
import { leftOf } from './left.ts'
import { LEFT_WAITING_MAX } from './limits.ts'
import type { Lie } from './veil-book.ts'
import type { EpochMs, WorkerId } from './words.ts'

export type LeftPorts = {
  readonly quiet: (worker: WorkerId) => { readonly endedAt: EpochMs, readonly leftMs: number } | null
  readonly lie: (worker: WorkerId) => Lie | null
  readonly changed: (worker: WorkerId) => void
  readonly remind: (worker: WorkerId) => void
}

export class LeftWatch {
  readonly #base: Base
  readonly #ports: LeftPorts
  readonly #waiting = new Map<WorkerId, Cancel>()
  #known: ReadonlyMap<string, readonly LeftRow[]>

  constructor (base: Base, ports: LeftPorts) {
    this.#base = base
    this.#ports = ports
    this.#known = base.picture.folk.leftOf
    base.directory.onChanged(() => { this.#look() })
  }

  /** When somebody left last whom she has not taken note of. null: nobody, as far as she may see now. */
  of (worker: WorkerId): EpochMs | null {
    const quiet = this.#ports.quiet(worker)
    const [newest] = leftOf(this.#base, worker, this.#ports.lie(worker)).filter(({ at }) => quiet === null || at <= quiet.endedAt)
    return newest?.at ?? null
  }

  stop (): void {
    for (const cancel of this.#waiting.values()) cancel()
    this.#waiting.clear()
  }

  #look (): void {
    const { leftOf: now } = this.#base.picture.folk
    if (now === this.#known) return
    const before = this.#known
    this.#known = now
    for (const worker of new Set([...before.keys(), ...now.keys()])) {
      const [was, is] = [before.get(worker) ?? [], now.get(worker) ?? []].map((rows) => rows.map(({ id }) => id)) as [string[], string[]]
      const fresh = is.filter((id) => !was.includes(id))
      if (fresh.length > 0) this.#tell(worker as WorkerId, fresh)
      else if (was.length !== is.length) this.#ports.changed(worker as WorkerId)
    }
  }

  #tell (worker: WorkerId, fresh: readonly string[]): void {
    const quiet = this.#ports.quiet(worker)
    if (quiet === null) {
      this.#ports.changed(worker)
      // Whom she took off her list in appearance, nobody tells of.
      if (leftOf(this.#base, worker, this.#ports.lie(worker)).some(({ id }) => fresh.includes(id))) this.#ports.remind(worker)
      return
    }
    this.#waiting.get(worker)?.()
    if (this.#waiting.size >= LEFT_WAITING_MAX) return
    this.#waiting.set(worker, this.#base.clock.after(quiet.leftMs, () => {
      this.#waiting.delete(worker)
      this.#tell(worker, fresh)
    }))
  }
}
