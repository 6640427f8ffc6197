/** The description of the API, made from the very schemas that check requests. */
import swagger from '@fastify/swagger'
import { Type } from 'typebox'
import { ClientMessage, ServerMessage } from '../contract/live.ts'
import { PROBLEMS, ProblemBody } from '../contract/problem.ts'
import { allow, ruleOf } from './access.ts'
import type { Role } from './access.ts'
import type { App } from './app.ts'

const SCHEMES = {
  session: { type: 'apiKey', in: 'cookie', name: 's', description: 'Device-bound session; __Host-s over https.' },
  pressToken: { type: 'http', scheme: 'bearer', description: 'A phone shortcut: can raise, and do nothing else.' }
} as const

type Security = readonly Readonly<Record<string, readonly string[]>>[]

/** What proves these roles, in OpenAPI's words. */
function securityOf (access: readonly Role[]): Security {
  if (access.includes('public')) return []
  const cookie = access.some((role) => role !== 'press-token') ? [{ session: [] }] : []
  return [...cookie, ...(access.includes('press-token') ? [{ pressToken: [] }] : [])]
}

/** Stands before the first route, so that it sees them all. */
export function registerOpenApi (app: App, version: string): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Lueur', version, description: 'Every error is an RFC 9457 problem with a stable `code`; all codes are in `x-problems`. Messages of the live socket, both ways, are in `x-live`.' },
      components: { securitySchemes: SCHEMES }
    },
    hideUntagged: false,
    transform: ({ schema, url, route }) => {
      const access = ruleOf(route.config) ?? []
      const responses = { ...(schema?.response as Record<string, unknown> | undefined), default: { description: 'A problem', content: { 'application/problem+json': { schema: ProblemBody } } } }
      return { url, schema: { ...schema, response: responses, security: securityOf(access), 'x-access': access } as NonNullable<typeof schema> }
    }
  })
}

/** The address is fixed: /api/v1/openapi.json. */
export function openApiRoutes (app: App): void {
  let document: string | null = null
  app.get('/api/v1/openapi.json', {
    config: allow('public'),
    schema: { summary: 'This description.', tags: ['api'], response: { 200: Type.Unknown() } }
  }, async (_request, reply) => {
    document ??= JSON.stringify({ ...app.swagger(), 'x-problems': PROBLEMS, 'x-live': { client: ClientMessage, server: ServerMessage } })
    return reply.type('application/json').serializer(String).send(document)
  })
}
