/** A chain with one weak link: the share of time that it works is MTBF / (MTBF + MTTR), whatever the shape of its outages. */
import { steadyAvailability } from '../statistics/queueing.ts'
import { meets } from './outcome.ts'
import type { Outcome, Replicate } from './outcome.ts'
import { always, DAY_S, drawn, plainScenario, policy, responder } from './plain-scenario.ts'

const REPLICATIONS = 16
const UP_S = 12 * DAY_S
/** Outages: log-normal, whose mean is far from its median. */
const DOWN_MEDIAN_S = 0.5 * DAY_S
const DOWN_SIGMA = 1
export const MEAN_DOWN_S = DOWN_MEDIAN_S * Math.exp(DOWN_SIGMA ** 2 / 2)

export function availability (replicate: Replicate, seed: number): Outcome {
  const scenario = plainScenario({
    seed,
    rooms: 60,
    days: 360,
    policies: [policy('one', [{ waitS: 30, people: ['friend'] }])],
    responders: [responder('friend', 1, { is: 'constant', value: 5 })],
    workers: { incidents: always(0) },
    network: { outage: { up: drawn({ is: 'exponential', mean: UP_S }), down: drawn({ is: 'log-normal', median: DOWN_MEDIAN_S, sigma: DOWN_SIGMA }) } }
  })
  const shares = Array.from({ length: REPLICATIONS }, (_, replication) => {
    const rows = replicate(scenario, 0, replication).availability
    return rows.reduce((sum, { upS }) => sum + upS, 0) / rows.reduce((sum, { roomS }) => sum + roomS, 0)
  })
  return meets({ check: 'availability', claim: 'A room whose network fails by turns works MTBF / (MTBF + MTTR) of the time, from the first second on.', n: REPLICATIONS }, shares, steadyAvailability(UP_S, MEAN_DOWN_S))
}
