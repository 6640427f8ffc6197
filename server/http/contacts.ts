/** Her contacts: pairing codes, confirmation by voice, removal at once and silently; consent to an authority (R5, R6). */
import { Confirm, ConsentGive, ConsentGiven, ConsentParams, ConsentsListed, ContactsListed, PairingCode, ResponderParams } from '../contract/circle.ts'
import { Nothing } from '../contract/words.ts'
import { makeId, makeShortCode } from '../people/ids.ts'
import { PAIRING_CODE_MS } from '../people/limits.ts'
import type { Contact } from '../people/circle-services.ts'
import type { People } from '../people/services.ts'
import type { ConsentId, ResponderId, WorkerId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { workerSession } from './caller.ts'
import type { Opened, Veil } from './guard.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

export function contactRoutes (app: App, parts: RouteParts): void {
  const { people, guard, limiter, clock } = parts
  app.get('/api/v1/contacts', {
    config: allow('worker'),
    schema: { summary: 'Everybody who took one of her codes.', tags: ['contacts'], response: { 200: ContactsListed } }
  }, async (request) => {
    const opened = guard.opened(request)
    return { left: [...shownLeft(people, opened)], contacts: [...shownContacts(people, opened)] }
  })

  app.post('/api/v1/contacts/codes', {
    config: allow('worker'),
    schema: { summary: 'A code to give to one person; shown this once.', tags: ['contacts'], response: { 201: PairingCode } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    limiter.take('make', workerSession(request).id)
    // Looks like a code and opens nothing: shown to whoever forced her PIN out of her.
    if (veil !== null) return reply.code(201).send({ code: makeShortCode(), expiresAt: clock.now() + PAIRING_CODE_MS })
    const { code, expiresAt } = done(await people.pairing.begin(worker))
    return reply.code(201).send({ code, expiresAt })
  })

  app.post('/api/v1/contacts/:responder/confirm', {
    config: allow('worker'),
    schema: { summary: 'She types the digits that she heard; from now on this person is told.', tags: ['contacts'], params: ResponderParams, body: Confirm, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    const responder = request.params.responder as ResponderId
    limiter.take('pin', `confirm:${workerSession(request).id}`)
    if (veil === null) done(await people.pairing.confirm(worker, responder, request.body.code))
    else veil.show(`confirmed:${responder}`, true).tell({ what: 'contact-confirmed', by: 'you', responder })
    limiter.giveBack('pin', `confirm:${workerSession(request).id}`)
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/contacts/:responder', {
    config: allow('worker'),
    schema: { summary: 'Removes somebody at once, in running alarms too, silently.', tags: ['contacts'], params: ResponderParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    const responder = request.params.responder as ResponderId
    if (veil === null) done(await people.pairing.remove(worker, responder))
    else if (contactsShown(people, worker, veil).some((contact) => contact.responder === responder)) veil.show(`contact:${responder}`, false).tell({ what: 'contact-removed', by: 'you', responder })
    else throw refusal('CONTACT_NOT_FOUND')
    return reply.code(204).send(undefined)
  })
  leftRoutes(app, parts)
}

/** Under duress also those whose offer was taken in appearance. */
function contactsShown (people: People, worker: WorkerId, veil: Veil | null): readonly Contact[] {
  const contacts = people.pairing.contacts(worker)
  const taken = veil?.over<readonly Contact[]>('taken', []) ?? []
  return [...contacts, ...taken.filter(({ responder }) => !contacts.some((each) => each.responder === responder))]
}

/** Who left by themselves; she takes note. */
function leftRoutes (app: App, { people, guard }: RouteParts): void {
  app.delete('/api/v1/contacts/left', {
    config: allow('worker'),
    schema: { summary: 'She has read who left; the names go.', tags: ['contacts'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    if (veil === null) done(await people.pairing.forgetLeft(worker))
    else veil.show('left', [])
    return reply.code(204).send(undefined)
  })
}

export function consentRoutes (app: App, { people, guard }: RouteParts): void {
  app.get('/api/v1/consents', {
    config: allow('worker'),
    schema: { summary: 'The consents she gave.', tags: ['consents'], response: { 200: ConsentsListed } }
  }, async (request) => {
    return { consents: [...shownConsents(people, guard.opened(request))] }
  })

  app.post('/api/v1/consents', {
    config: allow('worker'),
    schema: { summary: 'Her own, explicit, dated consent to an authority, for this shift.', tags: ['consents'], body: ConsentGive, response: { 201: ConsentGiven } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    if (veil !== null) {
      veil.tell({ what: 'consent-given', by: 'you', responder: request.body.responder as ResponderId })
      return reply.code(201).send({ consent: makeId() })
    }
    const { id } = done(await people.consents.give(worker, request.body.responder as ResponderId, request.body.wording))
    return reply.code(201).send({ consent: id })
  })

  app.delete('/api/v1/consents/:consent', {
    config: allow('worker'),
    schema: { summary: 'Revokes a consent at once, running alarms included.', tags: ['consents'], params: ConsentParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    const consent = request.params.consent as ConsentId
    if (veil === null) done(await people.consents.revoke(worker, consent))
    else veil.show(`consent:${consent}`, false).tell({ what: 'consent-revoked', by: 'you', ...revokedOf(people, worker, consent) })
    return reply.code(204).send(undefined)
  })
}

export function shownContacts (people: People, { worker, veil }: Opened) {
  return contactsShown(people, worker, veil).filter(({ responder }) => veil?.over(`contact:${responder}`, true) ?? true)
    .map((contact) => ({ ...contact, confirmed: veil?.over(`confirmed:${contact.responder}`, contact.confirmed) ?? contact.confirmed }))
}

export function shownLeft (people: People, { worker, veil }: Opened) {
  return veil?.over('left', null) ?? people.pairing.left(worker)
}

export function shownConsents (people: People, { worker, veil }: Opened) {
  return people.consents.list(worker).map(({ id, ...consent }) => ({ consent: id, ...consent, live: veil?.over(`consent:${id}`, consent.live) ?? consent.live }))
}

function revokedOf (people: People, worker: WorkerId, consent: ConsentId): { readonly responder?: ResponderId } {
  const found = people.consents.list(worker).find(({ id }) => id === consent)
  return found === undefined ? {} : { responder: found.responder }
}
