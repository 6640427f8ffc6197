/** A house with its whole HTTP side, real engine and real sockets; only the clock is fake. */
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import type { ResponderId, VenueId, WorkerId } from '../../server/alarm/alarm.ts'
import { buildApp } from '../../server/http/app.ts'
import { createLogger } from '../../server/http/log.ts'
import { studiesIn } from '../../server/http/study-folder.ts'
import { readWebApp } from '../../server/http/web-app.ts'
import { Metrics } from '../../server/http/metrics.ts'
import { Live } from '../../server/notify/live.ts'
import { PushAllowList } from '../../server/notify/allow.ts'
import { snapshotsOf } from '../../server/notify/snapshot.ts'
import { deskUnderLies } from '../../server/pretending.ts'
import type { People } from '../../server/people/services.ts'
import { steady } from '../../server/clock/steady-clock.ts'
import { Engine } from '../../server/engine/engine.ts'
import { identity } from '../../server/engine/identity.ts'
import { openPeople } from '../../server/people/open.ts'
import type { OpenPeople } from '../../server/people/open.ts'
import { pageChanged, watchReadiness } from '../../server/readying.ts'
import type { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { sqlitePeople } from '../../server/store/sqlite/people-sqlite.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { Ears } from '../engine/small-house.ts'
import { FailingStore } from '../store/failing-store.ts'
import { publishedListIn } from '../../server/store/published-list.ts'
import { bury } from '../../server/store/tombstones.ts'
import { root } from '../runner/root.ts'
import { openedStore } from '../store/opened-store.ts'

/** As it was built; the suite builds first. */
const webApp = readWebApp(join(root, 'dist/pages'))

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
type Ask = { readonly method?: Method, readonly url: string, readonly body?: unknown, readonly headers?: Readonly<Record<string, string>> }

/** One phone: a cookie jar of one cookie. */
export class Phone {
  cookie = ''
  readonly #house: House
  constructor (house: House) { this.#house = house }

  async ask ({ method = 'GET', url, body, headers = {} }: Ask): Promise<LightMyRequestResponse> {
    const reply = await this.#house.app.inject({
      method,
      url,
      headers: { host: this.#house.host, ...(this.cookie === '' ? {} : { cookie: this.cookie }), ...(method === 'GET' ? {} : { origin: this.#house.origin }), ...headers },
      ...(body === undefined ? {} : { payload: body as object })
    })
    this.#keep(reply)
    return reply
  }

  async post (url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> {
    return await this.ask({ method: 'POST', url, body, headers })
  }

  async get (url: string): Promise<LightMyRequestResponse> { return await this.ask({ url }) }

  async press (key: string, kind?: string): Promise<LightMyRequestResponse> {
    return await this.post('/api/v1/press', kind === undefined ? undefined : { kind }, { 'idempotency-key': key })
  }

  #keep (reply: LightMyRequestResponse): void {
    const set = [reply.headers['set-cookie'] ?? []].flat()[0]
    if (set === undefined) return
    const pair = set.split(';')[0] ?? ''
    this.cookie = pair.endsWith('=') ? '' : pair
  }
}

export type HouseOptions = {
  readonly publicUrl?: string | null
  readonly level?: 'trace' | 'silent'
  /** Folder of study reports. */
  readonly studies?: string
  readonly join?: { readonly open: boolean, readonly operator: string | null }
  /** With `clock`: a house that another one left behind. */
  readonly file?: string
  readonly clock?: FakeClock
}

/** What a house stands on: a real file, a real engine, the clock of the story. */
type Ground = {
  readonly store: SqliteStore
  readonly clock: FakeClock
  readonly disk: FailingStore
  readonly ears: Ears
  readonly engine: Engine
  readonly open: OpenPeople
  readonly reader: SqliteStore['reader']
  readonly reminded: string[]
  readonly pages: Map<string, number>
  readonly leave: () => Promise<void>
}

async function ground (t: Test, { file, clock = new FakeClock() }: HouseOptions): Promise<Ground> {
  const store = await openedStore(t, file === undefined ? {} : { file })
  const ears = new Ears()
  const disk = new FailingStore(store.alarms)
  const log = { warn: () => {}, info: () => {} }
  const people = await openPeople({
    store: sqlitePeople(store.writer, store.reader), secret: Buffer.alloc(32, 5), clock, reachOf: () => 'provable', log, traces: { bury: async (hash) => { bury(join(t.testdirName, 'erased'), hash) }, emptyWal: () => store.emptyWal() },
    publishedList: publishedListIn(join(t.testdirName, 'published'))
  })
  const engine = new Engine({ store: disk, directory: people.directory, messenger: ears, clock: steady(clock), identity: identity(Buffer.alloc(32, 7)), log })
  people.runs(engine)
  people.knows(engine)
  await engine.start()
  const reminded: string[] = []
  const pages = new Map<string, number>()
  const stopWatching = people.watch({
    desk: engine,
    reminders: { remind: (worker, what, wanted = () => true) => { if (wanted()) reminded.push(`${worker} ${what}`) } },
    pagesOf: (worker) => pages.get(worker) ?? 0,
    log
  })
  let left: Promise<void> | null = null
  const leave = async (): Promise<void> => {
    stopWatching()
    await engine.stop()
    await people.stop()
    await store.close()
  }
  const leaveOnce = (): Promise<void> => { left ??= leave(); return left }
  t.teardown(leaveOnce)
  return { store, clock, disk, ears, engine, open: people, reader: store.reader, reminded, pages, leave: leaveOnce }
}

export class House {
  readonly origin: string
  readonly host: string
  readonly store: SqliteStore
  readonly clock: FakeClock
  readonly disk: FailingStore
  readonly ears: Ears
  readonly engine: Engine
  readonly people: People
  readonly statistics: OpenPeople['statistics']
  readonly open: OpenPeople
  readonly live: Live
  readonly metrics = new Metrics({ process: false })
  readonly app: ReturnType<typeof buildApp>
  readonly stopReady: () => void
  readonly health = { store: true, broker: true, auditor: true }
  readonly logged: string[] = []
  /** What her own phones were reminded of. */
  readonly reminded: readonly string[]
  /** Her own pages that are open, by worker. */
  readonly pages: Map<string, number>
  /** The process is gone, and left its file. */
  readonly leave: () => Promise<void>
  readonly reader: SqliteStore['reader']
  #venue: VenueId | null = null

  constructor ({ store, clock, disk, ears, engine, open, reader, reminded, pages, leave }: Ground, { publicUrl = 'https://lueur.example', level = 'silent', studies = '', join = { open: false, operator: null } }: HouseOptions) {
    const { people } = open
    this.origin = publicUrl ?? 'http://127.0.0.1'
    this.host = new URL(this.origin).host
    this.store = store
    this.clock = clock
    this.disk = disk
    this.ears = ears
    this.engine = engine
    this.people = people
    this.statistics = open.statistics
    this.open = open
    this.reader = reader
    this.reminded = reminded
    this.pages = pages
    this.leave = async () => {
      this.stopReady()
      await leave()
    }
    const out = new PassThrough()
    out.on('data', (chunk: Buffer) => { this.logged.push(chunk.toString()) })
    const logger = createLogger(level, out)
    this.live = new Live({
      clock,
      snapshotsOf: (subject) => snapshotsOf({ desk: deskUnderLies(engine, people), home: (worker) => people.homes.of(worker) }, subject),
      receipts: engine,
      log: logger,
      pages: { opened: () => {}, closed: () => {} },
      presence: (page, isOpen) => { pageChanged(open.ready, page, isOpen) }
    })
    engine.onChanged((changed) => { this.live.changed(changed) })
    people.homes.onChanged((worker) => { this.live.changed({ workers: [worker], responders: [] }) })
    this.stopReady = watchReadiness({
      open, engine, live: this.live, broker: () => ({ listening: this.health.broker }), timeZone: 'Europe/Brussels', remind: (worker, what) => { reminded.push(`${worker} ${what}`) }
    })
    this.app = buildApp({
      people,
      desk: engine,
      live: this.live,
      health: { storeWritable: () => this.health.store, brokerListening: () => this.health.broker, auditorOnTime: () => this.health.auditor },
      config: {
        publicUrl: publicUrl === null ? null : new URL(publicUrl),
        vapidPublicKey: 'B'.repeat(87),
        pushAllowed: (url) => new PushAllowList(['http://127.0.0.1:9']).check(url).ok,
        version: '0.0.0',
        join
      },
      clock,
      logger,
      metrics: this.metrics,
      webApp,
      studies: studiesIn(studies)
    })
  }

  /** The hourly job comes by. */
  async retain (): Promise<void> { await this.open.retain(this.engine.concerned().workers) }

  /** What is due to be erased is looked for. */
  async erase (): Promise<void> { await this.open.eraseDue() }

  async venue (): Promise<VenueId> {
    if (this.#venue !== null) return this.#venue
    const added = await this.people.venues.add('Maison Claire', 'independent')
    if (!added.ok) throw new Error(added.code)
    this.#venue = added.venue.id
    return added.venue.id
  }

  /** Somebody joins by an invite of the operator, on this phone or a new one. */
  async join (role: 'worker' | 'technician' | 'researcher' | 'reference-person' | 'organisation', phone = new Phone(this), alias = 'Lina', venue?: VenueId): Promise<Phone> {
    const made = await this.people.invites.make(role, venue ?? await this.venue())
    if (!made.ok) throw new Error(made.code)
    const named = role === 'worker' ? { alias, language: 'fr' } : role === 'reference-person' || role === 'organisation' ? { name: alias, language: 'fr', neverForwards: 'v1' } : {}
    const reply = await phone.post(`/api/v1/invites/${made.code}`, { role, device: 'Story', ...named })
    if (reply.statusCode !== 201) throw new Error(reply.body)
    return phone
  }

  /** A responder takes her code, and she confirms the digits that she hears. */
  async pair (worker: Phone, phone = new Phone(this), name = 'Ana'): Promise<{ phone: Phone, responder: ResponderId }> {
    const before = new Set(this.contactsOf(worker).map(({ responder }) => responder))
    const { code } = (await worker.post('/api/v1/contacts/codes')).json<{ code: string }>()
    const joined = await phone.post(`/api/v1/pairings/${code}`, { name, kind: 'contact', language: 'fr', device: 'Story' })
    if (joined.statusCode !== 201) throw new Error(joined.body)
    const responder = this.contactsOf(worker).map((c) => c.responder).find((r) => !before.has(r))
    if (responder === undefined) throw new Error('nobody joined')
    const confirmed = await worker.post(`/api/v1/contacts/${responder}/confirm`, { code: joined.json<{ confirm: string }>().confirm })
    if (confirmed.statusCode !== 204) throw new Error(confirmed.body)
    return { phone, responder }
  }

  idOf (phone: Phone, is: 'worker' | 'responder' | 'technician'): string {
    for (const token of phone.cookie.split('=')[1]?.split('.') ?? []) {
      const found = this.people.sessions.find(token)
      if (found?.who.is === is) return found.who.id
    }
    throw new Error(`this phone is no ${is}`)
  }

  contactsOf (phone: Phone): ReturnType<People['pairing']['contacts']> {
    return this.people.pairing.contacts(this.idOf(phone, 'worker') as WorkerId)
  }

  /** Her circle: everybody in one step, who may see everything; who `mayKnow` learns of duress. */
  async circle (worker: Phone, people: readonly ResponderId[], mayKnow: readonly ResponderId[] = [], sees: Readonly<Record<string, object>> = {}): Promise<void> {
    const { version } = (await worker.get('/api/v1/circle')).json<{ version: number }>()
    const put = await worker.ask({ method: 'PUT', url: '/api/v1/circle', body: { version, ...emptyCircle, steps: [{ waitS: 30, assistWaitS: null, people }], mayKnow, sees } })
    if (put.statusCode !== 200) throw new Error(put.body)
  }

  /** Lets the fake clock run, a tenth of a second a turn, until an answer has come. */
  async passUntil (asked: Promise<LightMyRequestResponse>): Promise<{ reply: LightMyRequestResponse, waitedMs: number }> {
    let reply: LightMyRequestResponse | null = null
    void asked.then((came) => { reply = came })
    const startedAt = this.clock.mono()
    for (let turn = 0; turn < 20; turn++) await setImmediate()
    while (reply === null && this.clock.mono() - startedAt < 60_000) {
      await this.clock.pass(100)
      await setImmediate()
    }
    return { reply: await asked, waitedMs: this.clock.mono() - startedAt }
  }

  /** Really listens, for sockets. */
  async listen (): Promise<number> {
    return Number(new URL(await this.app.listen({ host: '127.0.0.1', port: 0 })).port)
  }
}

export const emptyCircle = { steps: [], note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [], sees: {} }

/** A house that is ready, and closed at the end of the test. */
export async function openHouse (t: Test, options: HouseOptions = {}): Promise<House> {
  const house = new House(await ground(t, options), options)
  await house.app.ready()
  t.teardown(async () => {
    house.stopReady()
    await house.app.close()
  })
  return house
}
