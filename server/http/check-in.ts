/** Her check-in: promised, answered, put off. A set PIN guards the answers; promising and raising ask for none. */
import type { FastifyRequest } from 'fastify'
import { CheckInAnswer, CheckInConfirm, CheckInExtend, CheckInMake } from '../contract/check-in.ts'
import { Nothing } from '../contract/words.ts'
import type { ByPin } from '../people/check-in-services.ts'
import { GRACE_MS } from '../people/limits.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { workerOf, workerSession } from './caller.ts'
import type { Guard } from './guard.ts'
import type { RouteParts } from './parts.ts'
import { Problem } from './problem.ts'
import { done } from './refuse.ts'

const WORKER = allow('worker')
const SECOND_MS = 1_000

export function checkInRoutes (app: App, { people, guard }: RouteParts): void {
  const { checkIns } = people

  app.get('/api/v1/check-in', {
    config: WORKER,
    schema: { summary: 'Her check-in; null: nothing is promised.', tags: ['check-in'], response: { 200: CheckInAnswer } }
  }, async (request) => {
    const worker = workerOf(request)
    return { checkIn: checkIns.of(worker), saved: checkIns.isSaved(worker) }
  })

  app.post('/api/v1/check-in', {
    config: WORKER,
    schema: { summary: 'Promises to say "I am fine". Nobody sees it before it is overdue.', tags: ['check-in'], body: CheckInMake, response: { 201: CheckInAnswer } }
  }, async (request, reply) => {
    const worker = workerOf(request)
    const { forS, graceS, then } = request.body
    done(await checkIns.make(worker, { forMs: forS * SECOND_MS, graceMs: graceS === undefined ? GRACE_MS : graceS * SECOND_MS, then }))
    return reply.code(201).send({ checkIn: checkIns.of(worker), saved: true })
  })

  app.post('/api/v1/check-in/confirm', {
    config: WORKER,
    schema: { summary: '"I am fine." Saying it twice is as good as once; it ends what the promise has raised meanwhile.', tags: ['check-in'], body: CheckInConfirm, response: { 200: CheckInAnswer } }
  }, async (request) => {
    const worker = workerOf(request)
    const pin = await byPin(guard, request, request.body.pin)
    const { saved } = done(await checkIns.confirm(worker, pin))
    return { checkIn: checkIns.of(worker), saved }
  })

  app.post('/api/v1/check-in/extend', {
    config: WORKER,
    schema: { summary: 'Another promise in the place of this one.', tags: ['check-in'], body: CheckInExtend, response: { 200: CheckInAnswer } }
  }, async (request) => {
    const worker = workerOf(request)
    const pin = await byPin(guard, request, request.body.pin)
    const { saved } = done(await checkIns.extend(worker, request.body.forS * SECOND_MS, pin))
    return { checkIn: checkIns.of(worker), saved }
  })

  app.post('/api/v1/me/receipts', {
    config: WORKER,
    schema: { summary: 'Her phone has shown a reminder: it is reached.', tags: ['home'], response: { 204: Nothing } }
  }, async (request, reply) => {
    checkIns.heard(workerOf(request), true)
    return reply.code(204).send(undefined)
  })
}

/** The PIN that came along, else the one that opened this phone; true or duress, from here on the same work (R15). */
async function byPin (guard: Guard, request: FastifyRequest, pin: string | undefined): Promise<ByPin> {
  const standing = guard.standing(request)
  if (standing === 'unset') return standing
  if (pin !== undefined) return await guard.verdict(workerOf(request), pin, workerSession(request).id)
  if (standing === 'locked') throw new Problem('PIN_NEEDED', { field: 'pin' })
  return standing
}
