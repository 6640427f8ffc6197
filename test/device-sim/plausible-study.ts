/** A small scenario and plausible parts of its study, made up by a seeded generator: for what is written and drawn, not for what is true. */
import { measureNames } from '../../device-sim/scenario/scenario.ts'
import type { MeasureName, Parameter, Policy, ResponderType, Scenario } from '../../device-sim/scenario/scenario.ts'
import type { Part, Provenance } from '../../device-sim/study/part.ts'
import type { BurdenRow, PressRow, Replication } from '../../device-sim/virtual/model/replication.ts'

const year = 365 * 86_400
const constant = (value: number, evidence: Parameter['evidence'] = 'assumed', source = ''): Parameter => ({ draw: { is: 'constant', value }, evidence, source })
const never: Parameter = { draw: { is: 'never' }, evidence: 'assumed', source: '' }
const always = { up: never, down: constant(0) }

const responder = (role: string): ResponderType => ({
  role, kind: 'trusted', per: 'venue', duty: null, sleep: { from: 23, to: 7 }, mayKnow: true,
  missedDay: constant(0.15, 'literature', 'Mehrotra'), missedNight: constant(0.25), answersDay: constant(0.47, 'literature', 'JMIR mHealth e41551'), answersNight: constant(0.17), declines: constant(0), needsMore: constant(0),
  reaction: constant(8), turnout: { draw: { is: 'log-normal', median: 105, sigma: 0.6 }, evidence: 'literature', source: 'PMID 40816549' }, nightTurnout: constant(1.4), distance: constant(400),
  walking: { draw: { is: 'triangular', low: 1.3, mode: 1.8, high: 2.5 }, evidence: 'measured', source: 'Bohannon 1997, "Comfortable, and maximum, walking speed"' }, stairs: constant(0.8), fatigue: constant(0.98), reachable: always, cost: constant(40)
})
const policy = (name: string, title: string, ...steps: string[][]): Policy => ({
  name, title, steps: steps.map((people) => ({ waitS: 30, assistWaitS: null, people })), mayKnow: [], consents: [], houseLane: null
})

export const plausibleScenario: Scenario = {
  version: 1,
  name: 'one-house',
  title: 'One house, five rooms',
  question: 'Does telling colleagues as well as the reference person bring help sooner, and who is woken for it?',
  horizonS: year,
  seed: 20261128,
  replications: { least: 20, most: 200, lookAhead: 5, halfWidth: 0.05, primary: 'tta_p90' },
  networks: { wifi: { latency: constant(0.05), wake: constant(1.5, 'literature', 'Pei 2017'), loss: constant(0.01), outage: always } },
  powers: { mains: { outage: { up: constant(8e7, 'literature', 'VREG 2019'), down: constant(2880) }, backup: constant(0) } },
  buttons: { wall: { link: constant(0.06), linkLoss: constant(0.01), battery: constant(6e7), replaced: constant(86_400), failure: always, beatS: 3600, missedBeats: 2, cost: constant(30), mainsPowered: false } },
  service: always,
  push: { latency: { draw: { is: 'mixture', parts: [{ share: 0.98, of: { is: 'log-normal', median: 0.8, sigma: 0.69 } }, { share: 0.02, of: { is: 'never' } }] }, evidence: 'assumed', source: 'APNs/FCM reports' }, provable: constant(0.7) },
  venues: [{
    name: 'house', count: 1, rooms: 5, workersPerRoom: 1, floors: 2, network: 'wifi', power: 'mains', button: 'wall', gateway: null,
    workers: {
      shift: { from: 18, to: 4 }, worked: constant(0.7), incidents: constant(0.6, 'literature', 'Deering 2014'), presses: constant(0.6, 'elicited', 'Fleming'), pressDelay: constant(20), accidents: constant(2), cancels: constant(0.6),
      cancelDelay: constant(8), danger: constant(600), pin: constant(60), forced: constant(0.02), forcedDelay: constant(60), pressesAgain: constant(0.1), pressAgainDelay: constant(30), tests: constant(12), silent: constant(0.3),
      quiet: constant(0), saysSafe: constant(0), saysSafeDelay: constant(0), checkIns: constant(0), checkInDelay: constant(0), forgets: constant(0), missedRaises: 'assist'
    },
    responders: [responder('reference'), responder('colleague'), responder('friend'), responder('organisation')]
  }],
  policies: [
    policy('legal-minimum', 'The reference person alone', ['reference']),
    policy('one-by-one', 'One after another', ['reference'], ['colleague'], ['friend']),
    policy('all-at-once', 'Everybody at once', ['reference', 'colleague', 'friend', 'organisation'])
  ],
  faults: [],
  criteria: [
    { name: 'help is soon', measure: 'tta_p90', policy: null, better: 'less', green: 60, red: 300 },
    { name: 'nobody is left alone', measure: 'never_accepted', policy: null, better: 'less', green: 0.02, red: 0.1 },
    { name: 'nights of sleep', measure: 'wakings_month', policy: null, better: 'less', green: 0.5, red: 1.5 },
    { name: 'no authority', measure: 'authority_contact', policy: null, better: 'less', green: 0, red: 1 }
  ],
  factors: []
}

