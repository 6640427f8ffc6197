/** Guards against a suite that says "all passed" because it counted the wrong thing. */
import t from 'tap'
import { Readable } from 'node:stream'
import { tallyOf } from './tally.ts'

const tap = (text: string): Readable => Readable.from([`TAP version 14\n${text}`])

const twoFiles = `# Subtest: test/a.test.ts
    # Subtest: nobody answers
        ok 1 - the first step is told
        not ok 2 - the second step is told
          ---
          found: nobody
          ...
        1..2
        # failed 1 of 2 tests
    not ok 1 - nobody answers
    ok 2 - with Mosquitto # SKIP no mosquitto_pub here
    1..2
    # failed 1 of 2 tests
not ok 1 - test/a.test.ts
# Subtest: test/b.test.ts
    ok 1 - told
    1..1
ok 2 - test/b.test.ts
1..2
# failed 1 of 2 tests
`

t.test('only leaves are counted, and what was skipped is said', async (t) => {
  const files: string[] = []
  const tally = await tallyOf(tap(twoFiles), ({ file, ok }) => { files.push(`${file} ${ok}`) })
  t.match(tally, { passed: 2, failed: 1, skipped: ['with Mosquitto: no mosquitto_pub here'] })
  t.match(tally.failures, [{ name: 'test/a.test.ts > nobody answers > the second step is told', diagnosis: /found: nobody/ }])
  t.strictSame(files, ['test/a.test.ts false', 'test/b.test.ts true'])
})

t.test('a promised test is a failed test', async (t) => {
  t.match(await tallyOf(tap('not ok 1 - arrives # todo some day\n1..1\n')), { passed: 0, failed: 1 })
})

t.test('a file that ends in the middle is a failure, although every line of it passed', async (t) => {
  t.match(await tallyOf(tap('ok 1 - told\n1..2\n')), { passed: 1, failed: 1 })
})

t.test('a file that was killed is one failure', async (t) => {
  const killed = '# Subtest: test/a.test.ts\n    ok 1 - told\n    1..1\nnot ok 1 - test/a.test.ts\n  ---\n  signal: SIGKILL\n  ...\n1..1\n'
  t.match(await tallyOf(tap(killed)), { passed: 1, failed: 1, failures: [{ diagnosis: /SIGKILL/ }] })
})

t.test('a file of which nothing ran is not in order, although its empty stream is', async (t) => {
  for (const empty of ['1..0', '1..0 # no tests found']) {
    const files: string[] = []
    await tallyOf(tap(`# Subtest: test/a.test.ts\n    ${empty}\nok 1 - test/a.test.ts\n1..1\n`), ({ file, ok, count }) => { files.push(`${file} ${ok} ${count}`) })
    t.strictSame(files, ['test/a.test.ts false 0'], empty)
  }
})

t.test('a file skipped whole says why and is no failure', async (t) => {
  const tally = await tallyOf(tap('# Subtest: test/a.test.ts\n    1..0 # skip no mosquitto_pub here\nok 1 - test/a.test.ts # SKIP no mosquitto_pub here\n1..1\n'))
  t.match(tally, { failed: 0, skipped: ['test/a.test.ts: no mosquitto_pub here'] })
})

t.test('a bail-out is a failure', async (t) => {
  t.match(await tallyOf(tap('ok 1 - told\nBail out! the machine is on fire\n')), { failed: 1 })
})
