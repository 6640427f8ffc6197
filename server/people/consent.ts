/** R6: her own, explicit, dated consent; for this shift; taken back at once. */
import type { ConsentId } from '../alarm/alarm.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import type { ConsentListed, ConsentService, ListShown } from './circle-services.ts'
import { makeId } from './ids.ts'
import { journalLine } from './journal.ts'
import { WORDING_CHARS_MAX } from './limits.ts'
import type { EpochMs, ResponderId, WorkerId } from './words.ts'

export class Consents implements ConsentService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async give (worker: WorkerId, responder: ResponderId, wording: string) {
    const text = readText(wording, WORDING_CHARS_MAX)
    if (!text.ok) return refuse(text.code === 'TEXT_EMPTY' ? 'WORDING_EMPTY' : text.code)
    const written = await this.#base.write('giveConsent', { id: makeId<ConsentId>(), worker, responder, wording: text.text, at: this.#base.clock.now() },
      journalLine(this.#base, worker, { what: 'consent-given', by: 'you', responder }))
    return written.ok ? { ok: true as const, id: written.id as ConsentId } : written
  }

  would (worker: WorkerId, responder: ResponderId, wording: string, { contacts, consents }: ListShown) {
    const text = readText(wording, WORDING_CHARS_MAX)
    if (!text.ok) return refuse(text.code === 'TEXT_EMPTY' ? 'WORDING_EMPTY' : text.code)
    const contact = contacts.find((each) => each.responder === responder)
    if (contact === undefined) return refuse('NOT_HER_CONTACT')
    if (!contact.confirmed) return refuse('NOT_CONFIRMED')
    if (contact.kind !== 'authority') return refuse('NOT_AN_AUTHORITY')
    if (this.#base.roster.openOf(worker) === null) return refuse('NO_SHIFT')
    const given = consents.find((each) => each.responder === responder && each.live)
    if (given !== undefined) return { ok: true as const, id: given.id, fresh: null }
    const id = makeId<ConsentId>()
    return { ok: true as const, id, fresh: { id, responder, wording: text.text, givenAt: this.#base.clock.now() as EpochMs, revokedAt: null, live: true } }
  }

  async revoke (worker: WorkerId, consent: ConsentId) {
    const held = this.#base.picture.folk.consents.get(consent)
    if (held !== undefined && held.worker === worker) {
      this.#base.directory.dropAtOnce({ is: 'consent', id: consent, responder: held.responder })
      this.#base.running?.revoked(consent)
    }
    const line = journalLine(this.#base, worker, { what: 'consent-revoked', by: 'you', ...held === undefined ? {} : { responder: held.responder as ResponderId } })
    return await this.#base.insist('revokeConsent', { worker, consent, at: this.#base.clock.now() }, line)
  }

  list (worker: WorkerId): readonly ConsentListed[] {
    const { consents, consentsOf } = this.#base.picture.folk
    const shift = this.#base.roster.openOf(worker)?.id
    return (consentsOf.get(worker) ?? []).map((row) => ({
      id: row.id as ConsentId,
      responder: row.responder as ResponderId,
      wording: row.wording,
      givenAt: row.givenAt as EpochMs,
      revokedAt: row.revokedAt as EpochMs | null,
      live: consents.has(row.id) && row.shift === shift
    }))
  }
}
