/**
 * `npm test`: everything, in one process tree. Ends with the line `N passed, N failed`, counted from the real results,
 * and with exit code 1 when anything failed.
 */
import { exitOf, runAll, start } from './runner/steps.ts'
import type { Step, StepResult } from './runner/steps.ts'
import { tallyOf } from './runner/tally.ts'
import type { Tally } from './runner/tally.ts'

/** Built first: the tests with SIGKILL run the service as it is shipped. */
const build: readonly Step[] = [{ name: 'build', command: ['npm', 'run', '--silent', 'build'] }]
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

async function stories (): Promise<Tally> {
  const tap = start(['tap', '--reporter=tap'])
  const exit = exitOf(tap)
  tap.stderr?.pipe(process.stderr)
  if (tap.stdout === null) throw new Error('tap was started without a pipe')
  const tally = await tallyOf(tap.stdout, ({ file, ok, count, timeMs }) => { line(ok, file, timeMs, `: ${count}`) })
  const code = await exit
  if (code === 0 && tally.failed === 0 && tally.passed > 0) return tally
  if (tally.failed > 0) return tally
  const why = { name: 'the test run', diagnosis: `tap ended with code ${code} after ${tally.passed} passed` }
  return { ...tally, failed: 1, failures: [why] }
}

const steps = [...await runAll(build, 1, tellStep), ...await runAll(checks, width, tellStep)]
const tally = await stories()
for (const { name, diagnosis } of tally.failures) console.log(`\nFAILED ${name}\n${diagnosis}`)
for (const reason of tally.skipped) console.log(`skipped ${reason}`)
const failed = tally.failed + steps.filter((step) => !step.ok).length
const passed = tally.passed + steps.filter((step) => step.ok).length
process.exitCode = failed === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed`)
