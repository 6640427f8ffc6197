import type { Server } from 'node:net'
import type { Duplex } from 'node:stream'
import { Aedes } from 'aedes'
import type { Did } from '../firmware-protocol/ids.ts'
import { Acknowledgements } from './acknowledge.ts'
import { Door } from './admission.ts'
import { Connections } from './connections.ts'
import { Counts } from './counts.ts'
import { hooksOf, listenTo, type HookParts } from './hooks.ts'
import { Inbound } from './inbound.ts'
import {
  CONNECTIONS_MAX, CONNECT_WITHIN_MS, DRAIN_WITHIN_MS, EARLY_PACKETS_MAX, KEEPALIVE_MAX_S, PACKET_MAX_BYTES, SAVE_EVERY_MS, SILENCE_LOOK_MS,
  STOP_WITHIN_MS, STRANGERS_MAX, TOPIC_LEVELS_MAX
} from './limits.ts'
import { listen, tcpServer, tlsServer, webSocketServer, type Address } from './listeners.ts'
import { Memory } from './memory.ts'
import { Outbound } from './outbound.ts'
import { watchPacketSizes } from './packet-size.ts'
import type { Buttons, Clock, House, Log, Memories } from './ports.ts'
import { Presence } from './presence.ts'
import { BrokerProblem } from './problem.ts'
import { Replays } from './replays.ts'
import { safeClock, safelyWith } from './safely.ts'
import { checkTls, type TlsMaterial } from './tls.ts'
import { webSocketUpgrade, type Upgrade } from './websocket.ts'

export type BrokerPorts = { readonly house: House, readonly buttons: Buttons, readonly memories: Memories }

export type BrokerConfig = {
  /** Plain TCP. That it is loopback is the configuration's affair. */
  readonly mqtt: Address
  readonly mqtts?: Address & TlsMaterial
  /** MQTT over WebSocket on a port of its own; the HTTP server may mount `upgrade` instead. */
  readonly ws?: Address
  /** Defaults: limits.ts. `connectWithinMs`: from TCP to a whole CONNECT. */
  readonly limits?: { readonly connectionsMax?: number, readonly strangersMax?: number, readonly connectWithinMs?: number }
}

export type BrokerHealth = {
  /** Every port that was asked for takes connections. */
  readonly listening: boolean
  /** Open connections, those not yet admitted, and buttons connected now. */
  readonly connections: number
  readonly strangers: number
  readonly buttons: number
  /** Buttons whose newest counters are not on disk yet. */
  readonly unsaved: number
}

export interface Broker {
  /** The ports that were bound. */
  readonly ports: { readonly mqtt: number, readonly mqtts?: number, readonly ws?: number }
  /** Takes `GET /mqtt` upgrades of another HTTP server; false: not ours. */
  readonly upgrade: Upgrade
  /** The views have changed: the button gets its newest lights. Never waits, never throws. */
  lightsChanged (did: Did): void
  /** The wish for this button (`Buttons.find`) has changed. */
  configChanged (did: Did): void
  /** Retired or enrolled anew: its connection ends. It may come again only as `Buttons.find` says. */
  cut (did: Did): void
  health (): BrokerHealth
  /** What happened how often, by code. Aggregates only. */
  counts (): Readonly<Record<string, number>>
  /** Ends every connection and saves the counters (waiting at most 3 s for the disk). */
  close (): Promise<void>
}

/**
 * Buttons' line to the house: MQTT 3.1.1 over TCP, TLS and WebSocket.
 * @throws BrokerProblem with a stable code: bad TLS material, unreadable memories, a port that can't be had
 */
export async function startBroker (of: { ports: BrokerPorts, config: BrokerConfig, clock: Clock, log: Log }): Promise<Broker> {
  const { config, clock, log } = of
  if (config.mqtts !== undefined) checkTls(config.mqtts, clock.now())
  const line = lineOf(of)
  await remember(line)
  const { limits = {} } = config
  const aedes = await Aedes.createBroker({
    ...hooksOf(line.hookParts),
    connectTimeout: limits.connectWithinMs ?? CONNECT_WITHIN_MS,
    keepaliveLimit: KEEPALIVE_MAX_S,
    drainTimeout: DRAIN_WITHIN_MS,
    queueLimit: EARLY_PACKETS_MAX,
    maxTopicLevels: TOPIC_LEVELS_MAX,
    maxInflightInbound: 1
  })
  listenTo(aedes, line.hookParts)
  const handle = (conn: Duplex): void => {
    watchPacketSizes(conn, PACKET_MAX_BYTES, () => { line.counts.add('PACKET_TOO_LONG') })
    aedes.handle(conn)
  }
  const upgrade = webSocketUpgrade((conn) => {
    conn.on('error', () => {})
    if (line.connections.enter(conn)) handle(conn)
  })
  const stopTimers = startTimers(line)
  try {
    const { servers, ports } = await openListeners(config, line, handle, upgrade)
    log.info({ ...ports }, 'The broker listens')
    return brokerOf(line, { ports, servers }, upgrade, async () => {
      stopTimers()
      await stop(line, servers, aedes)
    })
  } catch (error) {
    stopTimers()
    await stop(line, [], aedes)
    throw error
  }
}

