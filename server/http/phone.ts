/** The sessions that one phone's cookie holds (R24). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { People, SessionOpened } from '../people/services.ts'
import type { SessionId } from '../people/words.ts'
import type { RouteParts } from './parts.ts'
import { setTokens, tokensOf } from './cookie.ts'
import { SESSIONS_PER_PHONE_MAX } from './limits.ts'
import { refusal } from './refuse.ts'

type Held = { readonly token: string, readonly id: SessionId }

export function heldSessions (request: FastifyRequest, people: People, publicUrl: URL | null): readonly Held[] {
  return tokensOf(request, publicUrl).flatMap((token) => {
    const found = people.sessions.find(token)
    return found === null ? [] : [{ token, id: found.id }]
  })
}

/** Asked before an invite or a code is consumed: a cookie that overflows would sign somebody out. */
export function checkRoom (request: FastifyRequest, { people, config }: RouteParts): void {
  if (heldSessions(request, people, config.publicUrl).length >= SESSIONS_PER_PHONE_MAX) throw refusal('PHONE_FULL')
}

/** The newest is the one in use. */
export function addSession (request: FastifyRequest, reply: FastifyReply, { people, config }: RouteParts, opened: SessionOpened): void {
  const others = heldSessions(request, people, config.publicUrl).map(({ token }) => token)
  setTokens(reply, [opened.token, ...others], config.publicUrl)
}
