/**
 * The session cookie: device-bound, unreadable by scripts. One phone may hold several aliases (R24): the value is a
 * list of tokens, the first being the one in use.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SESSIONS_PER_PHONE_MAX } from './limits.ts'

const TOKEN = /^[A-Za-z0-9_-]{16,128}$/
const SEPARATOR = '.'
/** Browsers cap a cookie's life at 400 days. */
const MAX_AGE_S = 400 * 24 * 60 * 60

/** `__Host-` binds the cookie to exactly this host, but browsers take it over https only. */
export function cookieName (publicUrl: URL | null): string {
  return publicUrl?.protocol === 'https:' ? '__Host-s' : 's'
}

/** The tokens of this phone. A cookie that is not ours counts as none. */
export function tokensOf (request: FastifyRequest, publicUrl: URL | null): readonly string[] {
  const value = request.cookies[cookieName(publicUrl)]
  if (value === undefined || value === '') return []
  const tokens = value.split(SEPARATOR)
  return tokens.length <= SESSIONS_PER_PHONE_MAX && tokens.every((token) => TOKEN.test(token)) ? [...new Set(tokens)] : []
}

export function setTokens (reply: FastifyReply, tokens: readonly string[], publicUrl: URL | null): void {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl?.protocol === 'https:' } as const
  if (tokens.length === 0) {
    reply.setCookie(cookieName(publicUrl), '', { ...options, maxAge: 0 })
    return
  }
  const kept = [...new Set(tokens)].slice(0, SESSIONS_PER_PHONE_MAX)
  reply.setCookie(cookieName(publicUrl), kept.join(SEPARATOR), { ...options, maxAge: MAX_AGE_S })
}
