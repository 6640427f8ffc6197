/** A responder's push subscriptions. */
import { EndpointChange, EndpointParams, EndpointsListed, Subscribe, Subscribed, Vapid } from '../contract/endpoint.ts'
import { Nothing } from '../contract/words.ts'
import type { EndpointId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { callerOf, responderOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

export function endpointRoutes (app: App, { people, config }: RouteParts): void {
  app.get('/api/v1/vapid', {
    config: allow('public'),
    schema: { summary: 'The key that a browser needs to subscribe.', tags: ['endpoints'], response: { 200: Vapid } }
  }, async () => ({ publicKey: config.vapidPublicKey }))

  app.get('/api/v1/endpoints', {
    config: allow('responder'),
    schema: { summary: 'The devices on which this responder is told.', tags: ['endpoints'], response: { 200: EndpointsListed } }
  }, async (request) => ({
    endpoints: people.endpoints.list(responderOf(request)).map(({ id, ...listed }) => ({ endpoint: id, ...listed }))
  }))

  app.put('/api/v1/endpoints', {
    config: allow('responder'),
    schema: { summary: 'Takes this browser\'s push subscription; the same again replaces it.', tags: ['endpoints'], body: Subscribe, response: { 200: Subscribed } }
  }, async (request) => {
    if (!config.pushAllowed(request.body.url)) throw refusal('PUSH_HOST_UNKNOWN')
    const { p256dh, auth } = request.body
    const { id } = done(await people.endpoints.subscribe(responderOf(request), { ...request.body, p256dh: p256dh.replace(/=+$/, ''), auth: auth.replace(/=+$/, '') }))
    for (const { who } of callerOf(request).sessions) if (who.is === 'worker') people.readiness.sawPush(who.id, request.body.url)
    return { endpoint: id }
  })

  app.patch('/api/v1/endpoints/:endpoint', {
    config: allow('responder'),
    schema: { summary: 'How one device is told: full or discreet text, its language.', tags: ['endpoints'], params: EndpointParams, body: EndpointChange, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.endpoints.change(responderOf(request), request.params.endpoint as EndpointId, request.body))
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/endpoints/:endpoint', {
    config: allow('responder'),
    schema: { summary: 'Forgets a device.', tags: ['endpoints'], params: EndpointParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.endpoints.unsubscribe(responderOf(request), request.params.endpoint as EndpointId))
    return reply.code(204).send(undefined)
  })
}
