/** One responder's phones, the messenger that reaches them over real HTTP, and what the engine hears of it. */
import { randomBytes } from 'node:crypto'
import type { AlarmId, EpochMs, Kind, LaneKey, Level, Reach, ResponderId, What, WorkerId } from '../../server/alarm/alarm.ts'
import type { Cancel } from '../../server/clock/clock.ts'
import { steady } from '../../server/clock/steady-clock.ts'
import type { Card, Telling } from '../../server/engine/ports.ts'
import { createNotify } from '../../server/notify/notify.ts'
import type { Notify } from '../../server/notify/notify.ts'
import type { EndpointId, Endpoints, HerPhones, PushEndpoint } from '../../server/notify/ports.ts'
import type { Fetch } from '../../server/notify/push.ts'
import { makeVapidKeys } from '../../server/notify/vapid.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import type { Subscription } from './push-service.ts'

/** Lets a story wait until somebody has gone to sleep for so long: then time may pass. */
export class WatchedClock extends FakeClock {
  readonly #waiting = new Map<number, (() => void)[]>()
  readonly #armed: number[] = []

  override after (ms: number, wake: () => void): Cancel {
    this.#armed.push(ms)
    for (const resolve of this.#waiting.get(ms)?.splice(0) ?? []) resolve()
    return super.after(ms, wake)
  }

  /** Resolves when a wait of exactly `ms` begins (or has begun since it was last asked for). */
  async armed (ms: number): Promise<void> {
    const begun = this.#armed.indexOf(ms)
    if (begun < 0) await new Promise<void>((resolve) => { this.#waiting.set(ms, [...this.#waiting.get(ms) ?? [], resolve]) })
    this.#armed.splice(0, this.#armed.indexOf(ms) + 1)
  }
}

/** Everything said so far, and a way to wait for what will be. */
export class Heard<T> {
  readonly all: T[] = []
  readonly #waiting: { readonly is: (all: readonly T[]) => boolean, readonly resolve: () => void }[] = []

  say (one: T): void {
    this.all.push(one)
    for (const waiting of this.#waiting.filter(({ is }) => is(this.all))) waiting.resolve()
  }

  async until (is: (all: readonly T[]) => boolean): Promise<void> {
    if (is(this.all)) return
    await new Promise<void>((resolve) => { this.#waiting.push({ is, resolve }) })
  }
}

export const ana = 'ana' as ResponderId
export const luc = 'luc' as ResponderId

export const card = (more: Partial<Card> = {}): Card => ({
  lane: 'hers:1.m' as LaneKey,
  alias: 'Lina',
  venue: 'Maison Claire',
  address: 'Rue des Tilleuls 12',
  room: 'Room Lilac',
  place: null,
  note: 'Knock and ask for the keys',
  quietCheck: null,
  wishes: { ambulance: 'yes', police: 'no' },
  sees: { [ana]: { alias: true, room: true, address: true }, [luc]: { alias: true, room: true, address: true } },
  ...more
})

export type Story = { readonly fetch?: Fetch, readonly extraPushOrigins?: readonly string[], readonly clock?: WatchedClock }

export class Stage {
  readonly clock: WatchedClock
  readonly receipts = new Heard<{ readonly alarm: AlarmId, readonly from: ResponderId, readonly n: number, readonly level: Level }>()
  readonly reaches = new Heard<{ readonly responder: ResponderId, readonly reach: Reach }>()
  readonly logged = new Heard<Readonly<Record<string, string | number>>>()
  readonly notify: Notify
  readonly book = new Map<ResponderId, PushEndpoint[]>()
  /** A worker's own devices. */
  readonly own = new Map<WorkerId, PushEndpoint[]>()
  readonly reached = new Heard<WorkerId>()
  readonly hers: HerPhones = {
    of: (worker) => this.own.get(worker) ?? [],
    dead: (dead) => { for (const [who, list] of this.own) this.own.set(who, list.filter(({ id }) => id !== dead)) }
  }

  constructor (story: Story) {
    this.clock = story.clock ?? new WatchedClock()
    const log = (fields: Readonly<Record<string, string | number>>): void => { this.logged.say(fields) }
    const endpoints: Endpoints = {
      of: (responder) => this.book.get(responder) ?? [],
      dead: (dead) => { for (const [who, list] of this.book) this.book.set(who, list.filter(({ id }) => id !== dead)) }
    }
    this.notify = createNotify({
      clock: steady(this.clock),
      wall: this.clock,
      log: { info: log, warn: log },
      endpoints,
      desk: () => ({ workerAlarms: () => [], responderAlarms: () => [] }),
      homeOf: () => ({ checkIn: null, readiness: null, shortcut: null, leftAt: null, joins: null }),
      herPhones: this.hers,
      herPhoneReached: (worker) => { this.reached.say(worker) },
      homeUrl: () => 'https://lueur.example.org/',
      receipts: {
        receipt: (alarm, from, n, level) => { this.receipts.say({ alarm, from, n, level }) },
        reach: (responder, reach) => { this.reaches.say({ responder, reach }) }
      },
      vapid: { keys: makeVapidKeys(), subject: 'mailto:ops@example.org' },
      topicKey: randomBytes(32),
      urlOf: (alarm) => `https://lueur.example.org/m/${alarm}`,
      timeZone: 'Europe/Brussels',
      extraPushOrigins: story.extraPushOrigins ?? [],
      ...(story.fetch === undefined ? {} : { fetch: story.fetch })
    })
  }

  /** A phone of this responder, with what its owner chose. */
  phone (who: ResponderId, subscription: Subscription, more: Partial<PushEndpoint> = {}): PushEndpoint {
    const endpoint: PushEndpoint = { id: `e${randomBytes(6).toString('hex')}` as EndpointId, ...subscription, text: 'full', language: 'en', provesShown: true, ...more }
    this.book.set(who, [...this.book.get(who) ?? [], endpoint])
    return endpoint
  }

  telling (more: Partial<Telling> = {}): Telling {
    return {
      alarm: 'alarm-1' as AlarmId,
      to: ana,
      authority: false,
      n: 1,
      what: 'alert' as What,
      kind: 'alarm' as Kind,
      pressedAt: this.clock.now() as number as EpochMs,
      late: false,
      missed: null,
      card: card(),
      wanted: () => true,
      permitted: () => { throw new Error('only an authority is asked about') },
      ...more
    }
  }

  /** Tells, and lets whatever can start now start. */
  async tell (telling: Telling): Promise<void> {
    this.notify.messenger.tell(telling)
    await this.clock.pass(0)
  }

  levels (n = 1): readonly Level[] { return this.receipts.all.filter((r) => r.n === n).map((r) => r.level) }
  codes (): readonly (string | number | undefined)[] { return this.logged.all.map((fields) => fields['code']) }
}
