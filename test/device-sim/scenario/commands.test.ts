/** Guards against a first hour lost: a starter that does not run, a file overwritten, an explanation that leaves a number out. */
import t from 'tap'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bench } from '../../../device-sim/commands/bench.ts'
import type { Command } from '../../../device-sim/commands/command.ts'
import { compare } from '../../../device-sim/commands/compare.ts'
import { explain } from '../../../device-sim/commands/explain.ts'
import { init } from '../../../device-sim/commands/init.ts'
import { merge } from '../../../device-sim/commands/merge.ts'
import { replay } from '../../../device-sim/commands/replay.ts'
import { report } from '../../../device-sim/commands/report.ts'
import { run } from '../../../device-sim/commands/run.ts'
import { sensitivity } from '../../../device-sim/commands/sensitivity.ts'
import { validate } from '../../../device-sim/commands/validate.ts'
import { verify } from '../../../device-sim/commands/verify.ts'
import { evidenceOf, explain as explained, explainLanguages, parametersOf } from '../../../device-sim/scenario/explain.ts'
import { readScenario } from '../../../device-sim/scenario/read.ts'
import { root } from '../../runner/root.ts'
import { faultsIn, shipped } from './shipped.ts'
import { spoken } from './spoken.ts'

t.test('init writes a scenario that is valid as it is, and never overwrites one', async (t) => {
  const folder = t.testdir()
  const file = join(folder, 'mine.yaml')
  const first = await spoken(init, file, '--schema')
  t.match(first, { code: 0, out: /mine\.yaml is written[.].*device-sim run .*mine[.]yaml --out mine-study$/ })
  const written = await readFile(file, 'utf8')
  t.strictSame(faultsIn(written), [])
  t.match(written, /^# yaml-language-server: \$schema=scenario\.schema\.json$/m, 'an editor finds the schema beside it')
  t.equal(await readFile(join(folder, 'scenario.schema.json'), 'utf8'), await readFile(join(root, 'device-sim/scenario/scenario.schema.json'), 'utf8'))
  await writeFile(file, 'a year of work')
  t.match(await spoken(init, file), { code: 1, err: /^FILE_EXISTS/ })
  t.equal(await readFile(file, 'utf8'), 'a year of work')
  for (const { name } of await shipped()) {
    const copy = join(folder, `${name}.yaml`)
    t.equal((await spoken(init, copy, '--like', name)).code, 0)
    t.strictSame(faultsIn(await readFile(copy, 'utf8')), [], name)
  }
  t.match(await spoken(init, join(folder, 'x.yaml'), '--like', '../cli'), { code: 1, err: /^WORD_UNKNOWN/ })
  t.match(await spoken(init, join(folder, 'no', 'x.yaml')), { code: 1, err: /^FILE_NOT_WRITTEN/ })
})

t.test('validate says ok, or everything, to people and to programs', async (t) => {
  const folder = t.testdir({ 'bad.yaml': 'version: 1\nname: Bad\nhorizon: 5\n' })
  const [bad, good] = [join(folder, 'bad.yaml'), join(root, 'device-sim/scenarios/one-house.yaml')]
  const both = await spoken(validate, good, bad)
  t.match(both, { code: 1, out: /one-house\.yaml: ok, one-house, SHA-256 [0-9a-f]{64}$/ })
  t.match(both.err, /bad\.yaml:2:7 name: .*\n.*bad\.yaml:3:10 horizon: /s)
  const lines = (await spoken(validate, good, bad, '--json')).out.split('\n').map((line): unknown => JSON.parse(line))
  t.match(lines, [{ ok: true, name: 'one-house' }, { ok: false, faults: [{ code: 'KEY_MISSING', line: 1 }, {}] }])
  t.match(await spoken(validate, join(folder, 'none.yaml'), '--json'), { code: 1, out: /"FILE_UNREADABLE"/ })
  t.match(await spoken(validate), { code: 1, err: /^ARGUMENT_COUNT/ })
  t.match(await spoken(validate, '--jsno'), { code: 1, err: /^FLAG_UNKNOWN/ })
  t.equal((await spoken(validate, '--schema')).out, (await readFile(join(root, 'device-sim/scenario/scenario.schema.json'), 'utf8')).trimEnd())
})

t.test('what is mistyped is named, with what was probably meant', async (t) => {
  const file = join(root, 'device-sim/scenarios/one-house.yaml')
  const dir = t.testdir()
  const said = async (command: Command, ...argv: string[]): Promise<string> => {
    const { code, err } = await spoken(command, ...argv)
    t.equal(code, 1, argv.join(' '))
    return err
  }
  t.equal(await said(run, file, '--oot', dir), 'FLAG_UNKNOWN: there is no option --oot: did you mean "--out"?')
  t.equal(await said(run, file, '--out'), 'FLAG_UNKNOWN: --out needs a value')
  t.equal(await said(run, file, '--out', '--json'), 'FLAG_UNKNOWN: --out needs a value before --json')
  t.equal(await said(run, file, '--out', dir, '--replications', '-5'), 'FLAG_UNKNOWN: --replications needs a value; one that begins with a dash is written --replications=-5')
  t.equal(await said(run, file, '--out', dir, '--replications=-5'), 'NUMBER_INVALID: --replications needs a whole number from 2 to 1000000')
  t.equal(await said(run, file, '--out', dir, '--replications', '1000000000000'), 'NUMBER_INVALID: --replications needs a whole number from 2 to 1000000')
  t.equal(await said(run, file, '--resume=yes', '--out', dir), 'FLAG_UNKNOWN: --resume takes no value')
  t.equal(await said(run, `${file}x`, '--out', dir), `FILE_UNREADABLE: ${file}x can't be read: there is no such file`)
  t.equal(await said(run, dir, '--out', dir), `FILE_UNREADABLE: ${dir} can't be read: it is a folder`)
  t.match(await said(compare, dir, dir, '--jsno'), /^FLAG_UNKNOWN.*did you mean "--json"/)
  t.match(await said(report, dir, '--langage', 'fr'), /^FLAG_UNKNOWN.*did you mean "--language"/)
  t.match(await said(merge, dir, '--ot', dir), /^FLAG_UNKNOWN.*did you mean "--out"/)
  t.match(await said(replay, file, '--policy', 'two-then-al'), /^POLICY_UNKNOWN.*did you mean "two-then-all"/)
  t.match(await said(verify, '--seeed', '1'), /^FLAG_UNKNOWN.*did you mean "--seed"/)
  t.match(await said(verify, dir), /^ARGUMENT_COUNT/)
  t.match(await said(bench, '--replicatoins', '2'), /^FLAG_UNKNOWN.*did you mean "--replications"/)
  t.match(await said(sensitivity, file, '--method', 'moris', '--out', dir), /^WORD_UNKNOWN.*did you mean "morris"/)
})

t.test('explain leaves no number, no source and no policy out, in three languages', async (t) => {
  for (const { name, yaml } of await shipped()) {
    const scenario = readScenario(yaml, name)
    const known = parametersOf(scenario)
    const counts = evidenceOf(scenario)
    t.equal(known.length, Object.values(counts).reduce((all, n) => all + n, 0))
    for (const language of explainLanguages) {
      const text = explained(scenario, language)
      for (const { path, parameter } of known) if (!text.includes(parameter.source)) t.fail(`${name} ${language}: ${path.join('.')} has no source`)
      for (const policy of scenario.policies) t.ok(text.includes(`${policy.name}: ${policy.title}`), `${language} ${policy.name}`)
      for (const responder of scenario.venues.flatMap(({ responders }) => responders)) t.ok(text.includes(`  ${responder.role}: `), `${language} ${responder.role}`)
      t.ok(text.includes(`${counts.assumed} `) && text.includes(`${known.length} `), `${name} ${language} says how many are assumed`)
      t.notMatch(text, /undefined|NaN|Infinity|\[object/, `${name} ${language}`)
    }
  }
})

t.test('explain says it in the words of who reads', async (t) => {
  const file = join(root, 'device-sim/scenarios/one-house.yaml')
  t.match((await spoken(explain, file)).out, /chance that she presses, given an incident: between 30 % and 90 % \[assumed: /)
  t.match((await spoken(explain, file, '--language', 'fr')).out, /chance qu'elle appuie lors d'un incident: entre 30 % et 90 % \[supposé: /)
  t.match((await spoken(explain, file, '--language', 'nl')).out, /kans dat ze bij een incident drukt: tussen 30 % en 90 % \[aangenomen: /)
  t.match((await spoken(explain, file)).out, /step 2, when nobody has said "I am coming" for 30 s: colleague, friend/)
  t.match(await spoken(explain, file, '--language', 'de'), { code: 1, err: /^WORD_UNKNOWN/ })
})
