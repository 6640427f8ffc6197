export type MisuseCode = 'FIELD_MISSING' | 'FIELD_TYPE' | 'FIELD_RANGE' | 'FRAME_TOO_LONG' | 'ROOT_SIZE' | 'GENERATION_RANGE' | 'UNREACHABLE'

/** Our own program asked for something that `vbp1` cannot say. Input never causes this: decoders return codes. */
export class ProtocolMisuse extends Error {
  readonly code: MisuseCode
  readonly field: string | null

  constructor (code: MisuseCode, field: string | null = null) {
    super(field === null ? code : `${code}: ${field}`)
    this.name = 'ProtocolMisuse'
    this.code = code
    this.field = field
  }
}

/** Ends an exhaustive switch: a new member of the union is a compile error here, not a silent gap. */
export function assertNever (value: never): never {
  throw new ProtocolMisuse('UNREACHABLE', String(value))
}
