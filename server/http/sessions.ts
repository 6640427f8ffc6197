/** Who this phone is; its sessions and the same person's other devices. */
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { Me, SessionsListed, SwitchTo } from '../contract/session.ts'
import { Id, Nothing, exact } from '../contract/words.ts'
import type { People, SessionFound } from '../people/services.ts'
import type { SessionId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { callerOf, inUse } from './caller.ts'
import { setTokens } from './cookie.ts'
import { Problem } from './problem.ts'
import type { Veil } from './veil.ts'
import { forgetTokens, heldSessions, isBehindPin, putAway } from './phone.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

const ANYBODY = allow('worker', 'responder', 'technician', 'researcher')
const PHONE = allow('worker', 'responder', 'technician', 'researcher', 'put-away')
const Params = exact({ session: Id })

export function sessionRoutes (app: App, parts: RouteParts): void {
  const { people, config, guard, limiter } = parts

  app.get('/api/v1/me', {
    config: PHONE,
    schema: { summary: 'Who this phone is: one entry per alias.', tags: ['sessions'], response: { 200: Me } }
  }, async (request) => {
    const { sessions } = callerOf(request)
    const veil = guard.veilOver(request)
    const used = inUse(sessions)
    return { sessions: sessions.flatMap((session) => describe(session, used.includes(session), people, veil)) }
  })

  app.get('/api/v1/sessions', {
    config: ANYBODY,
    schema: { summary: 'The devices on which the people of this phone are signed in.', tags: ['sessions'], response: { 200: SessionsListed } }
  }, async (request) => ({ sessions: [...shownSessions(request, people, guard.veilOver(request))] }))

  app.delete('/api/v1/sessions/:session', {
    config: ANYBODY,
    schema: { summary: 'Signs another device out; its sockets are cut.', tags: ['sessions'], params: Params, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, sessions } = callerOf(request)
    const session = request.params.session as SessionId
    for (const { id, who } of inUse(sessions)) {
      const listed = people.sessions.list(who, id).find((each) => each.id === session)
      if (listed === undefined) continue
      const veil = who.is === 'worker' && who.id === worker ? guard.opened(request).veil : null
      if (veil?.over<boolean>(`session:${session}`, true) === false) continue
      // Under duress this very phone is signed out in truth: it would still open, and say so; and she loses no more than the phone.
      if (veil !== null && session !== id) {
        veil.show(`session:${session}`, false).tell({ what: 'session-ended', by: 'you', device: listed.device })
        return reply.code(204).send(undefined)
      }
      done(await people.sessions.revoke(who, session))
      return reply.code(204).send(undefined)
    }
    throw refusal('SESSION_NOT_FOUND')
  })

  phoneRoutes(app, parts)

  app.post('/api/v1/sessions/refresh', {
    config: ANYBODY,
    schema: { summary: 'New tokens for this phone; the old ones open until the new have been used, and two minutes more.', tags: ['sessions'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const [first] = callerOf(request).sessions
    if (first !== undefined) limiter.take('refresh', first.id)
    const fresh: string[] = []
    for (const { token } of heldSessions(request, people, config.publicUrl)) {
      const rotated = await people.sessions.rotate(token)
      // Whatever went wrong: a phone that can't be given a new token keeps the one it has.
      fresh.push(rotated.ok ? rotated.token : token)
    }
    setTokens(reply, fresh, config.publicUrl)
    return reply.code(204).send(undefined)
  })
}

function phoneRoutes (app: App, parts: RouteParts): void {
  const { people, config, guard, live } = parts

  app.post('/api/v1/sessions/use', {
    config: PHONE,
    schema: { summary: 'Switches to another alias of this phone.', tags: ['sessions'], body: SwitchTo, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { session, pin } = request.body
    const wanted = callerOf(request).sessions.find(({ id }) => id === session)
    if (wanted === undefined) throw refusal('SESSION_NOT_FOUND')
    const isInUse = callerOf(request).worker === wanted.who.id
    if (wanted.who.is === 'worker' && !isInUse && isBehindPin(wanted.who, people)) {
      if (pin === undefined) throw new Problem('PIN_NEEDED', { field: 'pin' })
      await guard.verdict(wanted.who.id, pin, session as SessionId)
    }
    const held = heldSessions(request, people, config.publicUrl)
    if (wanted.who.is === 'worker') {
      putAway(request, parts, session as SessionId)
      people.sessions.bring(session as SessionId)
    }
    setTokens(reply, [...held].sort((a, b) => Number(b.id === session) - Number(a.id === session)).map(({ token }) => token), config.publicUrl)
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/sign-out', {
    config: ANYBODY,
    schema: { summary: 'Forgets this phone: its sessions end, but for an alias that another PIN guards. A set PIN guards it.', tags: ['sessions'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, sessions } = callerOf(request)
    const veiled = worker !== null && guard.opened(request).veil !== null
    // An alias behind its own PIN is not signed out by another one's.
    const ends = sessions.filter(({ who }) => who.id === worker || !isBehindPin(who, people))
    for (const { id, who } of ends) {
      // Her session lives on where nobody looks; its page hears the goodbye that it would have heard.
      if (veiled && who.id === worker) live.cut(id)
      else await people.sessions.revoke(who, id)
    }
    putAway(request, parts, null)
    forgetTokens(request, reply, parts, new Set(ends.map(({ id }) => id)))
    return reply.code(204).send(undefined)
  })
}

/** The other devices of the people in use, with the veil over hers. */
export function shownSessions (request: FastifyRequest, people: People, veil: Veil | null) {
  return inUse(callerOf(request).sessions).flatMap(({ id, who }) => people.sessions.list(who, id)
    .filter((listed) => who.is !== 'worker' || (veil?.over(`session:${listed.id}`, true) ?? true))
    .map(({ id: session, ...listed }) => ({ session, role: who.is as string, ...listed })))
}

type Described = Static<typeof Me>['sessions'][number]
function describe ({ id: session, who }: SessionFound, isUsed: boolean, people: People, veil: Veil | null): Described[] {
  const base = { session, inUse: isUsed }
  switch (who.is) {
    case 'worker': {
      const self = people.workers.self(who.id)
      if (self === null) return []
      // By its name nobody finds out whose other alias lies on this phone.
      if (!isUsed && self.hasPin) return [{ ...base, role: who.is, ...self, alias: null, erasesAt: null }]
      const erasesAt = people.erasures.of(who.id)
      return [{ ...base, role: who.is, ...self, erasesAt: isUsed && veil !== null ? veil.over('erasure', erasesAt) : erasesAt }]
    }
    case 'responder': {
      const self = people.responders.self(who.id)
      return self === null ? [] : [{ ...base, role: who.is, ...self }]
    }
    case 'technician':
    case 'researcher': return [{ ...base, role: who.is }]
  }
}
