/** Is the process up; would a press work right now. */
import { Type } from 'typebox'
import { allow } from './access.ts'
import type { App } from './app.ts'

/** Asked at each `/readyz`. A part that can't say answers false. */
export interface Health {
  storeWritable (): boolean
  brokerListening (): boolean
  auditorOnTime (): boolean
}

const Ready = Type.Object({ ready: Type.Boolean(), store: Type.Boolean(), broker: Type.Boolean(), auditor: Type.Boolean() })

export function healthRoutes (app: App, health: Health): void {
  app.get('/healthz', {
    config: allow('public'),
    schema: { summary: 'The process answers.', tags: ['health'], response: { 200: Type.Object({ ok: Type.Literal(true) }) } }
  }, async () => ({ ok: true as const }))

  app.get('/readyz', {
    config: allow('public'),
    schema: { summary: 'A press would work now: store writable, broker listening, auditor on time.', tags: ['health'], response: { 200: Ready, 503: Ready } }
  }, async (_request, reply) => {
    const parts = { store: health.storeWritable(), broker: health.brokerListening(), auditor: health.auditorOnTime() }
    const ready = parts.store && parts.broker && parts.auditor
    return reply.code(ready ? 200 : 503).send({ ready, ...parts })
  })
}
