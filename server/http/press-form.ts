/**
 * What a press says, read from whatever came. An authentic press is never lost to strictness: what can't be understood
 * is left out and named, and a kind that nobody knows means `alarm`, as in the button protocol.
 */
import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { PressIgnored } from '../contract/press.ts'
import type { Kind } from '../contract/words.ts'

type Ignored = Static<typeof PressIgnored>
/** What the parser of the press's own scope hands on: the bytes that came in time, and how they were called. */
export type PressForm = { readonly bytes: Buffer, readonly type: string | null, readonly whole: boolean }
export type PressSaid = { readonly kind: Kind, readonly key: string, readonly ignored: readonly Ignored[] }

const KINDS: ReadonlySet<unknown> = new Set<Kind>(['test', 'assist', 'alarm', 'silent-alarm'])
const KEY = /^[\x21-\x7e]{1,128}$/
const JSON_TYPE = /^application\/json *(;|$)/i
const OWN_KEY_BYTES = 18

export function readPress (request: Pick<FastifyRequest, 'headers'>, form: PressForm | null): PressSaid {
  const { kind, ignored } = kindOf(form)
  const given = request.headers['idempotency-key']
  if (typeof given === 'string' && KEY.test(given)) return { kind, key: given, ignored }
  // Its own press: a retry of it joins the alarm that is open, and tells everybody again. Better than not at all.
  const own = `own:${randomBytes(OWN_KEY_BYTES).toString('base64url')}`
  return { kind, key: own, ignored: ['idempotency-key', ...ignored] }
}

function kindOf (form: PressForm | null): { readonly kind: Kind, readonly ignored: readonly Ignored[] } {
  if (form === null || (form.whole && form.bytes.length === 0)) return { kind: 'alarm', ignored: [] }
  const odd: readonly Ignored[] = form.type === null || JSON_TYPE.test(form.type) ? [] : ['content-type']
  const said = form.whole ? parsed(form.bytes) : undefined
  if (said === undefined) return { kind: 'alarm', ignored: [...odd, 'body'] }
  if (said === null) return { kind: 'alarm', ignored: odd }
  const { kind, ...others } = said
  const more: readonly Ignored[] = Object.keys(others).length > 0 ? [...odd, 'fields'] : odd
  if (kind === undefined) return { kind: 'alarm', ignored: more }
  return isKind(kind) ? { kind, ignored: more } : { kind: 'alarm', ignored: [...more, 'kind'] }
}

/** undefined: nothing that could say a kind. */
function parsed (bytes: Buffer): Readonly<Record<string, unknown>> | null | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (value === null) return null
    return typeof value === 'object' && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined
  } catch {
    return undefined
  }
}

function isKind (value: unknown): value is Kind { return KINDS.has(value) }
