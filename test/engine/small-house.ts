import type { Kind, Plan, ResponderId, RoomId, VenueId, WorkerId } from '../../server/alarm/alarm.ts'
import { laneKey, type Lane } from '../../server/alarm/lanes.ts'
import { steady, type SteadyClock } from '../../server/clock/steady-clock.ts'
import type { ResponderAlarm } from '../../server/engine/desk.ts'
import { Engine } from '../../server/engine/engine.ts'
import { identity } from '../../server/engine/identity.ts'
import type { Card, ConsentId, Directory, LanePlan, Messenger, RoomPress, Routed, Telling } from '../../server/engine/ports.ts'
import type { ButtonPress } from '../../server/engine/presses.ts'
import type { AlarmStore } from '../../server/store/alarm-store.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { FailingStore } from '../store/failing-store.ts'
import { MemoryStore } from '../store/memory-store.ts'

export const did = '00112233445566aa'
export const room3 = 'room3' as RoomId
export const maison = 'maison' as VenueId
export const lina = 'lina' as WorkerId
export const responder = (name: string): ResponderId => name as ResponderId
export const hers = (worker: WorkerId = lina): Lane => ({ is: 'hers', worker })
export const house: Lane = { is: 'house', venue: maison, room: room3 }

type Step = { readonly waitMs: number, readonly people: readonly (string | { readonly authority: string, readonly consent: string })[] }

/** A circle of people whose devices all prove `shown`; a name that ends in `*` may know under duress. */
export function circle (...steps: readonly Step[]): Plan {
  return {
    steps: steps.map(({ waitMs, people }) => ({
      waitMs,
      people: people.map((p) => typeof p === 'string'
        ? { who: { kind: 'trusted', id: responder(p.replace('*', '')) }, reach: 'provable', mayKnow: p.endsWith('*') }
        : { who: { kind: 'authority', id: responder(p.authority), consent: p.consent as ConsentId }, reach: 'provable', mayKnow: false })
    }))
  }
}

export const anaThenLuc = circle({ waitMs: 30_000, people: ['Ana'] }, { waitMs: 30_000, people: ['Luc'] })

/** A directory with the circles of one house: real, small, in memory. */
export class SmallDirectory implements Directory {
  lanes: { lane: Lane, plan: Plan }[] = [{ lane: hers(), plan: anaThenLuc }]
  readonly consents = new Set<string>()

  routeButton (press: RoomPress): Routed { return this.#routed(press.kind) }
  routePhone (worker: WorkerId, kind: Kind): Routed {
    const lanes = this.lanes.filter(({ lane }) => lane.is === 'hers' && lane.worker === worker)
    return { ...this.#routed(kind), lanes: lanes.map((l) => lanePlan(l.lane, l.plan, kind)) }
  }

  routeCheckIn (worker: WorkerId, kind: Kind): Routed { return this.routePhone(worker, kind) }
  routeDrill (worker: WorkerId): Routed { return this.routePhone(worker, 'test') }

  async consentHolds (consent: ConsentId): Promise<boolean> { return this.consents.has(consent) }
  readonly forwarding = new Set<string>()
  neverForwards (to: ResponderId): boolean { return !this.forwarding.has(to) }
  sealCard (card: Card): Uint8Array { return Buffer.from(JSON.stringify(card)) }
  openCard (sealed: Uint8Array): Card { return JSON.parse(Buffer.from(sealed).toString()) as Card }

  #routed (kind: Kind): Routed {
    return { lanes: this.lanes.map(({ lane, plan }) => lanePlan(lane, plan, kind)), use: this.lanes.length === 0 ? 'unarmed' : 'alarm', recorded: Promise.resolve() }
  }
}

function lanePlan (lane: Lane, plan: Plan, kind: Kind): LanePlan {
  const card: Card = {
    lane: laneKey(lane),
    alias: lane.is === 'hers' ? 'Lina' : null,
    venue: 'Maison',
    address: null,
    room: '3',
    place: null,
    note: 'knock and ask for the keys',
    quietCheck: null,
    wishes: { ambulance: 'yes', police: 'no' },
    sees: {}
  }
  return { lane, kind, plan, card }
}

/** Everything a messenger was asked to say, in order; endpoints accept only when the story says so. */
export class Ears implements Messenger {
  readonly tellings: Telling[] = []
  tell (telling: Telling): void { this.tellings.push(telling) }
  get told (): string[] { return this.tellings.map((t) => `${t.to} ${t.what}`) }
  /** Each telling once, however often the outbox repeated it under its number. */
  get toldOnce (): string[] { return [...new Set(this.tellings.map((t) => `${t.to} ${t.what} ${t.n}`))] }
  clear (): void { this.tellings.length = 0 }
}

export type SmallHouseOptions = { readonly store?: AlarmStore, readonly clock?: FakeClock, readonly directory?: SmallDirectory }

/** One engine in one house: presses, people, time and a disk that can fail. */
export class SmallHouse {
  readonly clock: FakeClock
  readonly steady: SteadyClock
  readonly disk: FailingStore
  readonly directory: SmallDirectory
  readonly ears = new Ears()
  readonly engine: Engine
  readonly warnings: string[] = []
  #evn = 0

  constructor (options: SmallHouseOptions = {}) {
    this.clock = options.clock ?? new FakeClock()
    this.steady = steady(this.clock)
    this.disk = new FailingStore(options.store ?? new MemoryStore())
    this.directory = options.directory ?? new SmallDirectory()
    this.engine = new Engine({
      store: this.disk,
      directory: this.directory,
      messenger: this.ears,
      clock: this.steady,
      identity: identity(Buffer.alloc(32, 7)),
      log: { warn: (fields) => { this.warnings.push(String(fields['reason'] ?? fields['code'])) }, info: () => {} }
    })
  }

  async start (): Promise<this> {
    await this.engine.start()
    return this
  }

  /** A press as the broker hands it over. */
  heard (more: Partial<ButtonPress> = {}): ButtonPress {
    const now = this.steady.now()
    this.#evn += 1
    return { did, event: { evboot: 1, evn: this.#evn, evid: Buffer.alloc(8, this.#evn) }, kind: 'alarm', merged: 1, receivedAt: now, pressedAt: now, ageMs: 0, stale: false, ...more }
  }

  press (more: Partial<ButtonPress> = {}): { readonly verdict: string, readonly durable: Promise<void>, readonly heard: ButtonPress } {
    const heard = this.heard(more)
    return { ...this.engine.pressByButton(heard), heard }
  }

  sees (name: string): ResponderAlarm {
    const [alarm] = this.engine.responderAlarms(responder(name))
    if (alarm === undefined) throw new Error(`${name} sees no alarm`)
    return alarm
  }

  async answer (name: string, is: 'cannot' | 'arrived' | 'need-more' | 'over'): Promise<unknown> {
    return await this.engine.answer(this.sees(name).view.alarm, responder(name), { is })
  }

  async coming (name: string, minutes: 5 | 10 | 20 | 30 = 5): Promise<unknown> {
    return await this.engine.answer(this.sees(name).view.alarm, responder(name), { is: 'coming', minutes })
  }

  /** The newest telling to this person reached a device at this level. */
  receipt (name: string, level: 'attempted' | 'accepted' | 'shown' | 'seen'): void {
    const { view } = this.sees(name)
    this.engine.receipt(view.alarm, responder(name), view.n, level)
  }
}

/** Whether a promise has settled by now; moves no clock. */
export async function isSettled (promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  void promise.then(() => { settled = true }, () => { settled = true })
  for (let i = 0; i < 20; i++) await Promise.resolve()
  return settled
}
