import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Bar, barLine } from '../../../device-sim/study/bar.ts'
import { readParts } from '../../../device-sim/study/parts.ts'
import { joinShards } from '../../../device-sim/study/merge.ts'
import { provenanceOf } from '../../../device-sim/study/provenance.ts'
import { runStudy } from '../../../device-sim/study/run.ts'
import type { Shard, StudyEnd } from '../../../device-sim/study/run.ts'
import { scenarioSha256 } from '../../../device-sim/scenario/canonical.ts'
import { replicate } from '../../../device-sim/virtual/model/replicate.ts'
import { runSensitivity } from '../../../device-sim/sensitivity/run.ts'
import { scenario } from '../virtual/scenario.ts'

const study = scenario({ days: 20, count: 1, over: { replications: { least: 3, most: 12, lookAhead: 1, halfWidth: 0.3, primary: 't_receive_p50' } } })
const sha256 = scenarioSha256(study)

type Wish = { readonly workers?: number, readonly resume?: boolean, readonly shard?: Shard | null, readonly stopAfter?: number, readonly most?: number | null }

async function run (folder: string, { workers = 1, resume = false, shard = null, stopAfter = Infinity, most = null }: Wish = {}): Promise<StudyEnd> {
  const stop = new AbortController()
  return await runStudy({ scenario: study, folder, workers, shard, resume, most, signal: stop.signal, progress: ({ computed }) => { if (computed >= stopAfter) stop.abort() } })
}

/** Name and digest of every part. */
function bytes (folder: string): readonly string[] {
  const parts = join(folder, 'parts')
  return readdirSync(parts).sort().map((name) => `${name} ${createHash('sha256').update(readFileSync(join(parts, name))).digest('hex')}`)
}

t.test('one thread or two: the same parts, in the same bytes, and the rule stops both at the same place', async (t) => {
  const folder = t.testdir({ one: {}, two: {} })
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  const alone = await run(one)
  const together = await run(two, { workers: 2 })
  t.equal(alone.stopped, 'precise')
  t.ok(alone.replications < 12, 'before the cap')
  t.match(together, { replications: alone.replications, stopped: 'precise' })
  t.same(bytes(two), bytes(one))
})

t.test('stopped in the middle and resumed: as if nothing had happened; without --resume it is refused', async (t) => {
  const whole = t.testdir({ whole: {}, cut: {} })
  const end = await run(join(whole, 'whole'))
  const cut = await run(join(whole, 'cut'), { stopAfter: 2 })
  t.match(cut, { replications: 2, stopped: 'interrupted' })
  await t.rejects(run(join(whole, 'cut')), { code: 'FOLDER_IN_USE' })
  // What a power cut leaves: half a part beside its place, and one that was damaged.
  writeFileSync(join(whole, 'cut', 'parts', '000007.json.partial'), '{"version":1,')
  writeFileSync(join(whole, 'cut', 'parts', '000001.json'), '{"version":1,')
  t.match(await run(join(whole, 'cut'), { resume: true }), { replications: end.replications, stopped: end.stopped })
  t.same(bytes(join(whole, 'cut')), bytes(join(whole, 'whole')))
})

t.test('three shards, joined: the bytes of one run, and no more of them than it needed', async (t) => {
  const folder = t.testdir({ whole: {}, a: {}, b: {}, c: {}, out: {} })
  const end = await run(join(folder, 'whole'))
  const shards = []
  for (const [i, name] of ['a', 'b', 'c'].entries()) {
    const shard = { part: i + 1, of: 3 }
    const done = await run(join(folder, name), { shard })
    t.match(done, { stopped: 'shard', replications: 4 })
    shards.push({ folder: join(folder, name), scenario: study, provenance: provenanceOf(study, done, ['run', 'x.yaml'], shard) })
  }
  const joined = await joinShards(shards, join(folder, 'out'))
  t.match(joined.end, { replications: end.replications, stopped: end.stopped })
  t.same(joined.provenance, provenanceOf(study, end, ['run', 'x.yaml'], null), 'who computed it is forgotten')
  t.same(bytes(join(folder, 'out')), bytes(join(folder, 'whole')))
  await t.rejects(joinShards(shards, join(folder, 'out')), { code: 'FOLDER_IN_USE' })
  const [late] = shards.splice(1, 1)
  t.match((await joinShards(shards, join(folder, 'again'))).end, { stopped: 'interrupted' })
  shards.splice(1, 0, late!)
  t.match((await joinShards(shards, join(folder, 'again'))).end, { stopped: end.stopped }, 'once the missing shard is there, in the same folder')
  const other = { ...shards[1]!, provenance: { ...shards[1]!.provenance, node: 'v99' } }
  await t.rejects(joinShards([shards[0]!, other], join(folder, 'other')), { code: 'SHARD_OF_ANOTHER_MACHINE' })
})

t.test('parts are read back as they were, in order, and those of another scenario are refused', async (t) => {
  const folder = t.testdir()
  await run(folder, { most: 3 })
  const parts = []
  for await (const part of readParts(folder, sha256)) parts.push(part)
  t.same(parts.map(({ replication }) => replication), [0, 1, 2])
  t.equal(JSON.stringify(parts[1]?.results[1]), JSON.stringify(replicate(study, 1, 1)))
  await t.rejects(async () => { for await (const part of readParts(folder, 'another')) t.fail(String(part.replication)) }, { code: 'PART_OF_ANOTHER_STUDY' })
})

