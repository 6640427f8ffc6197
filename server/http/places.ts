/** The technician's venue: rooms, buttons, beats, a test window. Never a press, never a name. */
import { ButtonEnrolled, ButtonMove, ButtonParams, OpeningPut, OpeningShown, RoomAdd, RoomCode, RoomParams, RoomShown, VenueShown, WindowOpened, WindowShown } from '../contract/place.ts'
import { Nothing } from '../contract/words.ts'
import { clockHours, openingOf } from '../people/opening.ts'
import type { ButtonListed } from '../people/place-services.ts'
import type { People } from '../people/services.ts'
import type { RoomId, VenueId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { technicianOf } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'

const TECHNICIAN = allow('technician')

export function placeRoutes (app: App, parts: RouteParts): void {
  const { people } = parts

  app.get('/api/v1/venue', {
    config: TECHNICIAN,
    schema: { summary: 'The technician\'s venue: rooms, buttons, the longest unheard first.', tags: ['places'], response: { 200: VenueShown } }
  }, async (request) => {
    const id = technicianOf(request).venue
    const venue = people.venues.list().find((each) => each.id === id)
    if (venue === undefined) throw refusal('VENUE_NOT_FOUND')
    const rooms = people.venues.rooms(id).map(({ id: room, label, address }) => ({ room, label, address, armed: people.standings.isArmed(room) }))
    return { venue: { name: venue.name, regime: venue.regime }, rooms, buttons: people.buttons.shown(id).map(beatsOf).sort(unheardFirst) }
  })

  app.post('/api/v1/rooms', {
    config: TECHNICIAN,
    schema: { summary: 'Adds a room.', tags: ['places'], body: RoomAdd, response: { 201: RoomShown } }
  }, async (request, reply) => {
    const { room } = done(await people.venues.addRoom(technicianOf(request).venue, request.body.label, request.body.address))
    return reply.code(201).send({ room: room.id, label: room.label, address: room.address })
  })

  app.patch('/api/v1/rooms/:room', {
    config: TECHNICIAN,
    schema: { summary: 'Another name or address; unready until tested, and who works there is told.', tags: ['places'], params: RoomParams, body: RoomAdd, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { venue } = technicianOf(request)
    done(await people.venues.alterRoom(venue, roomHere(people, venue, request.params.room), request.body.label, request.body.address))
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/rooms/:room', {
    config: TECHNICIAN,
    schema: { summary: 'Retires a room that has no button: nobody starts there any more. Whether somebody works there is not told.', tags: ['places'], params: RoomParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { venue } = technicianOf(request)
    done(await people.venues.retireRoom(venue, roomHere(people, venue, request.params.room)))
    return reply.code(204).send(undefined)
  })
  codeRoutes(app, parts)
  buttonRoutes(app, parts)
  openingRoutes(app, parts)
}

/** The room's QR: what a worker scans to start her shift (R7). Without a session it opens a blank page (R22). */
function codeRoutes (app: App, { people, config }: RouteParts): void {
  const urlOf = (room: RoomId, host: string) => `${config.publicUrl?.origin ?? `http://${host}`}/q/${people.venues.roomToken(room)}`
  app.get('/api/v1/rooms/:room/code', {
    config: TECHNICIAN,
    schema: { summary: 'What the room\'s QR holds.', tags: ['places'], params: RoomParams, response: { 200: RoomCode } }
  }, async (request) => ({ url: urlOf(roomHere(people, technicianOf(request).venue, request.params.room), request.host) }))

  app.post('/api/v1/rooms/:room/code', {
    config: TECHNICIAN,
    schema: { summary: 'A new QR for this room; the old one is void at once. Shifts that began with it go on.', tags: ['places'], params: RoomParams, response: { 200: RoomCode } }
  }, async (request) => {
    const { venue } = technicianOf(request)
    const room = roomHere(people, venue, request.params.room)
    done(await people.venues.renewRoomCode(venue, room))
    return { url: urlOf(room, request.host) }
  })
}

function openingRoutes (app: App, { people }: RouteParts): void {
  app.get('/api/v1/venue/opening', {
    config: TECHNICIAN,
    schema: { summary: 'When the venue is open, by the week; empty: always.', tags: ['places'], response: { 200: OpeningShown } }
  }, async (request) => ({ opening: people.venues.opening(technicianOf(request).venue).map(clockHours) }))

  app.put('/api/v1/venue/opening', {
    config: TECHNICIAN,
    schema: { summary: 'Replaces the opening hours. They rule which hours are shown as gaps of the rota, and nothing that is told.', tags: ['places'], body: OpeningPut, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.venues.setOpening(technicianOf(request).venue, request.body.opening.map(openingOf)))
    return reply.code(204).send(undefined)
  })
}

function buttonRoutes (app: App, { people, limiter }: RouteParts): void {
  app.post('/api/v1/rooms/:room/buttons', {
    config: TECHNICIAN,
    schema: { summary: 'Enrols a button of the house; its secrets are shown this once.', tags: ['places'], params: RoomParams, response: { 201: ButtonEnrolled } }
  }, async (request, reply) => {
    const { id, venue } = technicianOf(request)
    const room = roomHere(people, venue, request.params.room)
    limiter.take('make', id)
    const { button } = done(await people.buttons.add(room, null))
    return reply.code(201).send(button)
  })

  app.patch('/api/v1/buttons/:did', {
    config: TECHNICIAN,
    schema: { summary: 'Moves a button to another room; both are unready until tested, and who works there is told.', tags: ['places'], params: ButtonParams, body: ButtonMove, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { venue } = technicianOf(request)
    done(await people.buttons.move(venue, request.params.did, roomHere(people, venue, request.body.room)))
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/buttons/:did', {
    config: TECHNICIAN,
    schema: { summary: 'Retires a button; it is cut at once.', tags: ['places'], params: ButtonParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    done(await people.buttons.retire(technicianOf(request).venue, request.params.did))
    return reply.code(204).send(undefined)
  })

  app.post('/api/v1/buttons/:did/test', {
    config: TECHNICIAN,
    schema: { summary: 'Opens a two-minute test window; it never touches the lanes of anyone on shift.', tags: ['places'], params: ButtonParams, response: { 200: WindowOpened } }
  }, async (request) => done(people.windows.openTechnicianTest(technicianOf(request).venue, request.params.did)))

  app.get('/api/v1/buttons/:did/test', {
    config: TECHNICIAN,
    schema: { summary: 'Whether the test press of the technician\'s own window came.', tags: ['places'], params: ButtonParams, response: { 200: WindowShown } }
  }, async (request) => {
    const { venue } = technicianOf(request)
    if (!people.buttons.list(venue).some(({ did }) => did === request.params.did)) throw refusal('BUTTON_NOT_FOUND')
    return { window: people.windows.ofButton(venue, request.params.did) }
  })
}

function roomHere (people: People, venue: VenueId, room: string): RoomId {
  const found = people.venues.room(room as RoomId)
  if (found === null || found.venue !== venue) throw refusal('ROOM_NOT_FOUND')
  return found.id
}

/** Named one by one: what people may add to its list later does not reach the technician by itself. */
function beatsOf ({ did, room, retired, model, fw, batteryPct, rssiDbm, beatS, lastBeatAt, silent, trouble }: ButtonListed) {
  // That it was a press which could not be read is nobody's to see.
  const shown = trouble?.startsWith('PRESS_') === true ? 'FRAME_UNREADABLE' : trouble
  return { did, room, retired, model, fw, batteryPct, rssiDbm, beatS, lastBeatAt, silent, trouble: shown }
}

function unheardFirst (a: { lastBeatAt: number | null, retired: boolean }, b: { lastBeatAt: number | null, retired: boolean }): number {
  return Number(a.retired) - Number(b.retired) || (a.lastBeatAt ?? 0) - (b.lastBeatAt ?? 0)
}
