/** Guards against half a package that a researcher takes for a whole one, and against two files that say different things. */
import t from 'tap'
import { appendFile, cp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { addTable } from '../../device-sim/data-package/add.ts'
import { csvCells, csvLine, csvRows } from '../../device-sim/data-package/csv.ts'
import type { Descriptor } from '../../device-sim/data-package/descriptor.ts'
import { acceptanceRows } from '../../device-sim/data-package/derive.ts'
import { Gathered } from '../../device-sim/data-package/gather.ts'
import { isBound, RESAMPLES, WaitedStudy } from '../../device-sim/data-package/waited.ts'
import { verdictOf } from '../../device-sim/data-package/judge.ts'
import { liesIn, published } from '../../device-sim/data-package/published.ts'
import { readPackage } from '../../device-sim/data-package/read.ts'
import type { NamedRow } from '../../device-sim/data-package/read.ts'
import { acceptance, derivedTables, differences, published as publishedTable, summary } from '../../device-sim/data-package/tables/derived.ts'
import { rawTables } from '../../device-sim/data-package/tables/raw.ts'
import { designTable, indices, responses } from '../../device-sim/data-package/tables/sensitivity.ts'
import type { Row } from '../../device-sim/data-package/table.ts'
import { verification } from '../../device-sim/data-package/tables/verification.ts'
import { diskFault } from '../../device-sim/data-package/whole-file.ts'
import { writePackage } from '../../device-sim/data-package/write.ts'
import { compare } from '../../device-sim/commands/compare.ts'
import { run } from '../../device-sim/commands/run.ts'
import { verify } from '../../device-sim/commands/verify.ts'
import { InvalidInput } from '../../device-sim/invalid-input.ts'
import type { Part } from '../../device-sim/study/part.ts'
import type { PressRow } from '../../device-sim/virtual/model/replication.ts'
import { untilAccepted, untilArrived } from '../../device-sim/virtual/model/waits.ts'
import { stream } from '../../device-sim/virtual/chance/stream.ts'
import { percentileBounds } from '../../device-sim/statistics/quantile.ts'
import { kaplanMeier, survivalAt, survivalQuantile } from './statistics/greenwood.ts'
import { near } from './statistics/near.ts'
import { verificationRows } from '../../device-sim/verify/outcome-rows.ts'
import { profileFaults, promiseFaults } from './data-package-standard.ts'
import { spoken } from './scenario/spoken.ts'
import { root } from '../runner/root.ts'
import { plausibleParts, plausibleProvenance, plausibleScenario } from './plausible-study.ts'

type Step = ReturnType<typeof kaplanMeier>[number]

const tables = [...rawTables, ...derivedTables]
const made = async (folder: string, parts: Iterable<Part> = plausibleParts(6)): Promise<string> => {
  await writePackage(folder, plausibleScenario, plausibleProvenance, parts)
  return folder
}
const bytesOf = async (folder: string): Promise<Record<string, string>> => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return Object.fromEntries(await Promise.all(files.map(async ({ parentPath, name }) => [join(parentPath, name).slice(folder.length), await readFile(join(parentPath, name), 'base64')] as const)))
}
const descriptorIn = async (folder: string): Promise<Descriptor> => JSON.parse(await readFile(join(folder, 'datapackage.json'), 'utf8')) as Descriptor

t.test('the descriptor is what the standard asks, and every key of a table holds', async (t) => {
  const folder = await made(t.testdir())
  const descriptor = await descriptorIn(folder)
  t.strictSame(profileFaults(descriptor), [], 'the official profiles take it')
  t.strictSame(promiseFaults(descriptor), [], 'so do our own promises')
  const keysOf = async (name: string, columns: readonly string[]): Promise<string[]> => {
    const table = tables.find((each) => each.name === name)
    if (table === undefined) throw new Error(`no table ${name}`)
    const rows = csvRows(await readFile(join(folder, `data/${name}.csv`), 'utf8'), table.columns, name)
    return rows.map((row) => columns.map((column) => row[table.columns.findIndex((each) => each.name === column)]).join('|'))
  }
  for (const table of tables) {
    const keys = await keysOf(table.name, table.primaryKey)
    t.equal(new Set(keys).size, keys.length, `${table.name}: its key is unique`)
    for (const { fields, resource, to } of table.foreignKeys ?? []) {
      const known = new Set(await keysOf(resource, to))
      t.strictSame((await keysOf(table.name, fields)).filter((key) => !known.has(key)), [], `${table.name} -> ${resource}`)
    }
  }
  const words = await readFile(join(folder, 'codebook.md'), 'utf8')
  for (const { name, columns } of [...tables, verification, responses, indices, designTable(plausibleScenario.factors)]) {
    for (const { name: column, type, unit } of columns) t.ok(type === 'string' || type === 'boolean' || (unit ?? '') !== '', `${name}.${column} has a unit`)
  }
  for (const table of tables) {
    const section = words.split('\n## ').find((each) => each.startsWith(`${table.name}\n`)) ?? ''
    for (const { name, unit = '' } of table.columns) t.ok(section.includes(`| \`${name}\` |`) && section.includes(`| ${unit} |`), `the codebook knows ${table.name}.${name}`)
  }
})

