/**
 * `npm test`: everything, in one process tree. Ends with the line `N passed, N failed`, counted from the real results,
 * and with exit code 1 when anything failed.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { provideChromium } from '../deploy/chromium.ts'
import { exitOf, root, runAll, start } from './runner/steps.ts'
import type { Step, StepResult } from './runner/steps.ts'
import { tallyOf } from './runner/tally.ts'
import type { Tally } from './runner/tally.ts'

/**
 * Built first. The service: the tests with SIGKILL run it as it is shipped. tap: a fresh one still compiles TypeScript by
 * itself in the very run in which it learns from .taprc that it must not.
 */
const build: readonly Step[] = [
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'tap without its own TypeScript', command: ['tap', 'build'] }
]
const checks: readonly Step[] = [
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'directions', command: ['npm', 'run', '--silent', 'depcruise'] },
  { name: 'unused', command: ['npm', 'run', '--silent', 'knip'] }
]
/** The machine this is measured on has two cores; tap's `jobs` says the same. */
const width = 2

function line (ok: boolean, name: string, timeMs: number, more = ''): void {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${more} (${(timeMs / 1000).toFixed(1)} s)`)
}

function tellStep (result: StepResult): void {
  line(result.ok, result.name, result.timeMs)
  if (!result.ok) console.log(result.output.trimEnd())
}

/** Every test file that lies in the tree, whatever tap makes of its own configuration. */
async function testFiles (): Promise<readonly string[]> {
  const found = await readdir(join(root, 'test'), { recursive: true })
  return found.filter((path) => path.endsWith('.test.ts')).map((path) => `test/${path}`).sort()
}

/** tap's own tally, plus what tap does not count: files it never told of (it drops one when another times out), its exit code. */
async function stories (): Promise<Tally> {
  const tap = start(['tap', '--reporter=tap'])
  const exit = exitOf(tap)
  tap.stderr?.pipe(process.stderr)
  if (tap.stdout === null) throw new Error('tap was started without a pipe')
  const heard = new Set<string>()
  const tally = await tallyOf(tap.stdout, ({ file, ok, count, timeMs }) => {
    if (ok || count > 0) heard.add(file)
    line(ok, file, timeMs, `: ${count}`)
  })
  const code = await exit
  const missing = (await testFiles())
    .filter((file) => !heard.has(file) && !tally.failures.some(({ name }) => name === file))
    .map((file) => ({ name: file, diagnosis: '  not one test of this file ran' }))
  const failures = [...tally.failures, ...missing]
  if (failures.length === 0 && code !== 0) failures.push({ name: 'the test run', diagnosis: `  tap ended with code ${code}` })
  return { ...tally, failed: failures.length, failures }
}

provideChromium((said) => { console.log(said) })
const steps = [...await runAll(build, 1, tellStep), ...await runAll(checks, width, tellStep)]
const tally = await stories()
for (const { name, diagnosis } of tally.failures) console.log(`\nFAILED ${name}\n${diagnosis}`)
for (const reason of tally.skipped) console.log(`skipped ${reason}`)
const failed = tally.failed + steps.filter((step) => !step.ok).length
const passed = tally.passed + steps.filter((step) => step.ok).length
process.exitCode = failed === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed`)
