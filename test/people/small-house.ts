/** People on a real SQLite file; only the clock is fake, and the disk may be told to fail. */
import { join } from 'node:path'
import type { Test } from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { EpochMs, Kind, Reach, RoomPress, Routed } from '../../server/engine/ports.ts'
import type { CircleEdit } from '../../server/people/circle-services.ts'
import { openPeople } from '../../server/people/open.ts'
import type { OpenPeople } from '../../server/people/open.ts'
import type { Room, ShiftWish, Venue } from '../../server/people/place-services.ts'
import type { People } from '../../server/people/services.ts'
import type { ConsentId, Regime, ResponderId, ResponderKind, WorkerId } from '../../server/people/words.ts'
import type { PeopleStore } from '../../server/store/people-store.ts'
import { StoreFailed } from '../../server/store/store-failed.ts'
import { sqlitePeople } from '../../server/store/sqlite/people-sqlite.ts'
import { publishedListIn } from '../../server/store/published-list.ts'
import { bury } from '../../server/store/tombstones.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'
import type { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { FakeClock } from '../clock/fake-clock.ts'

export const SECRET = 'a secret that only this test keeps'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
const quiet = { warn: (): void => undefined }

export class SmallHouse {
  readonly clock: FakeClock
  readonly file: string
  readonly store: SqliteStore
  readonly open: OpenPeople
  readonly disk: Disk
  readonly left: string[] = []
  readonly revoked: string[] = []
  readonly reach = new Map<ResponderId, Reach>()

  constructor (parts: { clock: FakeClock, file: string, store: SqliteStore, open: OpenPeople, disk: Disk }) {
    this.clock = parts.clock
    this.file = parts.file
    this.store = parts.store
    this.open = parts.open
    this.disk = parts.disk
    parts.open.runs({
      left: (worker, responder) => { this.left.push(`${worker}/${responder}`) },
      leftAll: (responder) => { this.left.push(`*/${responder}`) },
      leftRoom: (room, responder) => { this.left.push(`${room}/${responder}`) },
      revoked: (consent) => { this.revoked.push(consent) },
      pin: async () => ({ ok: true, saved: true }),
      workerAlarms: () => []
    })
  }

  get people (): People { return this.open.people }

  async venue (regime: Regime = 'independent', name = 'De Lantaarn'): Promise<Venue> { return must(await this.people.venues.add(name, regime)).venue }
  async room (venue: Venue, label = 'Room 3', address: string | null = 'Rue Verte 7'): Promise<Room> { return must(await this.people.venues.addRoom(venue.id, label, address)).room }
  async button (room: Room, owner: WorkerId | null = null): Promise<string> { return must(await this.people.buttons.add(room.id, owner)).button.did }

  async worker (venue: Venue, alias = 'Mira'): Promise<WorkerId> {
    const { code } = must(await this.people.invites.make('worker', venue.id))
    return must(await this.people.invites.accept(code, { role: 'worker', alias, language: 'fr', device: 'Phone' })).session.who.id as WorkerId
  }

  async referencePerson (venue: Venue, name = 'Paul'): Promise<ResponderId> {
    const { code } = must(await this.people.invites.make('reference-person', venue.id))
    return must(await this.people.invites.accept(code, { role: 'reference-person', name, language: 'nl', device: 'Phone', neverForwards: 'v1' })).session.who.id as ResponderId
  }

  async organisation (venue: Venue, name = 'Maison Rouge'): Promise<ResponderId> {
    const { code } = must(await this.people.invites.make('organisation', venue.id))
    return must(await this.people.invites.accept(code, { role: 'organisation', name, language: 'fr', device: 'Desk', neverForwards: 'v1' })).session.who.id as ResponderId
  }

  /** Joined, and confirmed by voice. */
  async responder (worker: WorkerId, name = 'Ana', kind: ResponderKind = 'contact'): Promise<ResponderId> {
    const { code } = must(await this.people.pairing.begin(worker))
    const joined = must(await this.people.pairing.join(code, { name, kind, neverForwards: 'v1', language: 'en', device: 'Phone' }))
    const responder = joined.session.who.id as ResponderId
    must(await this.people.pairing.confirm(worker, responder, joined.confirm))
    return responder
  }

  /** One step for each list. */
  async circle (worker: WorkerId, steps: ReadonlyArray<readonly ResponderId[]>, more: Partial<CircleEdit> = {}): Promise<void> {
    must(await this.people.circles.put(worker, { ...circleOf(steps), ...more }, this.people.circles.get(worker)?.version ?? 0))
  }

  wish (more: Partial<ShiftWish> = {}): ShiftWish {
    return { plannedEndAt: (this.clock.now() + 6 * HOUR) as EpochMs, feedback: 0, house: true, ...more }
  }

  async onShift (worker: WorkerId, room: Room, more: Partial<ShiftWish> = {}): Promise<void> {
    must(await this.people.shifts.startByQr(worker, this.people.venues.roomToken(room.id), this.wish(more)))
  }

  /** She is let in by those who are there. */
  async joins (worker: WorkerId, room: Room, approvers: readonly WorkerId[], more: Partial<ShiftWish> = {}): Promise<void> {
    const { id } = must(this.people.shifts.ask(worker, room.id, this.wish(more)))
    for (const approver of approvers) must(await this.people.shifts.approve(approver, id))
  }

  async consent (worker: WorkerId, responder: ResponderId): Promise<ConsentId> { return must(await this.people.consents.give(worker, responder, 'v1')).id }

  press (did: string, { kind = 'alarm', agoMs = 0, uncertain = false }: { readonly kind?: Kind, readonly agoMs?: number, readonly uncertain?: boolean } = {}): Routed {
    const now = this.clock.now()
    const press: RoomPress = { did, kind, pressedAt: (now - agoMs) as EpochMs, receivedAt: now, ...uncertain ? { uncertain: true } as const : {} }
    return this.open.directory.routeButton(press, now)
  }

  phone (worker: WorkerId, kind: Kind = 'alarm'): Routed { return this.open.directory.routePhone(worker, kind, this.clock.now()) }
}

/** The store, until it is told to fail. */
export class Disk implements PeopleStore {
  readonly #real: PeopleStore
  writes = true
  reads = true
  constructor (real: PeopleStore) { this.#real = real }

  write: PeopleStore['write'] = async (name, args, journal) => {
    if (!this.writes) throw new StoreFailed('the disk is full', { reason: 'DISK_FULL' })
    return await this.#real.write(name, args, journal)
  }

  trial: PeopleStore['trial'] = async (name, args) => {
    if (!this.writes) throw new StoreFailed('the disk is full', { reason: 'DISK_FULL' })
    return await this.#real.trial(name, args)
  }

  get privacy (): PeopleStore['privacy'] { this.#readable(); return this.#real.privacy }
  picture: PeopleStore['picture'] = async (known) => { this.#readable(); return await this.#real.picture(known) }
  invite: PeopleStore['invite'] = async (hash) => await this.#real.invite(hash)
  pairing: PeopleStore['pairing'] = async (hash) => await this.#real.pairing(hash)
  journal: PeopleStore['journal'] = async (worker) => { this.#readable(); return await this.#real.journal(worker) }
  get statistics (): PeopleStore['statistics'] { this.#readable(); return this.#real.statistics }
  offersAt: PeopleStore['offersAt'] = async (...args) => { this.#readable(); return await this.#real.offersAt(...args) }
  offersBy: PeopleStore['offersBy'] = async (responder) => { this.#readable(); return await this.#real.offersBy(responder) }
  handovers: PeopleStore['handovers'] = async (venue) => { this.#readable(); return await this.#real.handovers(venue) }
  veils: PeopleStore['veils'] = async () => { this.#readable(); return await this.#real.veils() }
  shortcutUses: PeopleStore['shortcutUses'] = async () => { this.#readable(); return await this.#real.shortcutUses() }
  consentHolds: PeopleStore['consentHolds'] = async (...args) => { this.#readable(); return await this.#real.consentHolds(...args) }
  readinessKept: PeopleStore['readinessKept'] = async () => { this.#readable(); return await this.#real.readinessKept() }
  deafOf: PeopleStore['deafOf'] = async (shift) => { this.#readable(); return await this.#real.deafOf(shift) }
  drillsOf: PeopleStore['drillsOf'] = async (worker) => { this.#readable(); return await this.#real.drillsOf(worker) }
  drillsDue: PeopleStore['drillsDue'] = async () => { this.#readable(); return await this.#real.drillsDue() }
  saveBeats: PeopleStore['saveBeats'] = async (beats) => { await this.#real.saveBeats(beats) }
  loadBeats: PeopleStore['loadBeats'] = async () => await this.#real.loadBeats()

  #readable (): void { if (!this.reads) throw new StoreFailed('the disk is gone', { reason: 'IO' }) }
}

export async function smallHouse (t: Test, file = join(t.testdir(), 'veilleuse.db'), clock = new FakeClock()): Promise<SmallHouse> {
  // The writer's time limit is the machine's: hours that a story lets pass are not a disk that hangs.
  const store = await openStore({ file, clock: systemClock, log: quiet })
  const house = await openHouse(store, file, clock)
  t.teardown(async () => {
    await house.open.stop()
    await store.close()
  })
  return house
}

/** Another process's people on the same file; nothing of it is shared but the file. */
export async function openHouse (store: SqliteStore, file: string, clock: FakeClock): Promise<SmallHouse> {
  const disk = new Disk(sqlitePeople(store.writer, store.reader))
  const reach = new Map<ResponderId, Reach>()
  const open = await openPeople({ store: disk, secret: SECRET, clock, reachOf: (id) => reach.get(id) ?? 'provable', log: quiet, traces: { bury: async (hash) => { bury(`${file}.erased`, hash) }, emptyWal: () => store.emptyWal() }, publishedList: publishedListIn(`${file}.published`) })
  return new SmallHouse({ clock, file, store, open, disk })
}

export function circleOf (steps: ReadonlyArray<readonly ResponderId[]>): CircleEdit {
  return {
    steps: steps.map((people) => ({ waitS: 30, assistWaitS: null, people })),
    note: null, quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: [], sees: {}
  }
}

/** The outcome, or the refusal's code as an error: a story that expected to go on. */
export function must<T extends { readonly ok: boolean }> (done: T): Extract<T, { readonly ok: true }> {
  if (!done.ok) throw new Error((done as unknown as { readonly code: string }).code)
  return done as Extract<T, { readonly ok: true }>
}

/** Ids of everybody whom these lanes would tell, by lane. */
export function told (routed: Routed): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(routed.lanes.map(({ lane, plan }) => [
    lane.is === 'hers' || (lane.is === 'test' && lane.by === 'worker') ? `${lane.is}:${lane.worker}` : lane.is,
    plan.steps.flatMap((step) => step.people.map((person) => person.who.id))
  ]))
}

export type { Room, Venue, WorkerId, ResponderId }
