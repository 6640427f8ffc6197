import { randomBytes } from 'node:crypto'
import { EventEmitter, once, setMaxListeners } from 'node:events'
import mqtt from 'mqtt'
import type { IClientOptions, IClientPublishOptions, MqttClient } from 'mqtt'
import { startBroker, type Broker, type BrokerConfig } from '../../broker/broker.ts'
import type { Log } from '../../broker/ports.ts'
import type { DownBody, EventId, HelloBody, PressBody, SentUp } from '../../firmware-protocol/bodies.ts'
import { decodeDown, encodeUp } from '../../firmware-protocol/codec.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { deriveKeys, type ButtonKeys } from '../../firmware-protocol/keys.ts'
import { downTopic, upTopic } from '../../firmware-protocol/topics.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { MemoryButtons, MemoryDisk, MemoryHouse } from './memory-house.ts'

export const LOOPBACK = { host: '127.0.0.1', port: 0 } as const
type Teardown = { teardown (work: () => unknown): unknown }

/** Looks again after every turn of the event loop: for what the broker shows in its figures only. */
export async function until (holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => { setImmediate(resolve) })
}

/** Resolves at the next close of this client. */
export async function closeOf (client: MqttClient): Promise<void> {
  await new Promise<void>((resolve) => { client.once('close', () => { resolve() }) })
}

/** Everything that the broker logs, kept to be looked at. */
export class KeptLog implements Log {
  readonly lines: string[] = []
  info (fields: object, message: string): void { this.lines.push(JSON.stringify({ ...fields, message })) }
  warn (fields: object, message: string): void { this.info(fields, message) }
  error (fields: object, message: string): void { this.info(fields, message) }
}

/** A house with a real broker; only the clock is ours. */
export class Place {
  readonly house = new MemoryHouse()
  readonly buttons = new MemoryButtons()
  readonly disk: MemoryDisk
  readonly clock = new FakeClock()
  readonly log = new KeptLog()
  broker!: Broker

  constructor (disk = new MemoryDisk()) { this.disk = disk }

  static async open (t: Teardown, config: Partial<BrokerConfig> = {}, disk?: MemoryDisk, before: (place: Place) => void = () => {}): Promise<Place> {
    const place = new Place(disk)
    before(place)
    await place.start(config)
    t.teardown(() => place.broker.close())
    return place
  }

  async start (config: Partial<BrokerConfig> = {}): Promise<void> {
    const { house, buttons, disk, clock, log } = this
    this.broker = await startBroker({ ports: { house, buttons, memories: disk }, config: { mqtt: LOOPBACK, ...config }, clock, log })
    house.onLights = (did) => { this.broker.lightsChanged(did) }
  }

  /** A button that the house knows; not yet connected. */
  button (mode = 0): TestButton {
    const did = randomBytes(8).toString('hex') as Did
    const keys = deriveKeys(new Uint8Array(randomBytes(32)), did)
    this.buttons.known.set(did, { did, keys, wish: { beatS: 30, mode } })
    return new TestButton(this, did, keys)
  }
}

/** The two ends of one button: its counters and a real `mqtt` client. */
export class TestButton {
  readonly place: Place
  readonly did: Did
  readonly keys: ButtonKeys
  boot = 7
  seq = 0
  client!: MqttClient
  readonly downlinks: DownBody[] = []
  readonly #heard = new EventEmitter()

  constructor (place: Place, did: Did, keys: ButtonKeys) {
    this.place = place
    this.did = did
    this.keys = keys
    setMaxListeners(0, this.#heard)
  }

  options (more: IClientOptions = {}): IClientOptions {
    return {
      protocolVersion: 4,
      clientId: this.did,
      username: this.did,
      password: this.keys.mqttPassword,
      clean: true,
      keepalive: 30,
      reconnectPeriod: 0,
      queueQoSZero: false,
      ...more
    }
  }

  /** Connects without subscribing. Rejects with the CONNACK's error. */
  async dial (more: IClientOptions = {}, url = `mqtt://127.0.0.1:${this.place.broker.ports.mqtt}`): Promise<MqttClient> {
    const client = mqtt.connect(url, this.options(more))
    this.client = client
    client.on('error', () => {})
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => { resolve() })
      client.once('error', reject)
      client.once('close', () => { reject(new Error('closed')) })
    })
    const { stream } = client as unknown as { stream: { setNoDelay?: (on: boolean) => void } }
    stream.setNoDelay?.(true)
    client.on('message', (_topic, payload) => { this.#take(payload) })
    return client
  }

  /** Connects and listens to its own `/down`. */
  async connect (more: IClientOptions = {}, url?: string): Promise<this> {
    const client = await this.dial(more, url)
    await client.subscribeAsync(downTopic(this.did), { qos: 1 })
    return this
  }

  #take (payload: Buffer): void {
    const read = decodeDown(payload, this.did, this.keys.down)
    if (!read.ok) throw new Error(`a downlink that can't be read: ${read.code}`)
    this.downlinks.push(read.body)
    this.#heard.emit('down', read.body)
  }

  /** The first downlink, past or future, that fits. */
  async downlink<B extends DownBody> (fits: (body: DownBody) => body is B): Promise<B>
  async downlink (fits: (body: DownBody) => boolean): Promise<DownBody>
  async downlink (fits: (body: DownBody) => boolean): Promise<DownBody> {
    for (;;) {
      const found = this.downlinks.find(fits)
      if (found !== undefined) return found
      await once(this.#heard, 'down')
    }
  }

  up (): { boot: number, seq: number, uptimeMs: number } {
    return { boot: this.boot, seq: ++this.seq, uptimeMs: this.place.clock.mono() + 1_000 }
  }

  event (): EventId {
    return { evboot: this.boot, evn: this.seq + 1, evid: new Uint8Array(randomBytes(8)) }
  }

  pressBody (more: Partial<PressBody> = {}): PressBody {
    return { is: 'press', ...this.up(), event: this.event(), kind: 'alarm', ageMs: 100, health: {}, ...more }
  }

  helloBody (more: Partial<HelloBody> = {}): HelloBody {
    return { is: 'hello', ...this.up(), health: {}, fw: '1.0', model: 'vb', beatS: 30, mode: 0, ...more }
  }

  frame (body: SentUp): Buffer {
    return Buffer.from(encodeUp(body, this.did, this.keys.up))
  }

  /** Resolves with the PUBACK. */
  async send (body: SentUp, options: IClientPublishOptions = {}): Promise<void> {
    await this.raw(this.frame(body), options)
  }

  async raw (payload: Buffer, options: IClientPublishOptions = {}, topic = upTopic(this.did)): Promise<void> {
    await this.client.publishAsync(topic, payload, { qos: 1, ...options })
  }

  /** Sent and acknowledged: whatever this button sent before has been handled. */
  async beat (): Promise<void> {
    await this.send({ is: 'beat', ...this.up(), health: {} })
  }

  /** Resolves when the connection is over. */
  async closed (): Promise<void> {
    if (this.client.connected) await closeOf(this.client)
  }

  async hangUp (): Promise<void> {
    await this.client.endAsync()
  }

  /** The line breaks: no DISCONNECT. */
  async breakLine (): Promise<void> {
    const gone = closeOf(this.client)
    this.client.stream.destroy()
    await gone
  }
}
