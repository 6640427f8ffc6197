import type { PushEndpoint } from '../notify/ports.ts'
import type { HerPhoneRow } from '../store/people-rows.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import type { HerPhoneService } from './home-services.ts'
import { makeId } from './ids.ts'
import { journalLine } from './journal.ts'
import { ENDPOINTS_MAX } from './limits.ts'
import type { EndpointListed, Subscription } from './services.ts'
import type { EndpointId, EpochMs, Language, WorkerId } from './words.ts'

export class HerPhoneBook implements HerPhoneService {
  readonly #base: Base
  /** Dead, and still on disk. */
  readonly #dead = new Set<string>()

  constructor (base: Base) {
    this.#base = base
    base.directory.onChanged(() => { this.#forgetGone() })
  }

  async add (worker: WorkerId, { url, p256dh, auth, text, language, provesShown }: Subscription) {
    const { keyring, clock } = this.#base
    if (keyring.key(worker) === null) return refuse('WORKER_NOT_FOUND')
    const id = makeId<EndpointId>()
    const written = await this.#base.write('addHerPhone', {
      id,
      worker,
      urlHash: keyring.hash('her-phone', url),
      sealed: keyring.sealText(worker, JSON.stringify({ url, p256dh, auth }), 'endpoint'),
      text,
      language,
      provesShown,
      at: clock.now(),
      most: ENDPOINTS_MAX
    })
    return written.ok ? { ok: true as const, id } : written
  }

  async remove (worker: WorkerId, phone: EndpointId) {
    if (!this.list(worker).some(({ id }) => id === phone)) return refuse('ENDPOINT_NOT_FOUND')
    return await this.#base.write('removeHerPhone', { id: phone }, journalLine(this.#base, worker, { what: 'phone-removed', by: 'you' }))
  }

  list (worker: WorkerId): readonly EndpointListed[] {
    return this.#rows(worker).map((row) => ({
      id: row.id as EndpointId, text: row.text as 'full' | 'discreet', language: row.language as Language, provesShown: row.provesShown, addedAt: row.addedAt as EpochMs
    }))
  }

  of (worker: WorkerId): readonly PushEndpoint[] {
    return this.#rows(worker).flatMap((row) => {
      const plain = this.#base.keyring.text(worker, row.sealed, 'endpoint')
      if (plain === null) return []
      const address = JSON.parse(plain) as { url: string, p256dh: string, auth: string }
      return [{ ...address, id: row.id as EndpointId, text: row.text as 'full' | 'discreet', language: row.language as Language, provesShown: row.provesShown }]
    })
  }

  dead (phone: EndpointId): void {
    this.#dead.add(phone)
    void this.#base.directory.recorder.keep('removeHerPhone', { id: phone })
  }

  #rows (worker: WorkerId): readonly HerPhoneRow[] {
    return (this.#base.picture.herPhones.get(worker) ?? []).filter(({ id }) => !this.#dead.has(id))
  }

  #forgetGone (): void {
    if (this.#dead.size === 0) return
    const present = new Set([...this.#base.picture.herPhones.values()].flatMap((rows) => rows.map(({ id }) => id)))
    for (const id of this.#dead) if (!present.has(id)) this.#dead.delete(id)
  }
}
