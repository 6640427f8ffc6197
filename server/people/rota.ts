/** Law of 3 May 2024: a reference person for every hour. The house lane follows this rota (`planOfHouse`). */
import { joined, within, without } from '../store/hours.ts'
import type { Span } from '../store/hours.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import { DUTY_AHEAD_MS, DUTY_MAX_MS, DUTY_ROWS_MAX, GAPS_AHEAD_MS, HANDOVERS_MAX } from './limits.ts'
import type { Handover, Hours, RotaService } from './offer-services.ts'
import { openIn } from './opening.ts'
import { isReferencePerson } from './plan.ts'
import type { EpochMs, HandoverId, ResponderId, VenueId } from './words.ts'

export class Rotas implements RotaService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async mine (responder: ResponderId) {
    const venue = this.#venueOf(responder)
    if (venue === null) return refuse('NO_ROTA')
    const rows = await this.#base.store.handovers(venue)
    const handovers = rows.flatMap((row): Handover[] => within(this.#ahead(venue, row.responder), row).map((span) => ({
      id: row.id as HandoverId, fromAt: span.fromAt as EpochMs, untilAt: (span.untilAt ?? row.untilAt) as EpochMs, mine: row.responder === responder
    })))
    const name = this.#base.keyring.text(venue, this.#base.picture.places.venues.get(venue)?.name ?? null, 'venue') ?? ''
    const hours = joined(this.#rows(venue, responder)).filter((span) => (span.untilAt ?? Number.POSITIVE_INFINITY) > this.#base.clock.now())
    return { ok: true as const, rota: { venue: name, hours: hours.map(hoursOf), handovers, gaps: this.gaps(venue) ?? [] } }
  }

  async add (responder: ResponderId, fromAt: EpochMs, untilAt: EpochMs) {
    const venue = this.#venueOf(responder)
    if (venue === null) return refuse('NO_ROTA')
    if (!this.#isPlannable(fromAt, untilAt)) return refuse('DUTY_RANGE')
    return await this.#base.write('addHours', { venue, responder, fromAt, untilAt, most: DUTY_ROWS_MAX })
  }

  async cut (responder: ResponderId, fromAt: EpochMs) {
    const venue = this.#venueOf(responder)
    return venue === null ? refuse('NO_ROTA') : await this.#base.write('cutHours', { venue, responder, fromAt })
  }

  async offer (responder: ResponderId, fromAt: EpochMs, untilAt: EpochMs) {
    const venue = this.#venueOf(responder)
    if (venue === null) return refuse('NO_ROTA')
    if (!this.#isPlannable(fromAt, untilAt)) return refuse('DUTY_RANGE')
    const id = makeId<HandoverId>()
    const written = await this.#base.write('offerHandover', { id, venue, responder, fromAt, untilAt, most: HANDOVERS_MAX })
    return written.ok ? { ok: true as const, id } : written
  }

  async withdraw (responder: ResponderId, handover: HandoverId) { return await this.#base.write('withdrawHandover', { id: handover, responder }) }

  async accept (responder: ResponderId, handover: HandoverId) {
    if (this.#venueOf(responder) === null) return refuse('HANDOVER_NOT_FOUND')
    return await this.#base.write('acceptHandover', { id: handover, responder, at: this.#base.clock.now() })
  }

  gaps (venue: VenueId): readonly Hours[] | null {
    if (!this.#isEmployed(venue)) return null
    const now = this.#base.clock.now()
    const covered = (this.#base.picture.places.duties.get(venue) ?? []).filter((row) => isReferencePerson(this.#base.picture, row.responder))
    const open = openIn(this.#base.picture.places.openings.get(venue) ?? [], { fromAt: now, untilAt: now + GAPS_AHEAD_MS })
    return without(open, covered).map(hoursOf)
  }

  #isPlannable (fromAt: number, untilAt: number): boolean {
    const now = this.#base.clock.now()
    return untilAt > fromAt && untilAt > now && untilAt - fromAt <= DUTY_MAX_MS && untilAt <= now + DUTY_AHEAD_MS
  }

  /** Where they are a reference person and the law wants a rota; null: nowhere. */
  #venueOf (responder: ResponderId): VenueId | null {
    if (!isReferencePerson(this.#base.picture, responder)) return null
    const rows = [...this.#base.picture.places.venueResponders.values()].flat()
    return rows.find((row) => row.responder === responder && this.#isEmployed(row.venue))?.venue as VenueId | undefined ?? null
  }

  #isEmployed (venue: string): boolean { return this.#base.picture.places.venues.get(venue)?.regime === 'employed' }

  #rows (venue: string, responder: string): readonly Span[] {
    return (this.#base.picture.places.duties.get(venue) ?? []).filter((row) => row.responder === responder)
  }

  /** What is still theirs to hand over. */
  #ahead (venue: string, responder: string): readonly Span[] {
    return within(this.#rows(venue, responder), { fromAt: this.#base.clock.now(), untilAt: null })
  }
}

function hoursOf ({ fromAt, untilAt }: Span): Hours { return { fromAt: fromAt as EpochMs, untilAt: untilAt as EpochMs | null } }