t.test('the band of acceptances is over replications: presses told twice are no new witnesses, and one replication has no band', async (t) => {
  const rowsOf = (replications: number, times: 1 | 2): Row[] => {
    const gathered = new Gathered(plausibleScenario.policies.map(({ name }) => name), plausibleScenario.horizonS)
    for (const part of plausibleParts(replications)) gathered.add({ ...part, results: part.results.map((result) => ({ ...result, presses: Array.from({ length: times }, () => result.presses).flat() })) })
    return acceptanceRows(gathered, new WaitedStudy(gathered, 1))
  }
  const digits = (row: Row): string[] => row.slice(0, 5).map((cell) => typeof cell === 'number' ? cell.toFixed(9) : String(cell))
  const once = rowsOf(6, 1)
  t.ok(once.some(([, , , low, high]) => Number(high) - Number(low) > 0.02))
  t.strictSame(rowsOf(6, 2).map(digits), once.map(digits))
  t.ok(rowsOf(1, 1).every(([, , , low, high]) => low === null && high === null))
})

t.test('one definition: shares of the summary are those of the curve to the last digit, band and all, a quantile is where the curve gets there, and a difference is that of two rows', async (t) => {
  const pack = await readPackage(await made(t.testdir()))
  const [rows, curve] = [pack.rows(summary), pack.rows(acceptance)]
  const row = (policy: unknown, measure: string): NamedRow => rows.find((each) => each.policy === policy && each.measure === measure) ?? {}
  for (const { name } of plausibleScenario.policies) {
    const at = (s: number): NamedRow => curve.find((point) => point.policy === name && point.t_s === s) ?? {}
    for (const [measure, s] of [['tta_in_10s', 10], ['tta_in_40s', 40]] as const) {
      const { accepted, low, high } = at(s)
      t.match(row(name, measure), { estimate: accepted, low, high, method: 'kaplan-meier' })
    }
    const hour = at(3_600)
    t.match([row(name, 'never_accepted')].map(({ estimate, low, high }) => [estimate, low, high].map((cell) => Number(cell).toFixed(12))), [[hour.accepted, hour.high, hour.low].map((cell) => (1 - Number(cell)).toFixed(12))])
    const median = Number(row(name, 'tta_p50').estimate)
    const shareAt = (s: number): number => Number(curve.filter((point) => point.policy === name && Number(point.t_s) <= s).at(-1)?.accepted)
    t.ok(shareAt(median * 0.88) < 0.5 && shareAt(median * 1.13) >= 0.5, `${name}: half within ${median} s`)
  }
  const waits = pack.rows(differences).filter(({ method }) => method === 'paired-bootstrap')
  t.equal(new Set(waits.map(({ measure }) => measure)).size, 9)
  for (const { policy, baseline, measure, estimate, low, high } of waits) {
    const unreached = [row(policy, String(measure)), row(baseline, String(measure))].filter((each) => isBound(String(measure), Number(each.estimate), Number(each.known_until))).length
    const own = Number(row(policy, String(measure)).estimate) - Number(row(baseline, String(measure)).estimate)
    t.equal(estimate, unreached === 2 ? null : own)
    t.strictSame([low === null, high === null], unreached > 0 ? [true, true] : [false, false])
  }
})

