import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { PACKET_MAX_BYTES } from './limits.ts'

export const WEBSOCKET_PATH = '/mqtt'
const SUBPROTOCOL = 'mqtt'
/** Above one whole MQTT packet with its header; a frame may hold several. */
const MESSAGE_MAX_BYTES = PACKET_MAX_BYTES + 5

/**
 * Takes an HTTP upgrade. False: not ours (another path), and nothing was touched. @see MQTT 3.1.1 §6
 */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean

/** MQTT in binary WebSocket messages. `handle` gets the byte stream, as it would a socket. */
export function webSocketUpgrade (handle: (conn: Duplex, request: IncomingMessage) => void): Upgrade {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_MAX_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false
  })
  return (request, socket, head) => {
    if (request.url?.split('?', 1)[0] !== WEBSOCKET_PATH) return false
    // `handleProtocols` alone would let a client in that offers nothing.
    const offered = request.headers['sec-websocket-protocol']?.split(',').map((each) => each.trim()) ?? []
    if (!offered.includes(SUBPROTOCOL)) {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return true
    }
    server.handleUpgrade(request, socket, head, (webSocket) => { handle(createWebSocketStream(webSocket), request) })
    return true
  }
}
