/** Incident: a study that said what its results hang on, and said it otherwise on another machine; and one that called noise a cause. */
import t from 'tap'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sensitivity } from '../../device-sim/commands/sensitivity.ts'
import { csvRows } from '../../device-sim/data-package/csv.ts'
import { readPackage } from '../../device-sim/data-package/read.ts'
import type { NamedRow } from '../../device-sim/data-package/read.ts'
import { designTable, indices, responses } from '../../device-sim/data-package/tables/sensitivity.ts'
import { InvalidInput } from '../../device-sim/invalid-input.ts'
import { canonicalJson, scenarioSha256 } from '../../device-sim/scenario/canonical.ts'
import { scenario } from './virtual/scenario.ts'

/** How soon hands react is what waiting hangs on; what a button costs, and how fast feet are, no waiting can feel. */
const REACTION = 'venues.house.responders.*.reaction.median'
const COST = 'buttons.wall.cost'
const asked = scenario({
  days: 8,
  count: 1,
  over: {
    replications: { least: 2, most: 3, lookAhead: 0, halfWidth: 0.5, primary: 'tta_p50' },
    factors: [
      { path: COST, low: 5, high: 50, scale: 'linear' },
      { path: REACTION, low: 5, high: 80, scale: 'log' },
      { path: 'venues.house.workers.accidents', low: 1, high: 30, scale: 'log' }
    ]
  }
})
const POINTS = 1 + 2 * 3 + 4 * (3 + 1)
const home = t.testdir()
const file = join(home, 'scenario.json')
writeFileSync(file, canonicalJson(asked))
// A resolved scenario is taken only beside its provenance.
writeFileSync(join(home, 'provenance.json'), `{ "scenarioSha256": "${scenarioSha256(asked)}" }`)

type Ran = { readonly code: number, readonly said: string, readonly points: number }
/** Morris with four walks, three replications a point. `stopAfter`: Ctrl-C once so many points are answered. */
async function ran (name: string, more: readonly string[] = [], stopAfter = Infinity): Promise<Ran> {
  const stop = new AbortController()
  const said: string[] = []
  let points = 0
  const print = (line: string): void => {
    if ((JSON.parse(line) as { is: string }).is === 'progress' && ++points >= stopAfter) stop.abort()
  }
  const tell = (line: string): void => { said.push(line) }
  const argv = [file, '--out', join(home, name), '--size', '4', '--replications', '3', '--workers', '1', '--json', ...more]
  const code = await sensitivity.run(argv, { print, tell, isTerminal: false, width: 80, signal: stop.signal }).catch((fault: unknown) => {
    if (!(fault instanceof InvalidInput)) throw fault
    said.push(fault.code)
    return 1
  })
  return { code, said: said.join('\n'), points }
}

