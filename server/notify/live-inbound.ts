import { Compile } from 'typebox/compile'
import { CLIENT_MESSAGE_BYTES_MAX, ClientMessage } from '../contract/live.ts'

const clientMessage = Compile(ClientMessage)

/** Reads one text frame as `ws` hands it over. null: not a message that a page may send. Never throws. */
export function readClientMessage (data: unknown): ClientMessage | null {
  const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data as Buffer[]) : data instanceof ArrayBuffer ? Buffer.from(data) : null
  if (bytes === null || bytes.length > CLIENT_MESSAGE_BYTES_MAX) return null
  let message: unknown
  try {
    message = JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
  return clientMessage.Check(message) ? message : null
}
