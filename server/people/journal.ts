/**
 * What she can read about who changed or saw what concerned her. Every line is hers alone: of other people it names
 * none but those on her own list, and it is no register of who worked when.
 */
import type { JournalRow } from '../store/people-rows.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import type { JournalEntry, JournalLine, JournalService } from './services.ts'
import type { EpochMs, WorkerId } from './words.ts'

export class Journals implements JournalService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async list (worker: WorkerId): Promise<readonly JournalLine[]> {
    const rows = await this.#base.store.journal(worker)
    return rows.flatMap(({ id, at, sealed }) => {
      const text = this.#base.keyring.text(worker, sealed, 'journal')
      return text === null ? [] : [{ id, at: at as EpochMs, ...JSON.parse(text) as JournalEntry }]
    })
  }

  async note (worker: WorkerId, entry: JournalEntry): Promise<void> {
    await this.#base.write('note', {}, journalLine(this.#base, worker, entry))
  }
}

/** To be written together with what it tells of. None for somebody who was erased. */
export function journalLine (base: Base, worker: WorkerId, entry: JournalEntry): readonly JournalRow[] {
  if (base.keyring.key(worker) === null) return []
  return [{ id: makeId(), worker, at: base.clock.now(), sealed: base.keyring.sealText(worker, JSON.stringify(entry), 'journal') }]
}
