/** The sessions that one phone's cookie holds (R24). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { People, SessionOpened } from '../people/services.ts'
import type { SessionId, Who, WorkerId } from '../people/words.ts'
import { callerOf } from './caller.ts'
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

export function isBehindPin (who: Who, people: People): boolean {
  return who.is === 'worker' && people.workers.self(who.id)?.hasPin === true
}

/** Every alias of this phone but `not` goes behind its PIN, where it has one; its page hears nothing more. */
export function putAway (request: FastifyRequest, { people, live }: RouteParts, not: SessionId | null): void {
  for (const { id, who } of callerOf(request).sessions) {
    if (id === not || !isBehindPin(who, people)) continue
    people.sessions.putAway(id)
    live.cut(id)
  }
}

/** The newest is the one in use. */
export function addSession (request: FastifyRequest, reply: FastifyReply, parts: RouteParts, opened: SessionOpened): void {
  const { people, config } = parts
  if (opened.who.is === 'worker') putAway(request, parts, opened.id)
  const others = heldSessions(request, people, config.publicUrl).map(({ token }) => token)
  setTokens(reply, [opened.token, ...others], config.publicUrl)
}

/** This phone lets these sessions go. With none left it forgets everything that pages may have kept on it. */
export function forgetTokens (request: FastifyRequest, reply: FastifyReply, { people, config }: RouteParts, gone: ReadonlySet<SessionId>): void {
  const kept = heldSessions(request, people, config.publicUrl).filter(({ id }) => !gone.has(id)).map(({ token }) => token)
  setTokens(reply, kept, config.publicUrl)
  // Nothing of ours is ever in a cache (no-store).
  reply.header('clear-site-data', kept.length === 0 ? '"cookies", "storage"' : '"storage"')
}

/** She is erased here: as after signing out. */
export function forgetPhone (request: FastifyRequest, reply: FastifyReply, parts: RouteParts, worker: WorkerId): void {
  const gone = callerOf(request).sessions.filter(({ who }) => who.is === 'worker' && who.id === worker).map(({ id }) => id)
  forgetTokens(request, reply, parts, new Set(gone))
}
