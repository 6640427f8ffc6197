/**
 * What must hold between two runs on the same luck, press by press, whatever the numbers are. Only what truly holds: adding somebody to a
 * step can delay the next step (R9 goes on at once when nobody in the step was shown, and waits when somebody was), so everything is shown at once here.
 */
import type { Scenario } from '../scenario/scenario.ts'
import type { Distribution } from '../virtual/chance/distribution.ts'
import type { PressRow } from '../virtual/model/replication.ts'
import { alone } from './closed-form.ts'
import { atMost } from './outcome.ts'
import type { Outcome, Replicate } from './outcome.ts'
import { always, DAY_S, drawn, plainScenario, policy, responder } from './plain-scenario.ts'

const REPLICATIONS = 4
const ROOMS = 60
/** Fewer presses that got better say that nothing was changed: a check of nothing. */
const BETTER_LEAST = 20
const reaction: Distribution = { is: 'log-normal', median: 15, sigma: 1 }

/** Policies: 0 as it is, 1 with one more in the first step, 2 with a shorter first wait. */
function responders (seed: number, rooms: number): Scenario {
  const second = { waitS: 30, people: ['neighbour', 'friend'] }
  return plainScenario({
    seed,
    rooms,
    days: 40,
    policies: [
      policy('as-is', [{ waitS: 30, people: ['colleague'] }, second]),
      policy('one-more', [{ waitS: 30, people: ['colleague', 'porter'] }, second]),
      policy('sooner', [{ waitS: 15, people: ['colleague'] }, second])
    ],
    responders: ['colleague', 'porter', 'neighbour', 'friend'].map((role) => responder(role, 0.5, reaction))
  })
}

const acceptedAfter = ({ acceptedAt, pressedAt }: PressRow): number => (acceptedAt === null ? Infinity : acceptedAt - pressedAt)

function pressByPress (replicate: Replicate, scenario: Scenario, changed: number, said: Pick<Outcome, 'check' | 'claim'>): Outcome {
  let [worse, better, n] = [0, 0, 0]
  for (let replication = 0; replication < REPLICATIONS; replication++) {
    const after = new Map(replicate(scenario, changed, replication).presses.map((press) => [press.press, press]))
    for (const press of alone(replicate(scenario, 0, replication).presses)) {
      const other = after.get(press.press)
      n++
      const [a, b] = [acceptedAfter(press), other === undefined ? NaN : acceptedAfter(other)]
      if (!(b <= a)) worse++
      else if (b < a) better++
    }
  }
  return atMost({ ...said, measures: better < BETTER_LEAST ? 'presses worse (none better: nothing was checked)' : 'presses worse', n }, better < BETTER_LEAST ? Infinity : worse, 0)
}

type Months = readonly { readonly upS: number }[]

/** Availability, kind of venue and month by month: the second scenario must have no less of it. */
function monthByMonth (replicate: Replicate, weaker: Scenario, stronger: Scenario, said: Pick<Outcome, 'check' | 'claim'>): Outcome {
  let [worse, better, n] = [0, 0, 0]
  for (let replication = 0; replication < REPLICATIONS; replication++) {
    const after: Months = replicate(stronger, 0, replication).availability
    const before: Months = replicate(weaker, 0, replication).availability
    for (const [i, { upS }] of before.entries()) {
      const other = after[i]?.upS ?? NaN
      n++
      if (!(other >= upS - 1e-6)) worse++
      else if (other > upS + 1e-6) better++
    }
  }
  return atMost({ ...said, measures: better === 0 ? 'months worse (none better: nothing was checked)' : 'months worse', n }, better === 0 ? Infinity : worse, 0)
}

function failing (seed: number, gateway: boolean, backupS: number): Scenario {
  const outage = { up: drawn({ is: 'exponential', mean: 10 * DAY_S } as const), down: drawn({ is: 'log-normal', median: 3_600, sigma: 1 } as const) }
  return plainScenario({
    seed,
    rooms: 40,
    days: 360,
    policies: [policy('one', [{ waitS: 30, people: ['friend'] }])],
    responders: [responder('friend', 1, reaction)],
    workers: { incidents: always(0) },
    network: { outage },
    venue: { gateway: gateway ? outage : null },
    power: { outage, backup: always(backupS) }
  })
}

export function metamorphic (replicate: Replicate, seed: number, rooms = ROOMS): Outcome[] {
  const people = responders(seed, rooms)
  return [
    pressByPress(replicate, people, 1, { check: 'one responder more', claim: 'On the same luck no press is accepted later because one more was told.' }),
    pressByPress(replicate, people, 2, { check: 'a shorter wait', claim: 'On the same luck no press is accepted later because the second step was told sooner.' }),
    monthByMonth(replicate, failing(seed, true, 0), failing(seed, false, 0), { check: 'one part fewer to fail', claim: 'On the same luck no month has less working time for a button that needs no gateway.' }),
    monthByMonth(replicate, failing(seed, true, 0), failing(seed, true, 1_800), { check: 'a longer backup', claim: 'On the same luck no month has less working time for a router with half an hour of battery.' })
  ]
}
