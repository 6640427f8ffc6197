/**
 * Her list as this phone may see it: contacts, circle and consents, with what was pretended under duress laid over them
 * (R16), so that each of the three says the same of it as the others. Without a veil it is the truth.
 */
import type { Circle, ConsentListed, Contact, ListShown } from '../people/circle-services.ts'
import type { People } from '../people/services.ts'
import type { ConsentId, EpochMs, ResponderId, Sees, ShiftId } from '../people/words.ts'
import type { Opened } from './guard.ts'

/** Whom she marked nothing for. */
const ROOM_ALONE: Sees = { alias: false, room: true, address: false }
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
  return veil?.over('left', null) ?? people.pairing.left(worker)
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
  const shift = people.shifts.current(worker)?.id ?? null
  const given = veil.over<readonly Given[]>('given', []).map(({ shift: of, ...consent }) => ({ ...consent, live: of === shift && shift !== null }))
  const there = new Set(shownContacts(people, opened).map(({ responder }) => responder))
  return [...truth, ...given].filter(({ responder }) => there.has(responder)).map((consent) => {
    const revokedAt = veil.over<EpochMs | null>(`revoked:${consent.id}`, consent.revokedAt)
    return { ...consent, revokedAt, live: consent.live && revokedAt === null }
  }).sort((a, b) => a.givenAt - b.givenAt || (a.id < b.id ? -1 : 1))
}

/** What a change that is only shown as done is measured by. */
export function listShown (people: People, opened: Opened): ListShown {
  const circle = shownCircle(people, opened)
  return { circle: circle ?? EMPTY_CIRCLE, contacts: shownContacts(people, opened), consents: consentsOf(people, opened) }
}

const EMPTY_CIRCLE: Circle = { version: 0, steps: [], note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [], sees: {} }

/** As she gave it, for the shift that goes on: shown, and nothing else. */
export function showGiven (people: People, { worker, veil }: Opened, fresh: ConsentListed): void {
  const given: Given = { ...fresh, shift: people.shifts.current(worker)?.id ?? null }
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
