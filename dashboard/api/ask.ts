/** One question to the service: JSON, this phone's cookie, and an answer in every case. Never throws. */
import type { ProblemCode } from '../../server/contract/problem.ts'
import { after } from '../shell/clock.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
/** `OFFLINE`: no answer came. `reason` is the rule that refused, `field` what to change. */
export type Refused = { readonly ok: false, readonly status: number, readonly code: ProblemCode | 'OFFLINE', readonly reason: string | null, readonly field: string | null, readonly retryS: number | null }
export type Answer<T> = { readonly ok: true, readonly data: T } | Refused

const WAIT_MS = 10_000

/** `survives`: goes out although the page is left meanwhile. */
type More = { readonly headers?: Readonly<Record<string, string>>, readonly survives?: boolean }

export async function ask<T = null> (method: Method, path: string, body?: unknown, { headers = {}, survives = false }: More = {}): Promise<Answer<T>> {
  const waiting = new AbortController()
  const cancel = after(WAIT_MS, () => { waiting.abort() })
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: waiting.signal,
      keepalive: survives,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await response.text()
    const data: unknown = text === '' ? null : JSON.parse(text)
    return response.ok ? { ok: true, data: data as T } : refused(response, data)
  } catch {
    return { ok: false, status: 0, code: 'OFFLINE', reason: null, field: null, retryS: null }
  } finally {
    cancel()
  }
}

function refused ({ status, headers }: Response, data: unknown): Refused {
  const { code, reason, field } = (data ?? {}) as { code?: ProblemCode, reason?: string, field?: string }
  const retryS = Number(headers.get('retry-after') ?? Number.NaN)
  return { ok: false, status, code: code ?? 'INTERNAL', reason: reason ?? null, field: field ?? null, retryS: Number.isFinite(retryS) ? retryS : null }
}
