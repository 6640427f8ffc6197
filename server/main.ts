/** The composition root: the only place where everything meets. Starts in order, stops in the reverse order. */
import { hkdfSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { startBroker, type Broker } from '../broker/broker.ts'
import { asDid } from '../firmware-protocol/ids.ts'
import { steady, type SteadyClock } from './clock/steady-clock.ts'
import { systemClock } from './clock/system-clock.ts'
import type { Config } from './config/config.ts'
import { databaseFile, vapidFile } from './config/files.ts'
import { masterKey } from './config/master-key.ts'
import { Engine } from './engine/engine.ts'
import { houseOf } from './engine/house.ts'
import { identity } from './engine/identity.ts'
import { buildApp } from './http/app.ts'
import { createLogger } from './http/log.ts'
import { buildMetricsApp, Metrics } from './http/metrics.ts'
import { PushAllowList } from './notify/allow.ts'
import { Live } from './notify/live.ts'
import { Messenger } from './notify/messenger.ts'
import type { Endpoints } from './notify/ports.ts'
import { Push } from './notify/push.ts'
import { ReachWatch } from './notify/reach.ts'
import { Resting } from './notify/resting.ts'
import { Sluice } from './notify/sluice.ts'
import { snapshotOf } from './notify/snapshot.ts'
import { openVapidKeys, Vapid } from './notify/vapid.ts'
import { openPeople, type OpenPeople } from './people/open.ts'
import { openStore, type SqliteStore } from './store/sqlite/sqlite-store.ts'
import { sqlitePeople } from './store/sqlite/people-sqlite.ts'
import { measure } from './measures.ts'
import { VERSION } from './version.ts'

/** Rooms are in Brussels: notifications tell times as its clocks show them. */
const TIME_ZONE = 'Europe/Brussels'
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

async function start (config: Config, undo: Undo[], stop: () => Promise<void>): Promise<Service> {
  const clock = steady(systemClock)
  const logger = createLogger(config.logLevel)
  const secret = masterKey(config)
  mkdirSync(resolve(config.data), { recursive: true, mode: 0o700 })
  const store = await openStore({ file: databaseFile(config), clock, log: logger, hold: true })
  undo.push(() => store.close())
  const allow = new PushAllowList(config.pushOrigins)
  const vapid = new Vapid({ keys: openVapidKeys(vapidFile(config)), subject: vapidSubject(config, logger), clock })

  // The engine needs people and a messenger, and both need the engine: each is handed to the other when it is there.
  const reach = { of: (responder: Parameters<ReachWatch['of']>[0]): ReturnType<ReachWatch['of']> => watch.of(responder) }
  const open = await openPeople({ store: sqlitePeople(store.writer, store.reader), secret, clock, log: logger, reachOf: reach.of })
  undo.push(() => open.stop())
  const address = { origin: config.publicUrl }
  const endpoints: Endpoints = open.directory
  const live: Live = new Live({
    clock,
    snapshotOf: (subject) => snapshotOf(engine, subject),
    receipts: { receipt: (...receipt) => { engine.receipt(...receipt) } },
    log: logger,
    pages: { opened: (responder) => { watch.opened(responder) }, closed: (responder) => { watch.closed(responder) } }
  })
  const watch: ReachWatch = new ReachWatch({
    endpoints,
    sockets: (responder) => live.socketsOf(responder),
    allowed: (endpoint) => allow.check(endpoint.url).ok,
    report: { reach: (responder, now) => { engine.reach(responder, now) } },
    clock,
    log: logger
  })
  const sluice = new Sluice(clock)
  const messenger = new Messenger({
    push: new Push({ vapid, allow, clock }),
    sluice,
    resting: new Resting(clock),
    clock,
    log: logger,
    payload: { topicKey: derived(secret, 'push-topic'), urlOf: (alarm) => `${address.origin ?? ''}/r#${alarm}`, timeZone: TIME_ZONE },
    endpoints,
    live,
    receipts: { receipt: (...receipt) => { engine.receipt(...receipt) } },
    reach: watch
  })
  const engine: Engine = new Engine({ store: store.alarms, directory: open.directory, messenger, clock, identity: identity(secret), log: engineLog(logger) })
  open.runs(engine)
  undo.push(() => { messenger.stop() })
  engine.onChanged((changed) => { live.changed(changed) })
  await engine.start()
  undo.push(() => engine.stop())

  const broker = await listenToButtons({ config, clock, logger, store, open, engine })
  undo.push(() => broker.close())
  undo.push(open.follow())

  const metrics = new Metrics()
  measure(metrics, { engine, broker, store, live, messenger, sluice })
  const app = buildApp({
    people: open.people,
    desk: engine,
    live,
    health: { storeWritable: () => engine.health().storeWorks, brokerListening: () => broker.health().connections >= 0, auditorOnTime: () => engine.health().isOnTime },
    config: { publicUrl: config.publicUrl === null ? null : new URL(config.publicUrl), vapidPublicKey: vapid.publicKey, pushAllowed: (url) => allow.check(url).ok, version: VERSION },
    clock,
    logger,
    metrics
  })
  const http = await listen(app, config.httpHost, config.httpPort)
  undo.push(() => app.close())
  const metricsApp = buildMetricsApp({ metrics, logger })
  const metricsPort = await listen(metricsApp, '127.0.0.1', config.metricsPort)
  undo.push(() => metricsApp.close())
  address.origin ??= `http://127.0.0.1:${http}`
  return { ports: { http, metrics: metricsPort, mqtt: broker.ports.mqtt, mqtts: broker.ports.mqtts ?? null }, origin: address.origin, people: open.people, logger, stop }
}

type ButtonParts = { config: Config, clock: SteadyClock, logger: FastifyBaseLogger, store: SqliteStore, open: OpenPeople, engine: Engine }

async function listenToButtons ({ config, clock, logger, store, open, engine }: ButtonParts): Promise<Broker> {
  const buttons = open.people.buttons
  const house = houseOf({ engine, buttons, saveFault: (fault) => store.buttons.saveFault(fault), clock })
  const broker = await startBroker({
    ports: { buttons, memories: store.buttons, house },
    config: {
      mqtt: { host: config.mqttHost, port: config.mqttPort },
      ...(config.mqttsPort === null ? {} : { mqtts: { host: config.mqttHost, port: config.mqttsPort, cert: config.mqttsCert ?? '', key: config.mqttsKey ?? '' } })
    },
    clock,
    log: logger
  })
  engine.onLights((dids) => { for (const did of dids) broker.lightsChanged(asDid(did) ?? unknownDid(did)) })
  return broker
}

/** Every address in the house was a did when it was learnt. */
function unknownDid (did: string): never {
  throw new TypeError(`not a did: ${did.length} characters`)
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

function derived (secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'veilleuse', `${purpose}/1`, 32))
}