/** Path and digest of every file of the package. */
function bytes (name: string): readonly string[] {
  const folder = join(home, name)
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort()
    .map((path) => `${path.slice(folder.length)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
}
const indexOf = (rows: readonly NamedRow[], factor: string, index: string, measure = 'tta_p50', policy = 'steps'): NamedRow => {
  const row = rows.find((each) => each['policy'] === policy && each['measure'] === measure && each['factor'] === factor && each['index'] === index)
  if (row === undefined) throw new Error(`no ${index} of ${factor}`)
  return row
}

t.test('one thread, two, and one that was interrupted and went on: the same package, byte by byte', async (t) => {
  t.match(await ran('one'), { code: 0, points: POINTS })
  t.match(await ran('two', ['--workers', '2']), { code: 0, points: POINTS })
  t.strictSame(bytes('two'), bytes('one'))
  t.match(await ran('cut', [], 5), { code: 130, said: /--resume/, points: 5 })
  await t.rejects(readPackage(join(home, 'cut')), { code: 'PACKAGE_ABSENT' }, 'what was interrupted is no package')
  // What a power cut leaves of a point.
  writeFileSync(join(home, 'cut', 'points', '000003.json'), '{"version":1,')
  t.match(await ran('cut', ['--resume']), { code: 0, points: POINTS - 4 }, 'only what was missing is computed')
  t.strictSame(bytes('cut'), bytes('one'))
})

t.test('the design matrix is in the package: the scenario as it is, each factor alone at its ends, then walks of one step at a time', async (t) => {
  const { rows } = await readPackage(join(home, 'one'))
  const design = rows(designTable(asked.factors))
  t.equal(design.length, POINTS)
  const [base, low, high] = design
  t.match(base, { method: 'base', [COST]: null, [REACTION]: null })
  t.match([low, high], [{ method: 'low', [COST]: 5, [REACTION]: null }, { method: 'high', [COST]: 50, [REACTION]: null }])
  const walks = [0, 1, 2, 3].map((walk) => design.filter(({ trajectory }) => trajectory === walk))
  for (const walk of walks) {
    t.equal(walk.length, 4)
    for (const [i, point] of walk.slice(1).entries()) t.equal(asked.factors.filter(({ path }) => point[path] !== walk[i]?.[path]).length, 1, 'one factor moves between two points')
  }
  const answers = csvRows(readFileSync(join(home, 'one', 'data/responses.csv'), 'utf8'), responses.columns, 'responses.csv')
  t.equal(new Set(answers.map(([point]) => point)).size, POINTS, 'every point was asked')
})

t.test('what matters ranks first, with an interval clear of 0; what does nothing has no effect at all', async (t) => {
  const rows = (await readPackage(join(home, 'one'))).rows(indices)
  const star = (factor: string, measure?: string): number => Number(indexOf(rows, factor, 'mu_star', measure).estimate)
  t.ok(star(REACTION) > 3 * star('venues.house.workers.accidents'), `${star(REACTION)} s`)
  t.ok(Number(indexOf(rows, REACTION, 'mu_star').low) > 0)
  t.ok(Number(indexOf(rows, REACTION, 'mu').estimate) > 0, 'slower hands, later help')
  t.equal(star(COST), 0, 'on the same luck nothing but a cause moves anything')
  t.equal(Number(indexOf(rows, COST, 'sigma').estimate), 0)
  t.ok(star(COST, 'cost_room_year') > 0, 'and it does cost')
  const [base, low, high] = ['base', 'low_end', 'high_end'].map((index) => indexOf(rows, REACTION, index))
  t.ok(Number(low?.estimate) < Number(base?.estimate) && Number(base?.estimate) < Number(high?.estimate))
  t.ok(Number(high?.low) <= Number(high?.estimate) && Number(high?.estimate) <= Number(high?.high), 'the interval holds its end')
  t.equal(indexOf(rows, COST, 'low_end').low, indexOf(rows, COST, 'base').estimate, 'no difference, no width')
})

t.test('Latin hypercube: the same for two threads that were interrupted and went on, and it finds the same cause', async (t) => {
  const wish = ['--method', 'lhs', '--size', '20']
  t.match(await ran('lhs', wish), { code: 0 })
  t.match(await ran('lhs-two', [...wish, '--workers', '2'], 4), { code: 130 })
  t.match(await ran('lhs-two', [...wish, '--resume']), { code: 0 })
  t.strictSame(bytes('lhs-two'), bytes('lhs'))
  const { rows } = await readPackage(join(home, 'lhs'))
  const design = rows(designTable(asked.factors)).filter(({ method }) => method === 'lhs')
  for (const { path, low, high } of asked.factors) {
    const values = design.map((point) => Number(point[path]))
    t.equal(new Set(values).size, 20, 'each of twenty layers once')
    t.ok(Math.min(...values) >= low && Math.max(...values) <= high)
  }
  const found = rows(indices)
  const prcc = (factor: string): NamedRow => indexOf(found, factor, 'prcc')
  t.ok(Number(prcc(REACTION).low) > 0.5, JSON.stringify(prcc(REACTION)))
  t.ok(Math.abs(Number(prcc(COST).estimate)) < Number(prcc(REACTION).estimate))
})

t.test('a folder of another design is refused with its code, and so is one that is in use', async (t) => {
  t.match(await ran('one'), { code: 1, said: 'FOLDER_IN_USE' })
  t.match(await ran('one', ['--resume', '--size', '5']), { code: 1, said: 'POINTS_OF_ANOTHER_DESIGN' })
  t.match(await ran('one', ['--resume', '--method', 'lhs']), { code: 1, said: 'POINTS_OF_ANOTHER_DESIGN' })
  mkdirSync(join(home, 'odd'))
  t.match(await ran('odd', ['--levels', '5']), { code: 1, said: 'NUMBER_INVALID' })
  t.ok((await readPackage(join(home, 'one'))).rows(indices).length > 0, 'and what was there is as it was')
})

t.test('a package that was passed on is not overwritten, and a study that another program began is refused before hours are spent', async (t) => {
  cpSync(join(home, 'one'), join(home, 'passed-on'), { recursive: true })
  for (const own of ['parts', 'points']) rmSync(join(home, 'passed-on', own), { recursive: true })
  const before = bytes('passed-on')
  t.match(await ran('passed-on'), { code: 1, said: 'FOLDER_IN_USE', points: 0 })
  t.strictSame(bytes('passed-on'), before)
  cpSync(join(home, 'one'), join(home, 'elsewhere'), { recursive: true })
  rmSync(join(home, 'elsewhere', 'points'), { recursive: true })
  const part = join(home, 'elsewhere', 'parts', '000000.json')
  writeFileSync(part, readFileSync(part, 'utf8').replace(/"program":"[^"]*"/, '"program":"another"'))
  t.match(await ran('elsewhere'), { code: 1, said: 'PART_OF_ANOTHER_PROGRAM', points: 0 })
  t.notOk(existsSync(join(home, 'elsewhere', 'points')))
})
