import type { Aedes, AedesOptions, Client, PublishPacket } from 'aedes'
import { parseTopic } from '../firmware-protocol/topics.ts'
import { connackError, type Door } from './admission.ts'
import type { Connections } from './connections.ts'
import type { Counts } from './counts.ts'
import type { Inbound, Outcome } from './inbound.ts'
import { KEEPALIVE_MAX_S } from './limits.ts'
import type { Memory } from './memory.ts'
import type { Outbound } from './outbound.ts'
import type { Log } from './ports.ts'
import { Refusal } from './refusal.ts'
import { traceOf } from './safely.ts'
import { mayPublish, maySubscribe } from './topics.ts'

export type HookParts = {
  readonly door: Door
  readonly connections: Connections
  readonly memory: Memory
  readonly inbound: Inbound
  readonly outbound: Outbound
  readonly counts: Counts
  readonly log: Log
  /** True while the service stops: a connection that we end ourselves is nobody's death. */
  readonly isStopping: () => boolean
}

type Hooks = Required<Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'>>

/**
 * Aedes' questions, answered. Each is wrapped: a throw in a hook would end the process, and with it every button's
 * line. What fails is refused, and the button comes again.
 */
export function hooksOf (parts: HookParts): Hooks {
  const { door, connections, memory, counts } = parts
  return {
    preConnect: (client, packet, done) => {
      // Aedes itself refuses these (CONNACK 6): see `keepaliveLimit`.
      if (!packet.keepalive || packet.keepalive > KEEPALIVE_MAX_S) counts.add('KEEPALIVE_REFUSED')
      guarded(parts, () => { door.read(client, packet) })
      done(null, true)
    },
    authenticate: (client, _username, password, done) => {
      const admission = guarded(parts, () => door.weigh(client, password)) ?? { ok: false, code: 'HOOK_FAILED', connack: 5 } as const
      if (!admission.ok) {
        counts.add(admission.code)
        done(connackError(admission), false)
        return
      }
      connections.admit(client, admission.did)
      memory.reserveAhead(admission.did)
      done(null, true)
    },
    authorizePublish: (client, packet, done) => {
      const outcome = guarded(parts, () => isWill(packet) ? heardWill(parts, client, packet) : heard(parts, client, packet))
      const refused = outcome === undefined ? 'HOOK_FAILED' : outcome?.refused
      if (refused === undefined) return done(null)
      counts.add(refused)
      done(new Refusal(refused))
    },
    authorizeSubscribe: (client, subscription, done) => {
      const did = connections.didOf(client)
      if (did !== null && maySubscribe(did, subscription.topic)) return done(null, subscription)
      counts.add('SUBSCRIPTION_REFUSED')
      // SUBACK 0x80: told, and the connection lives on for presses.
      done(null, null)
    }
  }
}

/** What Aedes tells of connections. */
export function listenTo (aedes: Aedes, parts: HookParts): void {
  const { connections, outbound, counts, log } = parts
  aedes.on('clientReady', (client) => { connections.ready(client) })
  aedes.on('subscribe', (subscriptions, client) => {
    guarded(parts, () => {
      const did = connections.didOf(client)
      if (did === null || !subscriptions.some(({ topic, qos }) => maySubscribe(did, topic) && Number(qos) <= 2)) return
      connections.subscribed(client, true)
      outbound.tellAll(did)
      outbound.remindConfig(did)
    })
  })
  aedes.on('unsubscribe', (topics, client) => {
    const did = connections.didOf(client)
    // Only its own `/down` counts: who leaves a topic that it never had still listens.
    if (did !== null && topics.some((topic) => maySubscribe(did, topic))) connections.subscribed(client, false)
  })
  aedes.on('clientError', (_client, error) => { counts.add(endOf(error)) })
  aedes.on('connectionError', (_client, error) => { counts.add(endOf(error)) })
  // Without a listener Aedes' own `error` would end the process.
  aedes.addListener('error', (error: unknown) => {
    counts.add('AEDES_ERROR')
    log.error({ code: 'AEDES_ERROR', ...traceOf(error) }, 'Aedes reports an error')
  })
}

function heard ({ connections, inbound }: HookParts, client: Client | null, packet: PublishPacket): Outcome {
  const did = client === null ? null : connections.didOf(client)
  if (client === null || did === null || !mayPublish(did, packet.topic)) return { refused: 'TOPIC_REFUSED' }
  // Heard before its form is refused: somebody may have pressed.
  const { qos, retain } = packet
  const outcome = inbound.hear({ did, client, packet })
  if (outcome !== null) return outcome
  if (retain) return { refused: 'RETAIN_REFUSED' }
  return qos === 2 ? { refused: 'QOS_REFUSED' } : null
}

/**
 * A will comes without `cmd`, when its connection is over; after a jump of the wall clock Aedes also gives wills of
 * connections that live, and after a takeover that of the connection replaced. Only the first kind is one.
 */
function heardWill ({ connections, inbound, counts, isStopping }: HookParts, client: Client | null, packet: PublishPacket): Outcome {
  const did = client === null ? parseTopic(packet.topic)?.did ?? null : connections.didOf(client)
  const over = client === null || (client.closed && connections.isNewest(client))
  if (did === null || !mayPublish(did, packet.topic)) return { refused: 'TOPIC_REFUSED' }
  if (isStopping() || !over) {
    counts.add('WILL_NOT_OVER')
    return null
  }
  return inbound.hear({ did, client: null, packet })
}

function isWill (packet: { readonly cmd?: string }): boolean {
  return packet.cmd !== 'publish'
}

function guarded<T> ({ counts, log }: HookParts, ask: () => T): T | undefined {
  try {
    return ask()
  } catch (error) {
    counts.add('HOOK_THREW')
    log.error({ code: 'HOOK_FAILED', ...traceOf(error) }, 'A hook of the broker failed; what it was asked is refused')
    return undefined
  }
}

/** Aedes' own words for why it ended a connection, as codes. */
function endOf (error: Error): string {
  switch (error.message) {
    case 'connect did not arrive in time': return 'CONNECT_LATE'
    case 'keep alive timeout': return 'KEEPALIVE_EXPIRED'
    case 'unacceptable protocol version': return 'PROTOCOL_UNKNOWN'
    case 'Client queue limit reached': return 'EARLY_PACKETS_REFUSED'
    case 'drain timeout': return 'NOT_DRAINED'
    case 'Invalid protocol': return 'NOT_MQTT'
    default: return error instanceof Refusal ? 'CONNECTION_REFUSED' : 'CONNECTION_BROKEN'
  }
}
