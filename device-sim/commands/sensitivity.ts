/** `device-sim sensitivity`: which of the scenario's factors the results hang on. */
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { designTable, indices, responses } from '../data-package/tables/sensitivity.ts'
import { writePackage } from '../data-package/write.ts'
import { InvalidInput } from '../invalid-input.ts'
import { writeReport } from '../report/write.ts'
import { designRows, indexRows, responseRows } from '../sensitivity/indices.ts'
import { runSensitivity } from '../sensitivity/run.ts'
import type { SensitivityEnd } from '../sensitivity/run.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { partNumbers } from '../study/part-file.ts'
import { readParts } from '../study/parts.ts'
import { provenanceOf } from '../study/provenance.ts'
import { runStudy } from '../study/run.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { oneOf, parse, whole } from './option-values.ts'
import { languagesOf } from './run-arguments.ts'
import { scenarioFrom } from './scenario-file.ts'
import { verifiedIf, verifiedWords } from './verifying.ts'

const USAGE = `usage: device-sim sensitivity SCENARIO --out DIR [options]

  Moves the factors that the scenario names and asks the model again, on the same luck at every point: each factor
  alone at its two ends, and a design of Morris or a Latin hypercube. Writes a data package with the tables design,
  responses and indices beside those of a run.

  --out DIR           a folder for the package
  --method NAME       morris or lhs                            (morris)
  --size N            trajectories of Morris, or points of lhs (10, or 10 a factor)
  --levels N          of Morris' grid, an even number          (4)
  --replications N    at each point                            (10)
  --workers N         threads                                  (one a core)
  --resume            go on with what is in DIR
  --languages LIST    of the report: en, fr, nl                (en)
  --verify            the checks of device-sim verify besides, into package and report (no)
  --json              progress and end as one JSON object a line

  Any number of threads gives the same bytes. Exit: 0 ok, 1 invalid input, 3 an invariant broke or a check failed, 130 interrupted.
`
const text = { type: 'string' } as const
const yes = { type: 'boolean' } as const
const OPTIONS = { out: text, method: text, size: text, levels: text, replications: text, workers: text, resume: yes, languages: text, verify: yes, json: yes } as const
const SIZE_MOST = 100_000
type Wish = ReturnType<typeof readArguments>

function readArguments (argv: readonly string[]) {
  const { values, positionals } = parse(argv, OPTIONS)
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'sensitivity takes one SCENARIO: device-sim sensitivity SCENARIO --out DIR')
  if (values.out === undefined || values.out === '') throw new InvalidInput('FLAG_MISSING', '--out DIR says where the package goes')
  const levels = whole(values.levels ?? '4', '--levels', 100, 2)
  if (levels % 2 !== 0) throw new InvalidInput('NUMBER_INVALID', '--levels needs an even number')
  return {
    file,
    folder: values.out,
    method: oneOf(values.method ?? 'morris', '--method', ['morris', 'lhs']),
    size: values.size === undefined ? null : whole(values.size, '--size', SIZE_MOST, 2),
    levels,
    replications: whole(values.replications ?? '10', '--replications', SIZE_MOST, 2),
    workers: values.workers === undefined ? availableParallelism() : whole(values.workers, '--workers', 256, 1),
    resume: values.resume ?? false,
    languages: languagesOf(values.languages),
    verify: values.verify ?? false,
    json: values.json ?? false
  }
}

export const sensitivity: Command = {
  name: 'sensitivity',
  does: 'moves the factors of a scenario: Morris or Latin hypercube, with indices and intervals',
  usage: USAGE,
  async run (argv, io) {
    const wish = readArguments(argv)
    const scenario = await scenarioFrom(wish.file)
    if (scenario.factors.length === 0) throw new InvalidInput('FACTORS_MISSING', `${wish.file} names no factors: say under "factors" what may be otherwise, from where to where`)
    const size = wish.size ?? (wish.method === 'morris' ? 10 : 10 * scenario.factors.length)
    const end = await runSensitivity({
      ...wish, scenario, wish: { method: wish.method, size, levels: wish.levels }, signal: io.signal, progress: (done, of, events) => { told(wish, io, done, of, events) }
    })
    if (!end.isWhole) {
      io.tell('interrupted; go on with --resume')
      return EXIT.interrupted
    }
    return await conclude(wish, scenario, size, end, io)
  }
}

function told ({ json }: Wish, io: Io, done: number, of: number, events: number): void {
  if (json) io.print(JSON.stringify({ is: 'progress', done, of, events }))
  else if (io.isTerminal) process.stderr.write(`\r${done} of ${of} points${done === of ? '\n' : ''}`)
}

/** The scenario as it is is a study of its own; one that is there already keeps all its replications. */
async function conclude (wish: Wish, scenario: Scenario, size: number, { design, answers, parts }: SensitivityEnd, io: Io): Promise<number> {
  const most = Math.max(wish.replications, partNumbers(wish.folder).length)
  const study = await runStudy({ scenario, folder: wish.folder, workers: wish.workers, shard: null, resume: true, known: parts, most, signal: io.signal, progress: () => {} })
  if (study.replications === 0 || study.stopped === 'interrupted') {
    io.tell('interrupted; go on with --resume')
    return EXIT.interrupted
  }
  const argv = ['sensitivity', basename(wish.file), '--method', wish.method, '--size', String(size), '--levels', String(wish.levels), '--replications', String(wish.replications)]
  const provenance = provenanceOf(scenario, study, argv, null)
  const { tables, passed } = await verifiedIf(wish.verify, wish.json, io)
  await writePackage(wish.folder, scenario, provenance, readParts(wish.folder, study.sha256, study.replications), [
    [designTable(scenario.factors), designRows(scenario, design)],
    [responses, responseRows(scenario, answers)],
    [indices, indexRows(scenario, design, answers)],
    ...tables
  ])
  for (const language of wish.languages) await writeReport(wish.folder, language)
  const breaches = study.breaches + answers.reduce((sum, answer) => sum + answer.breaches, 0)
  if (breaches > 0) io.tell(`${breaches} invariants broke; nothing of this study may be believed`)
  if (wish.json) io.print(JSON.stringify({ is: 'ended', folder: wish.folder, points: design.points.length, breaches, verified: passed }))
  else io.print(`${verifiedWords(passed, wish.folder)}\n${design.points.length} points; the indices are in ${wish.folder}/data/indices.csv`)
  if (breaches > 0 || passed === false) return EXIT.broken
  return wish.verify && passed === null ? EXIT.interrupted : EXIT.ok
}
