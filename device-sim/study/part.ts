/**
 * A study is made of parts, one a replication, each whole or absent: `parts/000042.json`, renamed into place. Resuming,
 * sharding, merging and any number of workers are then all the same thing: which parts exist.
 */
import type { Replication } from '../virtual/model/replication.ts'

export type Part = {
  readonly version: 1
  /** SHA-256 of the resolved scenario as canonical JSON: parts of another scenario are refused. */
  readonly scenario: string
  readonly seed: number
  readonly replication: number
  /** One a policy, in the scenario's order. */
  readonly results: readonly Replication[]
}

/** What was run, where and with what; written by the command, kept in the package as `provenance.json`. */
export type Provenance = {
  readonly version: string
  readonly lockfileSha256: string
  readonly node: string
  readonly platform: string
  readonly scenarioSha256: string
  readonly seed: number
  readonly argv: readonly string[]
  readonly shard: { readonly part: number, readonly of: number } | null
  readonly replications: number
  /** Whether the stopping rule was met, the cap was reached, or somebody interrupted it. */
  readonly stopped: 'precise' | 'cap' | 'interrupted' | 'shard'
}
