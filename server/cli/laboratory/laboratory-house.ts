/**
 * A house as large as a run needs, for load and study: rooms with a button each, and in some of them somebody at work whose
 * people can be told. Furnished through the people's services, beside no running service.
 */
import { steady } from '../../clock/steady-clock.ts'
import { systemClock } from '../../clock/system-clock.ts'
import type { Config } from '../../config/config.ts'
import { currentKey } from '../../current-key.ts'
import { openPeople, type OpenPeople } from '../../people/open.ts'
import type { EpochMs, ResponderId, RoomId, VenueId, WorkerId } from '../../people/words.ts'
import { sqlitePeople } from '../../store/sqlite/people-sqlite.ts'
import type { PeopleStore } from '../../store/people-store.ts'
import { withStore } from '../open-people.ts'
import { Refusal } from '../usage.ts'

/** One responder is in the circles of so many workers: a colleague's share, not a call centre's. */
export const ROOMS_PER_RESPONDER = 10
/** Writes handed over at once; the store takes at most 2,000 of people's. */
const WAVE = 1_000
const SHIFT_MS = 15 * 3_600_000
const DEVICE = 'laboratory'

export type LaboratoryButton = { readonly did: string, readonly root: string, /** Its room's label, as a responder reads it. */ readonly room: string }
/** `watched`: rooms with a worker on shift, whose press tells the people of `responders[floor(i / ROOMS_PER_RESPONDER)]`. */
export type LaboratoryHouse = {
  /** `worker`: the session of her phone. */
  readonly watched: readonly (LaboratoryButton & { readonly worker: string })[]
  /** Rooms where nobody works: their buttons are connected and beat. */
  readonly idle: readonly LaboratoryButton[]
  /** Session tokens of each group's responders. */
  readonly responders: readonly (readonly string[])[]
}
/** `perRoom`: how many responders a worker has, all in her first step. */
export type LaboratoryWish = { readonly watched: number, readonly idle: number, readonly perRoom: number }

type Granted<T> = Extract<T, { readonly ok: true }>
type Look = () => Promise<void>

/** @throws Refusal LABORATORY_ONLY_EMPTY: somebody's house is there already */
export async function furnishLaboratory (config: Config, wish: LaboratoryWish): Promise<LaboratoryHouse> {
  const secret = currentKey(config)
  return await withStore(config, async (store) => {
    const sluggish = readOnDemand(sqlitePeople(store.writer, store.reader))
    const open = await openPeople({ store: sluggish.store, secret, clock: steady(systemClock), log: { warn: () => undefined }, reachOf: () => 'none', traces: { bury: async () => {}, emptyWal: () => store.emptyWal() }, publishedList: { read: () => new Map(), record: () => undefined } })
    try {
      if (open.people.venues.list().length > 0) throw new Refusal('LABORATORY_ONLY_EMPTY')
      return await furnish(open.people, () => sluggish.look(open.directory), wish)
    } finally {
      await open.stop()
    }
  })
}

async function furnish (people: OpenPeople['people'], see: Look, { watched, idle, perRoom }: LaboratoryWish): Promise<LaboratoryHouse> {
  const venue = granted(await people.venues.add('Laboratory', 'independent')).venue.id
  await see()
  const rooms = await inWaves(count(watched + idle), async (i) => granted(await people.venues.addRoom(venue, `Room ${i + 1}`, null)).room.id)
  await see()
  const buttons = await inWaves(rooms, async (room, i) => ({ ...granted(await people.buttons.add(room, null)).button, room: `Room ${i + 1}` }))
  const workers = await inWaves(count(watched), (i) => joinWorker(people, venue, `Worker ${i + 1}`))
  await see()
  const seats: (readonly Paired[])[] = []
  const ids = workers.map(({ id }) => id)
  for (let seat = 1; seat <= perRoom; seat++) seats.push(await pairAll(people, ids, see, seat))
  const groupOf = (i: number): readonly Paired[] => seats.flatMap((seat) => seat[Math.floor(i / ROOMS_PER_RESPONDER)] ?? [])
  await inWaves(ids, async (worker, i) => { await startWork(people, worker, groupOf(i).map(({ id }) => id), rooms[i] as RoomId) })
  const groups = count(Math.ceil(watched / ROOMS_PER_RESPONDER)).map((group) => groupOf(group * ROOMS_PER_RESPONDER).map(({ token }) => token))
  return { watched: buttons.slice(0, watched).map((button, i) => ({ ...button, worker: workers[i]?.token ?? '' })), idle: buttons.slice(watched), responders: groups }
}

async function joinWorker (people: OpenPeople['people'], venue: VenueId, alias: string): Promise<{ readonly id: WorkerId, readonly token: string }> {
  const { code } = granted(await people.invites.make('worker', venue))
  const { session } = granted(await people.invites.accept(code, { role: 'worker', alias, language: 'en', device: DEVICE }))
  return { id: session.who.id as WorkerId, token: session.token }
}

type Paired = { readonly id: ResponderId, readonly token: string }

/** The first worker of each group brings a responder; the others of the group take the same one into their lists. */
async function pairAll (people: OpenPeople['people'], workers: readonly WorkerId[], see: Look, seat: number): Promise<readonly Paired[]> {
  const codes = await inWaves(workers, async (worker) => granted(await people.pairing.begin(worker)).code)
  const confirms = new Map<WorkerId, string>()
  const paired = (await inWaves(workers, async (worker, i) => {
    if (i % ROOMS_PER_RESPONDER !== 0) return []
    const { session, confirm } = granted(await people.pairing.join(codes[i] ?? '', { name: `Responder ${i / ROOMS_PER_RESPONDER + 1}.${seat}`, kind: 'colleague', language: 'en', device: DEVICE }))
    confirms.set(worker, confirm)
    return [{ id: session.who.id as ResponderId, token: session.token }]
  })).flat()
  await see()
  const idOf = (i: number): ResponderId => paired[Math.floor(i / ROOMS_PER_RESPONDER)]?.id as ResponderId
  await inWaves(workers, async (worker, i) => {
    if (i % ROOMS_PER_RESPONDER !== 0) confirms.set(worker, granted(await people.pairing.joinAs(codes[i] ?? '', idOf(i))).confirm)
  })
  await see()
  await inWaves(workers, async (worker, i) => granted(await people.pairing.confirm(worker, idOf(i), confirms.get(worker) ?? '')))
  await see()
  return paired
}

async function startWork (people: OpenPeople['people'], worker: WorkerId, responders: readonly ResponderId[], room: RoomId): Promise<void> {
  const sees = Object.fromEntries(responders.map((id) => [id, { alias: true, room: true, address: true }]))
  granted(await people.circles.put(worker, {
    steps: [{ waitS: 30, assistWaitS: null, people: responders }], note: 'Knock and ask for the keys.', quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: responders, sees
  }, 0))
  const plannedEndAt = (systemClock.now() + SHIFT_MS) as EpochMs
  granted(await people.shifts.startByQr(worker, people.venues.roomToken(room), { plannedEndAt, feedback: 0, house: false }))
}

/** After each write people read anew what changed: thousands of writes at once would read thousands of times. */
function readOnDemand (store: PeopleStore): { readonly store: PeopleStore, readonly look: (at: Pick<OpenPeople['directory'], 'refresh'>) => Promise<void> } {
  let looking = true
  const look = async (at: Pick<OpenPeople['directory'], 'refresh'>): Promise<void> => {
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
