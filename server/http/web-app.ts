/** The web app as it was built: read once, kept in memory, packed once for whoever takes it packed. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'

export type WebFile = { readonly type: string, readonly bytes: Buffer, readonly packed: Buffer | null }
/** By address: `/w`, `/a/worker-1f3c.js`, `/sw.js`. */
export type WebApp = ReadonlyMap<string, WebFile>

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json',
  webmanifest: 'application/manifest+json', svg: 'image/svg+xml', png: 'image/png'
}
const PACKS: ReadonlySet<string> = new Set(['html', 'js', 'css', 'json', 'webmanifest', 'svg'])

/** Empty where it was not built: the service hears and tells all the same. @param folder of `npm run build`, absolute */
export function readWebApp (folder: string): WebApp {
  return new Map(filesOf(folder).flatMap((path) => {
    const ending = path.slice(path.lastIndexOf('.') + 1)
    const type = TYPES[ending]
    if (type === undefined) return []
    const bytes = readFileSync(path)
    return [[addressOf(relative(folder, path)), { type, bytes, packed: PACKS.has(ending) ? gzipSync(bytes, { level: 9 }) : null }] as const]
  }))
}

function filesOf (folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

/** Pages lie at their name without an ending; the first one at the root. */
function addressOf (path: string): string {
  const url = `/${path.replaceAll('\\', '/')}`
  return url === '/door.html' ? '/' : url.replace(/[.]html$/, '')
}