export const plausibleProvenance: Provenance = {
  version: '0.1.0', lockfileSha256: '0'.repeat(64), node: 'v20.20.2', platform: 'linux x64', scenarioSha256: 'a'.repeat(64), seed: plausibleScenario.seed,
  argv: ['run', 'one-house.yaml', '--out', 'one-house'], shard: null, replications: 24, stopped: 'precise'
}

/** One luck a replication for all policies, as the real model has it. */
function lucky (seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
}
const logNormal = (u: number, median: number, sigma: number): number => median * Math.exp(sigma * (Math.log(u / (1 - u)) / 1.702))

type Style = { readonly median: number, readonly sigma: number, readonly never: number, readonly told: number, readonly wakes: number }
const styles: readonly Style[] = [
  { median: 26, sigma: 1.3, never: 0.28, told: 1, wakes: 0.55 },
  { median: 30, sigma: 1.1, never: 0.06, told: 2, wakes: 0.9 },
  { median: 11, sigma: 0.9, never: 0.02, told: 4, wakes: 2.4 }
]

function pressOf (press: number, { median, sigma, never, told, wakes }: Style, luck: () => number): PressRow {
  const [when, why, lost, wait, answers, way, back, dark] = Array.from({ length: 8 }, luck) as [number, number, number, number, number, number, number, number]
  const pressedAt = when * (year - 1e5)
  const cause = why < 0.15 ? 'incident' : why < 0.4 ? 'accident' : 'test'
  const night = dark < 0.4
  const received = lost > 0.01
  const cancelledAt = received && cause === 'accident' && back < 0.6 ? pressedAt + 4 + 20 * back : null
  const would = pressedAt + logNormal(wait, median * (night ? 2 : 1), sigma)
  const accepted = received && cause !== 'test' && answers > never && (cancelledAt === null || would < cancelledAt)
  const arrived = accepted && cause === 'incident' && way > 0.08
  const receivedAt = received ? pressedAt + 0.4 + 2 * lost : null
  const alerted = receivedAt !== null && cause !== 'test'
  return {
    press, venue: 'house', venueNumber: 0, room: Math.floor(5 * lost), worker: 1, cause, silent: false, quiet: false, missed: false, night, forced: false, pressedAt, pressedAgainAt: null, forcedAt: null, saidSafeAt: null,
    receivedAt, firstAlertAt: alerted ? receivedAt + 0.01 : null, firstShownAt: alerted ? receivedAt + 1.2 : null, firstSeenAt: alerted && (accepted || answers > never / 2) ? receivedAt + 3 : null,
    acceptedAt: accepted ? would : null, arrivedAt: arrived ? would + 90 + 400 * way : null, neededUntil: cancelledAt ?? (cause === 'incident' ? pressedAt + 2_400 + 3_000 * back : null), cancelledAt, closedAt: cancelledAt ?? (received ? pressedAt + 2_400 + 3_000 * back : null), closing: received ? 'pin' : null,
    steps: alerted ? (told === 2 ? (would - pressedAt > 30 ? (would - pressedAt > 60 ? 3 : 2) : 1) : 1) : 0, told: alerted ? told : 0, tellings: alerted ? told * 2 : 0, wakings: alerted && night ? Math.round(wakes * 2 * answers) : 0,
    trips: accepted ? Math.ceil(told / 2) : 0, arrivals: arrived ? Math.ceil(told / 3) : 0, redundantArrivals: arrived ? Math.ceil(told / 3) - 1 : 0, lostWhy: received ? null : 'network'
  }
}

const sortedQuantile = (values: readonly number[], p: number): number | null => values.length === 0 ? null : [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(p * values.length) - 1)] ?? null
const shareOf = (part: number, of: number): number | null => of === 0 ? null : part / of

