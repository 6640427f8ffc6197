/**
 * A scenario, resolved: every default filled in, every time in seconds, every distribution in its plain form. This is
 * what the model runs, what a data package keeps as `scenario.json`, and what its SHA-256 is taken of.
 */
import type { Distribution } from '../virtual/chance/distribution.ts'

export type Evidence = 'measured' | 'literature' | 'elicited' | 'assumed'
export type Parameter = { readonly draw: Distribution, readonly evidence: Evidence, readonly source: string }

/** Up and down by turns; both in seconds. `down` never: it does not fail. */
export type Renewal = { readonly up: Parameter, readonly down: Parameter }
/** Hours of the day from midnight, 0 to 24; `from` > `to` goes over midnight; equal: the whole day. */
export type Hours = { readonly from: number, readonly to: number }

export type Network = {
  /** One frame to the service, s. */
  readonly latency: Parameter
  /** What the first frame after idle waits besides, s (Wi-Fi wake and connect). */
  readonly wake: Parameter
  /** Share of frames lost; a button sends again until PUBACK, as the protocol says. */
  readonly loss: Parameter
  readonly outage: Renewal
}
export type Power = { readonly outage: Renewal, /** How long router and gateway live without mains, s. */ readonly backup: Parameter }
export type ButtonType = {
  /** Radio to gateway or network, s and share lost a frame. */
  readonly link: Parameter
  readonly linkLoss: Parameter
  /** From a new battery to a dead button, s. `never`: on the mains. */
  readonly battery: Parameter
  /** From when the service tells that it is low or dead to a new one, s. */
  readonly replaced: Parameter
  /** Breaks by itself. */
  readonly failure: Renewal
  /** A beat each so many seconds; a dead button is noticed after `missedBeats` of them. */
  readonly beatS: number
  readonly missedBeats: number
  /** EUR a room-year: device, battery, mounting. */
  readonly cost: Parameter
  readonly mainsPowered: boolean
}
/** The push channel, for phones with no open page. */
export type Push = {
  /** From the service's hand to `shown`, s; `never`: lost within its time to live. */
  readonly latency: Parameter
  /** Share of devices that say `shown` (iPhones may not). One draw a responder. */
  readonly provable: Parameter
}

export type ResponderType = {
  /** The word by which policies name this role. */
  readonly role: string
  readonly kind: 'trusted' | 'authority'
  /** Whether each worker has one of her own, each room has one, whoever works there, or all rooms of a venue share one. */
  readonly per: 'worker' | 'room' | 'venue'
  /** On duty: nobody sleeps, page open (live socket, latency of the network instead of push). null: an ordinary contact. */
  readonly duty: Hours | null
  readonly sleep: Hours
  readonly mayKnow: boolean
  /** Share of notifications that are shown and yet missed (silent phone, pocket, noise); night is in `sleep`. */
  readonly missedDay: Parameter
  readonly missedNight: Parameter
  /** Chance to say "I am coming" to an alarm that was noticed. One draw a responder. */
  readonly answersDay: Parameter
  readonly answersNight: Parameter
  /** Chance that whoever noticed and does not come says "I cannot"; the others say nothing. One draw a responder. */
  readonly declines: Parameter
  /** Chance that whoever arrives while she is in danger says "we need more". One draw a responder. */
  readonly needsMore: Parameter
  /** Noticed to answer, s. */
  readonly reaction: Parameter
  /** Accepted to out of the door, s; at night times `nightTurnout`. */
  readonly turnout: Parameter
  readonly nightTurnout: Parameter
  /** Way to the venue, m, and floors to climb in it. One draw a responder. */
  readonly distance: Parameter
  readonly walking: Parameter
  /** m of stairs a second, and m of stairs a floor. */
  readonly stairs: Parameter
  /** By how much each false alarm of the last 30 days multiplies the chance to answer (1: never tired). */
  readonly fatigue: Parameter
  /** Reached by phone at all: share of time that an endpoint works. */
  readonly reachable: Renewal
  /** EUR a room-year of keeping this role available. */
  readonly cost: Parameter
}

