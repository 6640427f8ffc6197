/** Whether a press would work, which minutes were deaf, and rehearsals; and a responder's own test alert. */
import { AlertTested, DeafShown, DrillBegun, DrillsListed, ReadyShown } from '../contract/readiness.ts'
import { Nothing } from '../contract/words.ts'
import { readyOf } from '../people/readiness/shown.ts'
import type { People } from '../people/services.ts'
import type { EpochMs, ResponderId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { responderOf, responderSession, workerOf } from './caller.ts'
import type { Opened } from './guard.ts'
import type { RouteParts } from './parts.ts'
import { done } from './refuse.ts'
import { lieOf } from './shown-list.ts'

const WORKER = allow('worker')

export function readinessRoutes (app: App, { people, guard, clock }: RouteParts): void {
  app.get('/api/v1/readiness', {
    config: WORKER,
    schema: { summary: 'Would a press work right now: what is proven, what is weaker, what is missing.', tags: ['shifts'], response: { 200: ReadyShown } }
  }, async (request) => ({ now: clock.now(), readiness: readyOf(people.readiness.of(workerOf(request))) }))

  app.get('/api/v1/shift/deaf', {
    config: WORKER,
    schema: { summary: 'When, in her shift or the last one, nobody would have heard a press; gone a day after its end.', tags: ['shifts'], response: { 200: DeafShown } }
  }, async (request) => {
    const { worker } = guard.opened(request)
    const shift = await people.readiness.deafOf(worker)
    return { shift: shift === null ? null : { startedAt: shift.startedAt, endedAt: shift.endedAt, times: [...shift.times] } }
  })

  app.post('/api/v1/drill', {
    config: WORKER,
    schema: { summary: 'Rehearses an alarm with everybody on her list and measures each; never at night, and a press ends it.', tags: ['shifts'], response: { 201: DrillBegun } }
  }, async (request, reply) => reply.code(201).send({ drill: done(people.drills.begin(workerOf(request))).id }))

  app.get('/api/v1/drill', {
    config: WORKER,
    schema: { summary: 'Her rehearsals, the newest first: how long each took.', tags: ['shifts'], response: { 200: DrillsListed } }
  }, async (request) => {
    return { drills: [...await shownDrills(people, guard.opened(request))] }
  })

  app.post('/api/v1/me/responder/test', {
    config: allow('responder'),
    schema: { summary: 'A tap on "test alert": this device is there, and its sound was heard or not.', tags: ['me'], body: AlertTested, response: { 204: Nothing } }
  }, async (request, reply) => {
    people.readiness.gaveSign(responderOf(request), responderSession(request).id, request.body.sound)
    return reply.code(204).send(undefined)
  })
}

/** Under the veil each names those who would have been asked. */
export async function shownDrills (people: People, { worker, veil }: Opened) {
  const drills = await people.drills.list(worker)
  const lie = veil === null ? null : lieOf(people, worker, veil)
  return drills.map(({ id, at, ended, people: asked }) => {
    const isThere = (responder: ResponderId): boolean => lie === null || (!lie.isRemoved(responder) && lie.circleAt(at as EpochMs)?.has(responder) !== false)
    return { drill: id, at, ended, people: asked.filter(({ responder }) => isThere(responder as ResponderId)) }
  })
}
