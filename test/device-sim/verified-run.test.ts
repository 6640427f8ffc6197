/** Guards against a study that is believed because nobody said that its simulator was never checked, or that it failed its check. */
import t from 'tap'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { conclude, run } from '../../device-sim/commands/run.ts'
import { readPackage } from '../../device-sim/data-package/read.ts'
import { verification } from '../../device-sim/data-package/tables/verification.ts'
import { provenanceOf } from '../../device-sim/study/provenance.ts'
import { runStudy } from '../../device-sim/study/run.ts'
import type { Check, Outcome } from '../../device-sim/verify/outcome.ts'
import { scenario } from './virtual/scenario.ts'
import { listening, spoken } from './scenario/spoken.ts'

const study = scenario({ days: 5, count: 1, over: { replications: { least: 2, most: 2, lookAhead: 0, halfWidth: 0.5, primary: 't_receive_p50' }, criteria: [] } })
const outcome = (passes: boolean): Outcome => ({ check: "Little's law", claim: 'Nobody is lost.', measures: '|t|', statistic: passes ? 0 : 9, least: null, most: 1, n: 10, passes })
const check = (passes: boolean): Check => ({ name: 'kernel', run: () => [outcome(passes)] })

async function concluded (folder: string, verify: boolean, checks: readonly Check[], signal = new AbortController().signal) {
  const end = await runStudy({ scenario: study, folder, workers: 1, shard: null, resume: false, most: null, signal: new AbortController().signal, progress: () => {} })
  const { io, out, err } = listening({ signal })
  const code = await conclude({ folder, scenario: study, provenance: provenanceOf(study, end, ['run', 'x.yaml'], null), end, languages: ['en'], verify, json: false, checks }, io)
  return { code, out, err, rows: (await readPackage(folder)).rows(verification), html: await readFile(join(folder, 'report.html'), 'utf8') }
}

t.test('asked to verify: the checks are in the package and the report; a failed one is told, and the exit code is 3', async (t) => {
  const dir = t.testdir({ good: {}, bad: {}, none: {} })
  const good = await concluded(join(dir, 'good'), true, [check(true)])
  t.equal(good.code, 0)
  t.match(good.out.join('\n'), /^verified: all checks/m)
  t.match(good.rows, [{ check: "Little's law", passes: true, seed: 1 }])
  t.match(good.html, /<tr data-passes="true">/)
  t.notMatch(good.html, /Nobody has checked/)
  const bad = await concluded(join(dir, 'bad'), true, [check(true), check(false)].map((each, n) => ({ ...each, run: (seed: number) => each.run(seed).map((one) => ({ ...one, check: `check ${n}` })) })))
  t.equal(bad.code, 3)
  t.strictSame(bad.err, ['FAILED check 1: Nobody is lost.'])
  t.match(bad.html, /class="notice">At least one check failed/)
  const none = await concluded(join(dir, 'none'), false, [])
  t.equal(none.code, 0)
  t.match(none.out.join('\n'), /^not verified; device-sim verify --out .*none/m)
  t.strictSame(none.rows, [])
  t.match(none.html, /id="verification".*Nobody has checked so/s)
})

t.test('Ctrl-C while it verifies: the study is whole and says that nobody has checked, and no script takes that for what it asked', async (t) => {
  const stop = new AbortController()
  const stopping: Check = { name: 'slow', run: () => { stop.abort(); return [outcome(true)] } }
  const cut = await concluded(t.testdir(), true, [stopping, check(true)], stop.signal)
  t.equal(cut.code, 130)
  t.strictSame(cut.rows, [])
  t.match(cut.html, /Nobody has checked/)
})

t.test('a shard has nothing to verify: the whole has', async (t) => {
  t.match(await spoken(run, 'x.yaml', '--out', t.testdir(), '--shard', '1/2', '--verify'), { code: 1, err: /^FLAG_UNKNOWN.*merge --verify/ })
})
