/** The door to live events: Origin and session before the upgrade; what is said there is notify's affair. */
import { Type } from 'typebox'
import type { FastifyRequest } from 'fastify'
import { exact } from '../contract/words.ts'
import type { Live } from '../notify/live.ts'
import type { Subject } from '../notify/ports.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import { callerOf, inUse } from './caller.ts'
import type { RouteParts } from './parts.ts'
import { Problem } from './problem.ts'

/** What this door needs of notify's registry. */
export type LiveRegistry = Pick<Live, 'join' | 'cut' | 'stop'>

export const LIVE_URL = '/api/v1/live'

const Query = exact({
  as: Type.Optional(Type.Enum(['worker', 'responder', 'technician'])),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_.-]+$' }))
})

export function liveRoutes (app: App, { live, people }: RouteParts): void {
  app.route({
    method: 'GET',
    url: LIVE_URL,
    config: allow('worker', 'responder', 'technician'),
    schema: {
      summary: 'Live events (WebSocket). `as` chooses among the roles of this phone, `cursor` is what was seen last.',
      tags: ['live'],
      querystring: Query,
      response: { 101: Type.Null({ description: 'Switching to WebSocket; messages as in `x-live`.' }) }
    },
    preHandler: async (request) => {
      if (!request.ws) throw new Problem('UPGRADE_NEEDED')
      if (sessionAs(request, request.query.as) === null) throw new Problem('FORBIDDEN')
    },
    handler: async () => { throw new Problem('UPGRADE_NEEDED') },
    wsHandler: (socket, request) => {
      const { as, cursor } = request.query as { as?: Subject['is'], cursor?: string }
      const joining = sessionAs(request as FastifyRequest, as)
      if (joining === null) {
        socket.terminate()
        return
      }
      live.join(socket, { ...joining, cursor: cursor ?? null })
    }
  })

  const forget = people.sessions.onRevoked((session) => { live.cut(session) })
  app.addHook('onClose', async () => { forget() })
}

/** The session that this page speaks for: the first of the role, or the first that has anything live to hear. */
function sessionAs (request: FastifyRequest, as: Subject['is'] | undefined): { readonly subject: Subject, readonly session: string } | null {
  for (const { id, who } of inUse(callerOf(request).sessions)) {
    if (who.is !== 'researcher' && (as === undefined || who.is === as)) return { subject: { is: who.is, id: who.id }, session: id }
  }
  return null
}

/** Says goodbye to every page, then hangs up: an open socket would keep the app from closing. */
export async function stopSockets (app: App, live: LiveRegistry): Promise<void> {
  await live.stop()
  for (const client of app.websocketServer.clients) client.terminate()
  app.websocketServer.close()
}
