/** R5, R6: a responder joins with her code, says what kind they are, and is live after she has heard their code. */
import { availableUntil } from './available.ts'
import { sealText } from '../store/seal.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import type { Contact, ContactLeft, PairingJoin, PairingService } from './circle-services.ts'
import { kindOf } from './declaration.ts'
import { makeConfirmCode, makeId, makeShortCode, readCode } from './ids.ts'
import { journalLine } from './journal.ts'
import { leftOf } from './left.ts'
import type { Lie } from './veil-book.ts'
import { ALIAS_CHARS_MAX, CONFIRM_TRIES_MAX, CONTACTS_MAX, OPEN_PAIRINGS_MAX, PAIRING_CODE_MS, WORDING_CHARS_MAX } from './limits.ts'
import { newSession } from './session.ts'
import type { EpochMs, ResponderId, ResponderKind, WorkerId } from './words.ts'

export class Pairing implements PairingService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async begin (worker: WorkerId) {
    const code = makeShortCode()
    const at = this.#base.clock.now()
    const expiresAt = (at + PAIRING_CODE_MS) as EpochMs
    const written = await this.#base.write('beginPairing', { hash: this.#hash(code), worker, expiresAt, at, openMost: OPEN_PAIRINGS_MAX, contactsMost: CONTACTS_MAX })
    return written.ok ? { ok: true as const, code, expiresAt } : written
  }

  async look (code: string) {
    const found = await this.#base.store.pairing(this.#hash(code))
    return found === null || found.expiresAt <= this.#base.clock.now() ? null : { expiresAt: found.expiresAt as EpochMs }
  }

  async join (code: string, { name, language, device, ...declared }: PairingJoin) {
    const text = readText(name, ALIAS_CHARS_MAX)
    if (!text.ok) return text
    const wording = declared.neverForwards === undefined ? null : readText(declared.neverForwards, WORDING_CHARS_MAX)
    if (wording?.ok === false) return wording
    const kind = kindOf(declared)
    const responder = makeId<ResponderId>()
    const { key, wrapped } = this.#base.keyring.makeKey(responder)
    const at = this.#base.clock.now()
    const session = newSession({ is: 'responder', id: responder }, key, device, at)
    const confirm = makeConfirmCode()
    const written = await this.#base.write('joinPairing', {
      hash: this.#hash(code),
      at,
      responder,
      confirmHash: this.#confirmHash(responder, confirm),
      newcomer: { person: { role: 'responder', id: responder, kind, name: sealText(key, text.text, 'name'), language, neverForwards: wording === null ? null : { wording: wording.text, at } }, key: { holder: responder, wrapped }, session: session.row }
    })
    // Somebody new can only be refused for the code.
    return written.ok ? { ok: true as const, session: session.opened, confirm, kind } : refuse('CODE_NOT_FOUND')
  }

  async joinAs (code: string, responder: ResponderId) {
    const confirm = makeConfirmCode()
    const written = await this.#base.write('joinPairing', {
      hash: this.#hash(code), at: this.#base.clock.now(), responder, confirmHash: this.#confirmHash(responder, confirm), newcomer: null
    })
    return written.ok ? { ok: true as const, confirm } : written
  }

  contacts (worker: WorkerId): readonly Contact[] {
    const { contacts, responders } = this.#base.picture.folk
    return [...contacts.get(worker)?.values() ?? []].flatMap((row) => {
      const person = responders.get(row.responder)
      return person === undefined ? [] : [{
        responder: row.responder as ResponderId,
        name: this.#base.keyring.text(row.responder, person.name, 'name') ?? '',
        kind: person.kind as ResponderKind,
        joinedAt: row.joinedAt as EpochMs,
        confirmed: row.confirmed,
        mayKnow: row.mayKnow,
        sees: { alias: row.seesAlias, room: row.seesRoom, address: row.seesAddress },
        availableUntil: availableUntil(person, this.#base.clock.now()),
        neverForwardsAt: person.neverForwardsAt as EpochMs | null
      }]
    })
  }

  left (worker: WorkerId, lie: Lie | null = null): readonly ContactLeft[] { return leftOf(this.#base, worker, lie).map(({ name, at }) => ({ name, at })) }

  async forgetLeft (worker: WorkerId) { return await this.#base.write('forgetLeft', { worker }) }

  async confirm (worker: WorkerId, responder: ResponderId, code: string, pretended = false) {
    const isKnown = pretended || this.#base.picture.folk.contacts.get(worker)?.get(responder)?.confirmed === true
    return await this.#base.write('confirmContact', {
      worker, responder, confirmHash: this.#confirmHash(responder, code.replace(/\s/g, '')), at: this.#base.clock.now(), triesMost: CONFIRM_TRIES_MAX, pretended
    }, isKnown ? [] : journalLine(this.#base, worker, { what: 'contact-confirmed', by: 'you', responder }))
  }

  async remove (worker: WorkerId, responder: ResponderId) {
    if (this.#base.picture.folk.contacts.get(worker)?.has(responder) !== true) return refuse('CONTACT_NOT_FOUND')
    this.#base.directory.dropAtOnce({ is: 'contact', worker, responder })
    this.#base.running?.left(worker, responder)
    return await this.#base.insist('removeContact', { worker, responder }, journalLine(this.#base, worker, { what: 'contact-removed', by: 'you', responder }))
  }

  #hash (code: string): Uint8Array { return this.#base.keyring.hash('pairing', readCode(code)) }
  #confirmHash (responder: ResponderId, code: string): Uint8Array { return this.#base.keyring.hash('confirm', `${responder}:${code}`) }
}
