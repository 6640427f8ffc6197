/**
 * A house whose engine and messenger are the real ones, and whose push services note every request at the moment at which
 * it leaves, refusing half of them so that retries wait in their timers. A restart takes everything but the file.
 */
import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Test } from 'tap'
import type { AlarmId } from '../../server/alarm/alarm.ts'
import { laneKey } from '../../server/alarm/lanes.ts'
import { steady } from '../../server/clock/steady-clock.ts'
import { Engine } from '../../server/engine/engine.ts'
import { identity } from '../../server/engine/identity.ts'
import { Messenger } from '../../server/notify/messenger.ts'
import { Resting } from '../../server/notify/resting.ts'
import { Sluice } from '../../server/notify/sluice.ts'
import type { PushEndpoint } from '../../server/notify/ports.ts'
import type { PushResult } from '../../server/notify/push.ts'
import type { ConsentId, ResponderId, WorkerId } from '../../server/people/words.ts'
import { openHouse, smallHouse } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

const quiet = { warn: (): void => undefined, info: (): void => undefined }
const ROUND = 20

export class AuthorityHouse {
  house: SmallHouse
  engine!: Engine
  messenger!: Messenger
  /** Requests that left: to whom, and whether the rules allowed it at that very moment. */
  readonly sent: { readonly to: string, readonly authority: boolean, readonly allowed: boolean }[] = []
  /** What she took back, known at once, whatever the disk says. */
  readonly takenBack = new Set<string>()
  readonly #raw: Database.Database
  readonly #owner = new Map<string, ResponderId>()
  #refuseNext = false

  constructor (t: Test, house: SmallHouse) {
    this.house = house
    this.#raw = new Database(house.file, { readonly: true })
    t.teardown(async () => {
      await this.stop()
      this.#raw.close()
    })
  }

  async start (): Promise<void> {
    const { clock, store, open } = this.house
    this.messenger = new Messenger({
      push: { originOf: () => 'https://push.example', send: async (endpoint) => await this.#sends(endpoint) },
      sluice: new Sluice(clock),
      resting: new Resting(clock),
      clock,
      log: quiet,
      payload: { topicKey: randomBytes(32), urlOf: () => 'https://lueur.example/r', timeZone: 'Europe/Brussels' },
      endpoints: open.directory,
      live: { tell: () => 0 },
      receipts: { receipt: (...receipt) => { this.engine.receipt(...receipt) } },
      reach: { update: () => undefined }
    })
    this.engine = new Engine({ store: store.alarms, directory: open.directory, messenger: this.messenger, clock: steady(clock), identity: identity(Buffer.alloc(32, 7)), log: quiet })
    open.runs(this.engine)
    await this.engine.start()
  }

  async stop (): Promise<void> {
    this.messenger.stop()
    await this.engine.stop()
  }

  /** Another process on the same file. */
  async restart (): Promise<void> {
    await this.stop()
    await this.house.open.stop()
    this.house = await openHouse(this.house.store, this.house.file, this.house.clock)
    await this.start()
  }

  /** Waits for real disks, a few turns of the event loop at a time. */
  async settle (ms = 0): Promise<void> {
    await this.house.clock.pass(ms)
    for (let turn = 0; turn < ROUND; turn++) await new Promise(setImmediate)
  }

  async subscribe (responder: ResponderId): Promise<void> {
    const url = `https://push.example/${responder}`
    const subscribed = await this.house.people.endpoints.subscribe(responder, { url, p256dh: 'B'.repeat(87), auth: 'A'.repeat(22), text: 'full', language: 'fr', provesShown: true })
    if (!subscribed.ok) throw new Error(subscribed.code)
    this.#owner.set(url, responder)
  }

  async revoke (worker: WorkerId, consent: ConsentId): Promise<void> {
    this.takenBack.add(consent)
    await this.house.people.consents.revoke(worker, consent).catch(() => undefined)
  }

  openAlarm (worker: WorkerId): AlarmId | null {
    return this.engine.workerAlarms(worker).find(({ view }) => view.ended === null)?.view.alarm ?? null
  }

  /** R6 in its own words, read past every service: a consent of hers to this authority, not taken back, of a shift that goes on, or while an alarm of hers does. */
  #mayBeTold (to: ResponderId): boolean {
    const rows = this.#raw.prepare(`SELECT c.id, c.worker, c.revoked_at AS revokedAt, s.ended_at AS endedAt FROM consent c
      JOIN shift s ON s.id = c.shift WHERE c.responder = ?`).all(to) as { id: string, worker: WorkerId, revokedAt: number | null, endedAt: number | null }[]
    return rows.some(({ id, worker, revokedAt, endedAt }) => {
      if (revokedAt !== null || this.takenBack.has(id)) return false
      const lane = laneKey({ is: 'hers', worker })
      return endedAt === null || this.#raw.prepare('SELECT 1 FROM alarm WHERE lane = ? AND live = 1').get(lane) !== undefined
    })
  }

  async #sends (endpoint: PushEndpoint): Promise<PushResult> {
    const to = this.#owner.get(endpoint.url)
    if (to === undefined) throw new Error('an endpoint of nobody')
    const authority = this.#raw.prepare("SELECT 1 FROM responder WHERE id = ? AND kind = 'authority'").get(to) !== undefined
    this.sent.push({ to, authority, allowed: !authority || this.#mayBeTold(to) })
    this.#refuseNext = !this.#refuseNext
    return this.#refuseNext
      ? { is: 'answered', status: 503, retryAfterMs: null, reason: '', freed: Promise.resolve() } as PushResult
      : { is: 'answered', status: 201, retryAfterMs: null, reason: '', freed: Promise.resolve() } as PushResult
  }
}

export async function authorityHouse (t: Test): Promise<AuthorityHouse> {
  const house = new AuthorityHouse(t, await smallHouse(t))
  await house.start()
  return house
}
