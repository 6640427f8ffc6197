import type { WorkerHome } from '../notify/ports.ts'
import type { HomeService } from './home-services.ts'
import type { WorkerId } from './words.ts'

/** One reader for each part of her page. */
export type HomeParts = { readonly [Part in keyof WorkerHome]: (worker: WorkerId) => WorkerHome[Part] }

export class Homes implements HomeService {
  readonly #parts: HomeParts
  readonly #listeners = new Set<(worker: WorkerId) => void>()

  constructor (parts: HomeParts) { this.#parts = parts }

  of (worker: WorkerId): WorkerHome {
    return { checkIn: this.#parts.checkIn(worker), readiness: this.#parts.readiness(worker), shortcut: this.#parts.shortcut(worker), leftAt: this.#parts.leftAt(worker), joins: this.#parts.joins(worker) }
  }

  changed (worker: WorkerId): void {
    for (const listener of this.#listeners) listener(worker)
  }

  onChanged (listener: (worker: WorkerId) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }
}
