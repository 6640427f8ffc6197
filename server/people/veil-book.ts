/**
 * What screens were shown under duress, kept over locks and restarts: a list that grows back tells as much as one that
 * never shrank (R16). Nothing reads it but the screens that were lied to.
 */
import type { Base } from './base.ts'
import { VEIL_KEPT_MS } from './limits.ts'
import type { WorkerId } from './words.ts'

export interface VeilService {
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
  constructor (base: Base) { this.#base = base }

  /** At start. @throws StoreFailed */
  async load (): Promise<void> {
    for (const { worker, at, sealed } of await this.#base.store.veils()) {
      const text = this.#base.keyring.text(worker, sealed, 'veil')
      if (text !== null) this.#kept.set(worker, { at, text })
    }
  }

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
  }

  async forget (worker: WorkerId): Promise<void> {
    if (!this.#kept.has(worker)) return
    await this.#base.write('forgetVeil', { worker })
    this.#kept.delete(worker)
  }
}
