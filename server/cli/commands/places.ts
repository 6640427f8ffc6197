import type { People } from '../../people/services.ts'
import { clockHours, openingOf } from '../../people/opening.ts'
import type { OpeningHours, Room, Venue } from '../../people/place-services.ts'
import { REGIONS, REGION_DEFAULT } from '../../people/words.ts'
import type { Command } from '../arguments.ts'
import { say, table, type Output } from '../output.ts'
import { Refusal, UsageError } from '../usage.ts'

type Asked = { readonly command: Command, readonly people: People, readonly output: Output }

export async function addVenue ({ command, people, output }: Asked): Promise<void> {
  const regime = command.text('regime')
  if (regime !== 'employed' && regime !== 'independent') throw new UsageError('REGIME_UNKNOWN', '--regime is employed or independent')
  const region = REGIONS.find((known) => known === (command.maybe('region') ?? REGION_DEFAULT))
  if (region === undefined) throw new UsageError('REGION_UNKNOWN', `--region is ${REGIONS.join(', ')}`)
  const added = await people.venues.add(command.text('name'), regime, region)
  if (!added.ok) throw new Refusal(added.code)
  say(output, command.json, added.venue, () => `venue ${added.venue.id} (${added.venue.name})`)
}

export function listVenues ({ command, people, output }: Asked): void {
  const venues = people.venues.list()
  say(output, command.json, venues, () => table([['id', 'name', 'regime', 'region'], ...venues.map((v) => [v.id, v.name, v.regime, v.region])]))
}

export async function addRoom ({ command, people, output }: Asked): Promise<void> {
  const venue = venueOf(people, command.text('venue'))
  const added = await people.venues.addRoom(venue.id, command.text('name'), command.maybe('address'))
  if (!added.ok) throw new Refusal(added.code)
  const result = { ...added.room, token: people.venues.roomToken(added.room.id) }
  say(output, command.json, result, () => `room ${result.id} (${result.label}); its QR opens /q/${result.token}`)
}

export function listRooms ({ command, people, output }: Asked): void {
  const rooms = people.venues.rooms(venueOf(people, command.text('venue')).id)
  const listed = rooms.map((room) => ({ ...room, token: people.venues.roomToken(room.id) }))
  say(output, command.json, listed, () => table([['id', 'label', 'QR'], ...listed.map((r) => [r.id, r.label, `/q/${r.token}`])]))
}

export async function renewRoom ({ command, people, output }: Asked): Promise<void> {
  const venue = venueOf(people, command.text('venue'))
  const room = roomOf(people, venue, command.text('room'))
  const renewed = await people.venues.renewRoomCode(venue.id, room.id)
  if (!renewed.ok) throw new Refusal(renewed.code)
  const result = { ...room, token: people.venues.roomToken(room.id) }
  say(output, command.json, result, () => `room ${room.id} (${room.label}); its QR opens /q/${result.token}, the old one opens nothing`)
}

const PIECE = /^([1-7]) (([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d)$/

export async function venueHours ({ command, people, output }: Asked): Promise<void> {
  const venue = venueOf(people, command.text('venue'))
  const set = command.maybe('set')
  if (set !== null || command.on('always')) {
    if (set !== null && command.on('always')) throw new UsageError('HOURS_UNFIT', '--set or --always, not both')
    const done = await people.venues.setOpening(venue.id, set === null ? [] : set.split(',').map(pieceOf))
    if (!done.ok) throw new Refusal(done.code)
  }
  const opening = people.venues.opening(venue.id).map(clockHours)
  say(output, command.json, { venue: venue.id, opening }, () => opening.length === 0 ? 'always open' : opening.map((o) => `${o.weekday} ${o.from}-${o.until}`).join(', '))
}

function pieceOf (typed: string): OpeningHours {
  const [, weekday, from, , until] = PIECE.exec(typed.trim()) ?? []
  if (weekday === undefined || from === undefined || until === undefined) throw new UsageError('HOURS_UNFIT', '--set takes pieces such as "5 20:00-04:00", with commas between them; 5 is Friday')
  return openingOf({ weekday: Number(weekday), from, until })
}

export async function addButton ({ command, people, output }: Asked): Promise<void> {
  const venue = venueOf(people, command.text('venue'))
  const added = await people.buttons.add(roomOf(people, venue, command.text('room')).id, null)
  if (!added.ok) throw new Refusal(added.code)
  const { button } = added
  say(output, command.json, button, () => [
    'This is shown once. Whoever has it can be this button.',
    `did           ${button.did}`,
    `root          ${button.root}`,
    `mqtt username ${button.mqttUsername}`,
    `mqtt password ${button.mqttPassword}`
  ].join('\n'))
}

export function listButtons ({ command, people, output }: Asked): void {
  const venue = venueOf(people, command.text('venue'))
  const buttons = people.buttons.list(venue.id)
  const labels = new Map(people.venues.rooms(venue.id).map((room) => [room.id, room.label]))
  say(output, command.json, buttons, () => table([
    ['did', 'room', 'last beat', 'battery', 'state'],
    ...buttons.map((b) => [b.did, labels.get(b.room) ?? '', b.lastBeatAt === null ? 'never' : new Date(b.lastBeatAt).toISOString(), b.batteryPct === null ? '' : `${b.batteryPct} %`, b.retired ? 'retired' : b.silent ?? b.trouble ?? ''])
  ]))
}

export async function retireButton ({ command, people, output }: Asked): Promise<void> {
  const venue = venueOf(people, command.text('venue'))
  const retired = await people.buttons.retire(venue.id, command.text('did'))
  if (!retired.ok) throw new Refusal(retired.code)
  say(output, command.json, { retired: command.text('did') }, () => `button ${command.text('did')} is retired; a running service cuts it within a second`)
}

/** By id, else by its exact name if only one bears it. */
export function venueOf (people: People, asked: string): Venue {
  return only(people.venues.list().filter((v) => v.id === asked || v.name === asked), 'VENUE')
}

function roomOf (people: People, venue: Venue, asked: string): Room {
  return only(people.venues.rooms(venue.id).filter((r) => r.id === asked || r.label === asked), 'ROOM')
}

function only<T> (found: readonly T[], what: 'VENUE' | 'ROOM'): T {
  const [one, another] = found
  if (one === undefined) throw new Refusal(`${what}_NOT_FOUND`)
  if (another !== undefined) throw new Refusal(`${what}_NAME_AMBIGUOUS`)
  return one
}
