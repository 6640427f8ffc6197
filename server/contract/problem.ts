/**
 * Everything that can go wrong for a caller, in one catalogue. Codes are stable; titles say what to change.
 * @see RFC 9457
 */
import { Type } from 'typebox'
import type { Static } from 'typebox'

type Entry = { readonly status: number, readonly title: string }

export const PROBLEMS = {
  BODY_INVALID: { status: 400, title: 'The body does not fit the schema; change the named field.' },
  BODY_NOT_JSON: { status: 400, title: 'The body is not JSON; send valid JSON in UTF-8.' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large; send at most 32 KB.' },
  CONTENT_TYPE_WRONG: { status: 415, title: 'The content type is not known; send application/json.' },
  QUERY_INVALID: { status: 400, title: 'The query does not fit the schema; change the named field.' },
  PATH_INVALID: { status: 400, title: 'The path does not fit the schema; change the named part.' },
  HEADER_INVALID: { status: 400, title: 'A header is missing or wrong; change the named header.' },
  URL_INVALID: { status: 400, title: 'The address can not be read; check its percent signs.' },
  URL_TOO_LONG: { status: 414, title: 'A part of the address is too long; shorten it.' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers are too large; send at most 8 KB.' },
  REQUEST_TOO_SLOW: { status: 408, title: 'The request did not arrive in time; send it again.' },
  REQUEST_MALFORMED: { status: 400, title: 'The request is not valid HTTP; check it.' },
  ORIGIN_WRONG: { status: 403, title: 'The request comes from another site; send it from this service\'s own pages.' },
  SIGNED_OUT: { status: 401, title: 'No valid session came along; sign in on this device, or send a valid token.' },
  FORBIDDEN: { status: 403, title: 'This role may not do this; use a session that may.' },
  NOT_FOUND: { status: 404, title: 'Nothing is here for you; check the address.' },
  UPGRADE_NEEDED: { status: 426, title: 'This address speaks WebSocket only; connect with a WebSocket.' },
  UPGRADE_REFUSED: { status: 400, title: 'This address speaks no WebSocket; connect to the live address.' },
  TOO_MANY: { status: 429, title: 'Too many attempts; wait as long as Retry-After says.' },
  CODE_WRONG: { status: 404, title: 'This invite or code is unknown, used or expired; ask for a new one.' },
  WORDS_WRONG: { status: 403, title: 'These words open nothing; compare each with what was written down.' },
  PIN_WRONG: { status: 403, title: 'The PIN is not right; enter it again.' },
  PIN_NEEDED: { status: 403, title: 'A PIN guards this; send it along.' },
  PIN_UNFIT: { status: 422, title: 'This PIN can not be used; choose another one.' },
  CONFLICT: { status: 409, title: 'This does not fit the present state; read it again, then decide.' },
  REFUSED: { status: 422, title: 'The rules do not allow this; see the reason.' },
  STORE_FAILING: { status: 503, title: 'This could not be saved; try again shortly.' },
  STOPPING: { status: 503, title: 'The service is stopping; try again shortly.' },
  INTERNAL: { status: 500, title: 'The service failed; try again, and tell the operator the request id.' }
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof PROBLEMS
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[]

/** `application/problem+json`. `code` is stable; `field` names what to change; `reason` is the rule that refused. */
export const ProblemBody = Type.Object({
  type: Type.String({ description: 'A reference to this code in the API description.' }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.Enum([...PROBLEM_CODES]),
  detail: Type.Optional(Type.String()),
  field: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' })),
  request: Type.Optional(Type.String({ description: 'The request id that the log bears.' }))
}, { $id: 'Problem', additionalProperties: false })
export type ProblemBody = Static<typeof ProblemBody>
