/** Offers (R5): made by themselves, taken or left by her alone; the venue may take one back and learns nothing of who took it. */
import { ColleagueOffer, OfferMade, OfferParams, OffersOfMine, OffersOfVenue, OffersSeen, OfferTake } from '../contract/offer.ts'
import { Nothing } from '../contract/words.ts'
import type { Contact } from '../people/circle-services.ts'
import { makeId } from '../people/ids.ts'
import type { People } from '../people/services.ts'
import type { OfferId, VenueId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { callerOf, responderOf, technicianOf, workerSession } from './caller.ts'
import type { Opened } from './guard.ts'
import type { RouteParts } from './parts.ts'
import { addSession, checkRoom } from './phone.ts'
import { done, refusal } from './refuse.ts'

const WORKER = allow('worker')
const RESPONDER = allow('responder')
const TECHNICIAN = allow('technician')

export function offerRoutes (app: App, parts: RouteParts): void {
  ownOfferRoutes(app, parts)
  seenOfferRoutes(app, parts)
  venueOfferRoutes(app, parts)
}

function ownOfferRoutes (app: App, parts: RouteParts): void {
  const { people, guard, limiter } = parts

  app.post('/api/v1/offers/mine', {
    config: RESPONDER,
    schema: { summary: 'Whom the operator invited to a venue offers themselves to its workers.', tags: ['offers'], response: { 201: OfferMade } }
  }, async (request, reply) => {
    const { offer } = done(await people.offers.make(responderOf(request)))
    return reply.code(201).send({ offer })
  })

  app.get('/api/v1/offers/mine', {
    config: RESPONDER,
    schema: { summary: 'Their own offers, with the code to read aloud; not who took them.', tags: ['offers'], response: { 200: OffersOfMine } }
  }, async (request) => ({ offers: [...await people.offers.mine(responderOf(request))] }))

  app.delete('/api/v1/offers/mine/:offer', {
    config: RESPONDER,
    schema: { summary: 'Takes an own offer back; whoever took it keeps her contact.', tags: ['offers'], params: OfferParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.offers.withdraw(responderOf(request), request.params.offer as OfferId))
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/offers/colleague', {
    config: WORKER,
    schema: { summary: 'She offers herself to those who work where she does, under a name she chooses.', tags: ['offers'], body: ColleagueOffer, response: { 201: OfferMade } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    limiter.take('make', workerSession(request).id)
    const { venue, ...colleague } = request.body
    if (!people.standings.of(worker).some((each) => each.venue === venue)) throw refusal('NOT_HER_VENUE')
    if (veil !== null) return reply.code(201).send({ offer: makeId() })
    checkRoom(request, parts)
    const { offer, session } = done(await people.offers.makeAsColleague(worker, venue as VenueId, colleague, callerOf(request).responder))
    if (session !== null) addSession(request, reply, parts, session)
    return reply.code(201).send({ offer })
  })
}

function seenOfferRoutes (app: App, { people, guard, limiter }: RouteParts): void {
  app.get('/api/v1/offers', {
    config: WORKER,
    schema: { summary: 'Who offers themselves where she works; nobody but she knows what she took.', tags: ['offers'], response: { 200: OffersSeen } }
  }, async (request) => {
    return { offers: [...await shownOffers(people, guard.opened(request))] }
  })

  app.post('/api/v1/offers/:offer/take', {
    config: WORKER,
    schema: { summary: 'She types the digits that she heard; a contact from now on, and in her circle only when she puts them there.', tags: ['offers'], params: OfferParams, body: OfferTake, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    const offer = request.params.offer as OfferId
    limiter.take('pin', `confirm:${workerSession(request).id}`)
    if (veil === null) {
      done(await people.offers.take(worker, offer, request.body.code))
    } else {
      // The digits are looked at: whoever watches might type wrong ones on purpose.
      const { contact } = done(await people.offers.look(worker, offer, request.body.code))
      veil.show('taken', [...veil.over<readonly Contact[]>('taken', []).filter(({ responder }) => responder !== contact.responder), contact])
      veil.show(`confirmed:${contact.responder}`, true)
      veil.show(`contact:${contact.responder}`, true)
      veil.show(`offer:${offer}`, 'taken').tell({ what: 'offer-taken', by: 'you', responder: contact.responder })
    }
    limiter.giveBack('pin', `confirm:${workerSession(request).id}`)
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/offers/:offer/leave', {
    config: WORKER,
    schema: { summary: 'She leaves it; nobody learns of it, and she may take it later.', tags: ['offers'], params: OfferParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    const offer = request.params.offer as OfferId
    if (veil === null) done(await people.offers.leave(worker, offer))
    else if ((await people.offers.seen(worker)).some((each) => each.offer === offer)) veil.show(`offer:${offer}`, 'left')
    else throw refusal('OFFER_NOT_FOUND')
    return reply.code(204).send(undefined)
  })
}

function venueOfferRoutes (app: App, { people }: RouteParts): void {
  app.get('/api/v1/venue/offers', {
    config: TECHNICIAN,
    schema: { summary: 'What those whom the operator invited to this venue offer: no name, and not how many took it.', tags: ['places'], response: { 200: OffersOfVenue } }
  }, async (request) => ({ offers: [...await people.offers.atVenue(technicianOf(request).venue)] }))

  app.delete('/api/v1/venue/offers/:offer', {
    config: TECHNICIAN,
    schema: { summary: 'The venue takes an offer back; whoever took it keeps her contact.', tags: ['places'], params: OfferParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.offers.bar(technicianOf(request).venue, request.params.offer as OfferId))
    return reply.code(204).send(undefined)
  })
}

export async function shownOffers (people: People, { worker, veil }: Opened) {
  const offers = await people.offers.seen(worker)
  return offers.map((offer) => ({ ...offer, state: veil?.over(`offer:${offer.offer}`, offer.state) ?? offer.state }))
}
