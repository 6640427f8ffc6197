/** Headers on everything, and the check that a request comes from our own pages. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'

/** Nothing from anywhere else, no inline script or style, in nobody's frame. */
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CSP,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), interest-cohort=()',
  'x-robots-tag': 'noindex, nofollow',
  'cache-control': 'no-store'
}
const HSTS = 'max-age=31536000'

export function securityHeaders (publicUrl: URL | null): Readonly<Record<string, string>> {
  return publicUrl?.protocol === 'https:' ? { ...SECURITY_HEADERS, 'strict-transport-security': HSTS } : SECURITY_HEADERS
}

export function secure (reply: FastifyReply, publicUrl: URL | null): void {
  reply.headers(securityHeaders(publicUrl))
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Refuses what another site's page makes a signed-in browser send. A request without our cookie carries no authority
 * of the browser's, and a bearer token is never sent by a page that does not know it.
 */
export function checkOrigin (request: FastifyRequest, publicUrl: URL | null, hasCookie: boolean): void {
  const upgrade = request.headers.upgrade !== undefined
  if (SAFE_METHODS.has(request.method) && !upgrade) return
  const { origin } = request.headers
  if (origin === undefined) {
    if (!upgrade && (!hasCookie || request.headers['sec-fetch-site'] === 'same-origin')) return
    throw new Problem('ORIGIN_WRONG', { field: 'Origin', detail: 'is missing' })
  }
  if (!isOurs(origin, request.headers.host, publicUrl)) throw new Problem('ORIGIN_WRONG', { field: 'Origin', detail: 'is not this service' })
}

/** Without a public URL we only answer pages on this machine: any other host name may have been rebound to us. */
function isOurs (origin: string, host: string | undefined, publicUrl: URL | null): boolean {
  if (publicUrl !== null && origin === publicUrl.origin) return true
  if (publicUrl !== null || host === undefined || origin !== `http://${host}`) return false
  return URL.canParse(origin) && LOOPBACK_HOSTS.has(new URL(origin).hostname)
}
