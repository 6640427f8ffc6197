/**
 * Her list as this phone may see it: contacts, circle and consents, with what was pretended under duress laid over them
 * (R16), so that each of the three says the same of it as the others. Without a veil it is the truth.
 */
import type { Circle, ConsentListed, Contact, ListShown } from '../people/circle-services.ts'
import type { People } from '../people/services.ts'
import type { StandingStep } from '../people/offer-services.ts'
import type { StandingLie } from '../people/standing-lie.ts'
import type { Lie } from '../people/veil-book.ts'
import type { ConsentId, EpochMs, ResponderId, Sees, ShiftId, WorkerId } from '../people/words.ts'
import type { Opened } from './guard.ts'
import type { Veil } from './veil.ts'

/** Whom she marked nothing for. */
const ROOM_ALONE: Sees = { alias: false, room: true, address: false }
/** Lists that were pretended one after the other, remembered for the alarms that fell in their time. */
const LISTS_MAX = 100
type Given = ConsentListed & { readonly shift: ShiftId | null }

export function shownContacts (people: People, { worker, veil }: Opened): readonly Contact[] {
  const contacts = people.pairing.contacts(worker)
  if (veil === null) return contacts
  // Also those whose offer was taken in appearance.
  const taken = veil.over<readonly Contact[]>('taken', []).filter(({ responder }) => !contacts.some((each) => each.responder === responder))
  const circle = veil.over<Circle | null>('circle', null)
  return [...contacts, ...taken].filter(({ responder }) => veil.over(`contact:${responder}`, true)).map((contact) => {
    const confirmed = veil.over(`confirmed:${contact.responder}`, contact.confirmed)
    const marked = circle === null
      ? { mayKnow: contact.mayKnow, sees: contact.sees }
      : { mayKnow: confirmed && circle.mayKnow.includes(contact.responder), sees: circle.sees[contact.responder] ?? ROOM_ALONE }
    return { ...contact, confirmed, ...marked }
  })
}

export function shownLeft (people: People, { worker, veil }: Opened) {
  return people.pairing.left(worker, veil === null ? null : lieOf(people, worker, veil))
}

export function shownCircle (people: People, opened: Opened) {
  const { worker, veil } = opened
  const truth = people.circles.get(worker)
  if (truth === null) return null
  return copied(veil === null ? truth : circleUnder(people, opened, veil.over('circle', truth)))
}

/** Whoever is not shown as a contact any more, and an authority whose consent is not shown as live, is in no circle. */
function circleUnder (people: People, opened: Opened, circle: Circle): Circle {
  const confirmed = shownContacts(people, opened).filter((contact) => contact.confirmed)
  const live = new Set(shownConsents(people, opened).filter((consent) => consent.live).map(({ responder }) => responder))
  const mayStand = new Set(confirmed.filter(({ responder, kind }) => kind !== 'authority' || live.has(responder)).map(({ responder }) => responder))
  return {
    ...circle,
    steps: circle.steps.map((step) => ({ ...step, people: step.people.filter((responder) => mayStand.has(responder)) })).filter((step) => step.people.length > 0),
    mayKnow: confirmed.filter(({ mayKnow }) => mayKnow).map(({ responder }) => responder),
    sees: Object.fromEntries(confirmed.map(({ responder, sees }): [string, Sees] => [responder, sees]))
  }
}

export function shownConsents (people: People, opened: Opened): readonly (Omit<ConsentListed, 'id'> & { readonly consent: ConsentId })[] {
  return consentsOf(people, opened).map(({ id, ...consent }) => ({ consent: id, ...consent }))
}

function consentsOf (people: People, opened: Opened): readonly ConsentListed[] {
  const { worker, veil } = opened
  const truth = people.consents.list(worker)
  if (veil === null) return truth
  const shift = people.shifts.openId(worker)
  const given = veil.over<readonly Given[]>('given', []).map(({ shift: of, ...consent }) => ({ ...consent, live: of === shift && shift !== null }))
  const there = new Set(shownContacts(people, opened).map(({ responder }) => responder))
  return [...truth, ...given].filter(({ responder }) => there.has(responder)).map((consent) => {
    const revokedAt = veil.over<EpochMs | null>(`revoked:${consent.id}`, consent.revokedAt)
    return { ...consent, revokedAt, live: consent.live && revokedAt === null }
  }).sort((a, b) => a.givenAt - b.givenAt || (a.id < b.id ? -1 : 1))
}

/** What the pages say that no PIN guards, under the veil. */
export function lieOf (people: People, worker: WorkerId, veil: Veil): Lie {
  const opened = { worker, veil }
  const kinds = new Map(shownContacts(people, opened).map(({ responder, kind }) => [responder, kind]))
  const steps = (shownCircle(people, opened)?.steps ?? []).map((step) => step.people.filter((responder) => kinds.get(responder) !== 'authority'))
  const lists = veil.over<readonly ListOnce[]>('lists', [])
  return {
    circleAt: (at) => {
      const then = lists.findLast((list) => list.at <= at)
      return then === undefined ? null : new Set(then.circle)
    },
    firstStep: steps.find((step) => step.length > 0) ?? [],
    isRemoved: (responder) => !veil.over(`contact:${responder}`, true),
    leftReadAt: veil.over<EpochMs | null>('left-read', null)
  }
}

type ListOnce = { readonly at: EpochMs, readonly circle: readonly ResponderId[] }

/** After each change that was pretended: who is in her circle from now on, so that an alarm can be shown as it would have been. */
export function noteList (people: People, { worker, veil }: { readonly worker: WorkerId, readonly veil: Veil }, at: EpochMs): void {
  const circle = (shownCircle(people, { worker, veil })?.steps ?? []).flatMap((step) => step.people)
  veil.show('lists', [...veil.over<readonly ListOnce[]>('lists', []), { at, circle }].slice(-LISTS_MAX))
}

/** The standing circles of her venues, as pretended. null: the truth. */
export function standingLie (people: People, opened: Opened): StandingLie | null {
  const { veil } = opened
  return veil === null ? null : {
    contacts: shownContacts(people, opened),
    // Off her list, her word for them went with them.
    agreed: (venue, responder) => veil.over<boolean | null>(`agreed:${venue}:${responder}`, veil.over(`contact:${responder}`, true) ? null : false),
    steps: (room) => veil.over<readonly StandingStep[] | null>(`standing:${room}`, null)
  }
}

/** What a change that is only shown as done is measured by. */
export function listShown (people: People, opened: Opened): ListShown {
  const circle = shownCircle(people, opened)
  return { circle: circle ?? EMPTY_CIRCLE, contacts: shownContacts(people, opened), consents: consentsOf(people, opened) }
}

const EMPTY_CIRCLE: Circle = { version: 0, steps: [], note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [], sees: {} }

/** As she gave it, for the shift that goes on: shown, and nothing else. */
export function showGiven (people: People, { worker, veil }: Opened, fresh: ConsentListed): void {
  const given: Given = { ...fresh, shift: people.shifts.openId(worker) }
  veil?.show('given', [...veil.over<readonly Given[]>('given', []), given])
}

export function copied (circle: Circle) {
  return {
    ...circle,
    steps: circle.steps.map((step) => ({ ...step, people: [...step.people] as ResponderId[] })),
    mayKnow: [...circle.mayKnow],
    sees: { ...circle.sees }
  }
}
