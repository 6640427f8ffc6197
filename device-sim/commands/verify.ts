/** `device-sim verify`: is the instrument sound? Closed forms and known answers, with each statistic beside its critical value. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addTable } from '../data-package/add.ts'
import { readPackage } from '../data-package/read.ts'
import { verification } from '../data-package/tables/verification.ts'
import { InvalidInput } from '../invalid-input.ts'
import { languages } from '../report/say.ts'
import { reportPath, writeReport } from '../report/write.ts'
import { thisProgram } from '../study/provenance.ts'
import { verificationRows } from '../verify/outcome-rows.ts'
import type { Outcome } from '../verify/outcome.ts'
import { EXIT } from './command.ts'
import type { Command } from './command.ts'
import { parse, whole } from './option-values.ts'
import { VERIFY_SEED, failedLine, outcomesOf } from './verifying.ts'

const USAGE = `usage: device-sim verify [--seed N] [--out DIR] [--json]

  Checks this very program against closed forms and known answers, in under a minute: random numbers, the kernel
  (Erlang C, Little's law), the alarm's escalation (P(TTA > t) by formula), availability, what must hold between two
  runs on the same luck, repeatability, and whether 95 % intervals hold the truth 95 times in 100.

  --seed N   of every chance, 0 to 4294967295; a sound program fails one of the checks in about 1 seed of 50  (1)
  --out DIR  put the result into the data package in DIR, made by this very program, and into its reports; a package
             that is written again (run --resume, sensitivity) forgets it
  --json     one JSON object a line

Exit: 0 all passed, 1 invalid input, 3 a check failed.
`
const SEED_MAX = 4_294_967_295

export const verify: Command = {
  name: 'verify',
  does: 'checks the simulator against closed forms and known answers',
  usage: USAGE,
  async run (argv, io) {
    const { seed, json, out } = readArguments(argv)
    if (out !== null) await refuseAnother(out)
    if (!json) io.print(line('check', 'statistic', '', 'critical value', 'n', ''))
    const outcomes = await outcomesOf(seed, io, (outcome) => {
      io.print(json ? JSON.stringify(outcome) : row(outcome))
      if (!outcome.passes) io.tell(failedLine(outcome))
    })
    if (outcomes === null) return EXIT.interrupted
    if (out !== null) await putInto(out, seed, outcomes)
    const failed = outcomes.filter(({ passes }) => !passes).length
    if (!json) io.print(failed === 0 ? 'All checks passed.' : `${failed} of the checks failed: do not trust a study made with this program on this machine.`)
    return failed === 0 ? EXIT.ok : EXIT.broken
  }
}

/** What this program shows of itself says nothing about another. */
async function refuseAnother (folder: string): Promise<void> {
  const { provenance } = await readPackage(folder)
  const other = Object.entries(thisProgram()).filter(([key, value]) => provenance[key as keyof typeof provenance] !== value).map(([key]) => key)
  if (other.length > 0) throw new InvalidInput('PACKAGE_OF_ANOTHER_PROGRAM', `${folder} was made by another program (${other.join(', ')}): verify it with that one`)
}

async function putInto (folder: string, seed: number, outcomes: readonly Outcome[]): Promise<void> {
  await addTable(folder, verification, verificationRows(seed, outcomes))
  for (const language of languages) if (existsSync(join(folder, reportPath(language)))) await writeReport(folder, language)
}

function readArguments (argv: readonly string[]): { readonly seed: number, readonly json: boolean, readonly out: string | null } {
  const { values, positionals } = parse(argv, { seed: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } })
  if (positionals.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'verify takes no file: it checks this very program; --out DIR puts the result into a package')
  return { seed: whole(values.seed ?? String(VERIFY_SEED), '--seed', SEED_MAX), json: values.json ?? false, out: values.out ?? null }
}

function row ({ check, measures, statistic, least, most, n, passes }: Outcome): string {
  const critical = least === null ? (most === 0 ? 'none' : `up to ${short(most ?? Infinity)}`) : `${short(least)} to ${short(most ?? Infinity)}`
  return line(check, short(statistic), measures, critical, String(n), passes ? 'ok' : 'FAILED')
}

function short (value: number): string { return Number.isInteger(value) ? String(value) : value.toPrecision(3) }

function line (check: string, statistic: string, measures: string, critical: string, n: string, result: string): string {
  return `${check.padEnd(42)}${statistic.padStart(10)}  ${measures.padEnd(26)}${critical.padEnd(18)}${n.padStart(8)}  ${result}`.trimEnd()
}
