/** Guards against a suite that says "all passed" because it counted the wrong thing. */
import t from 'tap'
import { Readable } from 'node:stream'
import { tallyOf } from './tally.ts'

const tallied = (text: string) => tallyOf('test/a.test.ts', Readable.from([`TAP version 14\n${text}`]))

const stories = `# Subtest: nobody answers
    ok 1 - the first step is told
    not ok 2 - the second step is told
      ---
      found: nobody
      ...
    1..2
    # failed 1 of 2 tests
not ok 1 - nobody answers
ok 2 - with Mosquitto # SKIP no mosquitto_pub here
# Subtest: somebody answers
    ok 1 - told
    1..1
ok 3 - somebody answers
1..3
# failed 1 of 3 tests
`

t.test('only leaves are counted, and what was skipped is said', async (t) => {
  const tally = await tallied(stories)
  t.match(tally, { passed: 2, failed: 1, skipped: ['with Mosquitto: no mosquitto_pub here'] })
  t.match(tally.failures, [{ name: 'test/a.test.ts > nobody answers > the second step is told', diagnosis: /found: nobody/ }])
})

t.test('a promised test is a failed test', async (t) => {
  t.match(await tallied('not ok 1 - arrives # todo some day\n1..1\n'), { passed: 0, failed: 1 })
})

t.test('a file that ends in the middle is a failure, although every line of it passed', async (t) => {
  t.match(await tallied('ok 1 - told\n1..2\n'), { passed: 1, failed: 1, failures: [{ name: 'test/a.test.ts' }] })
  t.match(await tallied('ok 1 - told\n'), { passed: 1, failed: 1 }, 'without a plan')
})

t.test('a file of which nothing ran is a failure, although its empty stream is in order', async (t) => {
  for (const empty of ['1..0', '1..0 # SKIP', '1..0 # no tests found', '']) {
    t.match(await tallied(empty), { passed: 0, failed: 1, failures: [{ name: 'test/a.test.ts' }] }, empty)
  }
})

t.test('a file skipped whole says why and is no failure', async (t) => {
  t.match(await tallied('1..0 # SKIP no mosquitto_pub here\n'), { failed: 0, skipped: ['test/a.test.ts: no mosquitto_pub here'] })
})

t.test('a bail-out is a failure', async (t) => {
  t.match(await tallied('ok 1 - told\nBail out! the machine is on fire\n'), { failed: 1 })
})
