/** Her phone raises. Never behind a PIN, never limited (R16); told before anything is awaited (R1). */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { PressBody, PressHeaders, PressTaken } from '../contract/press.ts'
import type { Clock } from '../clock/clock.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { callerOf, raiserOf } from './caller.ts'
import { BODY_MAX_BYTES, RECORDED_WAIT_MS } from './limits.ts'
import type { RouteParts } from './parts.ts'

export function pressRoutes (app: App, parts: RouteParts): void {
  // A scope of its own: here, and only here, a body of another type is no error.
  app.register(async (scope) => { pressRoute(scope.withTypeProvider<TypeBoxTypeProvider>(), parts) })
}

function pressRoute (app: App, { desk, people, clock }: RouteParts): void {
  // Apps for phone shortcuts send what they like; what is not JSON can't say a kind, and must not silence her.
  app.addContentTypeParser('*', { bodyLimit: BODY_MAX_BYTES }, (_request, payload, done) => {
    payload.resume()
    payload.on('end', () => { done(null, null) })
    payload.on('error', done)
  })
  app.addHook('onRequest', async (request) => {
    const { 'content-length': length, 'transfer-encoding': chunked } = request.headers
    if (chunked === undefined && (length === undefined || length === '0')) delete request.raw.headers['content-type']
  })

  app.post('/api/v1/press', {
    config: allow('worker', 'press-token'),
    schema: { summary: 'Raises. The answer says whether it is on disk; the alert went out before.', tags: ['press'], headers: PressHeaders, body: PressBody, response: { 202: PressTaken } }
  }, async (request, reply) => {
    const { shortcut } = callerOf(request)
    const { verdict, recorded } = desk.pressByPhone(raiserOf(request), request.body?.kind ?? 'alarm', request.headers['idempotency-key'], shortcut?.shortcut ?? null)
    if (shortcut !== null && verdict !== 'known') people.shortcuts.used(shortcut.shortcut, shortcut.worker)
    return reply.code(202).send({ verdict, recorded: await within(recorded, RECORDED_WAIT_MS, clock) })
  })
}

/** Whether it is done by then; a hung disk must not hang her phone. */
async function within (recorded: Promise<void>, waitMs: number, clock: Clock): Promise<boolean> {
  return await new Promise((resolve) => {
    const cancel = clock.after(waitMs, () => { resolve(false) })
    void recorded.then(() => { cancel(); resolve(true) })
  })
}
