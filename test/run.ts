/**
 * `npm test`: everything, in one process tree. Ends with the line `N passed, N failed`, counted from the real results,
 * and with exit code 1 when anything failed.
 */
import { provideChromium } from '../deploy/chromium.ts'
import { run, runAll } from './runner/steps.ts'
import type { Step } from './runner/steps.ts'
import type { Tally } from './runner/tally.ts'
import { compiledOf, runTestFile, testFiles } from './runner/test-file.ts'

/**
 * Built first, from nothing, so that nothing runs whose source is gone: the tests and all that they try are compiled once,
 * which is also their type check. The service lies where `npm run build` puts it: the tests with SIGKILL run it as it is shipped.
 */
const build: readonly Step[] = [
  { name: 'types and build', command: ['npm', 'run', '--silent', 'compile:tests'] },
  { name: 'assets', command: ['node', '--import=tsx', 'deploy/assets.ts'] },
  { name: 'pages', command: ['npm', 'run', '--silent', 'web'] }
]
/** The longest check, and one that asks nothing of what is built. */
const lint: Step = { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] }
const checks: readonly Step[] = [
  { name: 'types of the pages', command: ['npm', 'run', '--silent', 'types:pages'] },
  { name: 'directions', command: ['npm', 'run', '--silent', 'depcruise'] },
  { name: 'unused', command: ['npm', 'run', '--silent', 'knip'] }
]
/** The machine this is measured on has two cores. */
const width = 2

function tell ({ passed, failed }: Tally, name: string, timeMs: number): void {
  console.log(`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed + failed} (${(timeMs / 1000).toFixed(1)} s)`)
}

async function ofStep (step: Step): Promise<Tally> {
  const { ok, name, output, timeMs } = await run(step)
  const tally = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], failures: ok ? [] : [{ name, diagnosis: output.trimEnd() }] }
  tell(tally, name, timeMs)
  return tally
}

async function ofFile (file: string): Promise<Tally> {
  const { tally, errors, timeMs } = await runTestFile(file, compiledOf(file))
  process.stderr.write(errors)
  tell(tally, file, timeMs)
  return tally
}

provideChromium((said) => { console.log(said) })
const files = await testFiles()
const building = runAll(build.map((step) => () => ofStep(step)), 1)
const onceBuilt = (work: () => Promise<Tally>) => async () => {
  await building
  return await work()
}
// One queue for checks and tests, so that no core waits: one lane lints while the other builds.
const tried = await runAll([() => ofStep(lint), ...checks.map((step) => onceBuilt(() => ofStep(step))), ...files.map((file) => onceBuilt(() => ofFile(file)))], width)
const tallies = [...await building, ...tried]
const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
for (const { name, diagnosis } of tallies.flatMap(({ failures }) => failures)) console.log(`\nFAILED ${name}\n${diagnosis}`)
for (const reason of tallies.flatMap(({ skipped }) => skipped)) console.log(`skipped ${reason}`)
const failed = sum((tally) => tally.failed)
process.exitCode = failed === 0 ? 0 : 1
console.log(`${sum((tally) => tally.passed)} passed, ${failed} failed`)
