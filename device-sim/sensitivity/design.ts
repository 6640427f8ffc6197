/** Where in the space of the scenario's factors the model is asked. */
import type { Factor, Scenario } from '../scenario/scenario.ts'
import { withFactor } from '../scenario/factor.ts'
import { latinHypercube } from '../statistics/latin-hypercube.ts'
import { morrisDesign } from '../statistics/morris.ts'
import type { Trajectory } from '../statistics/morris.ts'
import { stream } from '../virtual/chance/stream.ts'

export type Method = 'morris' | 'lhs'
export type DesignWish = { readonly method: Method, /** Trajectories of Morris, or points of the hypercube. */ readonly size: number, readonly levels: number }
/** One point. `unit`: each factor from 0 (its low end) to 1 (its high end); null: as the scenario has it. */
export type Point = {
  readonly point: number
  readonly method: 'base' | 'low' | 'high' | Method
  readonly trajectory: number | null
  readonly unit: readonly (number | null)[]
}
export type Design = { readonly points: readonly Point[], readonly trajectories: readonly Trajectory[] }

/** Base, then each factor alone at its low and at its high end (the tornado), then the method's own points. From the scenario's seed: the same for everybody. */
export function designOf (scenario: Scenario, { method, size, levels }: DesignWish): Design {
  const k = scenario.factors.length
  const draws = stream(scenario.seed, 0, 'design', method)
  const uniform = (): number => draws.next()
  const trajectories = method === 'morris' ? morrisDesign(k, size, levels, uniform) : []
  const alone = (which: number, at: number): (number | null)[] => scenario.factors.map((_, i) => (i === which ? at : null))
  const points: Omit<Point, 'point'>[] = [
    { method: 'base', trajectory: null, unit: scenario.factors.map(() => null) },
    ...scenario.factors.flatMap((_, i) => [{ method: 'low' as const, trajectory: null, unit: alone(i, 0) }, { method: 'high' as const, trajectory: null, unit: alone(i, 1) }]),
    ...trajectories.flatMap(({ points: walk }, trajectory) => walk.map((unit) => ({ method, trajectory, unit }))),
    ...(method === 'lhs' ? latinHypercube(size, k, uniform).map((unit) => ({ method, trajectory: null, unit })) : [])
  ]
  return { trajectories, points: points.map((point, i) => ({ point: i, ...point })) }
}

/** From 0..1 to the factor's own unit. */
export function valueAt ({ low, high, scale }: Factor, unit: number): number {
  return scale === 'log' ? low * (high / low) ** unit : low + (high - low) * unit
}

/** Throws `InvalidInput` for a factor that leads nowhere. */
export function scenarioAt (scenario: Scenario, unit: Point['unit']): Scenario {
  return scenario.factors.reduce((moved, factor, i) => {
    const at = unit[i] ?? null
    return at === null ? moved : withFactor(moved, factor.path, valueAt(factor, at))
  }, scenario)
}
