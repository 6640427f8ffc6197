/** Her own page, and the devices on which she is reminded: never of an alarm. */
import { EndpointParams, EndpointsListed, Subscribed } from '../contract/endpoint.ts'
import { HomeShown, SubscribeHers } from '../contract/home.ts'
import { Nothing } from '../contract/words.ts'
import type { EndpointId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { workerOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

const WORKER = allow('worker')

export function homeRoutes (app: App, { people, config }: RouteParts): void {
  app.get('/api/v1/home', {
    config: WORKER,
    schema: { summary: 'What her own page shows besides alarms: the live socket\'s `worker-home`.', tags: ['home'], response: { 200: HomeShown } }
  }, async (request) => people.homes.of(workerOf(request)))

  app.get('/api/v1/me/endpoints', {
    config: WORKER,
    schema: { summary: 'Her own devices, on which she is reminded.', tags: ['home'], response: { 200: EndpointsListed } }
  }, async (request) => ({
    endpoints: people.herPhones.list(workerOf(request)).map(({ id, ...listed }) => ({ endpoint: id, ...listed }))
  }))

  app.put('/api/v1/me/endpoints', {
    config: WORKER,
    schema: { summary: 'Takes this browser\'s push subscription for reminders; the same again replaces it.', tags: ['home'], body: SubscribeHers, response: { 200: Subscribed } }
  }, async (request) => {
    if (!config.pushAllowed(request.body.url)) throw refusal('PUSH_HOST_UNKNOWN')
    const { p256dh, auth, text = 'discreet' } = request.body
    const { id } = done(await people.herPhones.add(workerOf(request), { ...request.body, text, p256dh: p256dh.replace(/=+$/, ''), auth: auth.replace(/=+$/, '') }))
    people.readiness.sawPush(workerOf(request), request.body.url)
    return { endpoint: id }
  })

  app.delete('/api/v1/me/endpoints/:endpoint', {
    config: WORKER,
    schema: { summary: 'Forgets one of her devices.', tags: ['home'], params: EndpointParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.herPhones.remove(workerOf(request), request.params.endpoint as EndpointId))
    return reply.code(204).send(undefined)
  })
}
