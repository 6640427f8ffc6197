/** What could not be read as HTTP reaches no route and no error handler of the app: it is answered here, like any other problem. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ProblemCode } from '../contract/problem.ts'
import { problemBody } from './problem.ts'
import { securityHeaders } from './security.ts'

const BY_NODE: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TOO_SLOW'
}

/** Answers once, where there is still somebody to answer, and hangs up. */
export function answerUnreadable (error: NodeJS.ErrnoException, socket: Socket, publicUrl: URL | null): void {
  if (error.code !== 'ECONNRESET' && socket.writable) socket.write(answerTo(error, publicUrl))
  socket.destroy()
}

function answerTo (error: NodeJS.ErrnoException, publicUrl: URL | null): string {
  const problem = problemBody(BY_NODE[error.code ?? ''] ?? 'REQUEST_MALFORMED', {}, null)
  const body = JSON.stringify(problem)
  const headers = { ...securityHeaders(publicUrl), 'content-type': 'application/problem+json', 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}\r\n${head}\r\n${body}`
}
