/** Incident: a batch job that was killed at night, whose folder was taken for a study; and a script that took every end for a success. The built command, as a shell sees it. */
import t from 'tap'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { readPackage } from '../../../device-sim/data-package/read.ts'
import { writePackage } from '../../../device-sim/data-package/write.ts'
import { writeReport } from '../../../device-sim/report/write.ts'
import { scenarioSha256 } from '../../../device-sim/scenario/canonical.ts'
import { partNumbers, readPart } from '../../../device-sim/study/part-file.ts'
import { runStudy } from '../../../device-sim/study/run.ts'
import { COMMANDS, root } from '../../runner/root.ts'
import { plausibleParts, plausibleProvenance, plausibleScenario } from '../plausible-study.ts'
import { scenario } from '../virtual/scenario.ts'

const starter = readFileSync(join(root, 'device-sim/scenario/starter.yaml'), 'utf8').replace('horizon: 1 year', 'horizon: 200 days')
const home = t.testdir({
  'green.yaml': starter.replace(/^ +somebody-soon:.*\n/m, ''),
  'red.yaml': starter.replace('green: 60 s, red: 180 s', 'green: 0.001 s, red: 0.002 s'),
  'endless.yaml': starter.replace('most: 100', 'most: 100000').replace('halfWidth: 5 %', 'halfWidth: 0.01 %'),
  'newer.yaml': starter.replace(/^version: 1/m, 'version: 9')
})
const at = (name: string): string => join(home, name)

type Line = Readonly<Record<string, unknown>> & { readonly is: string }
type Ended = { readonly code: number | null, readonly signal: string | null, readonly lines: readonly Line[], readonly err: string }

