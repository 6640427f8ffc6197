/** Her own alarms: what is proven, "I am safe", and the PIN that ends them. */
import { AlarmParams, AlarmsListed, CloseByPin, Saved } from '../contract/alarm.ts'
import type { AlarmId } from '../alarm/alarm.ts'
import { liveWorkerAlarm } from '../notify/snapshot.ts'
import { pretendedAlarm } from '../people/pretended-alarm.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { workerOf, workerSession } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

const WORKER = allow('worker')

export function alarmRoutes (app: App, { desk, guard, people }: RouteParts): void {
  app.get('/api/v1/alarms', {
    config: WORKER,
    schema: { summary: 'Her alarms, newest first: only what is proven.', tags: ['alarms'], response: { 200: AlarmsListed } }
  }, async (request) => {
    const worker = workerOf(request)
    return { alarms: desk.workerAlarms(worker).map((alarm) => liveWorkerAlarm(pretendedAlarm(alarm, people.veils.lie(worker)))) }
  })

  app.post('/api/v1/alarms/:alarm/said-safe', {
    config: WORKER,
    schema: { summary: '"I am safe", without a PIN: reaches responders as unproven.', tags: ['alarms'], params: AlarmParams, response: { 200: Saved } }
  }, async (request) => ({ saved: done(await desk.saidSafe(workerOf(request), request.params.alarm as AlarmId)).saved }))

  app.post('/api/v1/alarms/:alarm/close', {
    config: WORKER,
    schema: { summary: 'Ends her alarm by PIN.', tags: ['alarms'], params: AlarmParams, body: CloseByPin, response: { 200: Saved } }
  }, async (request) => {
    const worker = workerOf(request)
    const alarm = request.params.alarm as AlarmId
    if (!desk.workerAlarms(worker).some(({ view }) => view.alarm === alarm)) throw refusal('ALARM_NOT_FOUND')
    // True or duress: from here on the same work, the same bytes (R15).
    const pin = await guard.verdict(worker, request.body.pin, workerSession(request).id)
    return { saved: done(await desk.pin(worker, alarm, pin)).saved }
  })
}
