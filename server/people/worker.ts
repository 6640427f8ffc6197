import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import { ALIAS_CHARS_MAX } from './limits.ts'
import type { WorkerSelf, WorkerService } from './services.ts'
import type { Language, WorkerId } from './words.ts'

export class Workers implements WorkerService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  self (worker: WorkerId): WorkerSelf | null {
    const row = this.#base.picture.folk.workers.get(worker)
    if (row === undefined) return null
    return { alias: this.#base.keyring.text(worker, row.alias, 'alias') ?? '', language: row.language as Language, hasPin: row.pins !== null }
  }

  async change (worker: WorkerId, change: { readonly alias?: string, readonly language?: Language }) {
    const alias = change.alias === undefined ? null : readText(change.alias, ALIAS_CHARS_MAX)
    if (alias?.ok === false) return alias
    if (this.#base.keyring.key(worker) === null) return refuse('WORKER_NOT_FOUND')
    return await this.#base.write('changeWorker', {
      worker, alias: alias === null ? null : this.#base.keyring.sealText(worker, alias.text, 'alias'), language: change.language ?? null
    })
  }
}
