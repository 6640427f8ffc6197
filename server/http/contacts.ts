/** Her contacts: pairing codes, confirmation by voice, removal at once and silently; consent to an authority (R5, R6). */
import { Confirm, ConsentGive, ConsentGiven, ConsentParams, ConsentsListed, ContactsListed, PairingCode, ResponderParams } from '../contract/circle.ts'
import { Nothing } from '../contract/words.ts'
import type { ConsentId, ResponderId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { workerSession } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'
import { listShown, noteList, showGiven, shownConsents, shownContacts, shownLeft } from './shown-list.ts'

export function contactRoutes (app: App, parts: RouteParts): void {
  const { people, guard, limiter } = parts
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
    const { worker } = guard.opened(request)
    limiter.take('make', workerSession(request).id)
    // Under duress a real one too: he will try it out. Whoever takes it is nobody's contact before she confirms them.
    const { code, expiresAt } = done(await people.pairing.begin(worker))
    return reply.code(201).send({ code, expiresAt })
  })

  app.post('/api/v1/contacts/:responder/confirm', {
    config: allow('worker'),
    schema: { summary: 'She types the digits that she heard; from now on this person is told.', tags: ['contacts'], params: ResponderParams, body: Confirm, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const responder = request.params.responder as ResponderId
    limiter.take('pin', `confirm:${workerSession(request).id}`)
    if (veil === null) done(await people.pairing.confirm(worker, responder, request.body.code))
    else {
      const contact = shownContacts(people, opened).find((each) => each.responder === responder)
      if (contact === undefined) throw refusal('CONTACT_NOT_FOUND')
      if (contact.confirmed) veil.touch()
      else {
        done(await people.pairing.confirm(worker, responder, request.body.code, true))
        veil.show(`confirmed:${responder}`, true).tell({ what: 'contact-confirmed', by: 'you', responder })
      }
    }
    limiter.giveBack('pin', `confirm:${workerSession(request).id}`)
    return reply.code(204).send(undefined)
  })
  removalRoutes(app, parts)
  leftRoutes(app, parts)
}

function removalRoutes (app: App, { people, guard, clock }: RouteParts): void {
  app.delete('/api/v1/contacts/:responder', {
    config: allow('worker'),
    schema: { summary: 'Removes somebody at once, in running alarms too, silently.', tags: ['contacts'], params: ResponderParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const responder = request.params.responder as ResponderId
    if (veil === null) done(await people.pairing.remove(worker, responder))
    else {
      if (!shownContacts(people, opened).some((contact) => contact.responder === responder)) throw refusal('CONTACT_NOT_FOUND')
      for (const { venue } of people.standings.of(worker)) veil.show(`agreed:${venue}:${responder}`, false)
      veil.show(`contact:${responder}`, false).tell({ what: 'contact-removed', by: 'you', responder })
      noteList(people, { worker, veil }, clock.now())
    }
    return reply.code(204).send(undefined)
  })
}

/** Who left by themselves; she takes note. */
function leftRoutes (app: App, { people, guard, clock }: RouteParts): void {
  app.delete('/api/v1/contacts/left', {
    config: allow('worker'),
    schema: { summary: 'She has read who left; the names go.', tags: ['contacts'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    if (veil === null) done(await people.pairing.forgetLeft(worker))
    else veil.show('left-read', clock.now())
    return reply.code(204).send(undefined)
  })
}

export function consentRoutes (app: App, { people, guard, clock }: RouteParts): void {
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
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const responder = request.body.responder as ResponderId
    if (veil !== null) {
      const { id, fresh } = done(people.consents.would(worker, responder, request.body.wording, listShown(people, opened)))
      if (fresh !== null) showGiven(people, opened, fresh)
      veil.tell({ what: 'consent-given', by: 'you', responder })
      return reply.code(201).send({ consent: id })
    }
    const { id } = done(await people.consents.give(worker, responder, request.body.wording))
    return reply.code(201).send({ consent: id })
  })

  app.delete('/api/v1/consents/:consent', {
    config: allow('worker'),
    schema: { summary: 'Revokes a consent at once, running alarms included.', tags: ['consents'], params: ConsentParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const consent = request.params.consent as ConsentId
    if (veil === null) done(await people.consents.revoke(worker, consent))
    else {
      const found = shownConsents(people, opened).find((each) => each.consent === consent)
      if (found === undefined) throw refusal('CONSENT_NOT_FOUND')
      if (found.revokedAt === null) {
        veil.show(`revoked:${consent}`, clock.now()).tell({ what: 'consent-revoked', by: 'you', responder: found.responder })
        noteList(people, { worker, veil }, clock.now())
      } else veil.tell({ what: 'consent-revoked', by: 'you' })
    }
    return reply.code(204).send(undefined)
  })
}