type Line = Omit<HookParts, 'isStopping'> & { readonly clock: Clock, readonly presence: Presence, readonly replays: Replays, readonly hookParts: HookParts, stopping: boolean }

function lineOf (of: { ports: BrokerPorts, config: BrokerConfig, clock: Clock, log: Log }): Line {
  const { ports, config, log } = of
  const { house, buttons } = ports
  const counts = new Counts()
  const safely = safelyWith(counts, log)
  const clock = safeClock(of.clock, safely)
  const connections = new Connections({ connectionsMax: config.limits?.connectionsMax ?? CONNECTIONS_MAX, strangersMax: config.limits?.strangersMax ?? STRANGERS_MAX }, counts)
  const memory = new Memory(ports.memories, clock)
  const outbound = new Outbound({ house, buttons, clock, memory, connections, counts, log, safely })
  const presence = new Presence({ house, buttons, clock })
  const replays = new Replays({ house, clock, outbound })
  const acknowledgements = new Acknowledgements(counts, log)
  const inbound = new Inbound({ house, buttons, clock, memory, outbound, presence, replays, acknowledgements, counts })
  const parts = { clock, door: new Door(buttons), connections, memory, inbound, outbound, counts, log }
  const line: Line = { ...parts, presence, replays, stopping: false, hookParts: { ...parts, isStopping: () => line.stopping } }
  return line
}

async function remember ({ memory, presence }: Line): Promise<void> {
  try {
    for (const did of await memory.load()) presence.expect(did)
  } catch (cause) {
    throw new BrokerProblem('MEMORY_UNREADABLE', 'the counters of the buttons', cause)
  }
}

type Opened = { readonly servers: readonly Server[], readonly ports: Broker['ports'] }

async function openListeners (config: BrokerConfig, { connections, counts, log }: Line, handle: (conn: Duplex) => void, upgrade: Upgrade): Promise<Opened> {
  const reception = { enter: (conn: Duplex) => connections.enter(conn), becomes: (before: Duplex, after: Duplex) => connections.becomes(before, after), handle }
  const connectionsMax = config.limits?.connectionsMax ?? CONNECTIONS_MAX
  const servers: Server[] = []
  const open = async (server: Server, address: Address): Promise<number> => {
    server.on('drop', () => { counts.add('TOO_MANY_CONNECTIONS') })
    const port = await listen(server, address, connectionsMax + STRANGERS_MAX)
    server.on('error', (error) => {
      counts.add('LISTENER_ERROR')
      log.error({ code: 'LISTENER_ERROR', reason: error.name }, 'A listener reports an error')
    })
    servers.push(server)
    return port
  }
  try {
    const mqtt = await open(tcpServer(reception), config.mqtt)
    const mqtts = config.mqtts === undefined ? undefined : await open(tlsServer(config.mqtts, reception, () => { counts.add('TLS_FAILED') }), config.mqtts)
    const ws = config.ws === undefined ? undefined : await open(webSocketServer(upgrade), config.ws)
    return { servers, ports: { mqtt, ...(mqtts === undefined ? {} : { mqtts }), ...(ws === undefined ? {} : { ws }) } }
  } catch (error) {
    for (const server of servers) server.close()
    throw error
  }
}

function startTimers ({ memory, presence, clock }: Line): () => void {
  const cancels = [every(SAVE_EVERY_MS, () => { memory.saveChanged() }), every(SILENCE_LOOK_MS, () => { presence.look() })]
  return () => { for (const cancel of cancels) cancel() }

  function every (ms: number, work: () => void): () => void {
    const tick = (): void => {
      // Before the work: if that fails, it is still tried again.
      cancel = clock.after(ms, tick)
      work()
    }
    let cancel = clock.after(ms, tick)
    return () => { cancel() }
  }
}

function brokerOf (line: Line, { ports, servers }: Opened, upgrade: Upgrade, close: () => Promise<void>): Broker {
  const { outbound, inbound, connections, replays, memory, counts } = line
  let closing: Promise<void> | null = null
  return {
    ports,
    upgrade,
    lightsChanged: (did) => { outbound.tellChanged(did) },
    configChanged: (did) => { outbound.tellConfig(did) },
    cut: (did) => {
      connections.cut(did)
      for (const part of [outbound, inbound, replays]) part.forget(did)
    },
    health: () => {
      const { open, strangers, buttons } = connections.figures()
      return { listening: servers.every((server) => server.listening), connections: open, strangers, buttons, unsaved: memory.unsaved() }
    },
    counts: () => counts.all(),
    close: async () => {
      closing ??= close()
      await closing
    }
  }
}

async function stop (line: Line, servers: readonly Server[], aedes: Aedes): Promise<void> {
  line.stopping = true
  const closed = servers.map((server) => new Promise<void>((resolve) => { server.close(() => { resolve() }) }))
  line.connections.cutAll()
  for (const server of servers) if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function') server.closeAllConnections()
  await new Promise<void>((resolve) => { aedes.close(() => { resolve() }) })
  await new Promise<void>((resolve) => {
    const cancel = line.clock.after(STOP_WITHIN_MS, resolve)
    void line.memory.allSaved().then(() => { cancel(); resolve() })
  })
  line.memory.stop()
  await Promise.all(closed)
}
