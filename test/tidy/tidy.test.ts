import t from 'tap'
import { faultsOf, rules, sources } from './rules.ts'

/** For each rule: something that it must catch, and its honest neighbour that it must let pass. */
const samples: Readonly<Record<string, { path: string, bad: readonly string[], good: readonly string[] }>> = {
  'short-files': { path: 'broker/a.ts', bad: ['x\n'.repeat(301)], good: ['x\n'.repeat(300)] },
  'no-barrels': { path: 'server/people/people.ts', bad: ["export * from './worker.ts'"], good: ["export type { Worker } from './worker.ts'"] },
  'named-exports': { path: 'server/main.ts', bad: ['export default function main () {}'], good: ['export function main () {}'] },
  'nothing-left-for-later': { path: 'docs/a.md', bad: ['<!-- TODO: write -->', '// FIXME'], good: ['todo lists are for people'] },
  'time-is-injected': {
    path: 'server/engine/loop.ts',
    bad: ['const at = Date.now()', 'const at = new Date()', 'const at = performance.now()', 'setTimeout(wake, 5)', 'setInterval(wake, 5)', "import { setTimeout as wait } from 'node:timers/promises'"],
    good: ['const at = clock.now()', 'const said = new Date(at).toISOString()', 'clock.after(5, wake)']
  },
  'chance-is-injected': { path: 'bench/run.ts', bad: ['const id = Math.random()'], good: ['const id = randomBytes(16)'] },
  'environment-has-one-reader': { path: 'server/http/app.ts', bad: ["const port = process.env['PORT']", "import { env } from 'node:process'"], good: ['const port = config.http.port'] },
  'no-real-sleep': {
    path: 'test/engine/loop.test.ts',
    bad: ['await sleep(100)', 'await delay(100)', 'setTimeout(done, 100)', "import { setTimeout as wait } from 'timers/promises'", 'Atomics.wait(cell, 0, 0, 100)', "execSync('sleep 1')"],
    good: ['await clock.pass(100)', 'const delayMs = 100', 'phone.sleep()', "import { setImmediate } from 'node:timers/promises'"]
  },
  'every-test-runs': { path: 'test/engine/loop.test.ts', bad: ['t.only(story)', "t.skip('later')", "t.todo('later')", "t.test('story', { skip: true }, story)"], good: ["t.test('story', { skip: noMosquitto }, story)", "if (absent) return t.skip('no mosquitto here')"] },
  'nothing-is-mocked': { path: 'test/engine/loop.test.ts', bad: ["await t.mockImport('./store.ts', {})", 'const store = sinon.stub(real)'], good: ['const store = await openStore(t.testdir())'] },
  'no-machine-paths': { path: 'README.md', bad: ['cd /work/main', "open('/home/someone/key')", 'see (/tmp/log)'], good: ['cd server/work/x', "join(tmpdir(), 'key')", '/api/v1/home'] },
  'no-registry-hosts': { path: 'package-lock.json', bad: ['"resolved": "https://example.org/a.tgz"', 'registry.npmjs.org'], good: ['"integrity": "sha512-x"'] },
  'discreet-screens': { path: 'dashboard/answer.html', bad: ['<title>Veilleuse</title>', '<p>for sex workers</p>', '<p>travailleuses du sexe</p>'], good: ['<title>Agenda</title>'] }
}

t.test('every rule catches its bad sample and lets the honest one pass', async (t) => {
  for (const [name, { path, bad, good }] of Object.entries(samples)) {
    for (const text of bad) t.ok(faultsOf({ path, text }).some((fault) => fault.rule === name), `${name} catches ${text.slice(0, 60).trim()}`)
    for (const text of good) t.strictSame(faultsOf({ path, text }), [], `${name} lets pass ${text.slice(0, 60).trim()}`)
  }
})

t.test('names that say nothing are refused, wherever they hide', async (t) => {
  for (const path of ['server/index.ts', 'server/utils/a.ts', 'broker/helpers.ts', 'server/common/time.ts', 'test/clock/util.ts', 'server/http/misc-routes.ts']) {
    t.match(faultsOf({ path, text: '' }), [{ rule: 'names-say-what' }], path)
  }
  for (const path of ['dashboard/help/index-of-help.ts', 'server/people/commons.ts', 'broker/outbound.ts']) t.strictSame(faultsOf({ path, text: '' }), [], path)
})

t.test('no rule is without a sample', async (t) => {
  t.strictSame(rules.map((rule) => rule.name).filter((name) => name !== 'names-say-what' && !(name in samples)), [])
})

t.test('the doors are open where they must be', async (t) => {
  t.strictSame(faultsOf({ path: 'server/clock/system-clock.ts', text: 'const at = Date.now()' }), [], 'the clock may ask the machine')
  t.strictSame(faultsOf({ path: 'server/config/config.ts', text: 'read(process.env)' }), [], 'the configuration may read the environment')
})

t.test('the tree is tidy', async (t) => {
  const tree = await sources()
  t.ok(tree.some(({ path }) => path === 'server/clock/system-clock.ts'), 'the tree was read')
  const faults = tree.flatMap(faultsOf).map(({ rule, path, line, found }) => `${path}:${line} ${rule}: ${found.slice(0, 120)}`)
  t.strictSame(faults, [])
})
