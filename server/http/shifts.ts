/** Her shift: started by the room's button, by its QR or at a typed place; and her own test window. */
import { Asked, JoinAsk, RequestAnswer, RequestAnswered, RequestParams, RoomsOfHers, ShiftAtPlace, ShiftByCode, ShiftByWindow, ShiftChange, ShiftShown, ShiftStarted, TestWindow } from '../contract/shift.ts'
import { WindowOpened } from '../contract/place.ts'
import { Nothing } from '../contract/words.ts'
import type { Shift, ShiftWish } from '../people/place-services.ts'
import type { People } from '../people/services.ts'
import type { EpochMs, JoinRequestId, RoomId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { workerOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done } from './refuse.ts'

const WORKER = allow('worker')

export function shiftRoutes (app: App, parts: RouteParts): void {
  const { people, guard } = parts

  app.get('/api/v1/shift', {
    config: WORKER,
    schema: { summary: 'Her shift, her open window, and who asks to join her room.', tags: ['shifts'], response: { 200: ShiftShown } }
  }, async (request) => {
    const worker = workerOf(request)
    const shift = people.shifts.current(worker)
    const asked = people.shifts.asked(worker).map(({ id, alias }) => ({ request: id, alias }))
    return { shift: shift === null ? null : shown(people, shift), window: people.windows.ofWorker(worker), asked }
  })

  app.get('/api/v1/shift/rooms', {
    config: WORKER,
    schema: { summary: 'The rooms in which she may start a shift.', tags: ['shifts'], response: { 200: RoomsOfHers } }
  }, async (request) => ({ rooms: people.shifts.rooms(workerOf(request)).map(({ id, label, venue }) => ({ room: id, label, venue })) }))

  app.post('/api/v1/shift/window', {
    config: WORKER,
    schema: { summary: 'The next press of this room\'s button, within two minutes, starts her shift.', tags: ['shifts'], body: ShiftByWindow, response: { 200: WindowOpened } }
  }, async (request) => done(people.shifts.openWindow(workerOf(request), request.body.room as RoomId, wishOf(request.body))))

  app.post('/api/v1/shift/code', {
    config: WORKER,
    schema: { summary: 'Starts her shift by the room\'s QR.', tags: ['shifts'], body: ShiftByCode, response: { 201: ShiftStarted } }
  }, async (request, reply) => {
    const { shift } = done(await people.shifts.startByQr(workerOf(request), request.body.token, wishOf(request.body)))
    return reply.code(201).send({ shift: shown(people, shift) })
  })

  app.post('/api/v1/shift/place', {
    config: WORKER,
    schema: { summary: 'Starts her shift at a place she types; it is sealed, and shown by an alarm alone.', tags: ['shifts'], body: ShiftAtPlace, response: { 201: ShiftStarted } }
  }, async (request, reply) => {
    const { shift } = done(await people.shifts.startAtPlace(workerOf(request), request.body.place, wishOf(request.body)))
    return reply.code(201).send({ shift: shown(people, shift) })
  })

  app.patch('/api/v1/shift', {
    config: WORKER,
    schema: { summary: 'Changes the planned end, feedback in the room, or the house lane.', tags: ['shifts'], body: ShiftChange, response: { 200: ShiftStarted } }
  }, async (request) => {
    const { plannedEndAt, ...rest } = request.body
    const change = plannedEndAt === undefined ? rest : { ...rest, plannedEndAt: plannedEndAt as EpochMs }
    return { shift: shown(people, done(await people.shifts.change(workerOf(request), change)).shift) }
  })

  app.delete('/api/v1/shift', {
    config: WORKER,
    schema: { summary: 'Ends her shift.', tags: ['shifts'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const worker = workerOf(request)
    done(await people.shifts.end(worker))
    // What she promised for this shift ends with it; on a locked phone somebody else may be ending it, and it stays.
    await people.checkIns.shiftEnded(worker, guard.standing(request))
    return reply.code(204).send(undefined)
  })
  joinRoutes(app, parts)
}

/** An occupied room is joined only with the approval of those on shift (R7). */
function joinRoutes (app: App, { people }: RouteParts): void {
  app.post('/api/v1/shift/requests', {
    config: WORKER,
    schema: { summary: 'Asks those on shift in an occupied room.', tags: ['shifts'], body: JoinAsk, response: { 201: Asked } }
  }, async (request, reply) => {
    const { body } = request
    const { id } = done('token' in body ? people.shifts.askByQr(workerOf(request), body.token, wishOf(body)) : people.shifts.ask(workerOf(request), body.room as RoomId, wishOf(body)))
    return reply.code(201).send({ request: id })
  })

  app.delete('/api/v1/shift/requests', {
    config: WORKER,
    schema: { summary: 'She asks no more; approved a moment too late, it has begun, and her shift says so.', tags: ['shifts'], response: { 204: Nothing } }
  }, async (request, reply) => {
    people.shifts.withdraw(workerOf(request))
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/shift/requests/:request', {
    config: WORKER,
    schema: { summary: 'Approves or refuses; the last approval starts the asker\'s shift.', tags: ['shifts'], params: RequestParams, body: RequestAnswer, response: { 200: RequestAnswered } }
  }, async (request) => {
    const worker = workerOf(request)
    const id = request.params.request as JoinRequestId
    if (request.body.approve) return { started: done(await people.shifts.approve(worker, id)).started }
    done(people.shifts.refuse(worker, id))
    return { started: false }
  })

  app.post('/api/v1/test', {
    config: WORKER,
    schema: { summary: 'Opens her two-minute test window; its first press ends it.', tags: ['shifts'], body: TestWindow, response: { 200: WindowOpened } }
  }, async (request) => done(people.windows.openTest(workerOf(request), request.body.room as RoomId | null)))

  app.delete('/api/v1/test', {
    config: WORKER,
    schema: { summary: 'Closes her window.', tags: ['shifts'], response: { 204: Nothing } }
  }, async (request, reply) => {
    people.windows.close(workerOf(request))
    return reply.code(204).send(undefined)
  })
}

function wishOf ({ plannedEndAt, feedback, house }: { plannedEndAt: number, feedback: number, house: boolean }): ShiftWish {
  return { plannedEndAt: plannedEndAt as EpochMs, feedback, house }
}

function shown (people: People, { id, ...shift }: Shift) {
  return { shift: id, ...shift, label: shift.room === null ? null : people.venues.room(shift.room)?.label ?? null }
}
