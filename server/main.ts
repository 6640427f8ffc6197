/** The composition root: the only place where everything meets. Starts in order, stops in the reverse order. */
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { startBroker, type Broker, type BrokerConfig } from '../broker/broker.ts'
import { readTlsFiles } from '../broker/tls.ts'
import { asDid, type Did } from '../firmware-protocol/ids.ts'
import { steady, type SteadyClock } from './clock/steady-clock.ts'
import { systemClock } from './clock/system-clock.ts'
import type { Config } from './config/config.ts'
import { databaseFile, erasedFile, publishedFile, studiesFolder, vapidFile } from './config/files.ts'
import { currentKey } from './current-key.ts'
import { Engine } from './engine/engine.ts'
import { houseOf } from './engine/house.ts'
import { identity } from './engine/identity.ts'
import { buildApp } from './http/app.ts'
import { createLogger } from './http/log.ts'
import { buildMetricsApp, Metrics } from './http/metrics.ts'
import { studiesIn } from './http/study-folder.ts'
import { readWebApp } from './http/web-app.ts'
import { createNotify, type Notify } from './notify/notify.ts'
import { openVapidKeys } from './notify/vapid.ts'
import { openPeople, type OpenPeople } from './people/open.ts'
import { publishedListIn } from './store/published-list.ts'
import { bury } from './store/tombstones.ts'
import { openStore, type SqliteStore } from './store/sqlite/sqlite-store.ts'
import { sqlitePeople } from './store/sqlite/people-sqlite.ts'
import { countNowAndThen } from './counting.ts'
import { followPeople } from './following.ts'
import { measure } from './measures.ts'
import { deskUnderLies } from './pretending.ts'
import { pageChanged, watchReadiness } from './readying.ts'
import { rehearse } from './rehearsal.ts'
import { VERSION } from './version.ts'

/** Rooms are in Brussels: notifications tell times as its clocks show them. */
const TIME_ZONE = 'Europe/Brussels'
/** Beside this file where it was compiled; in the tree it is built into the same place. */
const WEB_APP = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/pages' : '../pages', import.meta.url))
/** Whom push services may write to when nobody is configured: only good for trying things out on one machine. */
const NOBODY = 'mailto:postmaster@example.org'

export type Service = {
  readonly ports: { readonly http: number, readonly metrics: number, readonly mqtt: number, readonly mqtts: number | null }
  /** Where people reach it. */
  readonly origin: string
  readonly people: OpenPeople['people']
  readonly logger: FastifyBaseLogger
  /** In the reverse order of the start: first nobody is taken in any more, last the disk is let go. */
  readonly stop: () => Promise<void>
}

type Undo = () => Promise<void> | void

