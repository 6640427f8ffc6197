/** Guards against a test file that breaks and is not missed: each way in which one has ended without a word. */
import t from 'tap'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.ts'
import { compiledOf, runTestFile, testFiles } from './test-file.ts'

const passes = "console.log('TAP version 14\\nok 1 - told\\n1..1')\n"
const folder = t.testdir({
  'good.js': passes,
  'exits.js': `${passes}process.exitCode = 3`,
  'killed.js': `${passes}process.kill(process.pid, 'SIGKILL')`,
  'empty.js': '',
  'hangs.js': `import { createServer } from 'node:net'\n${passes}createServer().listen(0, '127.0.0.1')`,
  'throws.js': "throw new Error('at the door')"
})
/** Only what hangs is ended soon: a busy machine takes its time to start the others. */
const runs = (name: string) => runTestFile(`test/${name}.test.ts`, join(folder, `${name}.js`), name === 'hangs' ? 5 : 120, 1)
const ran = async (name: string) => (await runs(name)).tally

t.test('a file that is in order is counted as it is', async (t) => {
  t.match(await ran('good'), { passed: 1, failed: 0, failures: [] })
})

t.test('a file that ends badly is one failure under its own name, although every line of it passed', async (t) => {
  t.match(await ran('exits'), { passed: 1, failed: 1, failures: [{ name: 'test/exits.test.ts', diagnosis: /code 3/ }] })
  t.match(await ran('killed'), { passed: 1, failed: 1, failures: [{ name: 'test/killed.test.ts', diagnosis: /SIGKILL/ }] })
})

t.test('a file that never ends is ended', async (t) => {
  t.match(await ran('hangs'), { passed: 1, failed: 1, failures: [{ name: 'test/hangs.test.ts', diagnosis: /SIGKILL/ }] })
})

t.test('a file that says nothing, does not start or was not compiled is a failure', async (t) => {
  for (const name of ['empty', 'throws', 'absent']) t.match(await ran(name), { passed: 0, failed: 1, failures: [{ name: `test/${name}.test.ts` }] }, name)
})

t.test('what a file says on its standard error is not lost', async (t) => {
  t.match((await runs('throws')).errors, /at the door/)
})

t.test('the files that run are those of the source tree, each compiled under its own name', async (t) => {
  const files = await testFiles()
  t.ok(files.includes('test/runner/test-file.test.ts'))
  for (const file of files) await access(join(root, file))
  t.equal(compiledOf('test/runner/a.test.ts'), join(root, 'dist/test/runner/a.test.js'))
})
