/** The product's own `ws`, for every socket: Node-RED brings an older one into `bench/node_modules`, which would be found first. */
import { createRequire } from 'node:module'
import type * as Ws from 'ws'

const product = createRequire(new URL('../package.json', import.meta.url))
const { WebSocket } = product('ws') as typeof Ws

export function openSocket (url: string, options: { readonly origin?: string, readonly headers?: Record<string, string> } = {}): Ws.WebSocket {
  return new WebSocket(url, { ...options, perMessageDeflate: false })
}
