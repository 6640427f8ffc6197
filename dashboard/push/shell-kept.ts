/**
 * The app without a net: its files and pages, kept. A file bears the hash of what it holds and is never fetched twice; a page is asked for
 * first and taken from here when no answer comes soon. What the service says is never kept: an old truth is none.
 */
declare const self: ServiceWorkerGlobalScope
/** Of the list of files: another list is another version. */
declare const SHELL_VERSION: string

const PREFIX = 'shell-'
const CACHE = PREFIX + SHELL_VERSION
const PAGES: readonly string[] = ['/', '/w', '/r', '/exit']
const PAGE_WAIT_MS = 2_500

/** A file that fails now is fetched when somebody needs it: nothing of this may keep the phone from being woken. */
export async function keepShell (): Promise<void> {
  try {
    const shell = await caches.open(CACHE)
    const list = await fetch('/shell.json', { cache: 'no-cache' })
    const { files } = await list.json() as { readonly files: readonly string[] }
    await Promise.allSettled([...PAGES, ...files].map(async (path) => {
      if (path.startsWith('/a/') && await caches.match(path) !== undefined) return
      await shell.add(new Request(path, { cache: path.startsWith('/a/') ? 'default' : 'no-cache' }))
    }))
  } catch { /* No net, no room: the app goes on from the service. */ }
}

/** Open pages may still be of the version before and load its pieces: the one before stays. */
export async function dropOld (): Promise<void> {
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(versions.slice(0, -1).map(async (name) => await caches.delete(name)))
}

/** null: not ours to answer. */
export function fromShell (request: Request): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return null
  if (pathname.startsWith('/a/')) return file(request)
  if (request.mode === 'navigate' && PAGES.includes(pathname)) return page(pathname, request)
  return null
}

async function file (request: Request): Promise<Response> {
  const kept = await caches.match(request.url)
  if (kept !== undefined) return kept
  const response = await fetch(request)
  if (response.ok) await put(request.url, response.clone())
  return response
}

async function page (pathname: string, request: Request): Promise<Response> {
  const fresh = fetch(request)
  const kept = await caches.match(pathname)
  if (kept === undefined) return await fresh
  const soon = await Promise.race([fresh.catch(() => null), silence(PAGE_WAIT_MS)])
  if (soon === null || !soon.ok) return kept
  await put(pathname, soon.clone())
  return soon
}

async function put (path: string, response: Response): Promise<void> {
  try {
    await (await caches.open(CACHE)).put(path, response)
  } catch { /* No room. */ }
}

function silence (ms: number): Promise<null> {
  return new Promise((resolve) => { AbortSignal.timeout(ms).addEventListener('abort', () => { resolve(null) }) })
}