t.test('a folder is never taken from somebody: what a study would replace there, and a study of another scenario, stay as they are', async (t) => {
  const folder = t.testdir({ mine: { data: { 'interviews.csv': 'a year of work' }, 'scenario.yaml': '# with my comments' }, log: { 'job.log': 'queued' } })
  await t.rejects(run(join(folder, 'mine')), { code: 'FOLDER_IN_USE', message: /data, scenario[.]yaml/ })
  await t.rejects(run(join(folder, 'mine'), { resume: true }), { code: 'FOLDER_IN_USE' })
  t.strictSame(readdirSync(join(folder, 'mine'), { recursive: true }).sort(), ['data', 'data/interviews.csv', 'scenario.yaml'])
  t.match(await run(join(folder, 'log'), { most: 2 }), { replications: 2 }, 'what is not in the way may be there')
  // A package that was passed on has no parts: they are large.
  const other = join(folder, 'log')
  writeFileSync(join(other, 'datapackage.json'), '{}')
  rmSync(join(other, 'parts'), { recursive: true })
  await t.rejects(run(other, { most: 2 }), { code: 'FOLDER_IN_USE', message: /--resume/ })
  writeFileSync(join(other, 'scenario.json'), JSON.stringify({ ...study, seed: 8 }))
  await t.rejects(run(other, { most: 2, resume: true }), { code: 'PART_OF_ANOTHER_STUDY' })
  await t.rejects(runSensitivity({ scenario: study, folder: other, wish: { method: 'morris', size: 2, levels: 4 }, replications: 2, workers: 1, resume: true, signal: new AbortController().signal, progress: () => {} }), { code: 'PART_OF_ANOTHER_STUDY' })
  t.strictSame(readdirSync(other).sort(), ['datapackage.json', 'job.log', 'scenario.json'])
})

t.test('what another version of the program computed is not gone on with: nobody could compute such a study again', async (t) => {
  const folder = t.testdir()
  await run(folder, { most: 2 })
  const part = join(folder, 'parts', '000001.json')
  const text = readFileSync(part, 'utf8')
  writeFileSync(part, text.replace(/"program":"[0-9a-f]{16}"/, '"program":"0000000000000000"'))
  t.not(readFileSync(part, 'utf8'), text)
  await t.rejects(run(folder, { most: 3, resume: true }), { code: 'PART_OF_ANOTHER_PROGRAM' })
  writeFileSync(part, text)
  t.match(await run(folder, { most: 3, resume: true }), { replications: 3 })
})

t.test('a criterion that is changed once numbers are known is another study', async (t) => {
  const folder = t.testdir()
  const asked = { ...study, criteria: [{ name: 'soon', measure: 'tta_p90', policy: null, better: 'less', green: 60, red: 180 }] } as const
  const once = { folder, workers: 1, shard: null, most: 2, signal: new AbortController().signal, progress: () => {} }
  await runStudy({ ...once, scenario: asked, resume: false })
  await t.rejects(runStudy({ ...once, scenario: { ...asked, criteria: [{ ...asked.criteria[0], green: 61 }] }, resume: true }), { code: 'PART_OF_ANOTHER_STUDY' })
})

t.test('a place that takes no files is said in words, and leaves nothing', async (t) => {
  const folder = t.testdir({ file: 'not a folder' })
  await t.rejects(run(join(folder, 'file')), { code: 'FOLDER_ABSENT', message: /part of its path is a file.*name another place/ })
})

t.test('the bar says replications, speed, time left and half-width, is drawn ten times a second at most, and leaves its line empty', async (t) => {
  const now = { done: 12, of: 60, computed: 10, events: 3_000_000, halfWidth: 0.0834 }
  t.match(barLine(now, 2, 79), /^\[#{3}[.]{11}\] 12 of at most 60 {2}1.50 M events\/s {2}10 s left {2}half-width 8.3 %$/, 'all of it on a terminal of 80 columns')
  t.equal(barLine(now, 2, 120).indexOf(']'), 21)
  t.match(barLine({ ...now, done: 12_000, of: 100_000 }, 2, 70), /^12000 of at most 100000 .* half-width 8.3 %$/, 'the bar gives way before a number does')
  t.match(barLine({ ...now, computed: 0, events: 0, halfWidth: null }, 0, 79), /^\S+ 12 of at most 60 {2}0 k events\/s$/, 'nothing is promised before anything is known')
  t.match(barLine({ ...now, done: 60 }, 2, 120), /^\[#{20}\] .* 0 s left/)
  const written: string[] = []
  let ms = 0
  const bar = new Bar({ write: (text) => { written.push(text) }, width: 40, mono: () => ms })
  bar.end()
  t.strictSame(written, [], 'nothing drawn, nothing to clear')
  for (ms = 0; ms < 1_000; ms += 20) bar.update(now)
  t.equal(written.length, 10)
  for (const text of written) t.match(text.split('\r\u001B[2K'), ['', /^12 of at most 60[^\r\n]{23}$/], 'one line, cut before the edge')
  bar.end()
  t.equal(written.at(-1), '\r\u001B[2K')
})
