/** The web app's pages and parts. Neutral titles, nothing inline, nothing from elsewhere (R22). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { exact } from '../contract/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { RouteParts } from './parts.ts'
import { Problem } from './problem.ts'

/** Each face has a page of its own; `/exit` is what is left after a quick exit. */
const PAGES = ['/', '/w', '/r', '/t', '/s', '/exit', '/sw.js', '/shell.json'] as const
const FOLDERS = ['/a', '/m', '/icons'] as const
/** A name bears the hash of what it holds. */
const FOREVER = 'public, max-age=31536000, immutable'
const Parts = exact({ file: Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9_.-]+$' }) })

export function pageRoutes (app: App, { webApp }: RouteParts): void {
  const send = (request: FastifyRequest, reply: FastifyReply, url: string): FastifyReply => {
    const file = webApp.get(url)
    if (file === undefined) throw new Problem('NOT_FOUND', webApp.size === 0 ? { detail: 'The web app is not built; run npm run build.' } : {})
    const packs = file.packed !== null && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (file.packed !== null) reply.header('vary', 'accept-encoding')
    if (packs) reply.header('content-encoding', 'gzip')
    return reply.header('cache-control', url.startsWith('/a/') ? FOREVER : 'no-cache').type(file.type).serializer((bytes: Buffer) => bytes as unknown as string).send(packs ? file.packed : file.bytes)
  }
  for (const url of PAGES) {
    app.get(url, {
      config: allow('public'),
      schema: { summary: 'A page of the web app.', tags: ['pages'], response: { 200: Type.String() } }
    }, async (request, reply) => send(request, reply, url))
  }
  for (const folder of FOLDERS) {
    app.get(`${folder}/:file`, {
      config: allow('public'),
      schema: { summary: 'A part of a page.', tags: ['pages'], params: Parts, response: { 200: Type.String() } }
    }, async (request, reply) => send(request, reply, `${folder}/${request.params.file}`))
  }
  // A room's QR: whatever stands behind /q/, known or not, the page is the same and empty.
  app.get('/q/:token', {
    config: allow('public'),
    schema: { summary: 'What a room\'s QR opens: nothing to see.', tags: ['pages'], params: exact({ token: Type.String({ minLength: 1, maxLength: 160 }) }), response: { 200: Type.String() } }
  }, async (request, reply) => send(request, reply, '/q'))
}
