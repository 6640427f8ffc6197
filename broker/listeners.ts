import { createServer as createHttpServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer } from 'node:tls'
import { CONNECT_WITHIN_MS } from './limits.ts'
import { BrokerProblem } from './problem.ts'
import type { TlsMaterial } from './tls.ts'
import type { Upgrade } from './websocket.ts'

/** port 0 picks a free one. */
export type Address = { readonly host: string, readonly port: number }

/** Who takes a connection in. `enter` false: it has been ended. */
export type Reception = {
  readonly enter: (conn: Duplex) => boolean
  /** The same connection goes on as another object (TLS over TCP). False: it has been ended meanwhile. */
  readonly becomes: (before: Duplex, after: Duplex) => boolean
  readonly handle: (conn: Duplex) => void
}

/** How often Node looks for HTTP requests that don't come to an end. */
const HTTP_LOOK_MS = 1_000

// A press behind another packet would otherwise wait 40 ms for the other side's delayed ACK (Nagle).
const SOCKET = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 } as const

export function tcpServer (reception: Reception): Server {
  return createTcpServer(SOCKET, (socket) => {
    hush(socket)
    if (reception.enter(socket)) reception.handle(socket)
  })
}

/**
 * Whoever has not shaken hands yet is a stranger like any other: counted, the oldest ended when there are too many, and cut
 * when the broker stops.
 */
export function tlsServer (material: TlsMaterial, reception: Reception, failed: () => void): Server {
  /** TCP connections in their handshake, by the far end's address and port. */
  const shaking = new Map<string, Socket>()
  const server = createTlsServer({ ...SOCKET, cert: material.cert, key: material.key, minVersion: 'TLSv1.2', handshakeTimeout: CONNECT_WITHIN_MS }, (socket) => {
    hush(socket)
    socket.setNoDelay(true)
    const tcp = shaking.get(farEnd(socket))
    shaking.delete(farEnd(socket))
    if (tcp !== undefined && reception.becomes(tcp, socket)) reception.handle(socket)
    else socket.destroy()
  })
  server.on('connection', (tcp: Socket) => {
    hush(tcp)
    if (!reception.enter(tcp)) return
    const end = farEnd(tcp)
    shaking.set(end, tcp)
    tcp.once('close', () => { if (shaking.get(end) === tcp) shaking.delete(end) })
  })
  server.on('tlsClientError', (_error, socket) => {
    failed()
    socket.destroy()
  })
  return server
}

/** MQTT over WebSocket on a port of its own; anything else it answers with an empty 404. */
export function webSocketServer (upgrade: Upgrade): Server {
  const server = createHttpServer({
    noDelay: true,
    headersTimeout: CONNECT_WITHIN_MS,
    requestTimeout: CONNECT_WITHIN_MS,
    connectionsCheckingInterval: HTTP_LOOK_MS,
    maxHeaderSize: 4_096
  }, (_request, response) => { response.writeHead(404, { connection: 'close' }).end() })
  server.on('upgrade', (request, socket, head) => {
    hush(socket)
    if (!upgrade(request, socket, head)) socket.destroy()
  })
  return server
}

/**
 * @returns the port that was bound
 * @throws BrokerProblem LISTEN_FAILED (in use, not allowed, no such address)
 */
export async function listen (server: Server, { host, port }: Address, connectionsMax: number): Promise<number> {
  server.maxConnections = connectionsMax
  return await new Promise((resolve, reject) => {
    const failed = (error: Error): void => { reject(new BrokerProblem('LISTEN_FAILED', `${host}:${port}`, error)) }
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function farEnd ({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

/** An error without a listener would end the process; what it means is seen by `close`. */
function hush (socket: Socket | Duplex): void {
  socket.on('error', () => {})
}
