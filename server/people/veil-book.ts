/**
 * What screens were shown under duress, kept over locks and restarts: a list that grows back tells as much as one that
 * never shrank (R16). Nothing reads it but the screens that were lied to.
 */
import type { Base } from './base.ts'
import { LIED_TO_MAX, VEIL_KEPT_MS } from './limits.ts'
import type { EpochMs, ResponderId, WorkerId } from './words.ts'

/** What is not behind her PIN and tells of her list all the same (readiness, an armed room, who left) has to say under a lie. */
export type Lie = {
  /** The first step that would be told, were it true; without authorities. */
  readonly firstStep: readonly ResponderId[]
  /** Taken off her list in appearance: they left no trace. */
  readonly isRemoved: (responder: ResponderId) => boolean
  /** Everybody in her circle at that time, as pretended. null: it was the true one. */
  readonly circleAt: (at: EpochMs) => ReadonlySet<ResponderId> | null
  /** Until when she has read who left. */
  readonly leftReadAt: EpochMs | null
}

export interface VeilService {
  /** Her own PIN, typed on any of her phones, ends what these pages pretend: she must know the truth, whoever else looks. */
  typed (worker: WorkerId, verdict: 'true' | 'duress'): void
  /** null: nothing is pretended. From memory. */
  lie (worker: WorkerId): Lie | null
  /** Whoever lays what was pretended over the truth says what it comes to. */
  toldBy (tell: (worker: WorkerId) => Lie): void
  /** From memory. null: nothing was pretended, or it is long ago. */
  of (worker: WorkerId): string | null
  /** @throws StoreFailed: as what is pretended would, if it were done */
  keep (worker: WorkerId, text: string): Promise<void>
  /** She is herself again: new PINs were set with her own. */
  forget (worker: WorkerId): Promise<void>
}

export class VeilBook implements VeilService {
  readonly #base: Base
  readonly #kept = new Map<string, { readonly at: number, readonly text: string }>()
  readonly #free = new Set<WorkerId>()
  readonly #listeners = new Set<(worker: WorkerId) => void>()
  #tell: ((worker: WorkerId) => Lie) | null = null
  constructor (base: Base) { this.#base = base }

  /** At start. @throws StoreFailed */
  async load (): Promise<void> {
    for (const { worker, at, sealed } of await this.#base.store.veils()) {
      const text = this.#base.keyring.text(worker, sealed, 'veil')
      if (text !== null) this.#kept.set(worker, { at, text })
    }
  }

  typed (worker: WorkerId, verdict: 'true' | 'duress'): void {
    this.#free.delete(worker)
    if (verdict === 'true') this.#free.add(worker)
    const [oldest] = this.#free
    if (this.#free.size > LIED_TO_MAX && oldest !== undefined) this.#free.delete(oldest)
    this.#changed(worker)
  }

  toldBy (tell: (worker: WorkerId) => Lie): void { this.#tell = tell }
  lie (worker: WorkerId): Lie | null { return this.of(worker) === null || this.#free.has(worker) ? null : this.#tell?.(worker) ?? null }
  /** What is pretended may be another thing now. */
  onChanged (listener: (worker: WorkerId) => void): void { this.#listeners.add(listener) }

  of (worker: WorkerId): string | null {
    const kept = this.#kept.get(worker)
    if (kept === undefined) return null
    if (this.#base.keyring.key(worker) !== null && this.#base.clock.now() < kept.at + VEIL_KEPT_MS) return kept.text
    this.#kept.delete(worker)
    return null
  }

  async keep (worker: WorkerId, text: string): Promise<void> {
    if (this.#base.keyring.key(worker) === null) return
    const at = this.#base.clock.now()
    await this.#base.write('keepVeil', { worker, at, sealed: this.#base.keyring.sealText(worker, text, 'veil') })
    this.#kept.set(worker, { at, text })
    this.#changed(worker)
  }

  async forget (worker: WorkerId): Promise<void> {
    if (!this.#kept.has(worker)) return
    await this.#base.write('forgetVeil', { worker })
    this.#kept.delete(worker)
    this.#changed(worker)
  }

  #changed (worker: WorkerId): void { for (const listener of this.#listeners) listener(worker) }
}
