/** Who this phone is; its sessions and the same person's other devices. */
import type { Static } from 'typebox'
import { Me, SessionsListed, SwitchTo } from '../contract/session.ts'
import { Id, Nothing, exact } from '../contract/words.ts'
import type { People, SessionFound } from '../people/services.ts'
import type { SessionId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { callerOf } from './caller.ts'
import { setTokens } from './cookie.ts'
import { Problem } from './problem.ts'
import { heldSessions } from './phone.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

const ANYBODY = allow('worker', 'responder', 'technician', 'researcher')
const Params = exact({ session: Id })

export function sessionRoutes (app: App, parts: RouteParts): void {
  const { people, config, guard, limiter } = parts

  app.get('/api/v1/me', {
    config: ANYBODY,
    schema: { summary: 'Who this phone is: one entry per alias.', tags: ['sessions'], response: { 200: Me } }
  }, async (request) => {
    const { sessions } = callerOf(request)
    return { sessions: sessions.flatMap((session, at) => describe(session, !sessions.slice(0, at).some(({ who }) => who.is === session.who.is), people)) }
  })

  app.get('/api/v1/sessions', {
    config: ANYBODY,
    schema: { summary: 'The devices on which the people of this phone are signed in.', tags: ['sessions'], response: { 200: SessionsListed } }
  }, async (request) => ({
    sessions: inUse(callerOf(request).sessions).flatMap(({ id, who }) =>
      people.sessions.list(who, id).map(({ id: session, ...listed }) => ({ session, role: who.is, ...listed })))
  }))

  app.delete('/api/v1/sessions/:session', {
    config: ANYBODY,
    schema: { summary: 'Signs another device out; its sockets are cut.', tags: ['sessions'], params: Params, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, sessions } = callerOf(request)
    const session = request.params.session as SessionId
    for (const { id, who } of inUse(sessions)) {
      if (!people.sessions.list(who, id).some((listed) => listed.id === session)) continue
      if (who.is === 'worker' && who.id === worker && guard.opened(request).veil !== null) return reply.code(204).send(undefined)
      done(await people.sessions.revoke(who, session))
      return reply.code(204).send(undefined)
    }
    throw refusal('SESSION_NOT_FOUND')
  })

  phoneRoutes(app, parts)

  app.post('/api/v1/sessions/refresh', {
    config: ANYBODY,
    schema: { summary: 'New tokens for this phone; the old ones open for two minutes more.', tags: ['sessions'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const [first] = callerOf(request).sessions
    if (first !== undefined) limiter.take('refresh', first.id)
    const fresh: string[] = []
    for (const { token } of heldSessions(request, people, config.publicUrl)) {
      const rotated = await people.sessions.rotate(token)
      if (rotated.ok) fresh.push(rotated.token)
    }
    setTokens(reply, fresh, config.publicUrl)
    return reply.code(204).send(undefined)
  })
}

function phoneRoutes (app: App, { people, config, guard }: RouteParts): void {
  app.post('/api/v1/sessions/use', {
    config: ANYBODY,
    schema: { summary: 'Switches to another alias of this phone.', tags: ['sessions'], body: SwitchTo, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { session, pin } = request.body
    const wanted = callerOf(request).sessions.find(({ id }) => id === session)
    if (wanted === undefined) throw refusal('SESSION_NOT_FOUND')
    if (wanted.who.is === 'worker' && people.workers.self(wanted.who.id)?.hasPin === true) {
      if (pin === undefined) throw new Problem('PIN_NEEDED', { field: 'pin' })
      await guard.verdict(wanted.who.id, pin, session as SessionId)
    }
    const held = heldSessions(request, people, config.publicUrl)
    setTokens(reply, [...held].sort((a, b) => Number(b.id === session) - Number(a.id === session)).map(({ token }) => token), config.publicUrl)
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/sign-out', {
    config: ANYBODY,
    schema: { summary: 'Forgets this phone: all its sessions end. A set PIN guards it.', tags: ['sessions'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, sessions } = callerOf(request)
    const veiled = worker !== null && guard.opened(request).veil !== null
    if (!veiled) for (const { id, who } of sessions) await people.sessions.revoke(who, id)
    setTokens(reply, [], config.publicUrl)
    return reply.code(204).send(undefined)
  })
}

/** The first session of each role. */
function inUse (sessions: readonly SessionFound[]): readonly SessionFound[] {
  return sessions.filter(({ who }, at) => sessions.findIndex((other) => other.who.is === who.is) === at)
}

type Described = Static<typeof Me>['sessions'][number]
function describe ({ id: session, who }: SessionFound, isFirst: boolean, people: People): Described[] {
  const base = { session, inUse: isFirst }
  switch (who.is) {
    case 'worker': {
      const self = people.workers.self(who.id)
      return self === null ? [] : [{ ...base, role: who.is, ...self }]
    }
    case 'responder': {
      const self = people.responders.self(who.id)
      return self === null ? [] : [{ ...base, role: who.is, ...self }]
    }
    case 'technician':
    case 'researcher': return [{ ...base, role: who.is }]
  }
}
