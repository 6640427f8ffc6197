/**
 * MQTT 3.1.1 as lightly as it can be carried: a bare socket, packets by `mqtt-packet`, one parser for all connections.
 * Thousands fit into one process. It says and hears exactly what `mqtt-link.ts` does.
 * @see https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html
 */
import { connect as dialTcp, type Socket } from 'node:net'
import { connect as dialTls } from 'node:tls'
import mqttPacket from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import type { Connect, Link, LinkEvents, LinkOptions, SimClock } from './ports.ts'

const PORT = { 'mqtt:': 1_883, 'mqtts:': 8_883 } as const
/** A downlink is a frame of at most 256 bytes: whoever sends more is no service of ours. */
const PACKET_MOST_BYTES = 4_096
const PACKET_ID_MOST = 0xffff
const PING = mqttPacket.generate({ cmd: 'pingreq' })
const DISCONNECT = mqttPacket.generate({ cmd: 'disconnect' })

/** `url`: `mqtt://127.0.0.1:1883` or `mqtts://host:8883`. */
export function lightConnect (url: string, clock: SimClock): Connect {
  const { hostname, port, protocol } = new URL(url)
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? PORT[protocol as keyof typeof PORT] : Number(port) }
  const dial = (): Socket => protocol === 'mqtts:' ? dialTls({ ...to, servername: hostname }) : dialTcp({ ...to, noDelay: true })
  return (options, events) => new LightLink(dial(), protocol === 'mqtts:' ? 'secureConnect' : 'connect', { options, events, clock })
}

type Parts = { readonly options: LinkOptions, readonly events: LinkEvents, readonly clock: SimClock }

class LightLink implements Link {
  readonly #socket: Socket
  readonly #events: LinkEvents
  readonly #clock: SimClock
  readonly #keepAliveMs: number
  readonly #unacknowledged = new Map<number, () => void>()
  #rest: Buffer | null = null
  #packetId = 0
  #over = false
  #sentMono: number
  #pinged = false
  #cancelPing = (): void => {}

  constructor (socket: Socket, ready: 'connect' | 'secureConnect', { options, events, clock }: Parts) {
    this.#socket = socket
    this.#events = events
    this.#clock = clock
    this.#keepAliveMs = options.keepAliveS * 1_000
    this.#sentMono = clock.mono()
    socket.setNoDelay(true)
    socket.once(ready, () => { this.#write(greeting(options)) })
    socket.on('data', (bytes: Buffer) => { this.#hear(bytes) })
    socket.on('error', () => {})
    socket.on('close', () => { this.#lost() })
  }

  subscribe (topic: string): void {
    this.#write(mqttPacket.generate({ cmd: 'subscribe', messageId: this.#nextId(), subscriptions: [{ topic, qos: 1 }] }))
  }

  publish (topic: string, payload: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      const messageId = this.#nextId()
      this.#unacknowledged.set(messageId, resolve)
      this.#write(mqttPacket.generate({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, dup: false, retain: false, messageId }))
    })
  }

  end (): void {
    if (this.#over) return
    this.#finish()
    this.#socket.end(DISCONNECT)
  }

  cut (): void {
    this.#finish()
    this.#socket.destroy()
  }

  #lost (): void {
    if (this.#over) return
    this.#finish()
    this.#events.lost()
  }

  /** The other side is no broker, or dead: `lost` follows. */
  #hangUp (): void { this.#socket.destroy() }

  #finish (): void {
    this.#over = true
    this.#cancelPing()
    this.#unacknowledged.clear()
    this.#rest = null
  }

  #nextId (): number {
    this.#packetId = this.#packetId % PACKET_ID_MOST + 1
    return this.#packetId
  }

  #write (bytes: Buffer): void {
    if (this.#over || !this.#socket.writable) return
    this.#sentMono = this.#clock.mono()
    this.#socket.write(bytes)
  }

  /** PINGREQ when nothing else was said for so long; a PINGREQ that nothing answers ends the connection. */
  #pingLater (waitMs: number): void {
    this.#cancelPing = this.#clock.after(waitMs, () => {
      const quietMs = this.#clock.mono() - this.#sentMono
      if (quietMs + 1 < this.#keepAliveMs) return this.#pingLater(this.#keepAliveMs - quietMs)
      if (this.#pinged) return this.#hangUp()
      this.#pinged = true
      this.#write(PING)
      this.#pingLater(this.#keepAliveMs)
    })
  }

  #hear (bytes: Buffer): void {
    if (this.#over) return
    this.#pinged = false
    const all = this.#rest === null ? bytes : Buffer.concat([this.#rest, bytes])
    const whole = wholePackets(all)
    const rest = all.subarray(whole)
    if (rest.length > PACKET_MOST_BYTES) return this.#hangUp()
    this.#rest = rest.length === 0 ? null : Buffer.from(rest)
    if (whole > 0 && !parse(all.subarray(0, whole), (packet) => { this.#take(packet) })) this.#hangUp()
  }

  #take (packet: Packet): void {
    if (this.#over) return
    if (packet.cmd === 'connack') this.#greeted(packet.returnCode === 0)
    else if (packet.cmd === 'puback') this.#acknowledged(packet.messageId ?? 0)
    else if (packet.cmd === 'publish') this.#message(packet)
  }

  #greeted (welcome: boolean): void {
    if (!welcome) return this.#hangUp()
    this.#pingLater(this.#keepAliveMs)
    this.#events.connected()
  }

  #acknowledged (messageId: number): void {
    const resolve = this.#unacknowledged.get(messageId)
    this.#unacknowledged.delete(messageId)
    resolve?.()
  }

  #message (packet: Extract<Packet, { readonly cmd: 'publish' }>): void {
    if (packet.qos === 1) this.#write(mqttPacket.generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }))
    this.#events.message(typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload)
  }
}

function greeting ({ username, password, will, keepAliveS }: LinkOptions): Buffer {
  return mqttPacket.generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: username,
    keepalive: keepAliveS,
    username,
    password: Buffer.from(password),
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false }
  })
}

/** How many of these bytes are whole packets. §2.2.3: a length has up to four bytes of seven bits. */
function wholePackets (bytes: Buffer): number {
  let at = 0
  for (;;) {
    let length = 0
    let i = 1
    for (; i <= 4; i++) {
      const byte = bytes[at + i]
      if (byte === undefined) return at
      length += (byte & 0x7f) * 2 ** (7 * (i - 1))
      if ((byte & 0x80) === 0) break
    }
    const end = at + i + 1 + length
    if (end > bytes.length) return at
    at = end
  }
}

/** One parser serves all: it is only ever given whole packets, so that nothing of one connection stays in it. */
let shared: ReturnType<typeof mqttPacket.parser> | null = null
let taker: ((packet: Packet) => void) | null = null

/** false: that was no MQTT. */
function parse (bytes: Buffer, take: (packet: Packet) => void): boolean {
  const parser = shared ?? newParser()
  shared = parser
  taker = take
  parser.parse(bytes)
  taker = null
  return shared === parser
}

function newParser (): NonNullable<typeof shared> {
  return mqttPacket.parser({ protocolVersion: 4 }).on('packet', (packet: Packet) => { taker?.(packet) }).on('error', () => { shared = null })
}
