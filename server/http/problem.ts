/** Turns whatever went wrong into problem details, leaking nothing. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEMS } from '../contract/problem.ts'
import type { ProblemBody, ProblemCode } from '../contract/problem.ts'

type More = { readonly detail?: string, readonly field?: string, readonly reason?: string, readonly retryAfterS?: number }

/** An expected outcome that the caller must hear of. Its texts are ours, never a caller's or a library's. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly more: More
  constructor (code: ProblemCode, more: More = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.more = more
  }
}

const BY_CONTEXT: Readonly<Record<string, ProblemCode>> = {
  body: 'BODY_INVALID', querystring: 'QUERY_INVALID', params: 'PATH_INVALID', headers: 'HEADER_INVALID'
}

/** Fastify's own error codes that a caller can cause. */
const BY_FASTIFY: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_NOT_FOUND: 'NOT_FOUND',
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_WRONG',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'REQUEST_MALFORMED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_MAX_PARAM_LENGTH: 'URL_TOO_LONG',
  FST_ERR_BAD_URL: 'URL_INVALID',
  FST_ERR_INVALID_URL: 'URL_INVALID',
  FST_ERR_HANDLER_TIMEOUT: 'STORE_FAILING',
  FST_ERR_REOPENED_CLOSE_SERVER: 'STOPPING'
}

/** The store's, the limiter's and other parts' failures that have a code of their own. */
const BY_CODE: Readonly<Record<string, ProblemCode>> = { STORE_FAILED: 'STORE_FAILING' }

export function problemBody (code: ProblemCode, more: More, request: string | null): ProblemBody {
  const { status, title } = PROBLEMS[code]
  return {
    type: `/api/v1/openapi.json#/x-problems/${code}`,
    title,
    status,
    code,
    ...(more.detail === undefined ? {} : { detail: more.detail }),
    ...(more.field === undefined ? {} : { field: more.field }),
    ...(more.reason === undefined ? {} : { reason: more.reason }),
    ...(request === null ? {} : { request })
  }
}

/** What a caller may know of this error. */
export function problemOf (error: unknown): Problem {
  if (error instanceof Problem) return error
  if (!(error instanceof Error)) return new Problem('INTERNAL')
  const fastify = error as FastifyError
  if (fastify.validation !== undefined) return validationProblem(fastify)
  const known = BY_FASTIFY[fastify.code] ?? BY_CODE[fastify.code]
  if (known !== undefined) return new Problem(known)
  return fastify.name === 'SyntaxError' && fastify.statusCode === 400 ? new Problem('BODY_NOT_JSON') : new Problem('INTERNAL')
}

/** Names the field, never its value: a value may be a PIN or an alias. */
function validationProblem (error: FastifyError): Problem {
  const code = BY_CONTEXT[error.validationContext ?? 'body'] ?? 'BODY_INVALID'
  const first = error.validation?.[0]
  if (first === undefined) return new Problem(code)
  const path = first.instancePath.split('/').filter((part) => part !== '')
  const { missingProperty, additionalProperty } = first.params as { missingProperty?: string, additionalProperty?: string }
  if (missingProperty !== undefined) return new Problem(code, { field: [...path, missingProperty].join('.'), detail: 'is missing' })
  if (additionalProperty !== undefined) return new Problem(code, { field: path.join('.') || '(top)', detail: 'has a field that is not known' })
  return new Problem(code, { field: path.map((part) => part.slice(0, 64)).join('.') || '(top)', detail: first.message?.slice(0, 200) ?? 'is wrong' })
}

export function sendProblem (problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = problemBody(problem.code, problem.more, request.id)
  if (problem.more.retryAfterS !== undefined) reply.header('retry-after', String(problem.more.retryAfterS))
  return reply.code(body.status).type('application/problem+json').serializer(JSON.stringify).send(body)
}

/** Every way for a request to fail, mended here once. */
export function installProblems (app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.code === 'INTERNAL') request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'a request failed')
    return sendProblem(problem, request, reply)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(new Problem('NOT_FOUND'), request, reply))
}
