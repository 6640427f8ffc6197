import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import { ALIAS_CHARS_MAX } from './limits.ts'
import type { ResponderSelf, ResponderService } from './services.ts'
import type { Language, ResponderId, ResponderKind } from './words.ts'

export class Responders implements ResponderService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  self (responder: ResponderId): ResponderSelf | null {
    const row = this.#base.picture.folk.responders.get(responder)
    if (row === undefined) return null
    return {
      name: this.#base.keyring.text(responder, row.name, 'name') ?? '',
      kind: row.kind as ResponderKind,
      language: row.language as Language,
      circles: this.#confirmedBy(responder).length
    }
  }

  async change (responder: ResponderId, change: { readonly name?: string, readonly language?: Language }) {
    const name = change.name === undefined ? null : readText(change.name, ALIAS_CHARS_MAX)
    if (name?.ok === false) return name
    if (this.#base.keyring.key(responder) === null) return refuse('RESPONDER_NOT_FOUND')
    return await this.#base.write('changeResponder', {
      responder, name: name === null ? null : this.#base.keyring.sealText(responder, name.text, 'name'), language: change.language ?? null
    })
  }

  async leave (responder: ResponderId) {
    if (!this.#base.picture.folk.responders.has(responder)) return refuse('RESPONDER_NOT_FOUND')
    for (const worker of this.#base.picture.folk.workersOf.get(responder) ?? []) {
      this.#base.directory.dropAtOnce({ is: 'contact', worker, responder })
    }
    this.#base.running?.leftAll(responder)
    return await this.#base.insist('leaveAll', { responder })
  }

  #confirmedBy (responder: ResponderId): readonly string[] {
    const { contacts, workersOf } = this.#base.picture.folk
    return [...workersOf.get(responder) ?? []].filter((worker) => contacts.get(worker)?.get(responder)?.confirmed === true)
  }
}
