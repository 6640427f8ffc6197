import { availableParallelism } from 'node:os'
import { InvalidInput } from '../invalid-input.ts'
import { languages } from '../report/say.ts'
import type { Language } from '../report/say.ts'
import type { Shard } from '../study/run.ts'
import { parse } from './option-values.ts'

export const USAGE = `usage: device-sim run SCENARIO --out DIR [options]

  Runs every policy of the scenario under the same luck until the primary measure is precise enough, and writes a data
  package and a report into DIR.

  --out DIR            a folder for the package
  --resume             go on with what is in DIR
  --replications N     at most so many, whatever the scenario says
  --workers N          threads                                    (one a core)
  --shard K/N          only part K of N; join them with merge
  --languages LIST     of the report: en, fr, nl                  (en)
  --verify             the checks of device-sim verify besides, into package and report: half a minute more. Without
                       it the report says that the simulator was not verified      (no)
  --json               progress and end as one JSON object a line

  Any number of threads gives the same bytes. Ctrl-C leaves a whole package of the replications so far.
  Exit: 0 ok, 1 invalid input, 2 a criterion is red, 3 an invariant broke or a check failed, 130 interrupted.
`

export type RunWish = {
  readonly file: string
  readonly folder: string
  readonly resume: boolean
  readonly most: number | null
  readonly workers: number
  readonly shard: Shard | null
  readonly languages: readonly Language[]
  readonly verify: boolean
  readonly json: boolean
}

const text = { type: 'string' } as const
const yes = { type: 'boolean' } as const
const OPTIONS = { out: text, resume: yes, replications: text, workers: text, shard: text, languages: text, verify: yes, json: yes } as const
export const REPLICATIONS_MOST = 1_000_000
const WORKERS_MOST = 256
const SHARDS_MOST = 10_000

export function readArguments (argv: readonly string[]): RunWish {
  const { values, positionals } = parse(argv, OPTIONS)
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'run takes one SCENARIO: device-sim run SCENARIO --out DIR')
  if (values.out === undefined || values.out === '') throw new InvalidInput('FLAG_MISSING', '--out DIR says where the package goes')
  if (values.verify === true && values.shard !== undefined) throw new InvalidInput('FLAG_UNKNOWN', '--verify belongs to the whole study: device-sim merge --verify')
  return {
    file,
    folder: values.out,
    resume: values.resume ?? false,
    most: values.replications === undefined ? null : whole(values.replications, '--replications', 2, REPLICATIONS_MOST),
    workers: values.workers === undefined ? availableParallelism() : whole(values.workers, '--workers', 1, WORKERS_MOST),
    shard: values.shard === undefined ? null : shardOf(values.shard),
    languages: languagesOf(values.languages),
    verify: values.verify ?? false,
    json: values.json ?? false
  }
}

export function whole (given: string, flag: string, least: number, most: number): number {
  const value = /^\d+$/.test(given) ? Number(given) : NaN
  if (!(value >= least && value <= most)) throw new InvalidInput('NUMBER_INVALID', `${flag} needs a whole number from ${least} to ${most}`)
  return value
}

function shardOf (given: string): Shard {
  const [part = NaN, of = NaN, ...more] = given.split('/').map((each) => /^\d+$/.test(each) ? Number(each) : NaN)
  if (!(part >= 1 && part <= of && of <= SHARDS_MOST) || more.length > 0) throw new InvalidInput('SHARD_INVALID', '--shard needs K/N, such as 3/16: part K of N')
  return { part, of }
}

export function languagesOf (given: string | undefined): readonly Language[] {
  const wanted = [...new Set((given ?? 'en').split(',').map((each) => each.trim()))]
  const known = languages.filter((language) => wanted.includes(language))
  if (known.length !== wanted.length) throw new InvalidInput('LANGUAGE_UNKNOWN', `--languages needs some of ${languages.join(', ')}, with commas between`)
  return known
}
