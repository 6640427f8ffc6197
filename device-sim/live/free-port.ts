import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below those that systems give to whoever asks for any (32768 and up): one of these could become somebody's outgoing connection
 * before it is listened on, or while the service that has it is down.
 */
const LEAST = 10_000
const MOST = 32_000
/** Ports that lie between those of one process and of the next one. */
const APART = 61

let next = process.pid * APART

/** A port of this machine's own interface that nothing listens on now; whoever is told it takes it at once. Throws when none is left. */
export async function freePort (): Promise<number> {
  for (let tried = 0; tried < MOST - LEAST; tried++) {
    const port = LEAST + next++ % (MOST - LEAST)
    if (await isFree(port)) return port
  }
  throw new Error(`no port from ${LEAST} to ${MOST} is free`)
}

async function isFree (port: number): Promise<boolean> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') return false
    throw cause
  }
  server.close()
  await once(server, 'close')
  return true
}
