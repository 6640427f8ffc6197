/** `device-sim run`: a scenario becomes a data package with a report. */
import { basename } from 'node:path'
import { Bar } from '../study/bar.ts'
import { finishStudy, reportsOf } from '../study/finish.ts'
import type { Judged } from '../study/finish.ts'
import type { Provenance } from '../study/part.ts'
import { provenanceOf } from '../study/provenance.ts'
import { runStudy } from '../study/run.ts'
import type { Progress, StudyEnd } from '../study/run.ts'
import { writeWhole } from '../data-package/whole-file.ts'
import type { Language } from '../report/say.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Check } from '../verify/outcome.ts'
import { wallClock } from '../wall-clock.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { USAGE, readArguments } from './run-arguments.ts'
import type { RunWish } from './run-arguments.ts'
import { scenarioFrom } from './scenario-file.ts'
import { verifiedIf, verifiedWords } from './verifying.ts'

/** A program is told how far it is this often. */
const TOLD_EVERY_MS = 1_000

export const run: Command = {
  name: 'run',
  does: 'runs a scenario: replications, a data package and a report',
  usage: USAGE,
  async run (argv, io) {
    const wish = readArguments(argv)
    const scenario = await scenarioFrom(wish.file)
    const say = (line: unknown): void => { if (wish.json) io.print(JSON.stringify(line)) }
    say({ is: 'begun', scenario: scenario.name, policies: scenario.policies.map(({ name }) => name), most: wish.most ?? scenario.replications.most, seed: scenario.seed })
    const end = await withProgress(wish, io, (progress) => runStudy({
      scenario, folder: wish.folder, workers: wish.workers, shard: wish.shard, resume: wish.resume, most: wish.most, signal: io.signal, progress
    }))
    const argvKept = ['run', basename(wish.file), ...(wish.most === null ? [] : ['--replications', String(wish.most)])]
    const provenance = provenanceOf(scenario, end, argvKept, wish.shard)
    if (wish.shard !== null) {
      await writeWhole(wish.folder, 'provenance.json', `${JSON.stringify(provenance, null, 2)}\n`)
      say({ is: 'ended', ...end })
      if (!wish.json) io.print(`${wish.folder}: shard ${wish.shard.part} of ${wish.shard.of}, ${end.replications} replications; join with: device-sim merge`)
      return end.stopped === 'interrupted' ? EXIT.interrupted : end.breaches > 0 ? EXIT.broken : EXIT.ok
    }
    return await conclude({ folder: wish.folder, scenario, provenance, end, languages: wish.languages, verify: wish.verify, json: wish.json }, io)
  }
}

export type Conclusion = { readonly folder: string, readonly scenario: Scenario, readonly provenance: Provenance, readonly end: StudyEnd, readonly languages: readonly Language[], readonly verify: boolean, readonly json: boolean, /** Other checks than those of `verify`, for whoever tests this. */ readonly checks?: readonly Check[] }

/** Package, report, and the exit code that says what it came to. */
export async function conclude ({ folder, scenario, provenance, end, languages, verify, json, checks }: Conclusion, io: Io): Promise<number> {
  if (end.replications === 0) {
    if (json) io.print(JSON.stringify({ is: 'ended', ...end, exit: EXIT.interrupted }))
    io.tell('interrupted before the first replication was whole: there is nothing to write; go on with --resume')
    return EXIT.interrupted
  }
  const { tables, passed } = await verifiedIf(verify, json, io, checks)
  const judged = await finishStudy(folder, scenario, provenance, languages, tables)
  const code = codeOf(end, judged, passed, verify)
  if (json) {
    for (const each of judged) io.print(JSON.stringify({ is: 'criterion', ...each }))
    io.print(JSON.stringify({ is: 'ended', ...end, folder, reports: reportsOf(languages), verified: passed, exit: code }))
    return code
  }
  for (const { criterion, policy, verdict } of judged) io.print(`${verdict.padEnd(5)}  ${criterion} (${policy})`)
  if (end.breaches > 0) io.tell(`${end.breaches} invariants broke: data/breaches.csv says which; nothing else of this study may be believed`)
  io.print(`${end.replications} replications, ${stoppedWords[end.stopped]}`)
  io.print(verifiedWords(passed, folder))
  for (const report of reportsOf(languages)) io.print(`${folder}/${report}`)
  return code
}

const stoppedWords: Readonly<Record<StudyEnd['stopped'], string>> = {
  precise: 'precise enough',
  cap: 'as many as were allowed; the primary measure is not as precise as the scenario asks',
  interrupted: 'interrupted; go on with --resume',
  shard: 'a shard'
}

function codeOf ({ breaches, stopped }: StudyEnd, judged: readonly Judged[], passed: boolean | null, isAskedToVerify: boolean): number {
  if (breaches > 0 || passed === false) return EXIT.broken
  // Also when the study was whole, and only its verification was stopped: it was asked for.
  if (stopped === 'interrupted' || (isAskedToVerify && passed === null)) return EXIT.interrupted
  return judged.some(({ verdict }) => verdict === 'red') ? EXIT.red : EXIT.ok
}

async function withProgress (wish: RunWish, io: Io, study: (progress: (now: Progress) => void) => Promise<StudyEnd>): Promise<StudyEnd> {
  if (wish.json) {
    let toldMs = -Infinity
    return await study((now) => {
      if (wallClock.mono() - toldMs < TOLD_EVERY_MS) return
      toldMs = wallClock.mono()
      io.print(JSON.stringify({ is: 'progress', ...now }))
    })
  }
  if (!io.isTerminal) return await study(() => {})
  const bar = new Bar({ write: (text) => { process.stderr.write(text) }, width: io.width, mono: wallClock.mono })
  try {
    return await study((now) => { bar.update(now) })
  } finally {
    bar.end()
  }
}
