/**
 * Runs the test files one by one, as Node runs any program: a file of tap's tells its TAP by itself. tap's own command adds
 * loaders of modules to every process, which cost more than many a test does.
 */
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.ts'
import { exitOf } from './steps.ts'
import { tallyOf } from './tally.ts'
import type { Tally } from './tally.ts'

export type FileResult = { readonly file: string, readonly tally: Tally, readonly errors: string, readonly timeMs: number }

/**
 * Node 20 can stand still for ever where a process has nothing left to do: it waits for its compiler threads, while one of them
 * waits for memory that only the waiting thread could free. A file of ours stood so for ten minutes, its last test long passed.
 * Without those threads nobody waits; where both cores have tests to run, nothing is lost. @see https://github.com/nodejs/node/issues/54918
 */
const NODE_ARGS: readonly string[] = ['--no-concurrent-recompilation', '--enable-source-maps']

/** A file that takes longer is ended: by tap itself, which says what it waits for, or else by SIGKILL. */
const LONGEST_S = 600
const GRACE_S = 30

/** Every test file that lies in the source tree, whatever was compiled. */
export async function testFiles (): Promise<readonly string[]> {
  const found = await readdir(join(root, 'test'), { recursive: true })
  return found.filter((path) => path.endsWith('.test.ts')).map((path) => `test/${path}`).sort()
}

/** @param source `test/a.test.ts` @returns where `npm run compile:tests` puts it, absolute */
export const compiledOf = (source: string): string => join(root, 'dist', source.replace(/[.]ts$/, '.js'))

/** @param file as it is named in what is told. @param script what Node is to run of it, absolute. */
export async function runTestFile (file: string, script: string, longestS = LONGEST_S, graceS = GRACE_S): Promise<FileResult> {
  const startMs = performance.now()
  const child = spawn(process.execPath, [...NODE_ARGS, script], {
    cwd: root, env: { ...process.env, TAP_TIMEOUT: String(longestS) }, stdio: ['ignore', 'pipe', 'pipe'], timeout: (longestS + graceS) * 1000, killSignal: 'SIGKILL'
  })
  let errors = ''
  child.stderr.on('data', (chunk) => { errors += String(chunk) })
  const exit = exitOf(child)
  const tally = await tallyOf(file, child.stdout)
  const code = await exit
  const judged = code !== 0 && tally.failed === 0 ? unwell(file, tally, child.signalCode ?? `code ${code}`) : tally
  return { file, tally: judged, errors, timeMs: performance.now() - startMs }
}

/** Every line of it passed, and yet it did not end well. */
function unwell (file: string, tally: Tally, end: string): Tally {
  return { ...tally, failed: 1, failures: [{ name: file, diagnosis: `  it ended with ${end}` }] }
}
