/** Alerts addressed to this responder: what they may see, and their answers. Never another responder's. */
import { AlarmParams, AlertsListed, AnswerGiven, Receipt, Saved } from '../contract/alarm.ts'
import { Nothing } from '../contract/words.ts'
import type { AlarmId } from '../alarm/alarm.ts'
import { liveResponderAlarm } from '../notify/snapshot.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { responderOf, responderSession } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done } from './refuse.ts'

const RESPONDER = allow('responder')

export function alertRoutes (app: App, { desk, people }: RouteParts): void {
  app.get('/api/v1/alerts', {
    config: RESPONDER,
    schema: { summary: 'The alerts addressed to this responder, as they may see them.', tags: ['alerts'], response: { 200: AlertsListed } }
  }, async (request) => ({ alerts: desk.responderAlarms(responderOf(request)).map(liveResponderAlarm) }))

  app.post('/api/v1/alerts/:alarm/answer', {
    config: RESPONDER,
    schema: { summary: 'Coming in so many minutes, cannot, arrived, need more, over.', tags: ['alerts'], params: AlarmParams, body: AnswerGiven, response: { 200: Saved } }
  }, async (request) => {
    const answered = desk.answer(request.params.alarm as AlarmId, responderOf(request), request.body)
    people.readiness.gaveSign(responderOf(request), responderSession(request).id)
    return { saved: done(await answered).saved }
  })

  app.post('/api/v1/alerts/:alarm/receipts', {
    config: RESPONDER,
    schema: { summary: 'This device showed it, or its owner saw it. Repeated or unknown: changes nothing.', tags: ['alerts'], params: AlarmParams, body: Receipt, response: { 204: Nothing } }
  }, async (request, reply) => {
    desk.receipt(request.params.alarm as AlarmId, responderOf(request), request.body.n, request.body.level)
    people.readiness.gaveSign(responderOf(request), responderSession(request).id)
    return reply.code(204).send(undefined)
  })
}