t.test('a difference of two policies is drawn by hand: whole replications, the same ones for both, and the textbook\'s curve of them', async (t) => {
  const { policies: [first, second], seed } = plausibleScenario
  if (first === undefined || second === undefined) throw new Error('two policies')
  const replications = 6
  const gathered = new Gathered(plausibleScenario.policies.map(({ name }) => name), plausibleScenario.horizonS)
  for (const part of plausibleParts(replications)) gathered.add(part)
  const watched = [first, second].map(({ name }) => [...gathered.tallies.get(name)?.waits(untilAccepted) ?? []])
  const luck = stream(seed, 0, 'replications drawn anew', 'waits')
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const chosen = Array.from({ length: replications }, () => Math.floor(luck.next() * replications))
    return watched.map((of) => kaplanMeier(chosen.flatMap((n) => of[n] ?? [])))
  })
  const asked = [['tta_p50', (steps: readonly Step[]) => Math.min(3_600, survivalQuantile(steps, 0.5).value)], ['tta_in_40s', (steps: readonly Step[]) => 1 - survivalAt(steps, 40)]] as const
  const study = new WaitedStudy(gathered, seed)
  for (const [measure, read] of asked) {
    const differences = drawn.map(([a = [], b = []]) => read(b) - read(a)).sort((a, b) => a - b)
    const { value, low, high } = study.difference(first.name, second.name, measure) ?? { value: NaN, low: NaN, high: NaN }
    const [a = [], b = []] = watched.map((of) => kaplanMeier(of.flat()))
    near(t, value, read(b) - read(a), 1e-9)
    const bounds = percentileBounds(differences, replications, 0.95)
    near(t, low, bounds.low, 1e-9, `${measure} from ${low}`)
    near(t, high, bounds.high, 1e-9, `${measure} to ${high}`)
    t.ok(low < high)
  }
})

t.test('a press that she took back counts until then: who accepts afterwards has not answered it, and tests are none', async (t) => {
  const row = [...plausibleParts(1)][0]?.results[0]?.presses[0] as PressRow
  const press = (more: Partial<PressRow>): PressRow => ({ ...row, cause: 'incident', pressedAt: 100, acceptedAt: null, arrivedAt: null, neededUntil: null, cancelledAt: null, closedAt: null, ...more })
  const presses = [press({ acceptedAt: 130, arrivedAt: 400, closedAt: 700 }), press({ cause: 'accident', neededUntil: 108, cancelledAt: 108, closedAt: 108 }), press({ neededUntil: 120, cancelledAt: 124, acceptedAt: 125 }), press({ acceptedAt: 140, closedAt: 300 }), press({}), press({ cause: 'test', acceptedAt: 101 }), press({ closedAt: 300, closing: 'two-said-over' }), press({ closedAt: 300, closing: 'pin', forcedAt: 300 }), press({ closedAt: 300, closing: 'superseded' })]
  t.strictSame(untilAccepted({ presses, endS: 5_000 }), [{ at: 30, ended: true }, { at: 8, ended: false }, { at: 20, ended: false }, { at: 40, ended: true }, { at: 4_900, ended: false }, { at: 200, ended: false }, { at: 4_900, ended: false }, { at: 4_900, ended: false }])
  t.strictSame(untilArrived({ presses, endS: 5_000 }).map(({ at, ended }) => [at, ended]), [[300, true], [8, false], [20, false], [200, false], [4_900, false], [200, false], [4_900, false], [4_900, false]])
})

t.test('a share of false alarms is held against the published one: inside only with its whole interval, and the table says what the summary says', async (t) => {
  const band = { low: 0.85, high: 0.99 }
  t.strictSame([[0.86, 0.9], [0.85, 0.99], [0.7, 0.8], [0.995, 1], [0.8, 0.9], [0.9, 1], [0.8, 1], [null, null]].map(([low = null, high = null]) => liesIn(band, low, high)),
    ['inside', 'inside', 'below', 'above', 'undecided', 'undecided', 'undecided', 'undecided'])
  const pack = await readPackage(await made(t.testdir()))
  const rows = pack.rows(publishedTable)
  t.equal(rows.length, published.length * plausibleScenario.policies.length)
  for (const { policy, measure, estimate, low, high, lies } of rows) {
    t.match(pack.rows(summary).find((row) => row.policy === policy && row.measure === measure), { estimate, low, high })
    t.equal(lies, liesIn(band, Number(low), Number(high)))
  }
})

t.test('Parquet says what the CSV says, cell by cell', async (t) => {
  const folder = await made(t.testdir())
  for (const { name, columns } of tables) {
    const rows = csvRows(await readFile(join(folder, `data/${name}.csv`), 'utf8'), columns, name)
    const bytes = await readFile(join(folder, `data/${name}.parquet`))
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    const objects = rows.length === 0 ? [] : await parquetReadObjects({ file })
    t.strictSame(objects.map((each) => columns.map((column) => each[column.name] ?? null)), rows, `${name}: ${rows.length} rows`)
  }
})

