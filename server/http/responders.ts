/** A responder's own say: available or not, which circles they are in, and leaving one or all. */
import { AvailableSet, CircleParams, CirclesListed, Declaration } from '../contract/session.ts'
import { Nothing } from '../contract/words.ts'
import type { EpochMs } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { responderOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done } from './refuse.ts'

const RESPONDER = allow('responder')

export function responderRoutes (app: App, { people }: RouteParts): void {
  app.put('/api/v1/me/responder/available', {
    config: RESPONDER,
    schema: { summary: 'Available until then; it is over by itself. An alarm is told to whoever is on her list, available or not.', tags: ['me'], body: AvailableSet, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.responders.setAvailable(responderOf(request), request.body.until as EpochMs | null))
    return reply.code(204).send(undefined)
  })

  app.put('/api/v1/me/responder/declaration', {
    config: RESPONDER,
    schema: { summary: 'Declares in writing that nothing is ever passed on to police, justice or immigration; nobody stands for a room without it.', tags: ['me'], body: Declaration, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.responders.declare(responderOf(request), request.body.neverForwards))
    return reply.code(204).send(undefined)
  })

  app.get('/api/v1/me/responder/circles', {
    config: RESPONDER,
    schema: { summary: 'The circles this responder is in; an alias only where she shows it.', tags: ['me'], response: { 200: CirclesListed } }
  }, async (request) => ({ circles: [...people.responders.circles(responderOf(request))] }))

  app.delete('/api/v1/me/responder/circles/:circle', {
    config: RESPONDER,
    schema: { summary: 'Leaves one circle at once, running alarms included; she is told.', tags: ['me'], params: CircleParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.responders.leaveOne(responderOf(request), request.params.circle))
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/me/responder/leave', {
    config: RESPONDER,
    schema: { summary: 'Leaves every list at once, running alarms included; each worker is told.', tags: ['me'], response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.responders.leave(responderOf(request)))
    return reply.code(204).send(undefined)
  })
}
