/** A scenario in which nothing is left to chance: every delay is a constant, nothing fails by itself. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Policy, ResponderType, Scenario, WorkerType } from '../../../device-sim/scenario/scenario.ts'
import { readScenario } from '../../../device-sim/scenario/read.ts'
import type { Distribution } from '../../../device-sim/virtual/chance/distribution.ts'
import { root } from '../../runner/root.ts'

const FILE = join(root, 'device-sim/scenarios/one-house.yaml')
export const LATENCY_S = 0.25
const PUSH_S = 2

export const fixed = (value: number) => ({ draw: { is: 'constant', value } as Distribution, evidence: 'assumed' as const, source: 'scripted' })
export const never = { draw: { is: 'never' } as Distribution, evidence: 'assumed' as const, source: 'scripted' }
export const value = ({ draw }: { readonly draw: Distribution }): number => draw.is === 'constant' ? draw.value : Infinity
const lasting = { up: never, down: fixed(0) }

/** How one person is: `duty` has an open page, others a telephone. */
export type Manner = { readonly duty?: boolean, readonly answers?: boolean, readonly misses?: boolean, readonly declines?: boolean, readonly needsMore?: boolean, readonly reactionS: number, readonly turnoutS?: number, readonly wayM?: number }
export type Script = {
  readonly people: Readonly<Record<string, Manner>>
  readonly steps: readonly (readonly string[])[]
  readonly mayKnow?: readonly string[]
  readonly houseLane?: string
  readonly dangerS?: number
  readonly pinS?: number
  readonly againS?: number
  readonly forcedS?: number
  /** She says "I am safe" without her PIN so long after danger is over. */
  readonly saysSafeS?: number
  /** A press that asks for her quiet check. */
  readonly quiet?: boolean
  readonly quietWaitS?: number
  /** Nobody presses: a promise is missed, and raises this. */
  readonly missed?: 'assist' | 'alarm'
}

export function scripted (script: Script): Scenario {
  const base = readScenario(readFileSync(FILE, 'utf8'), 'one-house.yaml')
  const [venue] = base.venues
  if (venue === undefined) throw new RangeError('the scenario has a venue')
  const network = base.networks[venue.network]
  const button = base.buttons[venue.button]
  const model = venue.responders[0]
  if (network === undefined || button === undefined || model === undefined) throw new RangeError('the scenario names what it has')
  const policy: Policy = { ...base.policies[0], name: 'scripted', title: 'scripted', steps: script.steps.map((people) => ({ waitS: 30, assistWaitS: script.quietWaitS ?? null, people })), mayKnow: script.mayKnow ?? [], consents: [], houseLane: script.houseLane ?? null }
  return {
    ...base,
    horizonS: 365 * 86_400,
    networks: { [venue.network]: { ...network, latency: fixed(LATENCY_S), wake: fixed(0), loss: fixed(0), outage: lasting } },
    powers: Object.fromEntries(Object.keys(base.powers).map((name) => [name, { outage: lasting, backup: fixed(0) }])),
    buttons: { [venue.button]: { ...button, link: fixed(0), linkLoss: fixed(0), battery: never, failure: lasting } },
    service: lasting,
    push: { latency: fixed(PUSH_S), provable: fixed(1) },
    venues: [{ ...venue, count: 1, rooms: 1, floors: 1, gateway: null, workers: workerOf(venue.workers, script), responders: Object.entries(script.people).map(([role, manner]) => personOf(model, role, manner)) }],
    policies: [policy],
    faults: []
  }
}

function workerOf (worker: WorkerType, { dangerS, pinS, againS, forcedS, saysSafeS, quiet, missed }: Script): WorkerType {
  return {
    ...worker,
    worked: fixed(1), incidents: fixed(4), presses: fixed(missed === undefined ? 1 : 0), pressDelay: fixed(0), accidents: fixed(0), tests: fixed(0), silent: fixed(0),
    danger: fixed(dangerS ?? 3_600), pin: fixed(pinS ?? 30),
    pressesAgain: fixed(againS === undefined ? 0 : 1), pressAgainDelay: fixed(againS ?? 0),
    forced: fixed(forcedS === undefined ? 0 : 1), forcedDelay: fixed(forcedS ?? 0),
    quiet: fixed(quiet === true ? 1 : 0), saysSafe: fixed(saysSafeS === undefined ? 0 : 1), saysSafeDelay: fixed(saysSafeS ?? 0),
    checkIns: fixed(missed === undefined ? 0 : 1), checkInDelay: fixed(0), missedRaises: missed ?? worker.missedRaises, forgets: fixed(0)
  }
}

function personOf (model: ResponderType, role: string, { duty, answers, misses, declines, needsMore, reactionS, turnoutS, wayM }: Manner): ResponderType {
  const noticing = fixed(misses === true ? 1 : 0)
  const answering = fixed(answers === false || declines === true ? 0 : 1)
  return {
    ...model,
    role, kind: 'trusted', per: 'room', duty: duty === true ? { from: 0, to: 24 } : null, sleep: { from: 3, to: 3.01 },
    missedDay: noticing, missedNight: noticing, answersDay: answering, answersNight: answering, declines: fixed(declines === true ? 1 : 0), needsMore: fixed(needsMore === true ? 1 : 0),
    reaction: fixed(reactionS), turnout: fixed(turnoutS ?? 60), nightTurnout: fixed(1), distance: fixed(wayM ?? 120), walking: fixed(1.5), stairs: fixed(1), fatigue: fixed(1), reachable: lasting
  }
}
