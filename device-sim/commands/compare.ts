/** `device-sim compare`: two packages side by side, measure by measure. */
import { comparisonOf, refuseIncomparable } from '../data-package/compare.ts'
import type { Compared, Comparison } from '../data-package/compare.ts'
import { readPackage } from '../data-package/read.ts'
import { InvalidInput } from '../invalid-input.ts'
import { sayer } from '../report/say.ts'
import { unitOf } from '../report/study.ts'
import { EXIT } from './command.ts'
import type { Command } from './command.ts'
import { parse } from './option-values.ts'

const USAGE = `usage: device-sim compare DIR DIR [--json]

Compares two data packages: for each policy and measure that both have, the second minus the first, with a 95 % interval.
Paired by replication where both ran with the same seed (same luck; the replications that both have), Welch's otherwise. Packages whose horizon or whose
definition of the measures differs can't be compared, and are refused.`

function readArguments (argv: readonly string[]): { readonly folders: readonly [string, string], readonly json: boolean } {
  const given = parse(argv, { json: { type: 'boolean' } })
  const [first, second, ...more] = given.positionals
  if (first === undefined || second === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'compare wants two folders: device-sim compare DIR DIR')
  return { folders: [first, second], json: given.values.json === true }
}

const say = sayer('en')

function lineOf ({ policy, measure, first, second, difference, low, high, clear }: Compared): readonly string[] {
  const unit = unitOf(measure)
  const interval = low === null || high === null ? say.text('no_interval') : `${say.difference(low, unit)} to ${say.difference(high, unit)}`
  return [policy, measure, say.value(first, unit), say.value(second, unit), say.difference(difference, unit), interval, clear ? '*' : '']
}

/** Columns as wide as their widest cell. */
function inColumns (rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, n) => Math.max(...rows.map((row) => (row[n] ?? '').length))) ?? []
  return rows.map((row) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ').trimEnd())
}

/** What a reader must know before a difference means anything. */
function footOf ({ paired, of: [first, second], sameScenario, same }: Comparison): readonly string[] {
  return [
    '* the interval leaves 0 out. Means are over replications.',
    paired ? `Paired by replication: both ran with the same seed, ${first} replications of each.` : `Not paired: the seeds differ; ${first} and ${second} replications.`,
    sameScenario ? 'The scenario is the same in both.' : 'The scenarios differ: what is compared here is not only the policies.',
    ...(same ? ['Every number of every replication is the same in both.'] : [])
  ]
}

export const compare: Command = {
  name: 'compare',
  does: 'compares two data packages, measure by measure, with intervals',
  usage: USAGE,
  async run (argv, io) {
    const { folders: [a, b], json } = readArguments(argv)
    const [first, second] = [await readPackage(a), await readPackage(b)]
    refuseIncomparable(first, second)
    const found = await comparisonOf(first, second)
    const { paired, sameScenario, rows } = found
    if (json) {
      for (const row of rows) io.print(JSON.stringify({ ...row, paired, sameScenario }))
      return EXIT.ok
    }
    for (const line of inColumns([['policy', 'measure', a, b, 'difference', '95 % interval', ''], ...rows.map(lineOf)])) io.print(line)
    for (const line of footOf(found)) io.print(line)
    return EXIT.ok
  }
}
