/** Runs one command of the suite as a child process and keeps its real result. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { root } from './root.ts'

export type Step = { readonly name: string, readonly command: readonly [string, ...string[]] }
export type StepResult = { readonly name: string, readonly ok: boolean, readonly output: string, readonly timeMs: number }

/** Starts a program, by preference one of node_modules/.bin. stdout and stderr are pipes. */
export function start ([program, ...args]: readonly [string, ...string[]]): ChildProcess {
  const path = `${root}/node_modules/.bin:${process.env['PATH'] ?? ''}`
  return spawn(program, args, { cwd: root, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Resolves with the exit code; 1 when a signal ended it or it could not start. */
export function exitOf (child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => { resolve(1) })
    child.once('close', (code) => { resolve(code ?? 1) })
  })
}

export async function run (step: Step): Promise<StepResult> {
  const startMs = performance.now()
  const child = start(step.command)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => { output += String(chunk) })
  const code = await exitOf(child)
  return { name: step.name, ok: code === 0, output, timeMs: performance.now() - startMs }
}

/** Does all that waits, at most `width` at a time, begun in its order. Resolves with the results in the order in which they came. */
export async function runAll<Result> (work: readonly (() => Promise<Result>)[], width: number): Promise<readonly Result[]> {
  const waiting = [...work]
  const results: Result[] = []
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.push(await next())
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}
