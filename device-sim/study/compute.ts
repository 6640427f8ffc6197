/** One replication, all policies, on disk; and the few numbers of it that the stopping rule and the progress need. */
import type { MeasureName, Scenario } from '../scenario/scenario.ts'
import { replicate } from '../virtual/model/replicate.ts'
import type { Part } from './part.ts'
import { writePart } from './part-file.ts'

export type Digest = {
  readonly replication: number
  /** The primary measure, one a policy. */
  readonly primary: readonly (number | null)[]
  readonly breaches: number
  readonly events: number
}

export function computePart (scenario: Scenario, sha256: string, folder: string, replication: number): Digest {
  const results = scenario.policies.map((_policy, index) => replicate(scenario, index, replication))
  const part: Part = { version: 1, scenario: sha256, seed: scenario.seed, replication, results }
  writePart(folder, part)
  return digestOf(part, scenario.replications.primary)
}

export function digestOf ({ replication, results }: Part, primary: MeasureName): Digest {
  return {
    replication,
    primary: results.map(({ measures }) => measures[primary]),
    breaches: results.reduce((all, { breaches }) => all + breaches.length, 0),
    events: results.reduce((all, { events }) => all + events, 0)
  }
}
