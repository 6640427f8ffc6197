/** R4: the standing circle of a room, made of those whom the venue's workers agreed on. */
import { peoplePerStepMost, stepsMost, stepWaitLeastMs, stepWaitMostMs } from '../alarm/limits.ts'
import type { JournalRow, RoomRow } from '../store/people-rows.ts'
import { isEnough } from './agreed.ts'
import { isArmedAlways } from './armed.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { neverForwarding } from './declaration.ts'
import { journalLine } from './journal.ts'
import type { StandingPerson, StandingRoom, StandingService, StandingStep, StandingVenue } from './offer-services.ts'
import type { Picture } from './picture.ts'
import { underLie } from './standing-lie.ts'
import type { StandingLie } from './standing-lie.ts'
import type { ResponderId, ResponderKind, RoomId, VenueId, WorkerId } from './words.ts'

const SECOND_MS = 1_000

export class Standings implements StandingService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  of (worker: WorkerId, lie: StandingLie | null = null): readonly StandingVenue[] {
    const picture = lie === null ? this.#base.picture : underLie(this.#base.picture, worker, lie)
    return [...picture.folk.venuesOf.get(worker) ?? []].map((venue) => ({
      venue: venue as VenueId,
      name: this.#base.keyring.text(venue, picture.places.venues.get(venue)?.name ?? null, 'venue') ?? '',
      rooms: (picture.places.roomsOf.get(venue) ?? []).filter((room) => room.retiredAt === null).map((room) => this.#room(picture, room)).sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true })),
      people: this.#people(picture, worker, venue)
    }))
  }

  async set (room: RoomId, steps: readonly StandingStep[], by: WorkerId | null = null) {
    const fault = faultOf(steps)
    if (fault !== null) return refuse(fault)
    const venue = this.#base.picture.places.rooms.get(room)?.venue
    return await this.#base.write('setStanding', { room, by, steps: waitsOf(steps) }, this.#lines(venue, room, by))
  }

  wouldSet (room: RoomId, steps: readonly StandingStep[], by: WorkerId, lie: StandingLie) {
    const fault = faultOf(steps)
    if (fault !== null) return refuse(fault)
    const { folk, places } = underLie(this.#base.picture, by, lie)
    const venue = places.rooms.get(room)?.venue
    if (venue === undefined) return refuse('ROOM_NOT_FOUND')
    if (folk.venuesOf.get(by)?.has(venue) !== true) return refuse('NOT_HER_VENUE')
    const people = steps.flatMap((step) => step.people)
    for (const responder of people) {
      if (folk.responders.get(responder)?.kind === 'authority' && folk.contacts.get(by)?.has(responder) === true) return refuse('AUTHORITY_FORBIDDEN')
      if (!folk.responders.has(responder) || !isEnough({ folk, places }, venue, responder)) return refuse('NOT_OF_THIS_VENUE')
    }
    const held = (places.standing.get(room) ?? []).filter((row) => (places.agreements.get(venue) ?? []).some((each) => each.responder === row.responder && each.worker !== by))
    return held.every((row) => people.includes(row.responder as ResponderId)) ? { ok: true as const } : refuse('OTHERS_AGREED')
  }

  async agree (worker: WorkerId, venue: VenueId, responder: ResponderId) {
    return await this.#base.write('agreeStanding', { worker, venue, responder }, journalLine(this.#base, worker, { what: 'standing-agreed', by: 'you', responder }))
  }

  wouldAgree (worker: WorkerId, venue: VenueId, responder: ResponderId, lie: StandingLie) {
    const picture = underLie(this.#base.picture, worker, lie)
    const { folk, places } = picture
    if (folk.venuesOf.get(worker)?.has(venue) !== true) return refuse('NOT_HER_VENUE')
    const contact = folk.contacts.get(worker)?.get(responder)
    const isMember = (places.venueResponders.get(venue) ?? []).some((row) => row.responder === responder)
    if (contact === undefined && !isMember) return refuse('NOT_HER_CONTACT')
    if (!isMember && contact?.confirmed === false) return refuse('NOT_CONFIRMED')
    if (folk.responders.get(responder)?.kind === 'authority') return refuse('AUTHORITY_FORBIDDEN')
    return neverForwarding(picture, responder) === null ? refuse('NOT_DECLARED') : { ok: true as const }
  }

  async disagree (worker: WorkerId, venue: VenueId, responder: ResponderId) {
    if (!hasAgreed(this.#base.picture, worker, venue, responder)) return refuse('NOT_AGREED')
    this.#base.directory.dropAtOnce({ is: 'agreement', worker, venue, responder })
    return await this.#base.insist('disagreeStanding', { worker, venue, responder }, journalLine(this.#base, worker, { what: 'standing-withdrawn', by: 'you', responder }))
  }

  wouldDisagree (worker: WorkerId, venue: VenueId, responder: ResponderId, lie: StandingLie) {
    return hasAgreed(underLie(this.#base.picture, worker, lie), worker, venue, responder) ? { ok: true as const } : refuse('NOT_AGREED')
  }

  isArmed (room: RoomId): boolean { return isArmedAlways(this.#base.picture, room, this.#base.clock.now()) }

  /** It concerns all who work there. Who of them changed it is in her own line alone. */
  #lines (venue: string | undefined, room: RoomId, by: WorkerId | null): readonly JournalRow[] {
    if (venue === undefined) return []
    const workers = [...this.#base.picture.folk.venuesOf].filter(([, venues]) => venues.has(venue)).map(([worker]) => worker as WorkerId)
    return workers.flatMap((worker) => journalLine(this.#base, worker, { what: 'standing-changed', by: by === null ? 'operator' : worker === by ? 'you' : 'colleague', room }))
  }

  #room (picture: Picture, room: RoomRow): StandingRoom {
    const rows = picture.places.standing.get(room.id) ?? []
    const steps = [...new Set(rows.map((row) => row.step))].sort((a, b) => a - b).map((step) => {
      const inStep = rows.filter((row) => row.step === step)
      return { waitS: (inStep[0]?.waitMs ?? 0) / SECOND_MS, people: inStep.map((row) => row.responder as ResponderId) }
    })
    return { room: room.id as RoomId, label: this.#base.keyring.text(room.venue, room.label, 'label') ?? '', armed: isArmedAlways(picture, room.id, this.#base.clock.now()), steps }
  }

  #people (picture: Picture, worker: WorkerId, venue: string): readonly StandingPerson[] {
    const { folk, places } = picture
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
        may: isEnough(picture, venue, id)
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

function hasAgreed ({ places }: Picture, worker: WorkerId, venue: VenueId, responder: ResponderId): boolean {
  return (places.agreements.get(venue) ?? []).some((row) => row.worker === worker && row.responder === responder)
}
