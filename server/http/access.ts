/**
 * Role x route. Every route says who may; one that does not keeps the app from being built. What belongs to somebody
 * else is not forbidden but not there (404), so that nobody can learn what exists.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'

/** `put-away`: a phone on which an alias lies behind its PIN and nobody else is in use as a worker (R24). */
export const ROLES = ['public', 'worker', 'responder', 'technician', 'researcher', 'press-token', 'put-away'] as const
export type Role = typeof ROLES[number]

/** What a route's `config` must hold. */
export type Access = { readonly access: readonly [Role, ...Role[]] }

export function allow (...access: readonly [Role, ...Role[]]): Access {
  return { access }
}

/** The rule of a route's config, or null where nobody declared one. */
export function ruleOf (config: unknown): readonly Role[] | null {
  if (typeof config !== 'object' || config === null) return null
  const { access } = config as { access?: unknown }
  if (!Array.isArray(access) || access.length === 0) return null
  return access.every(isRole) ? access : null
}

function isRole (value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value)
}

export type Rule = { readonly method: string, readonly url: string, readonly access: readonly Role[] }

/** Must stand before the first route. Returns the table that is filled as routes are added. */
export function requireRules (app: FastifyInstance): readonly Rule[] {
  const table: Rule[] = []
  app.addHook('onRoute', (route) => {
    const access = ruleOf(route.config)
    for (const method of [route.method].flat()) {
      if (access === null) throw new Error(`${method} ${route.url} does not say who may use it`)
      table.push({ method, url: route.url, access })
    }
  })
  return table
}

/** Refuses a caller who holds none of the route's roles: 401 where a session would help, else 403. */
export function admit (roles: ReadonlySet<Role>, access: readonly Role[]): void {
  if (access.includes('public') || access.some((role) => roles.has(role))) return
  throw new Problem([...roles].every((role) => role === 'put-away') ? 'SIGNED_OUT' : 'FORBIDDEN')
}

export function routeRule (request: FastifyRequest): readonly Role[] | null {
  return request.is404 ? null : ruleOf(request.routeOptions.config)
}
