/** Guards against a step that fails and is counted as passed. */
import t from 'tap'
import { run, runAll } from './steps.ts'
import type { Step } from './steps.ts'

const node = (name: string, script: string): Step => ({ name, command: [process.execPath, '-e', script] })

t.test('a step passes only when its program says so', async (t) => {
  t.match(await run(node('good', 'console.log("fine")')), { ok: true, output: /fine/ })
  t.match(await run(node('bad', 'console.error("why"); process.exit(3)')), { ok: false, output: /why/ })
  t.match(await run(node('killed', 'process.kill(process.pid, "SIGKILL")')), { ok: false })
  t.match(await run({ name: 'absent', command: ['no-such-program-anywhere'] }), { ok: false })
})

t.test('every step is run, also after one that failed', async (t) => {
  const steps = [node('a', 'process.exit(1)'), node('b', ''), node('c', '')]
  const results = await runAll(steps.map((step) => () => run(step)), 2)
  t.strictSame(results.map(({ name }) => name).sort(), ['a', 'b', 'c'])
  t.strictSame(results.filter(({ ok }) => ok).map(({ name }) => name).sort(), ['b', 'c'])
})
