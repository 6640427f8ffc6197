/** Guards against an example that no longer is one: of a scenario that has changed since, damaged, or not to be opened as the document says. */
import t from 'tap'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { scenarioSha256 } from '../../device-sim/scenario/canonical.ts'
import { readScenario } from '../../device-sim/scenario/read.ts'
import { root } from '../runner/root.ts'
import { profileFaults, promiseFaults } from './data-package-standard.ts'

const folder = join(root, 'docs/example-study')
const bytesMost = 1_000_000
const read = async (path: string): Promise<string> => await readFile(join(root, path), 'utf8')

t.test('the example is of the present one-house scenario (npm run example-study makes it again)', async (t) => {
  const scenario = readScenario(await read('device-sim/scenarios/one-house.yaml'), 'one-house.yaml')
  const provenance = JSON.parse(await read('docs/example-study/provenance.json')) as { scenarioSha256: string }
  t.equal(provenance.scenarioSha256, scenarioSha256(scenario))
  t.strictSame(readScenario(await read('docs/example-study/scenario.yaml'), 'scenario.yaml'), scenario, 'whoever runs its scenario.yaml runs the same')
})

t.test('what a real run wrote is a Data Package, version 2', async (t) => {
  const descriptor: unknown = JSON.parse(await read('docs/example-study/datapackage.json'))
  t.strictSame(profileFaults(descriptor), [], 'the official profiles take it')
  t.strictSame(promiseFaults(descriptor), [], 'so do our own promises')
})

t.test('it is whole, and small enough to keep', async (t) => {
  const { resources } = JSON.parse(await read('docs/example-study/datapackage.json')) as { resources: { path: string, bytes: number, hash: string }[] }
  t.ok(resources.length > 20)
  let all = (await stat(join(folder, 'report.html'))).size
  for (const { path, bytes, hash } of resources) {
    const content = await readFile(join(folder, path))
    all += content.length
    t.equal(content.length, bytes, path)
    t.equal(`sha256:${createHash('sha256').update(content).digest('hex')}`, hash, path)
  }
  t.ok(all < bytesMost, `${all} bytes`)
})

t.test('a column of the burden is described as its measure is defined, and a responder\'s number is theirs alone', async (t) => {
  const { resources } = JSON.parse(await read('docs/example-study/datapackage.json')) as { resources: { name: string, schema: { fields: { name: string, description: string }[] } }[] }
  const said = (column: string): string => resources.find(({ name }) => name === 'burden')?.schema.fields.find(({ name }) => name === column)?.description ?? ''
  const codebook = await read('docs/example-study/codebook.md')
  for (const [column, words] of [['alerts', 'reminders and tests included'], ['needless_trips', 'to nobody in danger: to presses by accident, or when danger was over']] as const) {
    t.match(said(column), words)
    t.equal(codebook.split(words).length, 3, `${column}: in the column and in the measure`)
  }
  t.match(said('responder'), 'among all of the replication')
  const [header = [], ...rows] = (await read('docs/example-study/data/burden.csv')).trim().split(/\r?\n/).map((line) => line.split(','))
  const people = rows.map((row) => ['policy', 'replication', 'responder'].map((column) => row[header.indexOf(column)]).join(' '))
  t.ok(people.length > 20)
  t.equal(new Set(people).size, people.length)
})

const noPython = spawnSync('python3', ['--version']).status === 0 ? false : 'no python3 here'
t.test('the lines for Python in the document open it', { skip: noPython }, async (t) => {
  const [, lines = ''] = /```python\n([^`]*)```/.exec(await read('docs/study.md')) ?? []
  t.match(lines, /csv/)
  const ran = spawnSync('python3', ['-c', `${lines}\nprint(sorted(row['policy'] for row in rows))`], { cwd: folder, encoding: 'utf8' })
  t.equal(ran.status, 0, ran.stderr)
  t.equal(ran.stdout.trim(), "['all-at-once', 'legal-minimum', 'one-by-one', 'two-then-all']")
})

const noR = spawnSync('Rscript', ['--version']).status === 0 ? false : 'no Rscript here'
t.test('the lines for R in the document open it', { skip: noR }, async (t) => {
  const [, lines = ''] = /```r\n([^`]*)```/.exec(await read('docs/study.md')) ?? []
  t.match(lines, /read[.]csv/)
  const ran = spawnSync('Rscript', ['--vanilla', '-e', `${lines}\ncat(sort(unique(presses$policy)))`], { cwd: folder, encoding: 'utf8' })
  t.equal(ran.status, 0, ran.stderr)
  t.match(ran.stdout, /all-at-once legal-minimum one-by-one two-then-all$/)
})
