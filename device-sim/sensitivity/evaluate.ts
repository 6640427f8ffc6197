/** One point of the design: its replications, on the same luck as every other point's. */
import { measureNames } from '../scenario/scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { replicate } from '../virtual/model/replicate.ts'
import { scenarioAt } from './design.ts'
import type { Point } from './design.ts'

/** `values[policy][measure][replication]`, in the orders of the scenario and of `measureNames`. */
export type Answer = { readonly point: number, readonly values: readonly (readonly (readonly (number | null)[])[])[], readonly breaches: number, readonly events: number }

export function evaluate (scenario: Scenario, { point, unit }: Pick<Point, 'point' | 'unit'>, replications: number): Answer {
  const moved = scenarioAt(scenario, unit)
  let [breaches, events] = [0, 0]
  const values: (number | null)[][][] = moved.policies.map(() => measureNames.map(() => []))
  // Policies of one replication share its world.
  for (let replication = 0; replication < replications; replication++) {
    for (const [policy, ofPolicy] of values.entries()) {
      const result = replicate(moved, policy, replication)
      breaches += result.breaches.length
      events += result.events
      for (const [m, name] of measureNames.entries()) ofPolicy[m]?.push(result.measures[name])
    }
  }
  return { point, values, breaches, events }
}
