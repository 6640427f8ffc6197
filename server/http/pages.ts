/** Plain pages until the web app exists. Neutral titles, nothing inline, nothing from elsewhere (R22). */
import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { exact } from '../contract/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'

const FILES = {
  '/r': ['responder.html', 'text/html; charset=utf-8'],
  '/r.js': ['responder.js', 'text/javascript; charset=utf-8'],
  '/r-words.js': ['words.js', 'text/javascript; charset=utf-8'],
  '/r.css': ['page.css', 'text/css; charset=utf-8']
} as const

export function pageRoutes (app: App): void {
  for (const [url, [file, type]] of Object.entries(FILES)) servePage(app, url, file, type)
  const blank = read('blank.html')
  // A room's QR: whatever stands behind /q/, known or not, the page is the same and empty.
  app.get('/q/:token', {
    config: allow('public'),
    schema: { summary: 'What a room\'s QR opens without a session: nothing.', tags: ['pages'], params: exact({ token: Type.String({ minLength: 1, maxLength: 100 }) }), response: { 200: Type.String() } }
  }, async (_request, reply) => reply.type('text/html; charset=utf-8').serializer(String).send(blank))
}

function servePage (app: App, url: string, file: string, type: string): void {
  const content = read(file)
  app.get(url, {
    config: allow('public'),
    schema: { summary: 'A page or a part of one.', tags: ['pages'], response: { 200: Type.String() } }
  }, async (_request, reply) => reply.type(type).serializer(String).send(content))
}

function read (file: string): string {
  return readFileSync(new URL(`./pages/${file}`, import.meta.url), 'utf8')
}
