/** Fastify's own log lines carry addresses and headers: none of them is written; ours are in `app.ts`. */
import { LogController as FastifyLogController } from 'fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'

export class LogController extends FastifyLogController {
  constructor () { super({ disableRequestLogging: true }) }
  override incomingRequest (): void {}
  override requestCompleted (): void {}
  override routeNotFound (): void {}
  override defaultErrorLog (error: Error, request: FastifyRequest): void { request.log.error({ err: error }, 'a request failed') }
  override streamError (error: Error, request: FastifyRequest): void { request.log.info({ err: error }, 'a reply broke off') }
  override writeHeadError (error: Error, request: FastifyRequest): void { request.log.warn({ err: error }, 'a reply had bad headers') }
  override serializerError (error: Error, request: FastifyRequest, _reply: FastifyReply): void { request.log.error({ err: error }, 'a reply did not fit its schema') }
  override serviceUnavailable (): void {}
}
