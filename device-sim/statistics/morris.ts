/** Morris' screening: which factors matter at all, and which of them bend or interact, for a few runs a factor. */
import { latinHypercube, shuffled } from './latin-hypercube.ts'
import { meanAndSd } from './interval.ts'
import type { Interval } from './interval.ts'
import { ascending, percentileBounds, RESAMPLES } from './quantile.ts'
import type { Uniform } from './quantile.ts'

/** One walk through the cube: `points` has one more than there are factors; between point i and i + 1 only factor `moved[i]` changes. */
export type Trajectory = { readonly points: readonly (readonly number[])[], readonly moved: readonly number[] }
export type Effect = {
  /** Mean elementary effect, signed: change of the output over the factor's whole range. */
  readonly mu: number
  /** Mean of its absolute value: how much the factor matters. */
  readonly muStar: Interval
  /** Standard deviation: how much that depends on where in the cube one stands. */
  readonly sigma: number
  readonly effects: readonly number[]
}

/**
 * `trajectories` walks on a grid of `levels` levels (even) in [0, 1]^factors, steps of levels / (2 (levels - 1)), each walk in a random
 * order of factors and directions. Starting levels are spread evenly over the walks.
 * @see Morris 1991, Technometrics 33, 161
 */
export function morrisDesign (factors: number, trajectories: number, levels: number, uniform: Uniform): Trajectory[] {
  const step = levels / (2 * (levels - 1))
  const lower = levels / 2
  return latinHypercube(trajectories, factors, uniform).map((start) => {
    // The lower half of the levels may go up by a step, and the mirror of it may come down.
    const upward = start.map(() => uniform() < 0.5)
    let point = start.map((u, factor) => {
      const level = Math.floor(u * lower) / (levels - 1)
      return upward[factor] === true ? level : level + step
    })
    const points = [point]
    const moved = shuffled(factors, uniform)
    for (const factor of moved) {
      point = point.map((x, i) => (i === factor ? (upward[i] === true ? x + step : x - step) : x))
      points.push(point)
    }
    return { points, moved }
  })
}

/**
 * Effects of each factor from the outputs at the points of each trajectory (`outputs[t][i]` at `points[i]`). A step of which one end had
 * nothing to measure (null) tells nothing. Interval of mu* by bootstrap over trajectories.
 * @see Morris 1991; mu*: Campolongo, Cariboni & Saltelli 2007, Environ. Model. Softw. 22, 1509
 */
export function morrisEffects (design: readonly Trajectory[], outputs: readonly (readonly (number | null)[])[], uniform: Uniform, options: { readonly level?: number, readonly resamples?: number } = {}): Effect[] {
  const factors = design[0]?.moved.length ?? 0
  return Array.from({ length: factors }, (_, factor) => {
    const effects = design.flatMap((trajectory, t) => effectOf(trajectory, outputs[t] ?? [], factor))
    const { mean, sd } = meanAndSd(effects)
    return { mu: mean, sigma: sd, muStar: meanInterval(effects.map(Math.abs), uniform, options), effects }
  })
}

function effectOf ({ points, moved }: Trajectory, outputs: readonly (number | null)[], factor: number): number[] {
  const i = moved.indexOf(factor)
  const before = outputs[i] ?? null
  const after = outputs[i + 1] ?? null
  const step = (points[i + 1]?.[factor] ?? NaN) - (points[i]?.[factor] ?? NaN)
  return before === null || after === null ? [] : [(after - before) / step]
}

function meanInterval (values: readonly number[], uniform: Uniform, { level = 0.95, resamples = RESAMPLES }: { readonly level?: number, readonly resamples?: number }): Interval {
  const { mean } = meanAndSd(values)
  if (values.length < 2) return { value: mean, low: -Infinity, high: Infinity }
  const means = ascending(Array.from({ length: resamples }, () => {
    let sum = 0
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(uniform() * values.length)] ?? NaN
    return sum / values.length
  }))
  return { value: mean, ...percentileBounds(means, values.length, level) }
}
