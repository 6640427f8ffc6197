/**
 * What may be written to the log. Our log can be subpoenaed, stolen or read over a shoulder: it holds codes, route
 * patterns, times and counts, never who, where or by what secret.
 */
import { pino } from 'pino'
import type { DestinationStream, Level as PinoLevel, Logger, LoggerOptions } from 'pino'

export type LogLevel = PinoLevel | 'silent'

/** Field names whose values never reach the log, at any depth, whatever their case. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'alias', 'name', 'label', 'place', 'address', 'note', 'quietcheck', 'card',
  'token', 'tokens', 'session', 'sessions', 'cookie', 'cookies', 'set-cookie', 'authorization', 'pin', 'words', 'code', 'invite', 'secret',
  'root', 'key', 'password', 'mqttpassword', 'endpoint', 'p256dh', 'auth', 'url', 'originalurl', 'href', 'path', 'query', 'params', 'body',
  'headers', 'rawheaders', 'payload', 'remoteaddress', 'ip', 'worker', 'workerid', 'responder', 'responderid', 'did'
])
const DEPTH_MAX = 6
const ITEMS_MAX = 50
const HIDDEN = '[hidden]'
/** Stable codes look like this; a pairing code or a token does not. */
const STABLE_CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/
/** Node's own, such as ECONNRESET; trusted on an Error only, for a pairing code might look so. */
const SYSTEM_CODE = /^E[A-Z0-9]+$/

/** A copy without secrets. Cycles and depths are cut. */
export function scrub (value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH_MAX) return '[deep]'
  if (value instanceof Error) return errorShape(value)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return HIDDEN
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => scrub(item, depth + 1))
  const shown: Record<string, unknown> = {}
  for (const [field, inner] of Object.entries(value).slice(0, ITEMS_MAX)) {
    const stable = field === 'code' && typeof inner === 'string' && STABLE_CODE.test(inner)
    shown[field] = SECRET_FIELDS.has(field.toLowerCase()) && !stable ? HIDDEN : scrub(inner, depth + 1)
  }
  return shown
}

/**
 * Kind, code and where; never the message: libraries quote what they choke on (V8 quotes the JSON, SQLite the row).
 * The frames of the stack name our files only.
 */
export function errorShape (error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => line.trim())
  return {
    type: error.name.slice(0, 64),
    ...(typeof code === 'string' && (STABLE_CODE.test(code) || SYSTEM_CODE.test(code)) ? { code } : {}),
    frames,
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: errorShape(error.cause, depth + 1) })
  }
}

function shaped (error: unknown): unknown {
  return error instanceof Error ? errorShape(error) : error
}

/** Requests and replies are logged by our own line (`method`, `route`, `status`, `ms`), never whole. */
export function logOptions (level: LogLevel): LoggerOptions {
  return {
    level,
    base: null,
    // What the formatter below has cleaned comes here as a plain object.
    serializers: { err: shaped, error: shaped, req: () => HIDDEN, res: () => HIDDEN },
    // A child's own fields pass no formatter; pino's redaction reaches them.
    redact: { paths: [...SECRET_FIELDS].filter((field) => field !== 'code').map((field) => `["${field}"]`), censor: HIDDEN },
    formatters: { level: (label) => ({ level: label }), log: (fields) => scrub(fields) as Record<string, unknown> },
    timestamp: pino.stdTimeFunctions.isoTime
  }
}

/** The service's logger. Everybody logs through it or a child of it. */
export function createLogger (level: LogLevel, to?: DestinationStream): Logger {
  return to === undefined ? pino(logOptions(level)) : pino(logOptions(level), to)
}