export type WorkerType = {
  /** Hours of a room. Where several take turns, each has an equal part of them, one after the other. */
  readonly shift: Hours
  /** Chance that a worker works on a day. One draw a worker. */
  readonly worked: Parameter
  /** Events a worker-year of 1,600 worked hours. One draw a worker. */
  readonly incidents: Parameter
  /** Chance that she presses, given an incident. One draw a worker. */
  readonly presses: Parameter
  readonly pressDelay: Parameter
  /** A room-year, shift or not. One draw a room. */
  readonly accidents: Parameter
  /** Chance that she takes an accidental press back, and after how long, s. */
  readonly cancels: Parameter
  readonly cancelDelay: Parameter
  /** From the press of an incident until it is over by itself and nobody is needed any more, s (arrivals after it are needless). */
  readonly danger: Parameter
  /** From danger over, or help there, to her PIN, s. */
  readonly pin: Parameter
  /** Chance that in an incident she is forced to give a PIN (she gives the duress PIN), and when after the press, s. */
  readonly forced: Parameter
  readonly forcedDelay: Parameter
  /** Share of incidents in which she presses again, and when. */
  readonly pressesAgain: Parameter
  readonly pressAgainDelay: Parameter
  /** Test presses a room-year in the two-minute window. */
  readonly tests: Parameter
  readonly silent: Parameter
  /** Share of presses in an incident that are her own quiet check (kind `assist`, with its own waits). One draw a worker. */
  readonly quiet: Parameter
  /** Chance that she says "I am safe" without her PIN, once danger is over, and after how long, s. One draw a worker. */
  readonly saysSafe: Parameter
  readonly saysSafeDelay: Parameter
  /** Chance that she promised to say "I am fine" when an incident happens in which she does not press, and when the promise is missed, s. One draw a worker. */
  readonly checkIns: Parameter
  readonly checkInDelay: Parameter
  /** Promises that are missed although nothing is wrong, a room-year. One draw a room. */
  readonly forgets: Parameter
  /** What a missed promise raises, as she chose (R17). */
  readonly missedRaises: 'assist' | 'alarm'
}

export type VenueType = {
  readonly name: string
  readonly count: number
  readonly rooms: number
  /** How many take turns in each room; each has her own list. */
  readonly workersPerRoom: number
  readonly floors: number
  readonly network: string
  readonly power: string
  readonly button: string
  /** null: buttons speak to the network themselves. */
  readonly gateway: Renewal | null
  readonly workers: WorkerType
  readonly responders: readonly ResponderType[]
}

/** The circle of a room's worker in the service's own shape (`CirclePut`), roles in place of ids. */
export type Policy = {
  readonly name: string
  readonly title: string
  /** `assistWaitS`: the wait when she asked for a quiet check (`quiet`, `missedRaises`); null: as for an alarm. */
  readonly steps: readonly { readonly waitS: number, readonly assistWaitS: number | null, readonly people: readonly string[] }[]
  readonly mayKnow: readonly string[]
  /** Roles of kind `authority` that she consented to. Everybody else of that kind is refused by the core (R6). */
  readonly consents: readonly string[]
  /** The reference person is told in a house lane of its own (R4) besides. */
  readonly houseLane: string | null
}

export type Fault =
  | { readonly is: 'service-down' | 'push-down' | 'power-down' | 'network-down', readonly atS: number, readonly forS: number, readonly venue: string | null }
  | { readonly is: 'push-slow', readonly atS: number, readonly forS: number, readonly times: number }

export const measureNames = [
  't_receive_p50', 't_receive_p99', 't_first_alert_p50', 't_first_alert_p99',
  'tta_p50', 'tta_p90', 'tta_p99', 'tta_in_10s', 'tta_in_40s', 'tto_p50', 'tto_p90', 'never_accepted', 'never_arrived', 'lost_press',
  'availability', 'undetected_down', 'false_share', 'cancelled_before_seen', 'alerts_month', 'wakings_month', 'needless_trips_month',
  'busiest_share', 'redundant_arrivals', 'cost_room_year', 'authority_contact'
] as const
export type MeasureName = typeof measureNames[number]

/** Fixed before the run (CONSORT pilot extension, 6c): green at or beyond `green`, red at or beyond `red`, amber between. */
export type Criterion = { readonly name: string, readonly measure: MeasureName, readonly policy: string | null, readonly better: 'less' | 'more', readonly green: number, readonly red: number }
/** One number of the scenario by its path (`venues.house.workers.presses`), moved from `low` to `high`. */
export type Factor = { readonly path: string, readonly low: number, readonly high: number, readonly scale: 'linear' | 'log' }

export type Scenario = {
  readonly version: 1
  readonly name: string
  readonly title: string
  readonly question: string
  readonly horizonS: number
  readonly seed: number
  readonly replications: { readonly least: number, readonly most: number, readonly lookAhead: number, readonly halfWidth: number, readonly primary: MeasureName }
  readonly networks: Readonly<Record<string, Network>>
  readonly powers: Readonly<Record<string, Power>>
  readonly buttons: Readonly<Record<string, ButtonType>>
  readonly service: Renewal
  readonly push: Push
  readonly venues: readonly VenueType[]
  /** The first is the baseline that the others are compared with; `legal-minimum` is always among them. */
  readonly policies: readonly Policy[]
  readonly faults: readonly Fault[]
  readonly criteria: readonly Criterion[]
  readonly factors: readonly Factor[]
}
