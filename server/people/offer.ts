/** R5: a venue's people may be offered; each joins a list only when she takes the offer and has heard their code. */
import type { OfferRow, OfferSeenRow } from '../store/offer-writes.ts'
import { sealText } from '../store/seal.ts'
import { availableUntil } from './available.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import type { Contact } from './circle-services.ts'
import { confirmCodeOf, makeId } from './ids.ts'
import { journalLine } from './journal.ts'
import { ALIAS_CHARS_MAX, CONTACTS_MAX, OFFER_CODE_MS, WORDING_CHARS_MAX } from './limits.ts'
import type { Colleague, OfferOfMine, OfferOfVenue, OfferSeen, OfferService } from './offer-services.ts'
import { newSession } from './session.ts'
import type { EpochMs, OfferId, ResponderId, ResponderKind, VenueId, WorkerId } from './words.ts'

const SEES_AT_FIRST = { alias: false, room: true, address: false }

export class Offers implements OfferService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async make (responder: ResponderId) {
    const venue = [...this.#base.picture.places.venueResponders.values()].flat().find((row) => row.responder === responder)?.venue
    if (venue === undefined) return refuse('NOT_OF_THIS_VENUE')
    const written = await this.#base.write('makeOffer', { id: makeId<OfferId>(), venue, responder, worker: null, at: this.#base.clock.now(), newcomer: null })
    return written.ok ? { ok: true as const, offer: written.id as OfferId } : written
  }

  async makeAsColleague (worker: WorkerId, venue: VenueId, { name, language, device, neverForwards }: Colleague, known: ResponderId | null) {
    const text = readText(name, ALIAS_CHARS_MAX)
    if (!text.ok) return text
    const at = this.#base.clock.now()
    const wording = neverForwards === undefined ? null : readText(neverForwards, WORDING_CHARS_MAX)
    if (wording?.ok === false) return wording
    const isColleague = known !== null && this.#base.picture.folk.responders.get(known)?.kind === 'colleague'
    const responder = isColleague ? known : makeId<ResponderId>()
    const { key, wrapped } = this.#base.keyring.makeKey(responder)
    const session = isColleague ? null : newSession({ is: 'responder', id: responder }, key, device, at)
    const written = await this.#base.write('makeOffer', {
      id: makeId<OfferId>(),
      venue,
      responder,
      worker,
      at,
      newcomer: session === null
        ? null
        : { person: { role: 'responder', id: responder, kind: 'colleague', name: sealText(key, text.text, 'name'), language, neverForwards: wording === null ? null : { wording: wording.text, at } }, key: { holder: responder, wrapped }, session: session.row }
    })
    if (!written.ok) return written
    if (isColleague && wording !== null) await this.#base.write('declareNeverForwards', { responder, wording: wording.text, at })
    return { ok: true as const, offer: written.id as OfferId, session: session?.opened ?? null }
  }

  async mine (responder: ResponderId): Promise<readonly OfferOfMine[]> {
    const rows = await this.#base.store.offersBy(responder)
    return rows.map((row) => ({
      offer: row.id as OfferId,
      venue: this.#base.keyring.text(row.venue, this.#base.picture.places.venues.get(row.venue)?.name ?? null, 'venue') ?? '',
      offeredAt: row.at as EpochMs,
      code: row.barredAt === null ? this.#code(row, this.#turn()) : null,
      codeUntil: row.barredAt === null ? (this.#turn() + 1) * OFFER_CODE_MS as EpochMs : null
    }))
  }

  async withdraw (responder: ResponderId, offer: OfferId) { return await this.#base.write('withdrawOffer', { id: offer, responder }) }

  async seen (worker: WorkerId): Promise<readonly OfferSeen[]> {
    return (await this.#openTo(worker)).map((row) => ({
      offer: row.id as OfferId,
      venue: row.venue as VenueId,
      name: this.#nameOf(row),
      kind: row.kind as ResponderKind,
      offeredAt: row.at as EpochMs,
      state: this.#isContact(worker, row) ? 'taken' : row.isLeft ? 'left' : 'open'
    }))
  }

  async look (worker: WorkerId, offer: OfferId, code: string) {
    const row = (await this.#openTo(worker)).find((each) => each.id === offer)
    if (row === undefined) return refuse('OFFER_NOT_FOUND')
    const heard = code.replace(/\s/g, '')
    // What was read to her just before it changed is right still.
    if (![this.#turn(), this.#turn() - 1].some((turn) => this.#code(row, turn) === heard)) return refuse('CONFIRM_WRONG')
    return { ok: true as const, contact: this.#contact(row) }
  }

  async take (worker: WorkerId, offer: OfferId, code: string) {
    const looked = await this.look(worker, offer, code)
    if (!looked.ok) return looked
    const { responder } = looked.contact
    const line = this.#isContact(worker, { responder }) ? [] : journalLine(this.#base, worker, { what: 'offer-taken', by: 'you', responder })
    return await this.#base.write('takeOffer', { id: offer, worker, at: this.#base.clock.now(), contactsMost: CONTACTS_MAX }, line)
  }

  async leave (worker: WorkerId, offer: OfferId) { return await this.#base.write('leaveOffer', { id: offer, worker }) }

  async atVenue (venue: VenueId): Promise<readonly OfferOfVenue[]> {
    const rows = await this.#base.store.offersAt([venue], '')
    // A colleague's is her own affair: the venue does not learn that she made one.
    return rows.filter((row) => row.worker === null).map((row) => ({
      offer: row.id as OfferId, kind: row.kind as ResponderKind, offeredAt: row.at as EpochMs, barred: row.barredAt !== null
    }))
  }

  async bar (venue: VenueId, offer: OfferId) { return await this.#base.write('barOffer', { id: offer, venue, at: this.#base.clock.now() }) }

  /** Made by others, where she works, and not taken back. */
  async #openTo (worker: WorkerId): Promise<readonly OfferSeenRow[]> {
    const venues = [...this.#base.picture.folk.venuesOf.get(worker) ?? []]
    const { responders } = this.#base.picture.folk
    return (await this.#base.store.offersAt(venues, worker)).filter((row) => row.worker !== worker && row.barredAt === null &&
      (responders.get(row.responder)?.kind ?? 'authority') !== 'authority')
  }

  #contact (row: OfferRow): Contact {
    const person = this.#base.picture.folk.responders.get(row.responder)
    const now = this.#base.clock.now()
    return {
      responder: row.responder as ResponderId,
      name: this.#nameOf(row),
      kind: row.kind as ResponderKind,
      joinedAt: now,
      confirmed: true,
      mayKnow: false,
      sees: SEES_AT_FIRST,
      availableUntil: person === undefined ? null : availableUntil(person, now),
      neverForwardsAt: (person?.neverForwardsAt ?? null) as EpochMs | null
    }
  }

  #isContact (worker: WorkerId, { responder }: { readonly responder: string }): boolean {
    return this.#base.picture.folk.contacts.get(worker)?.get(responder)?.confirmed === true
  }

  #nameOf ({ responder }: OfferRow): string {
    return this.#base.keyring.text(responder, this.#base.picture.folk.responders.get(responder)?.name ?? null, 'name') ?? ''
  }

  #turn (): number { return Math.floor(this.#base.clock.now() / OFFER_CODE_MS) }

  /** Derived, not stored: nothing on the disk or on their screen depends on who takes it. */
  #code ({ id }: OfferRow, turn: number): string { return confirmCodeOf(this.#base.keyring.hash('offer-code', `${id}:${turn}`)) }
}
