/** The plainest world: nothing fails, nothing is slow, nobody is tired. Each check changes the one thing that it is about. */
import type { ButtonType, Network, Parameter, Policy, Renewal, ResponderType, Scenario, VenueType, WorkerType } from '../scenario/scenario.ts'
import type { Distribution } from '../virtual/chance/distribution.ts'

export function drawn (draw: Distribution): Parameter { return { draw, evidence: 'assumed', source: 'device-sim verify' } }
export function always (value: number): Parameter { return drawn({ is: 'constant', value }) }
export const neverFails: Renewal = { up: drawn({ is: 'never' }), down: always(0) }

export const DAY_S = 86_400
/** Delays of a press on its way to the service, s. */
export const LINK_S = 0.06
export const WAKE_S = 0.4
export const NETWORK_S = 0.04
/** And of an alert on its way to a screen. */
export const PUSH_S = 0.8
/** She is in danger for so long; until then she ends nothing. */
export const DANGER_S = 900
const WHOLE_DAY = { from: 0, to: 0 }

const network: Network = { latency: always(NETWORK_S), wake: always(WAKE_S), loss: always(0), outage: neverFails }
const button: ButtonType = {
  link: always(LINK_S), linkLoss: always(0), battery: drawn({ is: 'never' }), replaced: always(0), failure: neverFails, beatS: 60, missedBeats: 3, cost: always(0), mainsPowered: false
}

const workers: WorkerType = {
  shift: WHOLE_DAY, worked: always(1), incidents: always(40), presses: always(1), pressDelay: always(0), accidents: always(0), cancels: always(0), cancelDelay: always(0),
  danger: always(DANGER_S), pin: always(10), forced: always(0), forcedDelay: always(0), pressesAgain: always(0), pressAgainDelay: always(0), tests: always(0), silent: always(0),
  quiet: always(0), saysSafe: always(0), saysSafeDelay: always(0), checkIns: always(0), checkInDelay: always(0), forgets: always(0), missedRaises: 'assist'
}

/** Day and night alike: comes with chance `answers`, after `reaction` s. */
export function responder (role: string, answers: number, reaction: Distribution, more: Partial<ResponderType> = {}): ResponderType {
  return {
    role, kind: 'trusted', per: 'room', duty: null, sleep: WHOLE_DAY, mayKnow: false, missedDay: always(0), missedNight: always(0), answersDay: always(answers), answersNight: always(answers), declines: always(0), needsMore: always(0),
    reaction: drawn(reaction), turnout: always(60), nightTurnout: always(1), distance: always(150), walking: always(1.5), stairs: always(0.8), fatigue: always(1), reachable: neverFails, cost: always(0), ...more
  }
}

export function policy (name: string, steps: readonly { readonly waitS: number, readonly people: readonly string[] }[]): Policy {
  return { name, title: name, steps: steps.map((step) => ({ ...step, assistWaitS: null })), mayKnow: [], consents: [], houseLane: null }
}

export type Plain = {
  readonly seed: number
  readonly rooms: number
  readonly days: number
  readonly policies: readonly Policy[]
  readonly responders: readonly ResponderType[]
  readonly network?: Partial<Network>
  readonly button?: Partial<ButtonType>
  readonly workers?: Partial<WorkerType>
  readonly venue?: Partial<VenueType>
  readonly power?: { readonly outage: Renewal, readonly backup: Parameter }
}

/** So many houses of one room each, so that no two rooms share their luck. */
export function plainScenario (wish: Plain): Scenario {
  const venue: VenueType = {
    name: 'house', count: wish.rooms, rooms: 1, workersPerRoom: 1, floors: 1, network: 'net', power: 'mains', button: 'button', gateway: null, workers: { ...workers, ...wish.workers }, responders: wish.responders, ...wish.venue
  }
  return {
    version: 1, name: 'verify', title: 'verify', question: '', horizonS: wish.days * DAY_S, seed: wish.seed,
    replications: { least: 3, most: 100, lookAhead: 5, halfWidth: 0.05, primary: 'tta_p90' },
    networks: { net: { ...network, ...wish.network } },
    powers: { mains: wish.power ?? { outage: neverFails, backup: always(0) } },
    buttons: { button: { ...button, ...wish.button } },
    service: neverFails,
    push: { latency: always(PUSH_S), provable: always(1) },
    venues: [venue], policies: wish.policies, faults: [], criteria: [], factors: []
  }
}
