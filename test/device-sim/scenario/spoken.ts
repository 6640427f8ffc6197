import type { Command, Io } from '../../../device-sim/commands/command.ts'
import { InvalidInput } from '../../../device-sim/invalid-input.ts'

export type Spoken = { readonly code: number, readonly out: string, readonly err: string }

/** What a command is given to speak with, and what it said, a line each. */
export function listening (more: Partial<Io> = {}): { readonly io: Io, readonly out: string[], readonly err: string[] } {
  const out: string[] = []
  const err: string[] = []
  return { out, err, io: { print: (line) => { out.push(line) }, tell: (line) => { err.push(line) }, isTerminal: false, width: 80, signal: new AbortController().signal, ...more } }
}

/** Runs a command as the shell would, without a process of its own. */
export async function spoken (command: Command, ...argv: readonly string[]): Promise<Spoken> {
  const { io, out, err } = listening()
  const code = await command.run(argv, io).catch((fault: unknown) => {
    if (!(fault instanceof InvalidInput)) throw fault
    err.push(`${fault.code}: ${fault.message}`)
    return 1
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}
