/** A whole house with every object there is, and strangers in every role from another one. */
import type { EpochMs, ResponderId, VenueId, WorkerId } from '../../server/people/words.ts'
import { Phone } from './house.ts'
import type { House } from './house.ts'
import { putAwayPhone } from './put-away.ts'
import { OBJECTS } from './matrix.ts'
import type { ObjectName, World } from './matrix.ts'

const HOUR = 3_600_000

function must<T extends { readonly ok: boolean }> (done: T): Extract<T, { readonly ok: true }> {
  if (!done.ok) throw new Error((done as unknown as { readonly code: string }).code)
  return done as Extract<T, { readonly ok: true }>
}

async function made (reply: Promise<{ readonly statusCode: number, readonly body: string, json<T> (): T }>, name: string): Promise<string> {
  const came = await reply
  const id = came.json<Record<string, string>>()[name]
  if (id === undefined) throw new Error(came.body)
  return id
}

type Side = { readonly venue: VenueId, readonly worker: Phone, readonly responder: Phone, readonly person: ResponderId, readonly tech: Phone, readonly paul: Phone, readonly objects: Record<string, string> }

/** One side: a venue of employees, a worker with a circle and a shift, everybody who may be around her. */
async function side (house: House, name: string): Promise<Side> {
  const { id: venue } = must(await house.people.venues.add(name, 'employed')).venue
  const [worker, tech, paul] = [
    await house.join('worker', new Phone(house), `${name} worker`, venue), await house.join('technician', new Phone(house), '', venue),
    await house.join('reference-person', new Phone(house), `${name} Paul`, venue)
  ]
  const { phone: responder, responder: person } = await house.pair(worker, new Phone(house), `${name} Ana`)
  await house.circle(worker, [person])
  const room = await made(tech.post('/api/v1/rooms', { label: 'Lilac', address: null }), 'room')
  const did = await made(tech.post(`/api/v1/rooms/${room}/buttons`), 'did')
  return { venue, worker, responder, person, tech, paul, objects: { venue, room, did, responder: person } }
}

/** What the one side has, besides; each is an object that the other must not find. */
async function furnish (house: House, { worker, responder, paul, objects, person }: Side): Promise<void> {
  const now = house.clock.now()
  const her = house.idOf(worker, 'worker') as WorkerId
  objects['shortcut'] = await made(worker.post('/api/v1/shortcuts'), 'shortcut')
  objects['session'] = (await worker.get('/api/v1/sessions')).json<{ sessions: { session: string }[] }>().sessions[0]?.session ?? ''
  const token = house.people.venues.roomToken(objects['room'] as never)
  must(await house.people.shifts.startByQr(her, token, { plannedEndAt: now + 6 * HOUR as EpochMs, feedback: 0, house: true }))
  const police = must(await house.people.pairing.join(must(await house.people.pairing.begin(her)).code, { name: 'Post 5', kind: 'authority', language: 'fr', device: 'Desk' }))
  must(await house.people.pairing.confirm(her, police.session.who.id as ResponderId, police.confirm))
  objects['consent'] = must(await house.people.consents.give(her, police.session.who.id as ResponderId, 'v1')).id
  const asker = await house.join('worker', new Phone(house), 'Asker', objects['venue'] as VenueId)
  objects['request'] = await made(asker.post('/api/v1/shift/requests', { room: objects['room'], plannedEndAt: now + HOUR, feedback: 0, house: true }), 'request')
  objects['endpoint'] = must(await house.people.endpoints.subscribe(person, { url: 'https://push.example/1', p256dh: 'p', auth: 'a', text: 'discreet', language: 'fr', provesShown: true })).id
  objects['circle'] = (await responder.get('/api/v1/me/responder/circles')).json<{ circles: { circle: string }[] }>().circles[0]?.circle ?? ''
  objects['offer'] = await made(paul.post('/api/v1/offers/mine'), 'offer')
  objects['from'] = String(now)
  await paul.post('/api/v1/rota/hours', { from: now, until: now + 8 * HOUR })
  objects['handover'] = await made(paul.post('/api/v1/rota/handovers', { from: now + 4 * HOUR, until: now + 8 * HOUR }), 'handover')
  await worker.press('one')
  objects['alarm'] = (await worker.get('/api/v1/alarms')).json<{ alarms: { alarm: string }[] }>().alarms[0]?.alarm ?? ''
}

function required (objects: Readonly<Record<string, string>>, name: string): string {
  const id = objects[name] ?? ''
  if (id === '') throw new Error(`there is no ${name}`)
  return id
}

export async function worldOf (house: House): Promise<World> {
  const [here, there] = [await side(house, 'Here'), await side(house, 'There')]
  await furnish(house, here)
  const withPin = await house.join('worker', new Phone(house), 'Pin', there.venue)
  await withPin.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  return {
    house,
    theirs: Object.fromEntries(OBJECTS.map((name) => [name, required(here.objects, name)])) as Record<ObjectName, string>,
    own: there.objects,
    strangers: { worker: there.worker, responder: there.paul, technician: there.tech, researcher: await house.join('researcher'), 'put-away': await putAwayPhone(house) },
    withPin,
    owners: [{ role: 'worker', phone: here.worker }, { role: 'responder', phone: here.responder }, { role: 'responder', phone: here.paul }, { role: 'technician', phone: here.tech }]
  }
}
