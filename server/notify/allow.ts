/**
 * Which addresses may be posted to. A subscription is a stranger's wish that our server calls a URL; without this list
 * it could be made to call our own network (SSRF), or tell somebody's server that an alarm runs.
 */

/** Exact hosts of the browsers' push services. */
const HOSTS: ReadonlySet<string> = new Set(['fcm.googleapis.com', 'jmt17.google.com', 'updates.push.services.mozilla.com'])
/** One or more labels must stand before these. */
const SUFFIXES: readonly string[] = ['.push.apple.com', '.notify.windows.com']
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])
/** UnifiedPush allows 1,000 bytes; Windows tokens are the longest seen, about 700. */
export const PUSH_URL_CHARS_MAX = 1024

export type PushUrlFault = 'PUSH_URL_INVALID' | 'PUSH_URL_TOO_LONG' | 'PUSH_URL_SCHEME' | 'PUSH_URL_USERINFO' | 'PUSH_URL_PORT' | 'PUSH_URL_HOST'
export type PushUrlVerdict =
  | { readonly ok: true, readonly url: string, readonly origin: string }
  | { readonly ok: false, readonly code: PushUrlFault }

export class PushOriginError extends Error {
  override readonly name = 'PushOriginError'
  readonly code = 'PUSH_ORIGIN_INVALID'
}

export class PushAllowList {
  readonly #extra: ReadonlySet<string>

  /**
   * @param extraOrigins push services beside the known ones, such as `https://push.example.org`; plain http only on loopback.
   * @throws PushOriginError when one is not an origin, or is plain http beyond loopback
   */
  constructor (extraOrigins: readonly string[] = []) {
    for (const origin of extraOrigins) {
      const url = URL.canParse(origin) ? new URL(origin) : null
      const loopback = url !== null && url.protocol === 'http:' && LOOPBACK.has(url.hostname)
      if (url === null || url.origin !== origin || (url.protocol !== 'https:' && !loopback)) {
        throw new PushOriginError('an extra push origin must be https://host[:port], or http:// on loopback')
      }
    }
    this.#extra = new Set(extraOrigins)
  }

  /** Asked when a subscription is taken, and again before every send: the list may have become shorter. */
  check (address: string): PushUrlVerdict {
    if (address.length > PUSH_URL_CHARS_MAX) return { ok: false, code: 'PUSH_URL_TOO_LONG' }
    if (!URL.canParse(address)) return { ok: false, code: 'PUSH_URL_INVALID' }
    const url = new URL(address)
    // An empty user (`https://@host`) is dropped by the parser; nobody honest writes one.
    if (url.username !== '' || url.password !== '' || authorityOf(address).includes('@')) return { ok: false, code: 'PUSH_URL_USERINFO' }
    if (this.#extra.has(url.origin)) return { ok: true, url: url.href, origin: url.origin }
    if (url.protocol !== 'https:') return { ok: false, code: 'PUSH_URL_SCHEME' }
    if (url.port !== '') return { ok: false, code: 'PUSH_URL_PORT' }
    if (!isKnownHost(url.hostname)) return { ok: false, code: 'PUSH_URL_HOST' }
    return { ok: true, url: url.href, origin: url.origin }
  }
}

function authorityOf (address: string): string {
  return /^[a-z]+:[/\\]*([^/\\?#]*)/i.exec(address)?.[1] ?? ''
}

/** `hostname` comes from the URL parser: lower case, punycode, numbers of any notation already turned into an address. */
function isKnownHost (hostname: string): boolean {
  if (HOSTS.has(hostname)) return true
  return SUFFIXES.some((suffix) => hostname.endsWith(suffix) && /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(hostname.slice(0, -suffix.length)))
}
