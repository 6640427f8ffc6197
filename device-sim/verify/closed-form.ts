/** The whole model against the formula of independent answers: P(TTA > t) = Π_k (1 - p_k F(t - τ_k))^n_k. */
import { ksTest } from '../statistics/goodness.ts'
import { normalCdf } from '../statistics/normal.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { PressRow } from '../virtual/model/replication.ts'
import { ALPHA, atMost } from './outcome.ts'
import type { Outcome, Replicate } from './outcome.ts'
import { DANGER_S, LINK_S, NETWORK_S, plainScenario, policy, PUSH_S, responder, WAKE_S } from './plain-scenario.ts'

/** Reaction of everybody: log-normal. */
const MEDIAN_S = 12
const SIGMA = 0.9
/** n people, each comes with chance p; told `waitS` after the step before. */
export const steps = [{ waitS: 30, n: 2, p: 0.45 }, { waitS: 25, n: 1, p: 0.6 }, { waitS: 30, n: 3, p: 0.3 }] as const
const REPLICATIONS = 4
const ROOMS = 80
/** A press in an alarm that still runs joins it: the formula is of presses alone. */
const ALONE_S = 8 * DANGER_S

/** The share accepted after t s, of all presses: it does not reach 1, for sometimes nobody will. */
export function acceptedBy (t: number, told: readonly { readonly waitS: number, readonly n: number, readonly p: number }[] = steps): number {
  let at = LINK_S + WAKE_S + NETWORK_S + PUSH_S
  let nobody = 1
  for (const { waitS, n, p } of told) {
    nobody *= (1 - p * normalCdf(Math.log(Math.max(0, t - at) / MEDIAN_S) / SIGMA)) ** n
    at += waitS
  }
  return 1 - nobody
}

export function acceptanceScenario (seed: number, rooms: number): Scenario {
  const roles = steps.map(({ n, p }, k) => Array.from({ length: n }, (_, i) => ({ role: `step ${k + 1} person ${i + 1}`, p })))
  return plainScenario({
    seed,
    rooms,
    days: 60,
    policies: [policy('three-steps', steps.map(({ waitS }, k) => ({ waitS, people: (roles[k] ?? []).map(({ role }) => role) })))],
    responders: roles.flat().map(({ role, p }) => responder(role, p, { is: 'log-normal', median: MEDIAN_S, sigma: SIGMA }))
  })
}

/** Those whose room was quiet before them for so long that nothing of the press before is left. */
export function alone (presses: readonly PressRow[]): PressRow[] {
  const last = new Map<string, number>()
  return [...presses].sort((a, b) => a.pressedAt - b.pressedAt).filter((press) => {
    const room = `${press.venue} ${press.venueNumber} ${press.room}`
    const before = last.get(room) ?? -Infinity
    last.set(room, press.pressedAt)
    return press.pressedAt - before >= ALONE_S
  })
}

export function closedForm (replicate: Replicate, seed: number, rooms = ROOMS): Outcome {
  const scenario = acceptanceScenario(seed, rooms)
  const times = Array.from({ length: REPLICATIONS }, (_, replication) => alone(replicate(scenario, 0, replication).presses)).flat()
    .map(({ acceptedAt, pressedAt }) => (acceptedAt === null ? Infinity : acceptedAt - pressedAt))
  const test = ksTest(times, acceptedBy, ALPHA)
  return atMost({
    check: 'closed form of TTA',
    claim: 'Alarms of three steps are accepted as P(TTA > t) = prod_k (1 - p_k F(t - tau_k))^n_k says, those that nobody accepts included.',
    measures: 'KS distance',
    n: times.length
  }, test.statistic, test.critical)
}
