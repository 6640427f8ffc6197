/** Incident: `validate /dev/zero` never ended, a named pipe waited for a writer that nobody had, and a scenario saved as UTF-16 was "a fault in line 1". */
import t from 'tap'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { calibrate } from '../../device-sim/commands/calibrate.ts'
import type { Command } from '../../device-sim/commands/command.ts'
import { live } from '../../device-sim/commands/live.ts'
import { policy } from '../../device-sim/commands/policy.ts'
import { report } from '../../device-sim/commands/report.ts'
import { run } from '../../device-sim/commands/run.ts'
import { validate } from '../../device-sim/commands/validate.ts'
import { DOCUMENT_MOST_BYTES, readText, readTextFile, SCENARIO_MOST_BYTES, TABLE_MOST_BYTES } from '../../device-sim/text-file.ts'
import { COMMANDS, root } from '../runner/root.ts'
import { spoken } from './scenario/spoken.ts'

const MIB = 2 ** 20
const said = async (command: Command, ...argv: string[]): Promise<string> => {
  const { code, err, out } = await spoken(command, ...argv)
  return `${code} ${out}${err}`
}

t.test('what is no text is told by what it is, and no command waits for it', { timeout: 30_000 }, async (t) => {
  const dir = t.testdir({ 'utf16.yaml': Buffer.from('\ufeffversion: 1\n', 'utf16le'), 'rubbish.yaml': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'latin1.yaml': Buffer.from('title: café\n', 'latin1') })
  execFileSync('mkfifo', [join(dir, 'pipe')])
  const cases: readonly (readonly [string, RegExp])[] = [
    ['/dev/zero', /it is no plain file/], [join(dir, 'pipe'), /it is no plain file/], [dir, /it is a folder/], [join(dir, 'utf16.yaml'), /it is UTF-16: save it as UTF-8/],
    [join(dir, 'rubbish.yaml'), /it is no text in UTF-8/], [join(dir, 'latin1.yaml'), /it is no text in UTF-8/], [join(dir, 'none'), /there is no such file/]
  ]
  for (const [file, why] of cases) {
    for (const argv of [[validate, file], [run, file, '--out', join(dir, 'out')], [policy, 'import', file, '--roles', 'r1=friend'], [calibrate, file], [live, file, '--stages', '1/s for 1 s']] as const) {
      const [command, ...rest] = argv
      const answer = await said(command, ...rest)
      t.match(answer, why, `${command.name} ${file}`)
      t.match(answer, /^1 /, 'exit code of invalid input')
    }
  }
})

t.test('a scenario has its limit, a document a larger one, a table a larger one still, and what has no size is read no further than that', async (t) => {
  const dir = t.testdir({ 'large.yaml': '', package: {} })
  writeFileSync(join(dir, 'large.yaml'), `version: 1\n# ${'x'.repeat(SCENARIO_MOST_BYTES)}`)
  for (const [command, ...argv] of [[validate, join(dir, 'large.yaml')], [run, join(dir, 'large.yaml'), '--out', join(dir, 'out')]] as const) t.match(await said(command, ...argv), /^1 .*large[.]yaml can't be read: it is larger than 1 MiB, which is the most that is read/)
  writeFileSync(join(dir, 'most.yaml'), `version: 1\n# ${'x'.repeat(SCENARIO_MOST_BYTES - 13)}`)
  t.match(await said(validate, join(dir, 'most.yaml')), /most[.]yaml:\d+:\d+/, 'as large as may be: its faults are told by line')
  truncateSync(join(dir, 'large.yaml'), DOCUMENT_MOST_BYTES + 1)
  t.match(await said(policy, 'import', join(dir, 'large.yaml'), '--roles', 'r1=friend'), /larger than 16 MiB/)
  t.match(await readTextFile(join(dir, 'large.yaml'), TABLE_MOST_BYTES), { ok: false, code: 'NO_TEXT' }, 'as a table it is read, and is none')
  const endless = Readable.from((function * () { for (;;) yield Buffer.alloc(MIB, 'a') })())
  t.match(await readText(endless, 2 * MIB), { ok: false, code: 'TOO_LARGE', why: /larger than 2 MiB/ })
  mkdirSync(join(dir, 'package', 'datapackage.json'))
  t.match(await said(report, join(dir, 'package')), /datapackage[.]json can't be read: it is a folder/)
  writeFileSync(join(dir, 'bom.csv'), '\ufeffwait_s\n1\n')
  t.match(await readTextFile(join(dir, 'bom.csv'), MIB), { ok: true, text: '\ufeffwait_s\n1\n' })
})

t.test('a pipe has a way in: - is standard input, with the limit that a file has', { timeout: 60_000 }, async (t) => {
  const piped = (input: string | Buffer, ...argv: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMANDS.deviceSim, ...argv], { input, encoding: 'utf8' })
    return `${status} ${stdout}${stderr}`
  }
  t.match(piped(`wait_s\n${Array.from({ length: 40 }, (_, n) => n + 1).join('\n')}\n`, 'calibrate', '-'), /^0 [^]*standard input \(SHA-256 /)
  t.match(piped('version: 1\nnames: x\n', 'validate', '-'), /^1 [^]*standard input:2:1/)
  t.match(piped(readFileSync(join(root, 'device-sim/scenarios/one-house.yaml')), 'validate', '-'), /^0 -: ok, one-house/)
  t.match(piped(Buffer.alloc(SCENARIO_MOST_BYTES + 1, '#'), 'validate', '-'), /^1 [^]*standard input can't be read: it is larger than 1 MiB/)
})
