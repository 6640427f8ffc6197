/** Who is calling: the sessions of this phone's cookie, or a phone shortcut's bearer token. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { People, SessionFound } from '../people/services.ts'
import type { ResearcherId, ResponderId, ShortcutId, TechnicianId, VenueId, WorkerId } from '../people/words.ts'
import { admit } from './access.ts'
import type { Role } from './access.ts'
import { tokensOf } from './cookie.ts'
import { Problem } from './problem.ts'
import { checkOrigin } from './security.ts'

/** In each role the first session of the cookie that is not put away is the one in use (R24). */
export type Caller = {
  readonly sessions: readonly SessionFound[]
  readonly worker: WorkerId | null
  readonly responder: ResponderId | null
  readonly technician: { readonly id: TechnicianId, readonly venue: VenueId } | null
  readonly researcher: ResearcherId | null
  /** Whose phone shortcut this is: may raise, nothing else. */
  readonly shortcut: { readonly shortcut: ShortcutId, readonly worker: WorkerId } | null
}

const NOBODY: Caller = { sessions: [], worker: null, responder: null, technician: null, researcher: null, shortcut: null }
const CALLER = 'caller'
const BEARER = /^Bearer +([A-Za-z0-9_-]{16,128})$/i

export function prepareCaller (app: FastifyInstance): void {
  app.decorateRequest(CALLER, null)
}

export function callerOf (request: FastifyRequest): Caller {
  return request.getDecorator<Caller | null>(CALLER) ?? NOBODY
}

/** Before the body is read: who calls, from where, and whether this role may. */
export function authenticate (request: FastifyRequest, access: readonly Role[], people: People, publicUrl: URL | null): void {
  const shortcut = access.includes('press-token') ? shortcutOf(request, people) : null
  const tokens = shortcut === null ? tokensOf(request, publicUrl) : []
  if (shortcut === null) checkOrigin(request, publicUrl, tokens.length > 0)
  const caller = shortcut === null ? callerBy(tokens, people) : { ...NOBODY, shortcut }
  request.setDecorator(CALLER, caller)
  people.readiness.sawTogether(caller.sessions)
  admit(rolesOf(caller), access)
}

function shortcutOf (request: FastifyRequest, people: People): Caller['shortcut'] {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
  return token === undefined ? null : people.shortcuts.find(token)
}

function callerBy (tokens: readonly string[], people: People): Caller {
  const sessions = tokens.map((token) => people.sessions.find(token)).filter((found) => found !== null)
  let caller: Caller = { ...NOBODY, sessions }
  for (const { who } of inUse(sessions)) {
    switch (who.is) {
      case 'worker': caller = { ...caller, worker: who.id }; break
      case 'responder': caller = { ...caller, responder: who.id }; break
      case 'technician': caller = { ...caller, technician: { id: who.id, venue: who.venue } }; break
      case 'researcher': caller = { ...caller, researcher: who.id }; break
    }
  }
  return caller
}

/** Of each role, the one that speaks on this phone. What is put away comes back by its PIN alone, wherever it stands in the cookie. */
export function inUse (sessions: readonly SessionFound[]): readonly SessionFound[] {
  const present = sessions.filter(({ away }) => !away)
  return present.filter(({ who }, at) => present.findIndex((other) => other.who.is === who.is) === at)
}

function rolesOf (caller: Caller): ReadonlySet<Role> {
  const roles = new Set<Role>()
  if (caller.worker !== null) roles.add('worker')
  if (caller.responder !== null) roles.add('responder')
  if (caller.technician !== null) roles.add('technician')
  if (caller.researcher !== null) roles.add('researcher')
  if (caller.shortcut !== null) roles.add('press-token')
  if (caller.worker === null && caller.sessions.some(({ away }) => away)) roles.add('put-away')
  return roles
}

function held<T> (subject: T | null): T {
  if (subject === null) throw new Problem('SIGNED_OUT')
  return subject
}

export const workerOf = (request: FastifyRequest): WorkerId => held(callerOf(request).worker)
export const responderOf = (request: FastifyRequest): ResponderId => held(callerOf(request).responder)
export const technicianOf = (request: FastifyRequest): { readonly id: TechnicianId, readonly venue: VenueId } => held(callerOf(request).technician)
export const researcherOf = (request: FastifyRequest): ResearcherId => held(callerOf(request).researcher)
/** Hers by session, or by her phone shortcut. */
export const raiserOf = (request: FastifyRequest): WorkerId => held(callerOf(request).shortcut?.worker ?? callerOf(request).worker)

/** The session that speaks for this responder on this phone: the device. */
export function responderSession (request: FastifyRequest): SessionFound {
  const { sessions, responder } = callerOf(request)
  return held(sessions.find(({ who }) => who.is === 'responder' && who.id === responder) ?? null)
}

/** The session that speaks for this worker on this phone. */
export function workerSession (request: FastifyRequest): SessionFound {
  const { sessions, worker } = callerOf(request)
  return held(sessions.find(({ who }) => who.is === 'worker' && who.id === worker) ?? null)
}
