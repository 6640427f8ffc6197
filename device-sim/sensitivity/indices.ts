/** From the answers to the rows of the package: design, responses, indices. */
import type { Row } from '../data-package/table.ts'
import type { IndexName } from '../data-package/tables/sensitivity.ts'
import { measureNames } from '../scenario/scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { meanAndSd } from '../statistics/interval.ts'
import { morrisEffects } from '../statistics/morris.ts'
import { pairedDifference } from '../statistics/paired.ts'
import { partialRankCorrelation, standardisedRegression } from '../statistics/regression.ts'
import { stream } from '../virtual/chance/stream.ts'
import { valueAt } from './design.ts'
import type { Design } from './design.ts'
import type { Answer } from './evaluate.ts'

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null)

export function designRows (scenario: Scenario, { points }: Design): Row[] {
  return points.map(({ point, method, trajectory, unit }) => [
    point, method, trajectory, ...scenario.factors.map((factor, i) => { const at = unit[i] ?? null; return at === null ? null : valueAt(factor, at) })
  ])
}

const measured = (values: readonly (number | null)[] | undefined): number[] => (values ?? []).filter((value) => value !== null)

export function responseRows (scenario: Scenario, answers: readonly Answer[]): Row[] {
  return answers.flatMap(({ point, values }) => scenario.policies.flatMap(({ name }, policy) => measureNames.map((measure, m): Row => {
    const { n, mean, sd } = meanAndSd(measured(values[policy]?.[m]))
    return [point, name, measure, finite(mean), finite(sd), n]
  })))
}

/** Mean of one measure at each point, in the order of the design; null: nothing to measure there. */
type Means = readonly (number | null)[]
type Index = { readonly factor: number, readonly index: IndexName, readonly estimate: number | undefined, readonly low?: number | undefined, readonly high?: number | undefined, readonly n: number }

export function indexRows (scenario: Scenario, design: Design, answers: readonly Answer[]): Row[] {
  return scenario.policies.flatMap(({ name }, policy) => measureNames.flatMap((measure, m) => {
    const means = answers.map(({ values }) => finite(meanAndSd(measured(values[policy]?.[m])).mean))
    const found = [...tornado(design, answers.map(({ values }) => values[policy]?.[m] ?? [])), ...morris(scenario, design, means, `${name} ${measure}`), ...hypercube(design, means)]
    return found.map(({ factor, index, estimate, low, high, n }): Row => [name, measure, scenario.factors[factor]?.path ?? '', index, finite(estimate), finite(low), finite(high), n])
  }))
}

/** `values`: of each point, one a replication. All points meet the same luck, so that an end's interval is that of its difference from the base. */
function tornado ({ points }: Design, values: readonly (readonly (number | null)[])[]): Index[] {
  const base = values[points.find(({ method }) => method === 'base')?.point ?? 0] ?? []
  const before = meanAndSd(measured(base))
  return points.flatMap(({ point, method, unit }): Index[] => {
    if (method !== 'low' && method !== 'high') return []
    const factor = unit.findIndex((at) => at !== null)
    const after = meanAndSd(measured(values[point]))
    const { n, low, high } = pairedDifference(base, values[point] ?? [])
    const isPaired = n === before.n && n === after.n
    const end: Index = { factor, index: `${method}_end`, estimate: after.mean, low: isPaired ? before.mean + low : undefined, high: isPaired ? before.mean + high : undefined, n: after.n }
    return method === 'low' ? [{ factor, index: 'base', estimate: before.mean, n: before.n }, end] : [end]
  })
}

function morris ({ seed }: Scenario, { points, trajectories }: Design, means: Means, what: string): Index[] {
  if (trajectories.length === 0) return []
  const outputs = trajectories.map((_, trajectory) => points.filter((point) => point.trajectory === trajectory).map(({ point }) => means[point] ?? null))
  const draws = stream(seed, 0, what, 'bootstrap of mu*')
  return morrisEffects(trajectories, outputs, () => draws.next()).flatMap(({ mu, muStar, sigma, effects }, factor) => [
    { factor, index: 'mu' as const, estimate: mu, n: effects.length },
    { factor, index: 'mu_star' as const, estimate: muStar.value, low: muStar.low, high: muStar.high, n: effects.length },
    { factor, index: 'sigma' as const, estimate: sigma, n: effects.length }
  ])
}

function hypercube ({ points }: Design, means: Means): Index[] {
  const asked = points.flatMap(({ point, method, unit }) => {
    const output = means[point] ?? null
    return method === 'lhs' && output !== null ? [{ unit: unit.map((at) => at ?? NaN), output }] : []
  })
  if (asked.length === 0) return []
  const [units, outputs] = [asked.map(({ unit }) => unit), asked.map(({ output }) => output)]
  const { coefficients } = standardisedRegression(units, outputs, { ranked: true })
  return partialRankCorrelation(units, outputs).flatMap((prcc, factor) => [
    { factor, index: 'prcc' as const, estimate: prcc.value, low: prcc.low, high: prcc.high, n: asked.length },
    { factor, index: 'srrc' as const, estimate: coefficients[factor]?.value, low: coefficients[factor]?.low, high: coefficients[factor]?.high, n: asked.length }
  ])
}