/** Runs to its end; `seen` looks at each line as it comes and may send a signal. */
async function ran (argv: readonly string[], seen: (line: Line, child: ChildProcess) => void = () => {}): Promise<Ended> {
  const child = spawn(process.execPath, [COMMANDS.deviceSim, ...argv, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const errors = text(child.stderr)
  const exit = once(child, 'exit')
  const lines: Line[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(JSON.parse(line) as Line)
    seen(lines.at(-1) as Line, child)
  }
  const [code, signal] = await exit as [number | null, string | null]
  return { code, signal, lines, err: await errors }
}

/** Stops a run that would go on for days, once its first replication is whole. */
async function stopped (name: string, how: NodeJS.Signals): Promise<Ended> {
  return await ran(['run', at('endless.yaml'), '--out', at(name), '--workers', '1'], (line, child) => { if (line.is === 'progress') child.kill(how) })
}

const files = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  .map(({ parentPath, name }) => [join(parentPath, name).slice(folder.length), readFileSync(join(parentPath, name), 'base64')]))

t.test('each end has its own exit code, and a program is told in lines of JSON what it came to', async (t) => {
  const green = await ran(['run', at('green.yaml'), '--out', at('green'), '--replications', '2'])
  t.match(green, { code: 0, err: '' })
  t.match(green.lines[0], { is: 'begun', scenario: 'my-study', policies: ['legal-minimum', 'neighbour-too'], most: 2, seed: 1 })
  t.match(green.lines.at(-1), { is: 'ended', replications: 2, stopped: 'cap', breaches: 0, verified: null, exit: 0, reports: ['report.html'] })
  t.strictSame([...new Set(green.lines.map(({ is }) => is))], ['begun', 'progress', 'criterion', 'ended'])
  for (const { done, of, computed, events } of green.lines.filter(({ is }) => is === 'progress')) t.ok(Number(done) <= Number(of) && Number(computed) >= 1 && Number(events) > 0, 'how far it is')
  t.match(await ran(['run', at('newer.yaml'), '--out', at('newer')]), { code: 1, lines: [], err: /^SCENARIO_INVALID.*newer[.]yaml:7:10 version: .*version 9 is unknown: this device-sim reads version 1/s })
  t.notOk(existsSync(at('newer')), 'and no folder was begun')
  const red = await ran(['run', at('red.yaml'), '--out', at('red'), '--replications', '2'])
  t.equal(red.code, 2)
  t.match(red.lines.find(({ is, criterion }) => is === 'criterion' && criterion === 'somebody-soon'), { verdict: 'red', policy: 'neighbour-too' })
  // An invariant that breaks is a fault of the program: here, of one that computed a part of this study.
  const part = at('green/parts/000001.json')
  writeFileSync(part, readFileSync(part, 'utf8').replace('"breaches":[]', '"breaches":[{"code":"AUTHORITY","press":0,"said":"the police was told"}]'))
  const broken = await ran(['run', at('green.yaml'), '--out', at('green'), '--replications', '2', '--resume'])
  t.match(broken, { code: 3 })
  t.match(broken.lines.at(-1), { breaches: 1, exit: 3 })
  t.match(readFileSync(at('green/data/breaches.csv'), 'utf8'), /AUTHORITY/)
  t.match(readFileSync(at('green/report.html'), 'utf8'), /class="broken".*must not be used/s)
})

t.test('Ctrl-C, or the end of a batch job, leaves a whole package that says it is a part; resumed, the bytes are those of a run that nobody stopped', async (t) => {
  for (const how of ['SIGINT', 'SIGTERM'] as const) {
    const cut = await stopped(how, how)
    t.match(cut, { code: 130, signal: null, err: '' }, how)
    t.match(cut.lines.at(-1), { is: 'ended', stopped: 'interrupted', exit: 130 })
    const { provenance } = await readPackage(at(how))
    t.match(provenance, { stopped: 'interrupted', replications: cut.lines.at(-1)?.['replications'] })
    t.match(readFileSync(join(at(how), 'report.html'), 'utf8'), /class="notice">This is a partial study/)
  }
  const enough = String(Math.max(...partNumbers(at('SIGINT'))) + 2)
  t.equal((await ran(['run', at('endless.yaml'), '--out', at('SIGINT'), '--replications', enough, '--resume'])).code, (await ran(['run', at('endless.yaml'), '--out', at('whole'), '--replications', enough])).code)
  t.strictSame(files(at('SIGINT')), files(at('whole')))
})

t.test('killed in the middle: no package and no report, only whole parts; it is said, and can be gone on with', async (t) => {
  t.match(await stopped('killed', 'SIGKILL'), { code: null, signal: 'SIGKILL' })
  t.strictSame(readdirSync(at('killed')).sort(), ['parts', 'scenario.json'])
  const { scenario: sha256 } = JSON.parse(readFileSync(at('killed/parts/000000.json'), 'utf8')) as { scenario: string }
  for (const number of partNumbers(at('killed'))) t.equal(readPart(at('killed'), number, sha256).replication, number)
  t.match(await ran(['compare', at('killed'), at('killed')]), { code: 1, err: /^PACKAGE_ABSENT.*run --resume/ })
  const enough = String(Math.max(...partNumbers(at('killed'))) + 2)
  t.match((await ran(['run', at('endless.yaml'), '--out', at('killed'), '--replications', enough, '--resume'])).lines.at(-1), { is: 'ended', replications: Number(enough), stopped: 'cap' })
  t.notMatch(readdirSync(at('killed'), { recursive: true }).join('\n'), 'partial')
})

const noFull = existsSync('/dev/full') ? false : 'no /dev/full here'
t.test('a disk that is full: of a part, a table, a document or the report nothing is left that looks whole, and the words say what to do', { skip: noFull }, async (t) => {
  const dir = t.testdir({ study: {}, table: {}, document: {}, report: {} })
  const full = (folder: string, path: string): void => { symlinkSync('/dev/full', join(dir, folder, `${path}.partial`)) }
  const short = scenario({ days: 5, count: 1, over: { replications: { least: 3, most: 3, lookAhead: 0, halfWidth: 0.01, primary: 't_receive_p50' } } })
  const study = async (resume: boolean, isFull: boolean): Promise<unknown> => await runStudy({
    scenario: short, folder: join(dir, 'study'), workers: 1, shard: null, resume, most: null, signal: new AbortController().signal,
    progress: ({ computed }) => { if (isFull && computed === 1) full('study', 'parts/000001.json') }
  })
  await t.rejects(study(false, true), { name: 'InvalidInput', code: 'DISK_FULL', message: /000001[.]json.*full.*--resume/ })
  t.strictSame(readdirSync(join(dir, 'study/parts')), ['000000.json'])
  t.match(await study(true, false), { replications: 3 }, 'and with room again it goes on')
  t.equal(readPart(join(dir, 'study'), 2, scenarioSha256(short)).replication, 2)

  const packaged = async (folder: string, path: string): Promise<void> => {
    // The writer empties data/ first: the disk fills up while it reads the parts.
    const parts = function * () {
      yield * plausibleParts(3)
      full(folder, path)
    }
    await t.rejects(writePackage(join(dir, folder), plausibleScenario, plausibleProvenance, parts()), { name: 'InvalidInput', code: 'DISK_FULL' }, path)
    await t.rejects(readPackage(join(dir, folder)), { code: 'PACKAGE_ABSENT' })
    t.notOk(existsSync(join(dir, folder, path)), path)
    t.notMatch(readdirSync(join(dir, folder), { recursive: true }).join('\n'), 'partial')
  }
  for (const path of ['data/summary.csv', 'data/summary.parquet']) await packaged('table', path)
  for (const path of ['scenario.json', 'codebook.md', 'datapackage.json']) await packaged('document', path)

  await writePackage(join(dir, 'report'), plausibleScenario, plausibleProvenance, plausibleParts(3))
  full('report', 'report.html')
  await t.rejects(writeReport(join(dir, 'report'), 'en'), { code: 'DISK_FULL', message: /report[.]html/ })
  t.notOk(existsSync(join(dir, 'report/report.html')))
  t.ok(await readPackage(join(dir, 'report')), 'the package itself is whole')
  rmSync(dir, { recursive: true })
})
