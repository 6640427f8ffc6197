/** The Fastify app, apart from listening (main.ts does). Everything it needs is handed in. */
import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import websocket from '@fastify/websocket'
import { fastify } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'
import type { AlarmDesk } from '../engine/desk.ts'
import type { People } from '../people/services.ts'
import { requireRules, routeRule } from './access.ts'
import type { Rule } from './access.ts'
import { authenticate, prepareCaller } from './caller.ts'
import type { Health } from './health.ts'
import { Guard } from './guard.ts'
import { hangUpOnClose } from './hang-up.ts'
import { Limiter } from './limiter.ts'
import { BODY_MAX_BYTES, HEADERS_MAX_BYTES, KEEP_ALIVE_MS, PARAM_MAX_CHARS, REQUEST_MAX_MS, SOCKET_PAYLOAD_MAX_BYTES } from './limits.ts'
import { LIVE_URL, stopSockets } from './live.ts'
import type { LiveRegistry } from './live.ts'
import { lazySchemas } from './lazy-schemas.ts'
import { LogController } from './log-controller.ts'
import type { Metrics } from './metrics.ts'
import { registerOpenApi } from './openapi.ts'
import { Problem, installProblems, problemBody, problemOf, sendProblem } from './problem.ts'
import { registerRoutes } from './routes.ts'
import { secure } from './security.ts'
import { lieOf } from './shown-list.ts'
import type { Studies } from './study-folder.ts'
import { answerUnreadable } from './unreadable.ts'
import type { WebApp } from './web-app.ts'

export type App = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, TypeBoxTypeProvider>

export type AppConfig = {
  /** Where people reach the service. null: only pages of this very machine are ours. */
  readonly publicUrl: URL | null
  /** base64url, uncompressed P-256 point. */
  readonly vapidPublicKey: string
  /** Whether this push service may be posted to (notify's allow-list). */
  readonly pushAllowed: (url: string) => boolean
  readonly version: string
  /** Whether one may join without an invite, and who keeps this machine. */
  readonly join: { readonly open: boolean, readonly operator: string | null }
}

export type AppParts = {
  readonly people: People
  readonly desk: AlarmDesk
  readonly live: LiveRegistry
  readonly health: Health
  readonly config: AppConfig
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  readonly metrics: Metrics
  readonly webApp: WebApp
  readonly studies: Studies
}

/** Builds it; a route without an access rule throws from `ready()`. Nothing listens yet. */
export function buildApp (parts: AppParts): App & { readonly rules: readonly Rule[], readonly compileAll: () => number } {
  const { config, clock, logger, metrics, people } = parts
  const { compilersFactory, compileAll } = lazySchemas()
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController(),
    genReqId: () => randomBytes(9).toString('base64url'),
    requestIdHeader: false,
    // Behind Caddy every caller would have Caddy's address, and share one limit. Only neighbours are believed.
    trustProxy: ['loopback', 'uniquelocal'],
    bodyLimit: BODY_MAX_BYTES,
    requestTimeout: REQUEST_MAX_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    http: { maxHeaderSize: HEADERS_MAX_BYTES, headersTimeout: REQUEST_MAX_MS },
    exposeHeadRoutes: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: PARAM_MAX_CHARS, caseSensitive: true },
    schemaController: { compilersFactory },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false, allowUnionTypes: true } },
    clientErrorHandler: (error, socket) => { answerUnreadable(error, socket, config.publicUrl) },
    frameworkErrors: (error, request, reply) => {
      secure(reply as FastifyReply, config.publicUrl)
      sendProblem(problemOf(error), request as FastifyRequest, reply as FastifyReply)
    }
  }).withTypeProvider<TypeBoxTypeProvider>()
  const rules = requireRules(app)
  installProblems(app)
  onlyJson(app)
  app.register(cookie)
  app.register(websocket, { options: { maxPayload: SOCKET_PAYLOAD_MAX_BYTES }, preClose: async () => { await stopSockets(app, parts.live) } })
  hangUpOnClose(app, clock)
  prepareCaller(app)
  app.addHook('onRequest', async (request, reply) => {
    secure(reply, config.publicUrl)
    refuseUpgrade(request)
    const rule = routeRule(request)
    if (rule !== null) authenticate(request, rule, people, config.publicUrl)
  })
  app.addHook('onResponse', async (request, reply) => { record(request, reply, metrics) })
  registerOpenApi(app, config.version)
  const limiter = new Limiter(clock)
  const guard = new Guard(people, clock, limiter)
  people.veils.toldBy((worker) => lieOf(people, worker, guard.veilOf(worker)))
  app.register(async (scope) => { registerRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), { ...parts, limiter, guard }) })
  keepVeils(app, guard)
  app.addHook('onClose', async () => { guard.close() })
  return Object.assign(app, { rules, compileAll })
}

/** The socket plugin would say 101 on any route and hang up: a stranger's way to fill the log. */
function refuseUpgrade ({ headers, routeOptions }: FastifyRequest): void {
  if (/websocket/i.test(headers.upgrade ?? '') && routeOptions.url !== LIVE_URL) throw new Problem('UPGRADE_REFUSED')
}

/** JSON or nothing: Fastify would also parse text/plain, which other sites' forms may send without asking first. */
function onlyJson (app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain')
}

/** What was pretended is kept before it is answered, and answered as any write is that the disk refuses (R16). */
function keepVeils (app: FastifyInstance, guard: Guard): void {
  app.addHook('onSend', async (request, reply, payload) => {
    try {
      await guard.settle(request)
      return payload
    } catch (error) {
      const problem = problemBody(problemOf(error).code, {}, request.id)
      reply.code(problem.status).type('application/problem+json').removeHeader('content-length')
      return JSON.stringify(problem)
    }
  })
}

/** One line a request, at debug: at info, the times of presses and shifts would stand in the log. */
function record (request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  const route = request.is404 ? '(unknown)' : request.routeOptions.url ?? '(unknown)'
  metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime)
  const line = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
  if (reply.statusCode >= 500) request.log.warn(line, 'answered')
  else request.log.debug(line, 'answered')
}
