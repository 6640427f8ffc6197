import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection that speaks no MQTT by itself: for what no honest client would send. */
export async function rawSocket (port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** All that came until the other side closed. */
export async function untilClosed (socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => { chunks.push(chunk) })
  // Whoever is hung up on while bytes lie unread gets a reset: that is closed as well.
  socket.on('error', () => {})
  if (!socket.destroyed) await new Promise<void>((resolve) => { socket.once('close', () => { resolve() }) })
  return Buffer.concat(chunks)
}

/** MQTT 3.1.1 §3.1, with user name and password. */
export function connectPacket (clientId: string, password: string, keepAliveS = 30): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
  }
  const body = Buffer.concat([text('MQTT'), Buffer.from([4, 0xc2, keepAliveS >> 8, keepAliveS & 0xff]), text(clientId), text(clientId), text(password)])
  return Buffer.concat([Buffer.from([0x10]), remainingLength(body.length), body])
}

/** MQTT 3.1.1 §2.2.3. */
export function remainingLength (length: number): Buffer {
  const bytes: number[] = []
  let left = length
  do {
    const low = left % 128
    left = Math.floor(left / 128)
    bytes.push(left > 0 ? low | 0x80 : low)
  } while (left > 0)
  return Buffer.from(bytes)
}
