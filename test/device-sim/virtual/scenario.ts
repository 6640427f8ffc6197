/** A small scenario for the virtual tests: two houses, friends and a neighbour, everything certain that a test does not ask about. */
import type { Distribution } from '../../../device-sim/virtual/chance/distribution.ts'
import type { Parameter, Policy, Renewal, ResponderType, Scenario, VenueType } from '../../../device-sim/scenario/scenario.ts'

export const HOUR_S = 3_600
export const DAY_S = 24 * HOUR_S

export function given (draw: Distribution | number): Parameter {
  return { draw: typeof draw === 'number' ? { is: 'constant', value: draw } : draw, evidence: 'assumed', source: 'a test' }
}
export const neverFails: Renewal = { up: given({ is: 'never' }), down: given(0) }
export function fails (meanUpS: number, meanDownS: number): Renewal { return { up: given({ is: 'exponential', mean: meanUpS }), down: given({ is: 'exponential', mean: meanDownS }) } }
export function spread (median: number, sigma = 0.7): Parameter { return given({ is: 'log-normal', median, sigma }) }

export function responder (role: string, over: Partial<ResponderType> = {}): ResponderType {
  return {
    role, kind: 'trusted', per: 'room', duty: null, sleep: { from: 0, to: 8 }, mayKnow: false, missedDay: given(0.2), missedNight: given(0.5),
    answersDay: given(0.6), answersNight: given(0.4), declines: given(0), needsMore: given(0), reaction: spread(15), turnout: spread(60), nightTurnout: given(1.4), distance: given(300),
    walking: given(1.5), stairs: given(0.8), fatigue: given(1), reachable: neverFails, cost: given(0), ...over
  }
}

export function policy (name: string, steps: readonly (readonly string[])[], over: Partial<Policy> = {}): Policy {
  return { name, title: name, steps: steps.map((people) => ({ waitS: 30, assistWaitS: null, people })), mayKnow: [], consents: [], houseLane: null, ...over }
}

export type Wish = {
  readonly days?: number
  readonly count?: number
  readonly seed?: number
  readonly workers?: Partial<VenueType['workers']>
  readonly responders?: readonly ResponderType[]
  readonly policies?: readonly Policy[]
  readonly venue?: Partial<VenueType>
  readonly over?: Partial<Scenario>
}

export function scenario ({ days = 60, count = 2, seed = 7, workers = {}, responders, policies, venue = {}, over = {} }: Wish = {}): Scenario {
  return {
    version: 1, name: 'test', title: 'A test', question: 'Does it hold?', horizonS: days * DAY_S, seed,
    replications: { least: 3, most: 6, lookAhead: 0, halfWidth: 0.05, primary: 'tta_p50' },
    networks: { wifi: { latency: spread(0.05), wake: spread(1.5), loss: given(0.02), outage: neverFails } },
    powers: { mains: { outage: neverFails, backup: given(0) } },
    buttons: { wall: { link: given(0.05), linkLoss: given(0), battery: given({ is: 'never' }), replaced: given(DAY_S), failure: neverFails, beatS: 30, missedBeats: 2.5, cost: given(20), mainsPowered: false } },
    service: neverFails,
    push: { latency: spread(1), provable: given(1) },
    venues: [{
      name: 'house', count, rooms: 2, workersPerRoom: 1, floors: 2, network: 'wifi', power: 'mains', button: 'wall', gateway: null,
      workers: {
        shift: { from: 18, to: 4 }, worked: given(1), incidents: given(40), presses: given(0.8), pressDelay: given(10), accidents: given(12), cancels: given(0.5), cancelDelay: spread(20),
        danger: spread(900), pin: spread(60), forced: given(0.1), forcedDelay: spread(60), pressesAgain: given(0.3), pressAgainDelay: spread(60), tests: given(6), silent: given(0.2),
        quiet: given(0), saysSafe: given(0), saysSafeDelay: given(0), checkIns: given(0), checkInDelay: given(0), forgets: given(0), missedRaises: 'assist', ...workers
      },
      responders: responders ?? [responder('friend', { mayKnow: true }), responder('colleague'), responder('neighbour', { per: 'venue' }), responder('reference', { per: 'venue', duty: { from: 17, to: 5 } }), responder('police', { per: 'venue', kind: 'authority' })],
      ...venue
    }],
    policies: policies ?? [policy('legal-minimum', [['reference']]), policy('steps', [['friend', 'colleague'], ['neighbour', 'police'], ['reference']], { mayKnow: ['friend'], houseLane: 'reference' })],
    faults: [], criteria: [], factors: [], ...over
  }
}