function measured (presses: readonly PressRow[], burden: readonly BurdenRow[], up: number, money: number): Replication['measures'] {
  const real = presses.filter(({ cause }) => cause !== 'test')
  const after = (of: (press: PressRow) => number | null): number[] => real.flatMap((press) => { const at = of(press); return at === null ? [] : [at - press.pressedAt] })
  const [receive, alert, accept, arrive] = [after((p) => p.receivedAt), after((p) => p.firstAlertAt), after((p) => p.acceptedAt), after((p) => p.arrivedAt)] as [number[], number[], number[], number[]]
  const sum = (of: (row: BurdenRow) => number): number => burden.reduce((all, row) => all + of(row), 0)
  const months = sum((row) => row.months)
  const all: Partial<Record<MeasureName, number | null>> = {
    t_receive_p50: sortedQuantile(receive, 0.5), t_receive_p99: sortedQuantile(receive, 0.99), t_first_alert_p50: sortedQuantile(alert, 0.5), t_first_alert_p99: sortedQuantile(alert, 0.99),
    tta_p50: sortedQuantile(accept, 0.5), tta_p90: sortedQuantile(accept, 0.9), tta_p99: sortedQuantile(accept, 0.99), tta_in_10s: shareOf(accept.filter((s) => s <= 10).length, real.length), tta_in_40s: shareOf(accept.filter((s) => s <= 40).length, real.length),
    tto_p50: sortedQuantile(arrive, 0.5), tto_p90: sortedQuantile(arrive, 0.9), never_accepted: shareOf(real.filter((p) => p.acceptedAt === null && p.cancelledAt === null).length, real.length),
    never_arrived: shareOf(real.filter((p) => p.arrivedAt === null).length, real.length), lost_press: shareOf(presses.filter((p) => p.receivedAt === null).length, presses.length),
    availability: up, undetected_down: 20 * (1 - up) * 5, false_share: shareOf(real.filter((p) => p.cause === 'accident').length, real.length), cancelled_before_seen: shareOf(real.filter((p) => p.cancelledAt !== null).length, real.length),
    alerts_month: sum((row) => row.alerts) / months, wakings_month: sum((row) => row.wakings) / months, needless_trips_month: sum((row) => row.needlessTrips) / months,
    busiest_share: shareOf(Math.max(...burden.map((row) => row.alerts)), sum((row) => row.alerts)), redundant_arrivals: real.reduce((n, p) => n + p.redundantArrivals, 0) / Math.max(1, real.length), cost_room_year: money, authority_contact: 0
  }
  return Object.fromEntries(measureNames.map((name) => [name, all[name] ?? null])) as Replication['measures']
}

function replicationOf (policyIndex: number, replication: number): Replication {
  const luck = lucky(7_919 * (replication + 1))
  for (let n = 0; n < 10; n++) luck()
  const style = styles[policyIndex] as Style
  const presses = Array.from({ length: 60 + Math.floor(40 * luck()) }, (_, n) => pressOf(n, style, luck))
  const alerted = presses.filter(({ told }) => told > 0).length
  const burden = ['reference', 'colleague', 'friend', 'organisation'].map((role, n): BurdenRow => {
    const share = n < style.told ? 1 / (1 + n * 0.6) : 0
    return { venue: 'house', venueNumber: 0, role, responder: 0, months: year / 2_592_000, alerts: Math.round(alerted * share), wakings: Math.round(alerted * share * 0.3 * (0.5 + luck())), trips: Math.round(alerted * share * 0.2), needlessTrips: Math.round(alerted * share * 0.1) }
  })
  const availability = Array.from({ length: 12 }, (_, month) => {
    const roomS = 5 * 2_592_000
    const down = roomS * 0.004 * luck()
    return { venue: 'house', month, roomS, upS: roomS - down, undetectedS: down / 3 }
  })
  const up = availability.reduce((sum, row) => sum + row.upS, 0) / availability.reduce((sum, row) => sum + row.roomS, 0)
  return { policy: plausibleScenario.policies[policyIndex]?.name ?? '', replication, presses, burden, availability, measures: measured(presses, burden, up, 120 + 60 * style.told + 10 * luck()), breaches: [], events: 10_000 }
}

export function * plausibleParts (replications: number): Generator<Part> {
  for (let replication = 0; replication < replications; replication++) {
    yield { version: 1, scenario: plausibleProvenance.scenarioSha256, seed: plausibleScenario.seed, replication, results: styles.map((_, n) => replicationOf(n, replication)) }
  }
}
