import type { Duplex } from 'node:stream'

const CONTINUES = 0x80
const LENGTH_BYTES_MAX = 4

/**
 * Follows the fixed headers of an MQTT stream (MQTT 3.1.1 §2.2) and nothing else: type byte, remaining length, skip.
 * Aedes' parser collects a packet whole before anybody is asked, so a stranger could announce 256 MB and make us
 * keep them.
 */
export class PacketSizes {
  readonly #maxBytes: number
  #toSkip = 0
  #length = 0
  /** Bytes of the remaining length read so far; null: the next byte is a packet's type. */
  #lengthBytes: number | null = null

  constructor (maxBytes: number) { this.#maxBytes = maxBytes }

  /** False: a packet announces more than allowed, or a length that is none. The stream is of no use any more. */
  admits (chunk: Uint8Array): boolean {
    let at = 0
    while (at < chunk.length) {
      if (this.#toSkip > 0) {
        const step = Math.min(this.#toSkip, chunk.length - at)
        this.#toSkip -= step
        at += step
      } else if (this.#lengthBytes === null) {
        this.#lengthBytes = 0
        this.#length = 0
        at += 1
      } else if (!this.#takeLength(chunk[at++] ?? 0, this.#lengthBytes)) return false
    }
    return true
  }

  #takeLength (byte: number, before: number): boolean {
    this.#length += (byte & ~CONTINUES) * 128 ** before
    if (this.#length > this.#maxBytes) return false
    if ((byte & CONTINUES) !== 0) {
      this.#lengthBytes = before + 1
      return before + 1 < LENGTH_BYTES_MAX
    }
    this.#toSkip = this.#length
    this.#lengthBytes = null
    return true
  }
}

/**
 * Puts the watch between a connection and its only reader (Aedes calls `read`): no copy, no further stream, no delay.
 * Ends the connection and calls `refused` once when a packet is too long.
 */
export function watchPacketSizes (conn: Duplex, maxBytes: number, refused: () => void): void {
  const sizes = new PacketSizes(maxBytes)
  const read = conn.read.bind(conn) as (size?: number) => Buffer | null
  conn.read = (size?: number): Buffer | null => {
    const chunk = read(size)
    if (chunk === null || sizes.admits(chunk)) return chunk
    refused()
    conn.destroy()
    return null
  }
}
