import { timingSafeEqual } from 'node:crypto'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { journalLine } from './journal.ts'
import type { RecoveryService } from './privacy-services.ts'
import { makeRecoveryWords, readRecoveryWords } from './recovery-words.ts'
import { newSession } from './session.ts'
import type { EpochMs, WorkerId } from './words.ts'

/**
 * The words hold 98 random bits: a keyed hash can't be tried out, with or without the key. A slow hash would add
 * nothing but a door at which strangers could make the service work; and with a salt each, the alias would have to be
 * asked for, and would tell who exists.
 */
export class Recovery implements RecoveryService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async madeAt (worker: WorkerId) {
    return ((await this.#base.store.privacy.recoveryOf(worker))?.madeAt ?? null) as EpochMs | null
  }

  async make (worker: WorkerId) {
    const words = makeRecoveryWords()
    const madeAt = this.#base.clock.now()
    const written = await this.#base.write('setRecovery', { worker, hash: this.#hash(words.join('')), at: madeAt },
      journalLine(this.#base, worker, { what: 'recovery-words-made', by: 'you' }))
    return written.ok ? { ok: true as const, words, madeAt } : written
  }

  async use (words: string, device: string) {
    const hash = this.#hash(words)
    const worker = (await this.#base.store.privacy.recovery(hash))?.worker as WorkerId | undefined
    const key = worker === undefined ? null : this.#base.keyring.key(worker)
    if (worker === undefined || key === null) return refuse('WORDS_WRONG')
    const session = newSession({ is: 'worker', id: worker }, key, device, this.#base.clock.now())
    const line = journalLine(this.#base, worker, { what: 'recovery-words-used', by: 'you', device: session.label })
    const written = await this.#base.write('recover', { worker, hash, session: session.row }, line)
    return written.ok ? { ok: true as const, session: session.opened } : written
  }

  async areHers (worker: WorkerId, words: string) {
    const held = await this.#base.store.privacy.recoveryOf(worker)
    return held !== null && timingSafeEqual(this.#hash(words), held.hash)
  }

  /** What can't be such words is hashed and looked for all the same: one answer, one time. */
  #hash (typed: string): Uint8Array { return this.#base.keyring.hash('recovery', readRecoveryWords(typed) ?? '') }
}
