/** R4: the standing circle of a room, made of those whom the venue's workers agreed on. */
import { peoplePerStepMost, stepsMost, stepWaitLeastMs, stepWaitMostMs } from '../alarm/limits.ts'
import type { JournalRow, RoomRow } from '../store/people-rows.ts'
import { isEnough } from './agreed.ts'
import { isArmedAlways } from './armed.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { journalLine } from './journal.ts'
import type { StandingPerson, StandingRoom, StandingService, StandingStep, StandingVenue } from './offer-services.ts'
import type { ResponderId, ResponderKind, RoomId, VenueId, WorkerId } from './words.ts'

const SECOND_MS = 1_000

export class Standings implements StandingService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  of (worker: WorkerId): readonly StandingVenue[] {
    const { folk, places } = this.#base.picture
    return [...folk.venuesOf.get(worker) ?? []].map((venue) => ({
      venue: venue as VenueId,
      name: this.#base.keyring.text(venue, places.venues.get(venue)?.name ?? null, 'venue') ?? '',
      rooms: (places.roomsOf.get(venue) ?? []).filter((room) => room.retiredAt === null).map((room) => this.#room(room)).sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true })),
      people: this.#people(worker, venue)
    }))
  }

  async set (room: RoomId, steps: readonly StandingStep[], by: WorkerId | null = null, pretended = false) {
    const fault = faultOf(steps)
    if (fault !== null) return refuse(fault)
    if (pretended) return await this.#base.trial('setStanding', { room, by, steps: waitsOf(steps) })
    const venue = this.#base.picture.places.rooms.get(room)?.venue
    return await this.#base.write('setStanding', { room, by, steps: waitsOf(steps) }, this.#lines(venue, room, by))
  }

  async agree (worker: WorkerId, venue: VenueId, responder: ResponderId, pretended = false) {
    if (pretended) return await this.#base.trial('agreeStanding', { worker, venue, responder })
    return await this.#base.write('agreeStanding', { worker, venue, responder }, journalLine(this.#base, worker, { what: 'standing-agreed', by: 'you', responder }))
  }

  async disagree (worker: WorkerId, venue: VenueId, responder: ResponderId) {
    const agreed = (this.#base.picture.places.agreements.get(venue) ?? []).some((row) => row.worker === worker && row.responder === responder)
    if (!agreed) return refuse('NOT_AGREED')
    this.#base.directory.dropAtOnce({ is: 'agreement', worker, venue, responder })
    return await this.#base.insist('disagreeStanding', { worker, venue, responder }, journalLine(this.#base, worker, { what: 'standing-withdrawn', by: 'you', responder }))
  }

  isArmed (room: RoomId): boolean { return isArmedAlways(this.#base.picture, room, this.#base.clock.now()) }

  /** It concerns all who work there. Who of them changed it is in her own line alone. */
  #lines (venue: string | undefined, room: RoomId, by: WorkerId | null): readonly JournalRow[] {
    if (venue === undefined) return []
    const workers = [...this.#base.picture.folk.venuesOf].filter(([, venues]) => venues.has(venue)).map(([worker]) => worker as WorkerId)
    return workers.flatMap((worker) => journalLine(this.#base, worker, { what: 'standing-changed', by: by === null ? 'operator' : worker === by ? 'you' : 'colleague', room }))
  }

  #room (room: RoomRow): StandingRoom {
    const rows = this.#base.picture.places.standing.get(room.id) ?? []
    const steps = [...new Set(rows.map((row) => row.step))].sort((a, b) => a - b).map((step) => {
      const inStep = rows.filter((row) => row.step === step)
      return { waitS: (inStep[0]?.waitMs ?? 0) / SECOND_MS, people: inStep.map((row) => row.responder as ResponderId) }
    })
    return { room: room.id as RoomId, label: this.#base.keyring.text(room.venue, room.label, 'label') ?? '', armed: this.isArmed(room.id as RoomId), steps }
  }

  #people (worker: WorkerId, venue: string): readonly StandingPerson[] {
    const { folk, places } = this.#base.picture
    const members = new Set((places.venueResponders.get(venue) ?? []).map((row) => row.responder))
    const agreements = places.agreements.get(venue) ?? []
    return [...new Set([...members, ...agreements.map((row) => row.responder)])].flatMap((id) => {
      const person = folk.responders.get(id)
      const agreed = agreements.filter((row) => row.responder === id)
      const isKnown = members.has(id) || folk.contacts.get(worker)?.get(id)?.confirmed === true
      return person === undefined ? [] : [{
        responder: id as ResponderId,
        name: isKnown ? this.#base.keyring.text(id, person.name, 'name') ?? '' : null,
        kind: person.kind as ResponderKind,
        agreed: agreed.some((row) => row.worker === worker),
        may: isEnough(this.#base.picture, venue, id)
      }]
    })
  }
}

function waitsOf (steps: readonly StandingStep[]) { return steps.map(({ waitS, people }) => ({ waitMs: waitS * SECOND_MS, people })) }

function faultOf (steps: readonly StandingStep[]): 'TOO_MANY_STEPS' | 'STEP_EMPTY' | 'TOO_MANY_PEOPLE' | 'WAIT_RANGE' | 'TWICE_IN_CIRCLE' | null {
  if (steps.length > stepsMost) return 'TOO_MANY_STEPS'
  for (const { waitS, people } of steps) {
    if (people.length === 0) return 'STEP_EMPTY'
    if (people.length > peoplePerStepMost) return 'TOO_MANY_PEOPLE'
    const waitMs = waitS * SECOND_MS
    if (!Number.isInteger(waitS) || waitMs < stepWaitLeastMs || waitMs > stepWaitMostMs) return 'WAIT_RANGE'
  }
  const everybody = steps.flatMap((step) => step.people)
  return new Set(everybody).size === everybody.length ? null : 'TWICE_IN_CIRCLE'
}
