/** Invites: GET shows, POST consumes (mail and chat scanners burn GET links). */
import { Type } from 'typebox'
import { InviteShown, Joined, Joining } from '../contract/joining.ts'
import { Token, TypedCode, exact } from '../contract/words.ts'
import { allow } from './access.ts'
import { addressOf } from './address.ts'
import type { App } from './app.ts'
import { addSession, checkRoom } from './phone.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

const Params = exact({ code: Type.Union([TypedCode, Token]) })

export function inviteRoutes (app: App, parts: RouteParts): void {
  const { people, limiter } = parts

  app.get('/api/v1/invites/:code', {
    config: allow('public'),
    schema: { summary: 'Shows an invite; consumes nothing, names neither work nor venue.', tags: ['invites'], params: Params, response: { 200: InviteShown } }
  }, async (request) => {
    limiter.take('invite', addressOf(request))
    const invite = await people.invites.look(request.params.code)
    if (invite === null) throw refusal('INVITE_NOT_FOUND')
    return invite
  })

  app.post('/api/v1/invites/:code', {
    config: allow('public'),
    schema: { summary: 'Consumes an invite once and opens a session on this phone.', tags: ['invites'], params: Params, body: Joining, response: { 201: Joined } }
  }, async (request, reply) => {
    limiter.take('invite', addressOf(request))
    checkRoom(request, parts)
    const { session } = done(await people.invites.accept(request.params.code, request.body))
    addSession(request, reply, parts, session)
    return reply.code(201).send({ session: session.id, role: session.who.is })
  })
}