/** Starts everything, or nothing: what had started is stopped again when a later part fails. */
export async function startService (config: Config): Promise<Service> {
  const undo: Undo[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return await start(config, undo, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

type House = { readonly clock: SteadyClock, readonly logger: FastifyBaseLogger, readonly store: SqliteStore, readonly open: OpenPeople, readonly notify: Notify, readonly engine: Engine }

async function start (config: Config, undo: Undo[], stop: () => Promise<void>): Promise<Service> {
  // Known before the doors are open, where it can be: what a crash left untold is told again at once, and says where to go.
  const address = { origin: config.publicUrl ?? (config.httpPort === 0 ? null : `http://127.0.0.1:${config.httpPort}`) }
  const house = await furnish(config, undo, () => address.origin ?? '')
  const { engine, open, notify, logger } = house
  await engine.start()
  undo.push(() => engine.stop())
  undo.push(open.watch({ desk: engine, reminders: notify.reminders, pagesOf: (worker) => notify.live.socketsOf({ is: 'worker', id: worker }), log: logger }))
  await rehearse()
  const broker = await listenToButtons(config, house)
  undo.push(() => broker.close())
  undo.push(followPeople({ ...house, broker }), countNowAndThen(house))
  undo.push(watchReadiness({ ...house, live: house.notify.live, broker: () => broker.health(), remind: (...word) => { house.notify.reminders.remind(...word) }, timeZone: TIME_ZONE }))
  const ports = await openDoors(config, house, broker, undo)
  address.origin ??= `http://127.0.0.1:${ports.http}`
  return { ports, origin: address.origin, people: open.people, logger, stop }
}

/** Disk, people, messages and engine. The engine needs people and a messenger, and both need it: each looks the other up at use. */
async function furnish (config: Config, undo: Undo[], origin: () => string): Promise<House> {
  const clock = steady(systemClock)
  const logger = createLogger(config.logLevel)
  const secret = currentKey(config)
  mkdirSync(resolve(config.data), { recursive: true, mode: 0o700 })
  const store = await openStore({ file: databaseFile(config), clock, log: logger, hold: true })
  undo.push(() => store.close())
  const open: OpenPeople = await openPeople({
    store: sqlitePeople(store.writer, store.reader), secret, clock, log: logger, reachOf: (responder) => notify.reach.of(responder),
    traces: { bury: async (hash) => { bury(erasedFile(config), hash) }, emptyWal: () => store.emptyWal() },
    publishedList: publishedListIn(publishedFile(config))
  })
  undo.push(() => open.stop())
  const notify: Notify = createNotify({
    clock,
    wall: systemClock,
    log: logger,
    endpoints: open.directory,
    desk: () => deskUnderLies(engine, open.people),
    homeOf: (worker) => open.people.homes.of(worker),
    herPhones: open.people.herPhones,
    herPhoneReached: (worker) => { open.people.checkIns.heard(worker, true) },
    homeUrl: () => `${origin()}/`,
    receipts: { receipt: (...receipt) => { engine.receipt(...receipt) }, reach: (responder, now) => { engine.reach(responder, now) } },
    presence: (page, isOpen) => { pageChanged(open.ready, page, isOpen) },
    vapid: { keys: openVapidKeys(vapidFile(config)), subject: vapidSubject(config, logger) },
    topicKey: open.directory.keyring.derived('push-topic'),
    urlOf: (alarm) => `${origin()}/r#/alert/${alarm}`,
    timeZone: TIME_ZONE,
    extraPushOrigins: config.pushOrigins
  })
  undo.push(() => notify.stop())
  const engine: Engine = new Engine({ store: store.alarms, directory: open.directory, messenger: notify.messenger, clock, identity: identity(open.directory.keyring.derived('press-identity')), log: engineLog(logger) })
  open.runs(engine)
  open.knows(engine)
  engine.onChanged((changed) => { notify.live.changed(changed) })
  open.people.homes.onChanged((worker) => { notify.live.changed({ workers: [worker], responders: [] }) })
  return { clock, logger, store, open, notify, engine }
}

async function listenToButtons (config: Config, { clock, logger, store, open, engine }: House): Promise<Broker> {
  const { buttons } = open.people
  for (const { did, fault } of await store.buttons.loadFaults()) buttons.trouble(didOf(did), fault)
  const house = houseOf({ engine, buttons, saveFault: (fault) => store.buttons.saveFault(fault), clock })
  const broker = await startBroker({
    ports: { buttons, memories: store.buttons, house },
    config: { mqtt: { host: config.mqttHost, port: config.mqttPort }, ...mqttsOf(config) },
    clock,
    log: logger
  })
  engine.onLights((dids) => { for (const did of dids) broker.lightsChanged(didOf(did)) })
  return broker
}

function mqttsOf ({ mqttsPort, mqttsHost, mqttsCert, mqttsKey }: Config): Pick<BrokerConfig, 'mqtts'> {
  if (mqttsPort === null || mqttsCert === null || mqttsKey === null) return {}
  return { mqtts: { host: mqttsHost, port: mqttsPort, ...readTlsFiles(mqttsCert, mqttsKey) } }
}

async function openDoors (config: Config, house: House, broker: Broker, undo: Undo[]): Promise<Service['ports']> {
  const { clock, logger, open, notify, engine } = house
  const metrics = new Metrics()
  measure(metrics, { ...house, broker })
  const webApp = readWebApp(WEB_APP)
  if (webApp.size === 0) logger.warn({ code: 'WEB_APP_MISSING' }, 'the web app is not built: no page can be shown; run npm run build')
  const app = buildApp({
    people: open.people,
    desk: engine,
    live: notify.live,
    health: { storeWritable: () => engine.health().storeWorks, brokerListening: () => broker.health().listening, auditorOnTime: () => engine.health().isOnTime },
    config: {
      publicUrl: config.publicUrl === null ? null : new URL(config.publicUrl),
      vapidPublicKey: notify.vapidPublicKey,
      pushAllowed: (url) => notify.allow.check(url).ok,
      version: VERSION,
      join: { open: config.join === 'open', operator: config.operator }
    },
    clock,
    logger,
    metrics,
    webApp,
    studies: studiesIn(studiesFolder(config))
  })
  undo.push(() => app.close())
  const http = await listen(app, config.httpHost, config.httpPort)
  const metricsApp = buildMetricsApp({ metrics, logger })
  undo.push(() => metricsApp.close())
  const metricsPort = await listen(metricsApp, '127.0.0.1', config.metricsPort)
  return { http, metrics: metricsPort, mqtt: broker.ports.mqtt, mqtts: broker.ports.mqtts ?? null }
}

/** Every address in the house was a did when it was learnt. */
function didOf (text: string): Did {
  const did = asDid(text)
  if (did === null) throw new TypeError(`not a did: ${text.length} characters`)
  return did
}

async function listen (app: FastifyInstance, host: string, port: number): Promise<number> {
  await app.listen({ host, port })
  return (app.server.address() as AddressInfo).port
}

function vapidSubject (config: Config, logger: FastifyBaseLogger): string {
  if (config.vapidSubject !== null) return config.vapidSubject
  if (config.publicUrl?.startsWith('https:') === true) return config.publicUrl
  logger.warn({ code: 'VAPID_SUBJECT_ABSENT' }, 'some push services refuse us until VEILLEUSE_VAPID_SUBJECT or an https VEILLEUSE_PUBLIC_URL is set')
  return NOBODY
}

function engineLog (logger: FastifyBaseLogger): ConstructorParameters<typeof Engine>[0]['log'] {
  return {
    warn: (fields, says) => { logger.warn(fields, says) },
    info: (fields, says) => { logger.info(fields, says) }
  }
}
