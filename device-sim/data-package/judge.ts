/** What the criteria to proceed come to, and what the parameters rest on. */
import { canonicalJson } from '../scenario/canonical.ts'
import type { Criterion, Parameter, Scenario } from '../scenario/scenario.ts'
import type { Cell, Row } from './table.ts'
import { isAtMost, isBound } from './waited.ts'

export type Verdict = 'green' | 'amber' | 'red'

/** Green or red only if the whole interval lies at or beyond that limit: an interval that straddles one decides nothing. */
export function verdictOf ({ better, green, red }: Criterion, low: number | null, high: number | null): Verdict {
  if (low === null || high === null) return 'amber'
  if (better === 'less') return high <= green ? 'green' : low >= red ? 'red' : 'amber'
  return low >= green ? 'green' : high <= red ? 'red' : 'amber'
}

/** `summary`: rows of the table of that name. A criterion that names no policy is judged for each. */
export function criteriaRows ({ criteria, policies }: Scenario, summary: readonly Row[]): Row[] {
  return criteria.flatMap((criterion) => policies.filter(({ name }) => criterion.policy === null || criterion.policy === name).map(({ name }): Row => {
    const [, , estimate = null, low = null, high = null, , , , , knownUntil = null] = summary.find(([policy, measure]) => policy === name && measure === criterion.measure) ?? []
    const [least, most, until] = [low, high, knownUntil] as [number | null, number | null, number | null]
    const verdict = verdictOf(criterion, least !== null && isAtMost(criterion.measure, until) ? 0 : least, isBound(criterion.measure, most, until) ? Infinity : most)
    return [criterion.name, name, criterion.measure, criterion.better, criterion.green, criterion.red, estimate, low, high, verdict]
  }))
}

const isParameter = (value: object): value is Parameter => 'draw' in value && 'evidence' in value

/** Every parameter below `value`, by its path; members of a list by their name or role where they have one. */
function parameters (value: unknown, path: string): { path: string, parameter: Parameter }[] {
  if (typeof value !== 'object' || value === null) return []
  if (isParameter(value)) return [{ path, parameter: value }]
  return Object.entries(value).flatMap(([key, child]) => {
    const named = Array.isArray(value) && typeof child === 'object' && child !== null ? ('name' in child ? child.name : 'role' in child ? child.role : key) : key
    return parameters(child, path === '' ? String(named) : `${path}.${String(named)}`)
  })
}

/** By path: the order of keys in a scenario means nothing, and differs between its YAML and its JSON. */
export function evidenceRows (scenario: Scenario): Row[] {
  return parameters(scenario, '').sort((a, b) => a.path < b.path ? -1 : 1).map(({ path, parameter }): Row => {
    const source: Cell = parameter.source === '' ? null : parameter.source
    return [path, canonicalJson(parameter.draw), parameter.evidence, source]
  })
}
