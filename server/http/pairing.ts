/** A responder takes the code that she gave. Live only after she has confirmed the digits on the screen (R5). */
import { PairingJoin, PairingJoined, PairingShown } from '../contract/joining.ts'
import { TypedCode, exact } from '../contract/words.ts'
import { kindOf } from '../people/declaration.ts'
import { allow } from './access.ts'
import { addressOf } from './address.ts'
import type { App } from './app.ts'
import { callerOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { addSession, checkRoom } from './phone.ts'
import { done, refusal } from './refuse.ts'

const Params = exact({ code: TypedCode })

export function pairingRoutes (app: App, parts: RouteParts): void {
  const { people, limiter } = parts

  app.get('/api/v1/pairings/:code', {
    config: allow('public'),
    schema: { summary: 'Whether this code still opens; consumes nothing, names nobody.', tags: ['pairing'], params: Params, response: { 200: PairingShown } }
  }, async (request) => {
    limiter.take('code', addressOf(request))
    limiter.take('codeAll', 'all')
    const pairing = await people.pairing.look(request.params.code)
    if (pairing === null) throw refusal('CODE_NOT_FOUND')
    return pairing
  })

  app.post('/api/v1/pairings/:code', {
    config: allow('public'),
    schema: { summary: 'Joins her list, unconfirmed; a phone that is a responder already joins as that one.', tags: ['pairing'], params: Params, body: PairingJoin, response: { 201: PairingJoined } }
  }, async (request, reply) => {
    limiter.take('code', addressOf(request))
    limiter.take('codeAll', 'all')
    const { responder } = callerOf(request)
    const kind = kindOf(request.body)
    if (responder !== null && people.responders.self(responder)?.kind === kind) {
      const { confirm } = done(await people.pairing.joinAs(request.params.code, responder))
      if (request.body.neverForwards !== undefined) done(await people.responders.declare(responder, request.body.neverForwards))
      return reply.code(201).send({ confirm, kind })
    }
    checkRoom(request, parts)
    const { session, confirm } = done(await people.pairing.join(request.params.code, request.body))
    addSession(request, reply, parts, session)
    return reply.code(201).send({ confirm, kind })
  })
}
