/** Two packages side by side: where they may be compared, and what the difference is. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { InvalidInput } from '../invalid-input.ts'
import { measureNames } from '../scenario/scenario.ts'
import type { MeasureName } from '../scenario/scenario.ts'
import { meanAndSd } from '../statistics/interval.ts'
import { pairedDifference } from '../statistics/paired.ts'
import { studentQuantile } from '../statistics/student.ts'
import { csvRows } from './csv.ts'
import { finite } from './derive.ts'
import type { DataPackage } from './read.ts'
import { measuresTable } from './tables/raw.ts'

/** `clear`: the interval leaves 0 out. */
export type Compared = { readonly policy: string, readonly measure: MeasureName, readonly first: number | null, readonly second: number | null, readonly difference: number | null, readonly low: number | null, readonly high: number | null, readonly clear: boolean }

/** Throws `InvalidInput` with NOT_COMPARABLE: numbers that stand for other things have no difference. */
export function refuseIncomparable (a: DataPackage, b: DataPackage): void {
  const refuse = (why: string): never => { throw new InvalidInput('NOT_COMPARABLE', `${a.folder} and ${b.folder} can't be compared: ${why}`) }
  if (a.scenario.horizonS !== b.scenario.horizonS) refuse(`one replication is ${a.scenario.horizonS / 86_400} days long in the first and ${b.scenario.horizonS / 86_400} in the second`)
  if (a.descriptor.version !== b.descriptor.version) refuse(`they were made by versions ${a.descriptor.version} and ${b.descriptor.version} of the simulator, which may measure differently; run one of them again`)
  const shards = [a, b].filter(({ provenance }) => provenance.stopped === 'shard')
  if (shards.length > 0) refuse(`${shards.map(({ folder }) => folder).join(' and ')} is one shard of a study: merge first`)
  const known = new Set(a.scenario.policies.map(({ name }) => name))
  if (!b.scenario.policies.some(({ name }) => known.has(name))) refuse('they have no policy in common')
}

type Values = Map<string, (number | null)[]>

/** Values by policy and measure, in the order of replications; a line at a time. */
async function valuesOf ({ folder }: DataPackage): Promise<Values> {
  const values: Values = new Map()
  const path = `data/${measuresTable.name}.csv`
  const header = `${measuresTable.columns.map(({ name }) => name).join()}\r\n`
  let first = true
  for await (const line of createInterface({ input: createReadStream(join(folder, path)), crlfDelay: Infinity })) {
    if (first) { first = false; continue }
    const [[policy, replication, measure, value] = []] = csvRows(`${header}${line}\r\n`, measuresTable.columns, path)
    const key = `${policy} ${measure}`
    const kept = values.get(key) ?? []
    kept[Number(replication)] = typeof value === 'number' ? value : null
    values.set(key, kept)
  }
  return values
}

type Difference = { readonly value: number, readonly low: number, readonly high: number }

/** Welch's interval on b - a, for seeds that share no luck. @see Welch 1947, Biometrika 34, 28 */
export function welch (a: readonly number[], b: readonly number[], level = 0.95): Difference {
  const [first, second] = [meanAndSd(a), meanAndSd(b)]
  const value = second.mean - first.mean
  if (first.n < 2 || second.n < 2) return { value, low: -Infinity, high: Infinity }
  const [va, vb] = [first.sd ** 2 / first.n, second.sd ** 2 / second.n]
  if (va + vb === 0) return { value, low: value, high: value }
  const freedom = (va + vb) ** 2 / (va ** 2 / (first.n - 1) + vb ** 2 / (second.n - 1))
  const half = studentQuantile((1 + level) / 2, freedom) * Math.sqrt(va + vb)
  return { value, low: value - half, high: value + half }
}

const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null)

/** Means are over the replications that the difference rests on. `same`: what was computed is the same in both, to the last digit. */
export type Comparison = { readonly paired: boolean, /** Replications of the first and the second. */ readonly of: readonly [number, number], readonly sameScenario: boolean, readonly same: boolean, readonly rows: readonly Compared[] }

export async function comparisonOf (a: DataPackage, b: DataPackage): Promise<Comparison> {
  const [first, second] = [await valuesOf(a), await valuesOf(b)]
  const paired = a.scenario.seed === b.scenario.seed
  const shortest = Math.min(a.provenance.replications, b.provenance.replications)
  const of = paired ? [shortest, shortest] as const : [a.provenance.replications, b.provenance.replications] as const
  const shared = a.scenario.policies.map(({ name }) => name).filter((name) => b.scenario.policies.some((policy) => policy.name === name))
  let same = paired
  const rows = shared.flatMap((policy) => measureNames.map((measure): Compared => {
    const [before, after] = [(first.get(`${policy} ${measure}`) ?? []).slice(0, of[0]), (second.get(`${policy} ${measure}`) ?? []).slice(0, of[1])]
    same &&= before.every((value, n) => value === after[n])
    const found = paired ? pairedDifference(before, after) : welch(present(before), present(after))
    const [low, high] = [finite(found.low), finite(found.high)]
    const kept = (values: readonly (number | null)[], other: readonly (number | null)[]): number[] => present(paired ? values.filter((_, n) => (other[n] ?? null) !== null) : values)
    return { policy, measure, first: finite(meanAndSd(kept(before, after)).mean), second: finite(meanAndSd(kept(after, before)).mean), difference: finite(found.value), low, high, clear: low !== null && high !== null && (low > 0 || high < 0) }
  }))
  return { paired, of, sameScenario: a.provenance.scenarioSha256 === b.provenance.scenarioSha256, same, rows }
}
