import type { Client } from 'aedes'
import type { Did } from '../firmware-protocol/ids.ts'
import type { Counts } from './counts.ts'
import { UNACKNOWLEDGED_MAX } from './limits.ts'
import type { Log } from './ports.ts'

/** MQTT 3.1.1 §3.4: type 4, remaining length 2, then the packet identifier. */
const PUBACK = [0x40, 0x02] as const

type Publication = { qos: number, readonly messageId?: number | undefined }

/**
 * Holds a PUBACK until the disk has what it acknowledges. Aedes could be held back too (inside `authorizePublish`), but
 * it reads no further packets from a connection while one is held: behind a hung disk the next press of the same button
 * would not be heard. So Aedes is told that the packet wants none, and we write the four bytes when they are true.
 */
export class Acknowledgements {
  readonly #counts: Counts
  readonly #log: Log
  readonly #waiting = new Map<Did, number>()

  constructor (counts: Counts, log: Log) {
    this.#counts = counts
    this.#log = log
  }

  /** Takes the acknowledgement of this packet over. Beyond the limit it goes without: the button will retry. */
  after (durable: Promise<unknown>, did: Did, client: Client, packet: Publication): void {
    const { messageId } = packet
    if (packet.qos === 0 || messageId === undefined) return
    packet.qos = 0
    const waiting = this.#waiting.get(did) ?? 0
    if (waiting >= UNACKNOWLEDGED_MAX) {
      this.#counts.add('PUBACK_FORGONE')
      return
    }
    this.#waiting.set(did, waiting + 1)
    durable.then(() => { this.#write(client, messageId) }, (error: unknown) => {
      this.#counts.add('DURABLE_FAILED')
      this.#log.error({ code: 'DURABLE_FAILED', reason: error instanceof Error ? error.name : 'unknown' }, 'A frame could not be kept, and is not acknowledged')
    }).finally(() => { this.#done(did) })
  }

  #done (did: Did): void {
    const left = (this.#waiting.get(did) ?? 1) - 1
    if (left === 0) this.#waiting.delete(did)
    else this.#waiting.set(did, left)
  }

  #write (client: Client, messageId: number): void {
    if (client.closed || !client.conn.writable) return
    client.conn.write(Buffer.from([...PUBACK, messageId >> 8, messageId & 0xff]))
  }
}
