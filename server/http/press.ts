/** Her phone raises. Never behind a PIN, never limited, never refused for its form (R16); told before anything is awaited (R1). */
import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { PressBody, PressHeaders, PressTaken } from '../contract/press.ts'
import type { Clock } from '../clock/clock.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { callerOf, raiserOf } from './caller.ts'
import { PRESS_BODY_MAX_BYTES, PRESS_BODY_WAIT_MS, RECORDED_WAIT_MS } from './limits.ts'
import type { RouteParts } from './parts.ts'
import { readPress } from './press-form.ts'
import type { PressForm } from './press-form.ts'

const TYPE_GIVEN = 'pressTypeGiven'
/** By this name the press's own parser gets every body, whatever its sender called it. */
const ANY_TYPE = 'application/octet-stream'

export function pressRoutes (app: App, parts: RouteParts): void {
  // A scope of its own: here, and only here, a body of another type, or none that can be read, is no error.
  app.register(async (scope) => { pressRoute(scope.withTypeProvider<TypeBoxTypeProvider>(), parts) })
}

function pressRoute (app: App, { desk, people, clock }: RouteParts): void {
  app.decorateRequest(TYPE_GIVEN, null)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (request, payload, done) => {
    takeBody(payload as IncomingMessage, clock, ({ bytes, whole }) => { done(null, { bytes, whole, type: request.getDecorator<string | null>(TYPE_GIVEN) } satisfies PressForm) })
  })
  app.addHook('onRequest', async (request) => {
    const { headers } = request.raw
    request.setDecorator(TYPE_GIVEN, headers['content-type'] ?? null)
    if (headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0') delete headers['content-type']
    else headers['content-type'] = ANY_TYPE
  })
  // The schemas describe what to send; nothing that comes is measured by them.
  app.setValidatorCompiler(() => () => true)

  app.post('/api/v1/press', {
    config: allow('worker', 'press-token'),
    schema: { summary: 'Raises, whatever the form of the request; the answer says what of it could not be used, and whether it is on disk. The alert went out before.', tags: ['press'], headers: PressHeaders, body: PressBody, response: { 202: PressTaken } }
  }, async (request, reply) => {
    const { kind, key, ignored } = readPress(request, request.body as unknown as PressForm | null ?? null)
    const { shortcut } = callerOf(request)
    const { verdict, recorded } = desk.pressByPhone(raiserOf(request), kind, key, shortcut?.shortcut ?? null)
    if (shortcut !== null && verdict !== 'known') people.shortcuts.used(shortcut.shortcut, shortcut.worker)
    return reply.code(202).send({ verdict, recorded: await within(recorded, RECORDED_WAIT_MS, clock), ignored: [...ignored] })
  })
}

/** What came, as soon as it is whole, too large, too slow or broken off: a phone that loses the network while it sends has pressed. */
function takeBody (payload: IncomingMessage, clock: Clock, done: (taken: { readonly bytes: Buffer, readonly whole: boolean }) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  let over = false
  const end = (whole: boolean): void => {
    if (over) return
    over = true
    cancel()
    payload.resume()
    done({ bytes: whole ? Buffer.concat(chunks) : Buffer.alloc(0), whole })
  }
  const cancel = clock.after(PRESS_BODY_WAIT_MS, () => { end(false) })
  payload.on('data', (chunk: Buffer) => {
    if (over) return
    size += chunk.length
    if (size > PRESS_BODY_MAX_BYTES) end(false)
    else chunks.push(chunk)
  })
  payload.on('end', () => { end(true) })
  payload.on('error', () => { end(false) })
  payload.on('close', () => { end(false) })
}

/** Whether it is done by then; a hung disk must not hang her phone. */
async function within (recorded: Promise<void>, waitMs: number, clock: Clock): Promise<boolean> {
  return await new Promise((resolve) => {
    const cancel = clock.after(waitMs, () => { resolve(false) })
    void recorded.then(() => { cancel(); resolve(true) })
  })
}
