/** The reference persons' rota: each sees their own hours, open hand-overs without a name, and the gaps; the technician the gaps alone. */
import { GapsShown, HandoverOffered, HandoverParams, HoursGiven, HoursParams, RotaShown } from '../contract/offer.ts'
import { Nothing } from '../contract/words.ts'
import type { Hours } from '../people/offer-services.ts'
import type { EpochMs, HandoverId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { responderOf, technicianOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done } from './refuse.ts'

const RESPONDER = allow('responder')

export function rotaRoutes (app: App, parts: RouteParts): void {
  const { people } = parts

  app.get('/api/v1/rota', {
    config: RESPONDER,
    schema: { summary: 'A reference person\'s own hours, open hand-overs of the venue, and the gaps of the next twelve hours.', tags: ['rota'], response: { 200: RotaShown } }
  }, async (request) => {
    const { rota: { venue, hours, handovers, gaps } } = done(await people.rotas.mine(responderOf(request)))
    return {
      venue,
      hours: hours.map(shown),
      handovers: handovers.map(({ id, fromAt, untilAt, mine }) => ({ handover: id, from: fromAt, until: untilAt, mine })),
      gaps: gaps.map(shown)
    }
  })

  app.post('/api/v1/rota/hours', {
    config: RESPONDER,
    schema: { summary: 'Adds own hours; what touches becomes one piece.', tags: ['rota'], body: HoursGiven, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.rotas.add(responderOf(request), request.body.from as EpochMs, request.body.until as EpochMs))
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/rota/hours/:from', {
    config: RESPONDER,
    schema: { summary: 'Takes out the own hours that begin then; a gap that this leaves is shown to the venue.', tags: ['rota'], params: HoursParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.rotas.cut(responderOf(request), Number(request.params.from) as EpochMs))
    return reply.code(204).send(undefined)
  })
  handoverRoutes(app, parts)

  app.get('/api/v1/venue/gaps', {
    config: allow('technician'),
    schema: { summary: 'Hours of the next twelve without a reference person: times, never names.', tags: ['places'], response: { 200: GapsShown } }
  }, async (request) => ({ gaps: people.rotas.gaps(technicianOf(request).venue)?.map(shown) ?? null }))
}

function handoverRoutes (app: App, { people }: RouteParts): void {
  app.post('/api/v1/rota/handovers', {
    config: RESPONDER,
    schema: { summary: 'Offers own hours to the venue\'s other reference persons; they stay on duty until one accepts.', tags: ['rota'], body: HoursGiven, response: { 201: HandoverOffered } }
  }, async (request, reply) => {
    const { id } = done(await people.rotas.offer(responderOf(request), request.body.from as EpochMs, request.body.until as EpochMs))
    return reply.code(201).send({ handover: id })
  })

  app.post('/api/v1/rota/handovers/:handover', {
    config: RESPONDER,
    schema: { summary: 'Accepts: from this moment, or from when it begins, these hours are theirs.', tags: ['rota'], params: HandoverParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.rotas.accept(responderOf(request), request.params.handover as HandoverId))
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/rota/handovers/:handover', {
    config: RESPONDER,
    schema: { summary: 'Takes an own offer back.', tags: ['rota'], params: HandoverParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.rotas.withdraw(responderOf(request), request.params.handover as HandoverId))
    return reply.code(204).send(undefined)
  })
}

function shown ({ fromAt, untilAt }: Hours) { return { from: fromAt, until: untilAt } }
