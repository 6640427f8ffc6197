import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { scriptBeside } from '../runner/root.ts'

export type StoreProcess = {
  readonly child: ChildProcess
  /** To be read from the start: lines that nobody listens to are lost. */
  readonly lines: AsyncIterable<string>
  /** Resolves with the signal or the code it ended with. */
  readonly ended: Promise<string | number | null>
}

export function storeProcess (mode: 'remember' | 'press', file: string, name: string): StoreProcess {
  const child = spawn(process.execPath, [...scriptBeside(import.meta.url, 'store-process'), mode, file, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as string | number | null)
  return { child, lines: createInterface({ input: child.stdout }), ended }
}
