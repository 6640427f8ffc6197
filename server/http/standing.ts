/** Standing circles (R4), by those who may decide: the workers of the venue. */
import { AgreementParams, StandingPut, StandingShown } from '../contract/offer.ts'
import { RoomParams } from '../contract/place.ts'
import { Nothing } from '../contract/words.ts'
import type { StandingVenue } from '../people/offer-services.ts'
import type { ResponderId, RoomId, VenueId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { RouteParts } from './parts.ts'
import { done } from './refuse.ts'
import { standingLie } from './shown-list.ts'

const WORKER = allow('worker')

export function standingRoutes (app: App, parts: RouteParts): void {
  const { people, guard } = parts

  app.get('/api/v1/standing', {
    config: WORKER,
    schema: { summary: 'The rooms where she works: who is told when no shift can be the right one, and which are not armed.', tags: ['standing'], response: { 200: StandingShown } }
  }, async (request) => {
    const opened = guard.opened(request)
    return { venues: people.standings.of(opened.worker, standingLie(people, opened)).map(shown) }
  })

  app.put('/api/v1/rooms/:room/standing', {
    config: WORKER,
    schema: { summary: 'Replaces a room\'s standing circle; whom another worker agreed on stays in it.', tags: ['standing'], params: RoomParams, body: StandingPut, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const lie = standingLie(people, opened)
    const room = request.params.room as RoomId
    const steps = request.body.steps.map(({ waitS, people }) => ({ waitS, people: people as ResponderId[] }))
    if (veil === null || lie === null) done(await people.standings.set(room, steps, worker))
    else {
      done(people.standings.wouldSet(room, steps, worker, lie))
      // As they are read again: in the order of their ids.
      veil.show(`standing:${room}`, steps.map((step) => ({ ...step, people: [...step.people].sort() }))).tell({ what: 'standing-changed', by: 'you', room })
    }
    return reply.code(204).send(undefined)
  })
  agreementRoutes(app, parts)
}

function agreementRoutes (app: App, { people, guard }: RouteParts): void {
  app.put('/api/v1/venues/:venue/agreements/:responder', {
    config: WORKER,
    schema: { summary: 'She agrees that this person may stand for the rooms of the venue.', tags: ['standing'], params: AgreementParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const lie = standingLie(people, opened)
    const { venue, responder } = request.params
    if (veil === null || lie === null) done(await people.standings.agree(worker, venue as VenueId, responder as ResponderId))
    else {
      done(people.standings.wouldAgree(worker, venue as VenueId, responder as ResponderId, lie))
      veil.show(`agreed:${venue}:${responder}`, true).tell({ what: 'standing-agreed', by: 'you', responder: responder as ResponderId })
    }
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/venues/:venue/agreements/:responder', {
    config: WORKER,
    schema: { summary: 'She takes her agreement back, at once, in alarms that run too.', tags: ['standing'], params: AgreementParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const { worker, veil } = opened
    const lie = standingLie(people, opened)
    const { venue, responder } = request.params
    if (veil === null || lie === null) done(await people.standings.disagree(worker, venue as VenueId, responder as ResponderId))
    else {
      done(people.standings.wouldDisagree(worker, venue as VenueId, responder as ResponderId, lie))
      veil.show(`agreed:${venue}:${responder}`, false).tell({ what: 'standing-withdrawn', by: 'you', responder: responder as ResponderId })
    }
    return reply.code(204).send(undefined)
  })
}

function shown ({ rooms, people, ...venue }: StandingVenue) {
  return {
    ...venue,
    rooms: rooms.map(({ steps, ...room }) => ({ ...room, steps: steps.map((step) => ({ ...step, people: [...step.people] })) })),
    people: [...people]
  }
}
