export type BrokerProblemCode =
  | 'TLS_FILE_UNREADABLE' | 'TLS_MATERIAL_BAD' | 'TLS_CERTIFICATE_EXPIRED' | 'LISTEN_FAILED' | 'MEMORY_UNREADABLE' | 'UNREACHABLE'

/** A broken world, not bad input: the broker can't start, or our own program has a fault. */
export class BrokerProblem extends Error {
  readonly code: BrokerProblemCode

  constructor (code: BrokerProblemCode, message: string, cause?: unknown) {
    super(`${code}: ${message}`, cause === undefined ? undefined : { cause })
    this.name = 'BrokerProblem'
    this.code = code
  }
}

/** Ends an exhaustive switch: a new member of the union is a compile error here. */
export function assertNever (value: never): never {
  throw new BrokerProblem('UNREACHABLE', String(value))
}
