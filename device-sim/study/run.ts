/**
 * Runs a study: replications in any order on any number of threads, judged in their own order. What is on disk is the
 * state: resuming, sharding and merging only ask which parts exist.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../data-package/whole-file.ts'
import { scenarioSha256 } from '../scenario/canonical.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Digest } from './compute.ts'
import { crewOf } from './crew.ts'
import type { Crew } from './crew.ts'
import { refuseForeign } from './folder.ts'
import { found } from './found.ts'
import type { Provenance } from './part.ts'
import { dropPart, dropPartials, makePartsFolder, partNumbers } from './part-file.ts'
import { enough, widest } from './stop.ts'
import type { Enough } from './stop.ts'

export type Shard = { readonly part: number, readonly of: number }
export type Progress = {
  /** In order and without a gap. */
  readonly done: number
  /** At most; the stopping rule may end it sooner. */
  readonly of: number
  /** Computed now, whatever was there before. */
  readonly computed: number
  readonly events: number
  readonly halfWidth: number | null
}
export type StudyOptions = {
  readonly scenario: Scenario
  readonly folder: string
  readonly workers: number
  readonly shard: Shard | null
  readonly resume: boolean
  /** Shards have agreed on theirs already, whoever joins them. */
  readonly isAnyProgram?: boolean
  /** What `found` had found before; not there: it is asked. Of those whose part is gone meanwhile nothing is known. */
  readonly known?: readonly Digest[]
  /** null: as the scenario says. */
  readonly most: number | null
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}
export type StudyEnd = { readonly sha256: string, readonly replications: number, readonly stopped: Provenance['stopped'], readonly breaches: number, readonly events: number }

export async function runStudy (options: StudyOptions): Promise<StudyEnd> {
  const { scenario, folder, workers } = options
  const sha256 = scenarioSha256(scenario)
  refuseForeign(folder, sha256)
  const study = new Study(options, sha256)
  study.take(stillThere(options.known, folder) ?? found(options, sha256))
  makePartsFolder(folder)
  dropPartials(folder)
  // One that is there is this scenario's, and a package that is gone on with lists its bytes: it stays whole until it is written again.
  if (!existsSync(join(folder, 'scenario.json'))) await writeWhole(folder, 'scenario.json', JSON.stringify(scenario))
  const crew = crewOf(Math.max(1, Math.min(workers, study.left)), { scenario, sha256, folder })
  try {
    await study.work(crew)
  } finally {
    await crew.end()
  }
  return study.end()
}

function stillThere (known: readonly Digest[] | undefined, folder: string): readonly Digest[] | null {
  if (known === undefined) return null
  const there = new Set(partNumbers(folder))
  return known.filter(({ replication }) => there.has(replication))
}

class Study {
  readonly #options: StudyOptions
  readonly #sha256: string
  readonly #most: number
  readonly #digests = new Map<number, Digest>()
  /** Values of replications 0 to `#done` - 1, one array a policy. */
  readonly #primary: (number | null)[][]
  #done = 0
  #enough: Enough | null = null
  #next = 0
  #computed = 0
  #events = 0

  constructor (options: StudyOptions, sha256: string) {
    const { scenario, most } = options
    this.#options = options
    this.#sha256 = sha256
    this.#most = most ?? scenario.replications.most
    this.#primary = scenario.policies.map(() => [])
  }

  get left (): number { return this.#most - this.#digests.size }

  take (digests: readonly Digest[]): void {
    for (const digest of digests) this.#digests.set(digest.replication, digest)
    this.#judge()
  }

  async work (crew: Crew): Promise<void> {
    const lane = async (): Promise<void> => {
      for (;;) {
        const replication = this.#choose()
        if (replication === null) return
        const digest = await crew.compute(replication)
        this.#computed += 1
        this.#events += digest.events
        this.take([digest])
        this.#options.progress({ done: this.#done, of: this.#most, computed: this.#computed, events: this.#events, halfWidth: widest(this.#primary) })
      }
    }
    await Promise.all(Array.from({ length: crew.size }, lane))
  }

  end (): StudyEnd {
    const { shard, folder, signal } = this.#options
    if (shard !== null) {
      const all = [...this.#digests.values()]
      return { sha256: this.#sha256, replications: all.length, stopped: signal.aborted && this.#choose(true) !== null ? 'interrupted' : 'shard', breaches: breachesOf(all), events: this.#events }
    }
    const replications = this.#enough?.replications ?? this.#done
    // What faster threads computed beyond the stop: without it the folder is the same for any number of them.
    if (this.#enough !== null) for (const number of partNumbers(folder)) if (number >= replications) dropPart(folder, number)
    const kept = [...this.#digests.values()].filter(({ replication }) => replication < replications)
    return { sha256: this.#sha256, replications, stopped: this.#enough?.stopped ?? 'interrupted', breaches: breachesOf(kept), events: this.#events }
  }

  /** The next replication that is not there; null: none is needed. */
  #choose (isAsking = false): number | null {
    const { shard, signal } = this.#options
    if (!isAsking && (signal.aborted || this.#enough !== null)) return null
    let next = this.#next
    while (next < this.#most && (this.#digests.has(next) || (shard !== null && next % shard.of !== shard.part - 1))) next++
    if (!isAsking) this.#next = next + 1
    return next < this.#most ? next : null
  }

  /** In order, without a gap, so that it can't matter who was faster. A shard sees too little to judge. */
  #judge (): void {
    for (let digest = this.#digests.get(this.#done); digest !== undefined && this.#enough === null; digest = this.#digests.get(this.#done)) {
      for (const [policy, value] of digest.primary.entries()) this.#primary[policy]?.push(value)
      this.#done += 1
      if (this.#options.shard === null) this.#enough = enough(this.#options.scenario, this.#primary, this.#most)
    }
  }
}

function breachesOf (digests: readonly Digest[]): number { return digests.reduce((all, { breaches }) => all + breaches, 0) }