t.test('the same parts give the same bytes; another part, others', async (t) => {
  const dir = t.testdir({ a: {}, b: {}, c: {} })
  const first = await bytesOf(await made(join(dir, 'a')))
  t.strictSame(await bytesOf(await made(join(dir, 'b'))), first)
  t.notSame(await bytesOf(await made(join(dir, 'c'), plausibleParts(7))), first)
  t.ok(Object.keys(first).every((path) => !path.endsWith('.partial')), 'nothing half written is left')
})

t.test('a writer that breaks in the middle leaves no package, also where one was', async (t) => {
  const folder = await made(t.testdir())
  const broken = function * (): Generator<Part> {
    yield * plausibleParts(2)
    throw new InvalidInput('DISK_FULL', 'full')
  }
  await t.rejects(made(folder, broken()), { code: 'DISK_FULL' })
  await t.rejects(readPackage(folder), { code: 'PACKAGE_ABSENT' })
  t.strictSame((await readdir(folder, { recursive: true })).filter((path) => /[.](partial|csv|parquet)$/.test(path)), [], 'no table looks finished')
})

t.test('what the simulator shows of itself is added to a whole package, once and again; to a changed one, or one of another program, nothing is', async (t) => {
  const folder = await made(t.testdir())
  const rows = (statistic: number): Row[] => verificationRows(1, [{ check: 'availability', claim: 'It is.', measures: '|t|', statistic, least: null, most: 4, n: 16, passes: true }])
  await addTable(folder, verification, rows(0.5))
  const codebook = await readFile(join(folder, 'codebook.md'), 'utf8')
  await addTable(folder, verification, rows(0.7))
  const pack = await readPackage(folder)
  t.match(pack.rows(verification), [{ check: 'availability', statistic: 0.7, least: null, passes: true, seed: 1 }])
  t.equal(pack.rows(summary).length, 75, 'the rest is as it was')
  t.equal(await readFile(join(folder, 'codebook.md'), 'utf8'), codebook, 'its page of the codebook stands once')
  const names = pack.descriptor.resources.map(({ name }) => name)
  t.equal(new Set(names).size, names.length)
  const added = await descriptorIn(folder)
  t.strictSame([...profileFaults(added), ...promiseFaults(added)], [])
  t.match(await spoken(verify, '--out', folder), { code: 1, err: /^PACKAGE_OF_ANOTHER_PROGRAM.*lockfileSha256/ })
  await appendFile(join(folder, 'data/summary.csv'), 'x')
  await t.rejects(addTable(folder, verification, rows(0.9)), { code: 'PACKAGE_CHANGED' })
})

t.test('a full disk is said in words, with its code', async (t) => {
  const said = diskFault(Object.assign(new Error('x'), { code: 'ENOSPC' }), 'data/presses.csv')
  t.match(said, { name: 'InvalidInput', code: 'DISK_FULL' })
  t.match((said as Error).message, /data\/presses[.]csv.*full/)
  const other = new Error('y')
  t.equal(diskFault(other, 'p'), other, 'what is not known is not dressed up')
})

t.test('a package that was changed, cut or made by another layout is refused by name', async (t) => {
  const dir = t.testdir({ whole: {} })
  const whole = await made(join(dir, 'whole'))
  const refused = async (name: string, code: string, harm: (folder: string) => Promise<void>): Promise<void> => {
    const folder = join(dir, name)
    await cp(whole, folder, { recursive: true })
    await harm(folder)
    await t.rejects(readPackage(folder), { name: 'InvalidInput', code }, name)
  }
  await refused('changed', 'PACKAGE_CHANGED', async (folder) => { await appendFile(join(folder, 'data/summary.csv'), 'x') })
  await refused('cut', 'PACKAGE_PARTIAL', async (folder) => { await rm(join(folder, 'data/presses.parquet')) })
  await refused('empty', 'PACKAGE_ABSENT', async (folder) => { await rm(join(folder, 'datapackage.json')) })
  await refused('garbage', 'PACKAGE_BROKEN', async (folder) => { await writeFile(join(folder, 'datapackage.json'), '{') })
  await refused('newer', 'PACKAGE_VERSION', async (folder) => { await writeFile(join(folder, 'datapackage.json'), JSON.stringify({ ...await descriptorIn(folder), layout: 99 })) })
  await refused('outside', 'PACKAGE_BROKEN', async (folder) => {
    const descriptor = await descriptorIn(folder)
    await writeFile(join(folder, 'datapackage.json'), JSON.stringify({ ...descriptor, resources: [{ ...descriptor.resources[0], path: '../whole/scenario.json' }] }))
  })
  t.equal((await readPackage(whole)).rows(summary).length, 75, 'the whole one is read')
})

