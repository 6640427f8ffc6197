/** What every command of the simulator is: its arguments in, its exit code out. */

/** 1: the input is at fault. 2: a criterion is red. 3: an invariant broke, or a press was lost. 130: interrupted (Ctrl-C). */
export const EXIT = { ok: 0, invalid: 1, red: 2, broken: 3, interrupted: 130 } as const

export type Io = {
  /** A line on standard output; silent once whoever read it has gone. */
  readonly print: (line: string) => void
  /** A line on standard error. */
  readonly tell: (line: string) => void
  /** Whether standard error is a terminal: only then is there a progress bar. */
  readonly isTerminal: boolean
  readonly width: number
  /** Aborts at Ctrl-C, at SIGTERM, and when whoever read standard output has gone. */
  readonly signal: AbortSignal
}

/** `run` throws `InvalidInput` for what the user can mend. */
export type Command = { readonly name: string, readonly does: string, readonly usage: string, readonly run: (argv: readonly string[], io: Io) => Promise<number> }
