/** Parts of shards in one folder, judged as one run would have judged them. */
import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault } from '../data-package/whole-file.ts'
import { InvalidInput } from '../invalid-input.ts'
import { scenarioSha256 } from '../scenario/canonical.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Provenance } from './part.ts'
import { dropPart, partNumbers, partsFolder } from './part-file.ts'
import { runStudy } from './run.ts'
import type { StudyEnd } from './run.ts'

export type ShardFolder = { readonly folder: string, readonly scenario: Scenario, readonly provenance: Provenance }
export type Joined = { readonly scenario: Scenario, readonly end: StudyEnd, readonly provenance: Provenance }

/** `end.stopped` is `interrupted` when a replication is missing that the study needs. */
export async function joinShards (shards: readonly ShardFolder[], out: string): Promise<Joined> {
  const [first] = shards
  if (first === undefined) throw new InvalidInput('ARGUMENT_COUNT', 'no shard was given')
  const { scenario, provenance } = first
  if (partNumbers(out).length > 0) throw new InvalidInput('FOLDER_IN_USE', `${out} has parts of a study: give another folder`)
  const sha256 = scenarioSha256(scenario)
  if (existsSync(join(out, 'datapackage.json'))) throw new InvalidInput('FOLDER_IN_USE', `${out} is the data package of a study: give another folder`)
  for (const shard of shards) agree(shard, sha256, provenance)
  const most = mostOf(provenance.argv)
  const stopped = new AbortController()
  stopped.abort()
  // Nothing is computed here: the study finds what is there, and judges it.
  await runStudy({ scenario, folder: out, workers: 1, shard: null, resume: true, isAnyProgram: true, most, signal: stopped.signal, progress: () => {} })
  for (const { folder } of shards) copyParts(folder, out)
  const end = await runStudy({ scenario, folder: out, workers: 1, shard: null, resume: true, isAnyProgram: true, most, signal: stopped.signal, progress: () => {} })
  // Whoever brings the missing shard joins them anew, in the same folder.
  if (end.stopped === 'interrupted') for (const number of partNumbers(out)) dropPart(out, number)
  return { scenario, end, provenance: { ...provenance, shard: null, replications: end.replications, stopped: end.stopped } }
}

function agree ({ folder, scenario, provenance }: ShardFolder, sha256: string, as: Provenance): void {
  if (scenarioSha256(scenario) !== sha256 || provenance.scenarioSha256 !== sha256) throw new InvalidInput('SHARD_OF_ANOTHER_STUDY', `${folder} is of another scenario`)
  for (const key of ['version', 'lockfileSha256', 'node', 'platform', 'seed'] as const) {
    if (provenance[key] !== as[key]) throw new InvalidInput('SHARD_OF_ANOTHER_MACHINE', `${folder} was made with ${key} ${String(provenance[key])}, the others with ${String(as[key])}: their numbers may differ in the last digits`)
  }
  if (JSON.stringify(provenance.argv) !== JSON.stringify(as.argv)) throw new InvalidInput('SHARD_OF_ANOTHER_RUN', `${folder} was run as ${provenance.argv.join(' ')}, the others as ${as.argv.join(' ')}`)
}

function mostOf (argv: readonly string[]): number | null {
  const at = argv.indexOf('--replications')
  return at < 0 ? null : Number(argv[at + 1])
}

function copyParts (from: string, to: string): void {
  for (const number of partNumbers(from)) {
    const name = `${String(number).padStart(6, '0')}.json`
    const place = join(partsFolder(to), name)
    if (existsSync(place)) continue
    try {
      copyFileSync(join(partsFolder(from), name), `${place}.partial`)
      renameSync(`${place}.partial`, place)
    } catch (cause) { throw diskFault(cause, place) }
  }
}