t.test('a cell reads back as it was, whatever it holds', async (t) => {
  const text = fc.string({ minLength: 1 })
  fc.assert(fc.property(fc.array(fc.tuple(text, fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x === 0 ? 0 : x)), fc.boolean())), (rows) => {
    const columns = [{ name: 'a', type: 'string' as const, description: '' }, { name: 'b', type: 'number' as const, description: '', optional: true }, { name: 'c', type: 'boolean' as const, description: '' }]
    t.strictSame(csvRows(csvLine(['a', 'b', 'c']) + rows.map(csvLine).join(''), columns, 'x'), rows)
  }))
  t.throws(() => csvCells('"a', 'x'), { code: 'PACKAGE_CSV' })
})

t.test('an interval that straddles a limit decides nothing', async (t) => {
  const less = { name: 'x', measure: 'tta_p90', policy: null, better: 'less', green: 60, red: 300 } as const
  const more = { ...less, better: 'more', green: 0.9, red: 0.5 } as const
  t.equal(verdictOf(less, 40, 60), 'green')
  t.equal(verdictOf(less, 40, 61), 'amber')
  t.equal(verdictOf(less, 299, 400), 'amber')
  t.equal(verdictOf(less, 300, 400), 'red')
  t.equal(verdictOf(more, 0.9, 0.95), 'green')
  t.equal(verdictOf(more, 0.4, 0.5), 'red')
  t.equal(verdictOf(more, 0.4, 0.95), 'amber')
  t.equal(verdictOf(less, null, null), 'amber', 'nothing measured is not good news')
})

t.test('a study run again from the scenario in its package is the same, byte by byte; side by side, what differs is said before any number may mean something', async (t) => {
  const starter = (await readFile(join(root, 'device-sim/scenario/starter.yaml'), 'utf8')).replace('horizon: 1 year', 'horizon: 60 days')
  const dir = t.testdir({ 's.yaml': starter, 'other.yaml': starter.replace('seed: 1 ', 'seed: 2 '), 'dearer.yaml': starter.replace('rooms: 2', 'rooms: 3'), 'longer.yaml': starter.replace('60 days', '90 days') })
  const at = (name: string): string => join(dir, name)
  const ran = async (from: string, to: string, replications: number): Promise<void> => { t.match(await spoken(run, at(from), '--out', at(to), '--replications', String(replications), '--workers', '1'), { err: '' }) }
  await ran('s.yaml', 'a', 3)
  await ran('a/scenario.yaml', 'again', 3)
  await ran('a/scenario.json', 'json', 3)
  const data = async (name: string): Promise<Record<string, string>> => Object.fromEntries(Object.entries(await bytesOf(at(name))).filter(([path]) => !/provenance|datapackage|stress-des|report|scenario[.]yaml/.test(path)))
  t.strictSame(await data('again'), await data('a'))
  t.strictSame(await data('json'), await data('a'), 'from the resolved scenario too')
  t.equal(await readFile(at('again/scenario.yaml'), 'utf8'), await readFile(at('a/scenario.yaml'), 'utf8'))
  t.match((await readFile(at('a/report.html'), 'utf8')), 'device-sim run scenario.yaml --replications 3 --out ../my-study-again')
  t.match(await spoken(compare, at('a'), at('again')), { code: 0, out: /same seed, 3 replications of each[.]\nThe scenario is the same in both[.]\nEvery number of every replication is the same in both[.]$/ })

  await ran('s.yaml', 'longer-run', 5)
  const found = await spoken(compare, at('a'), at('longer-run'), '--json')
  for (const { first, second, difference, paired, sameScenario } of found.out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)) {
    t.match({ paired, sameScenario }, { paired: true, sameScenario: true })
    t.equal(first, second, 'the means are of the replications that both have')
    t.ok(difference === 0 || difference === null)
  }
  await ran('other.yaml', 'other', 3)
  t.match(await spoken(compare, at('a'), at('other')), { code: 0, out: /Not paired: the seeds differ; 3 and 3 replications[.]\nThe scenarios differ/ })
  await ran('dearer.yaml', 'dearer', 3)
  const dearer = (await spoken(compare, at('a'), at('dearer'))).out
  t.match(dearer, /same seed, 3 replications of each[.]\nThe scenarios differ/)
  t.notMatch(dearer, 'Every number')
  await ran('longer.yaml', 'longer', 3)
  t.match(await spoken(compare, at('a'), at('longer')), { code: 1, err: /^NOT_COMPARABLE.*60 days.*90/ })
})
