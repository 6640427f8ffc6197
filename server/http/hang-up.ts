import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock/clock.ts'
import { HANG_UP_AFTER_MS } from './limits.ts'

/**
 * Requests under way get a moment to end. Then whoever is still connected is hung up on: browsers open lines before they
 * have anything to ask, and Node counts such a line as busy until the time for a whole request is over.
 */
export function hangUpOnClose (app: FastifyInstance, clock: Clock): void {
  let cancel = (): void => {}
  app.addHook('preClose', async () => {
    cancel = clock.after(HANG_UP_AFTER_MS, () => { app.server.closeAllConnections() })
  })
  app.addHook('onClose', async () => { cancel() })
}
