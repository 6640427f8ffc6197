import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock/clock.ts'
import { HANG_UP_AFTER_MS } from './limits.ts'

/**
 * Requests under way get a moment to end. Then whoever is still connected is hung up on: browsers open lines before they
 * have anything to ask, and Node counts such a line as busy until the time for a whole request is over. A page that asks for its
 * live socket while we close is refused, and its line belongs to nobody from then on: `closeAllConnections` does not know it, and
 * the stop would wait for it for ever.
 */
export function hangUpOnClose (app: FastifyInstance, clock: Clock): void {
  const lines = new Set<Socket>()
  let isOver = false
  let cancel = (): void => {}
  app.server.on('connection', (line: Socket) => {
    if (isOver) {
      line.destroy()
      return
    }
    lines.add(line)
    line.once('close', () => { lines.delete(line) })
  })
  app.addHook('preClose', async () => {
    cancel = clock.after(HANG_UP_AFTER_MS, () => {
      isOver = true
      for (const line of lines) line.destroy()
    })
  })
  app.addHook('onClose', async () => { cancel() })
}
