/** A house as large as a run needs, set up once beside no running service; each measurement works on a copy of it. */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync } from 'node:fs'
import { withStore } from '../server/cli/open-people.ts'
import { steady } from '../server/clock/steady-clock.ts'
import { systemClock } from '../server/clock/system-clock.ts'
import { readConfig } from '../server/config/config.ts'
import { masterKey } from '../server/config/master-key.ts'
import { openPeople, type OpenPeople } from '../server/people/open.ts'
import type { SessionOpened } from '../server/people/services.ts'
import type { EpochMs, ResponderId, RoomId, VenueId, WorkerId } from '../server/people/words.ts'
import { sqlitePeople } from '../server/store/sqlite/people-sqlite.ts'
import type { PeopleStore } from '../server/store/people-store.ts'
import { serviceEnv } from './service.ts'

/** One responder is in the circles of so many workers: a colleague's share, not a call centre's. */
export const ROOMS_PER_RESPONDER = 10
/** Writes handed over at once; the store takes at most 2,000 of people's. */
const WAVE = 1_000
const SHIFT_MS = 10 * 3_600_000
const DEVICE = 'bench'

export type HouseButton = { readonly did: string, readonly root: string }
/** `watched`: rooms with a worker on shift, whose press tells `responders[floor(i / ROOMS_PER_RESPONDER)]`. */
export type House = {
  readonly folder: string
  readonly secret: string
  readonly watched: readonly HouseButton[]
  /** Rooms where nobody works: their buttons are connected and beat. */
  readonly idle: readonly HouseButton[]
  /** Session tokens of the responders. */
  readonly responders: readonly string[]
}

type Granted<T> = Extract<T, { readonly ok: true }>

/** @param watched rooms with a worker on shift @param idle rooms without */
export async function setUpHouse (folder: string, { watched, idle }: { readonly watched: number, readonly idle: number }): Promise<House> {
  const secret = randomBytes(32).toString('hex')
  const config = readConfig(serviceEnv(folder, secret))
  return await withStore(config, async (store) => {
    const sluggish = readOnDemand(sqlitePeople(store.writer, store.reader))
    const open = await openPeople({ store: sluggish.store, secret: masterKey(config), clock: steady(systemClock), log: { warn: () => undefined }, reachOf: () => 'none', traces: { bury: async () => {}, emptyWal: () => store.emptyWal() }, publishedList: { read: () => new Map(), record: () => undefined } })
    try {
      return { folder, secret, ...await furnish(open, sluggish.look, watched, idle) }
    } finally {
      await open.stop()
    }
  })
}

/** A copy of the house's disk for one service to work on. */
export function copyOf (house: House, folder: string): House {
  mkdirSync(folder, { recursive: true })
  cpSync(house.folder, folder, { recursive: true })
  return { ...house, folder }
}

async function furnish ({ people, directory }: OpenPeople, look: (at: PeopleDirectoryLike) => Promise<void>, watched: number, idle: number): Promise<Pick<House, 'watched' | 'idle' | 'responders'>> {
  const see = (): Promise<void> => look(directory)
  const venue = granted(await people.venues.add('Bench', 'independent')).venue.id
  await see()
  const rooms = await inWaves(count(watched + idle), async (i) => granted(await people.venues.addRoom(venue, `Room ${i}`, null)).room.id)
  await see()
  const buttons = await inWaves(rooms, async (room) => granted(await people.buttons.add(room, null)).button)
  const workers = await inWaves(count(watched), (i) => joinWorker(people, venue, `Worker ${i}`))
  await see()
  const responders = await pairAll(people, workers, see)
  await inWaves(workers, async (worker, i) => await startWork(people, worker, responders[Math.floor(i / ROOMS_PER_RESPONDER)]?.id as ResponderId, rooms[i] as RoomId))
  return { watched: buttons.slice(0, watched), idle: buttons.slice(watched), responders: responders.map(({ token }) => token) }
}

async function joinWorker (people: OpenPeople['people'], venue: VenueId, alias: string): Promise<WorkerId> {
  const { code } = granted(await people.invites.make('worker', venue))
  const { session } = granted(await people.invites.accept(code, { role: 'worker', alias, language: 'en', device: DEVICE }))
  return session.who.id as WorkerId
}

type Paired = { readonly id: ResponderId, readonly token: string }

/** The first worker of each group brings a responder; the others of the group take the same one into their lists. */
async function pairAll (people: OpenPeople['people'], workers: readonly WorkerId[], see: () => Promise<void>): Promise<readonly Paired[]> {
  const codes = await inWaves(workers, async (worker) => granted(await people.pairing.begin(worker)).code)
  const confirms = new Map<WorkerId, string>()
  const joined = (await inWaves(workers, async (worker, i) => {
    if (i % ROOMS_PER_RESPONDER !== 0) return []
    const { session, confirm } = granted(await people.pairing.join(codes[i] ?? '', { name: `Responder ${i}`, kind: 'colleague', language: 'en', device: DEVICE }))
    confirms.set(worker, confirm)
    return [session]
  })).flat()
  const paired = joined.map((session: SessionOpened) => ({ id: session.who.id as ResponderId, token: session.token }))
  await see()
  await inWaves(workers, async (worker, i) => {
    if (i % ROOMS_PER_RESPONDER === 0) return
    confirms.set(worker, granted(await people.pairing.joinAs(codes[i] ?? '', paired[Math.floor(i / ROOMS_PER_RESPONDER)]?.id as ResponderId)).confirm)
  })
  await see()
  await inWaves(workers, async (worker, i) => granted(await people.pairing.confirm(worker, paired[Math.floor(i / ROOMS_PER_RESPONDER)]?.id as ResponderId, confirms.get(worker) ?? '')))
  await see()
  return paired
}

async function startWork (people: OpenPeople['people'], worker: WorkerId, responder: ResponderId, room: RoomId): Promise<void> {
  const sees = { [responder]: { alias: true, room: true, address: true } }
  granted(await people.circles.put(worker, {
    steps: [{ waitS: 30, assistWaitS: null, people: [responder] }], note: 'Knock and ask for the keys.', quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: [], sees
  }, 0))
  const plannedEndAt = (systemClock.now() + SHIFT_MS) as EpochMs
  granted(await people.shifts.startByQr(worker, people.venues.roomToken(room), { plannedEndAt, feedback: 0, house: false }))
}

type PeopleDirectoryLike = Pick<OpenPeople['directory'], 'refresh'>

/** After each write people read anew what changed: thousands of writes at once would read thousands of times. */
function readOnDemand (store: PeopleStore): { readonly store: PeopleStore, readonly look: (at: PeopleDirectoryLike) => Promise<void> } {
  let looking = true
  const look = async (at: PeopleDirectoryLike): Promise<void> => {
    looking = true
    await at.refresh()
    looking = false
  }
  return { store: { ...store, picture: async (known) => looking ? await store.picture(known) : { versions: known } }, look }
}

async function inWaves<A, B> (all: readonly A[], act: (one: A, i: number) => Promise<B>): Promise<B[]> {
  const done: B[] = []
  for (let from = 0; from < all.length; from += WAVE) done.push(...await Promise.all(all.slice(from, from + WAVE).map((one, i) => act(one, from + i))))
  return done
}

function count (n: number): readonly number[] { return Array.from({ length: n }, (_, i) => i) }

function granted<T extends { readonly ok: boolean }> (answer: T): Granted<T> {
  if (!answer.ok) throw new Error(`the house could not be set up: ${'code' in answer ? String(answer.code) : 'refused'}`)
  return answer as Granted<T>
}
