/**
 * A button's connection as light as it can be: a bare socket that speaks the six packets of MQTT 3.1.1 that a button
 * needs. Thousands fit into one process, and writing costs so little that a burst measures the service, not us.
 * @see https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html
 */
import { connect, type Socket } from 'node:net'
import { downTopic, upTopic } from '../firmware-protocol/topics.ts'
import { systemClock } from '../server/clock/system-clock.ts'
import { Frames } from './frames.ts'
import type { HouseButton } from './house.ts'

/** First byte of each packet, flags included. */
const PACKET = { connect: 0x10, connack: 0x20, publishQos1: 0x32, puback: 0x40, subscribe: 0x82 } as const
const CLEAN_SESSION_WITH_NAME_AND_PASSWORD = 0xc2
const KEEP_ALIVE_S = 120
const SUBSCRIBE_ID = 1

export class LightLine {
  readonly frames: Frames
  /** Called at each PUBACK, with the monotonic time. */
  onPuback: (at: number) => void = () => {}
  readonly #socket: Socket
  #rest: Buffer = Buffer.alloc(0)
  #packetId = SUBSCRIBE_ID
  #connected: (() => void) | null = null

  private constructor (button: HouseButton, socket: Socket) {
    this.frames = new Frames(button)
    this.#socket = socket
  }

  /** Resolves at CONNACK. The lights are subscribed to. */
  static async open (port: number, button: HouseButton): Promise<LightLine> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const line = new LightLine(button, socket)
    return await new Promise((resolve, reject) => {
      line.#connected = () => { resolve(line) }
      socket.on('connect', () => { socket.write(line.#greeting()) })
      socket.on('data', (data) => { line.#heard(data) })
      socket.on('error', reject)
      socket.on('close', () => { reject(new Error('the broker hung up')) })
    })
  }

  /** The bytes of a PUBLISH with QoS 1, ready to be written. */
  packet (frame: Uint8Array): Buffer {
    this.#packetId = this.#packetId % 0xffff + 1
    const topic = text(upTopic(this.frames.did))
    return packet(PACKET.publishQos1, Buffer.concat([topic, short(this.#packetId), frame]))
  }

  write (bytes: Buffer): void { this.#socket.write(bytes) }

  close (): void {
    this.#socket.removeAllListeners('close')
    this.#socket.destroy()
  }

  #greeting (): Buffer {
    const { did, keys } = this.frames
    const head = Buffer.concat([text('MQTT'), Buffer.from([4, CLEAN_SESSION_WITH_NAME_AND_PASSWORD]), short(KEEP_ALIVE_S)])
    const hello = packet(PACKET.connect, Buffer.concat([head, text(did), text(did), text(keys.mqttPassword)]))
    const lights = packet(PACKET.subscribe, Buffer.concat([short(SUBSCRIBE_ID), text(downTopic(did)), Buffer.from([1])]))
    return Buffer.concat([hello, lights])
  }

  #heard (data: Buffer): void {
    const at = systemClock.mono()
    let bytes = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data])
    for (let end = endOf(bytes); end !== null; end = endOf(bytes)) {
      this.#take(bytes.subarray(0, end), at)
      bytes = bytes.subarray(end)
    }
    this.#rest = Buffer.from(bytes)
  }

  #take (bytes: Buffer, at: number): void {
    const [first = 0] = bytes
    if (first === PACKET.connack && bytes[3] === 0) this.#connected?.()
    else if (first === PACKET.puback) this.onPuback(at)
    else if ((first & 0xf6) === PACKET.publishQos1) this.#acknowledge(bytes)
  }

  /** A light arrived: the service must not think that it has to come again. */
  #acknowledge (bytes: Buffer): void {
    const start = lengthAt(bytes)?.start ?? 0
    const idAt = start + 2 + bytes.readUInt16BE(start)
    this.#socket.write(packet(PACKET.puback, bytes.subarray(idAt, idAt + 2)))
  }
}

function packet (first: number, body: Buffer): Buffer {
  const length = []
  for (let left = body.length; ;) {
    const seven = left & 0x7f
    left >>= 7
    length.push(left > 0 ? seven | 0x80 : seven)
    if (left === 0) break
  }
  return Buffer.concat([Buffer.from([first, ...length]), body])
}

function text (value: string): Buffer { return Buffer.concat([short(Buffer.byteLength(value)), Buffer.from(value)]) }

function short (value: number): Buffer { return Buffer.from([value >> 8, value & 0xff]) }

/** §2.2.3: up to four bytes of seven bits. null: not all here yet. */
function lengthAt (bytes: Buffer): { readonly start: number, readonly length: number } | null {
  let length = 0
  for (let i = 1; i <= 4 && i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    length += (byte & 0x7f) << (7 * (i - 1))
    if ((byte & 0x80) === 0) return { start: i + 1, length }
  }
  return null
}

function endOf (bytes: Buffer): number | null {
  const at = lengthAt(bytes)
  return at === null || bytes.length < at.start + at.length ? null : at.start + at.length
}
