/** The measures of one replication, each with its exact definition: what the codebook prints is what is computed here. */
import { measureNames } from '../../scenario/scenario.ts'
import type { MeasureName } from '../../scenario/scenario.ts'
import type { Asked } from '../../statistics/pooled-waits.ts'
import type { AvailabilityRow, BurdenRow, PressRow } from './replication.ts'
import { answerOf, CAP_S, CENSORED, untilAccepted, untilArrived } from './waits.ts'
import type { Pressed, Waits } from './waits.ts'

export type Measured = Pressed & {
  readonly burden: readonly BurdenRow[]
  readonly availability: readonly AvailabilityRow[]
  readonly costARoomYear: number
  readonly authorityTellings: number
}
/** `share`: 0 to 1, printed as %. `count`: of whatever the definition counts. */
export type MeasureUnit = 's' | 'share' | 'count' | 'EUR'
/** What a summary over all replications pools: presses, where a measure is a quantile or a share of them, or is read off the curve of their waits. */
export type Pool =
  { readonly is: 'quantile', readonly p: number, readonly values: (run: Pressed) => readonly number[] } |
  { readonly is: 'share', readonly cases: (run: Pressed) => readonly boolean[] } |
  { readonly is: 'waits', readonly of: Waits, readonly asked: Asked }
export type MeasureDefinition = { readonly unit: MeasureUnit, readonly better: 'less' | 'more', readonly definition: string, readonly of: (run: Measured) => number | null, readonly pool?: Pool }

const REAL = 'Presses of incidents and by accident, missed promises among them; no tests.'
const LIVED = 'Presses of incidents and by accident, missed promises among them, without those she took back before anybody accepted.'

export const measures: Readonly<Record<MeasureName, MeasureDefinition>> = {
  t_receive_p50: quantileOf('s', 'Median time from the press until the service has it. ' + REAL + ' Those never received are left out; lost_press counts them.', 0.5, received),
  t_receive_p99: quantileOf('s', '99th percentile of the time from the press until the service has it. ' + REAL + ' Those never received are left out; lost_press counts them.', 0.99, received),
  t_first_alert_p50: quantileOf('s', 'Median time from the press until the first telling is handed to a way of reaching somebody. ' + REAL + ' Those that told nobody are left out.', 0.5, alerted),
  t_first_alert_p99: quantileOf('s', '99th percentile of the time from the press until the first telling is handed to a way of reaching somebody. ' + REAL + ' Those that told nobody are left out.', 0.99, alerted),
  tta_p50: askedOfWaits('Median time from the press until the first responder accepts.', untilAccepted, { is: 'quantile', p: 0.5 }),
  tta_p90: askedOfWaits('90th percentile of the time from the press until the first responder accepts.', untilAccepted, { is: 'quantile', p: 0.9 }),
  tta_p99: askedOfWaits('99th percentile of the time from the press until the first responder accepts.', untilAccepted, { is: 'quantile', p: 0.99 }),
  tta_in_10s: askedOfWaits('Share of presses accepted by a responder within 10 s (BS 8484 asks for 80 %).', untilAccepted, { is: 'ended', by: 10 }),
  tta_in_40s: askedOfWaits('Share of presses accepted by a responder within 40 s (BS 8484 asks for 98.5 %).', untilAccepted, { is: 'ended', by: 40 }),
  tto_p50: askedOfWaits('Median time from the press until the first responder arrives.', untilArrived, { is: 'quantile', p: 0.5 }),
  tto_p90: askedOfWaits('90th percentile of the time from the press until the first responder arrives.', untilArrived, { is: 'quantile', p: 0.9 }),
  never_accepted: askedOfWaits(`Share of presses that nobody has accepted, as far as the curve is known, ${CAP_S} s at most.`, untilAccepted, { is: 'left', by: CAP_S }),
  never_arrived: askedOfWaits(`Share of presses to which nobody has arrived, as far as the curve is known, ${CAP_S} s at most.`, untilArrived, { is: 'left', by: CAP_S }),
  lost_press: shareOf('less', 'Share of presses that the service had not received 10 minutes after the hand pressed (R7 calls what comes later "late"), those never received included. ' + REAL, (run) => real(run).map(({ lostWhy }) => lostWhy !== null)),
  availability: { unit: 'share', better: 'more', definition: 'Room-time in which everything from button to service worked, of all room-time.', of: ({ availability }) => ratio(sum(availability, 'upS'), sum(availability, 'roomS')) },
  undetected_down: { unit: 'share', better: 'less', definition: 'Room-time in which it did not work and nobody could know (until the beats were missed, or her telephone missed the service), of all room-time.', of: ({ availability }) => ratio(sum(availability, 'undetectedS'), sum(availability, 'roomS')) },
  false_share: shareOf('less', 'Share of presses by accident among those that opened or joined an alarm and were no test.', (run) => real(run).filter(({ receivedAt }) => receivedAt !== null).map(({ cause }) => cause === 'accident')),
  cancelled_before_seen: shareOf('more', 'Share of presses by accident that she took back before any responder had seen an alert of it.', (run) => run.presses.filter(({ cause }) => cause === 'accident').map(isCancelledUnseen)),
  alerts_month: perMonth('Alerts told to a responder in 30 days, reminders and tests included; mean over all responders that the policy names.', 'alerts'),
  wakings_month: perMonth('Times in 30 days that an alert is noticed by a sleeping responder, once a press; mean over all responders that the policy names.', 'wakings'),
  needless_trips_month: perMonth('Times in 30 days that a responder left the door and turned back, or came to nobody in danger: to presses by accident, or when danger was over; mean over all responders that the policy names.', 'needlessTrips'),
  busiest_share: { unit: 'share', better: 'less', definition: 'Share of a venue\'s alerts that its busiest responder bears; mean over the venues with any alert.', of: busiest },
  redundant_arrivals: { unit: 'count', better: 'less', definition: `Arrivals beyond the first one, a press. ${LIVED}`, of: (run) => ratio(lived(run).reduce((all, { redundantArrivals }) => all + redundantArrivals, 0), lived(run).length) },
  cost_room_year: { unit: 'EUR', better: 'less', definition: 'Button and the roles that the policy names, a room-year; mean over all rooms.', of: ({ costARoomYear }) => costARoomYear },
  authority_contact: { unit: 'count', better: 'less', definition: 'Tellings to an authority. Without her consent it is no measure: the run is stopped as broken (exit code 3).', of: ({ authorityTellings }) => authorityTellings }
}

export function measure (run: Measured): Readonly<Record<MeasureName, number | null>> {
  return Object.fromEntries(measureNames.map((name) => [name, measures[name].of(run)])) as Record<MeasureName, number | null>
}

function quantileOf (unit: MeasureUnit, definition: string, p: number, values: (run: Pressed) => readonly number[]): MeasureDefinition {
  return { unit, better: 'less', definition: `${definition} Linear between order statistics (type 7).`, of: (run) => quantile(values(run), p), pool: { is: 'quantile', p, values } }
}

function shareOf (better: 'less' | 'more', definition: string, cases: (run: Pressed) => readonly boolean[]): MeasureDefinition {
  return { unit: 'share', better, definition, of: (run) => share(cases(run)), pool: { is: 'share', cases } }
}

/** A quantile that is not reached is a bound at the last time that is known: the report says so. */
function askedOfWaits (definition: string, of: Waits, asked: Asked): MeasureDefinition {
  const unreached = asked.is === 'quantile' ? ' A curve that has not come so far by then: a bound, `known_until`; at least so long.' : ''
  return { unit: asked.is === 'quantile' ? 's' : 'share', better: asked.is === 'ended' ? 'more' : 'less', definition: `${definition} ${CENSORED}${unreached}`, of: (run) => answerOf(run, of, asked), pool: { is: 'waits', of, asked } }
}

function perMonth (definition: string, of: 'alerts' | 'wakings' | 'needlessTrips'): MeasureDefinition {
  return {
    unit: 'count',
    better: 'less',
    definition,
    of: ({ burden }) => ratio(sum(burden, of), sum(burden, 'months'))
  }
}

const real = remembered(({ presses }) => presses.filter(({ cause }) => cause !== 'test'))
const lived = remembered((run) => real(run).filter(({ cancelledAt, acceptedAt }) => cancelledAt === null || (acceptedAt !== null && acceptedAt <= cancelledAt)))

/** Measures ask the same of one run, one after the other. */
function remembered (of: (run: Pressed) => readonly PressRow[]): (run: Pressed) => readonly PressRow[] {
  let last: { readonly presses: readonly PressRow[], readonly answer: readonly PressRow[] } | null = null
  return (run) => {
    if (last?.presses !== run.presses) last = { presses: run.presses, answer: of(run) }
    return last.answer
  }
}

function received (run: Pressed): readonly number[] { return since(real(run), 'receivedAt') }
function alerted (run: Pressed): readonly number[] { return since(real(run), 'firstAlertAt') }
function since (presses: readonly PressRow[], to: 'receivedAt' | 'firstAlertAt'): readonly number[] {
  const all: number[] = []
  for (const press of presses) {
    const at = press[to]
    if (at !== null) all.push(at - press.pressedAt)
  }
  return all
}

function isCancelledUnseen ({ cancelledAt, firstSeenAt }: PressRow): boolean {
  return cancelledAt !== null && (firstSeenAt === null || firstSeenAt > cancelledAt)
}

function busiest ({ burden }: Measured): number | null {
  const venues = new Map<string, { most: number, all: number }>()
  for (const { venue, venueNumber, alerts } of burden) {
    const key = `${venue} ${venueNumber}`
    const { most, all } = venues.get(key) ?? { most: 0, all: 0 }
    venues.set(key, { most: Math.max(most, alerts), all: all + alerts })
  }
  const shares = [...venues.values()].filter(({ all }) => all > 0).map(({ most, all }) => most / all)
  return ratio(shares.reduce((total, each) => total + each, 0), shares.length)
}

function sum<Key extends string> (rows: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0)
}

function ratio (part: number, whole: number): number | null { return whole === 0 ? null : part / whole }
function share (cases: readonly boolean[]): number | null { return ratio(cases.filter(Boolean).length, cases.length) }

/** Type 7 of Hyndman and Fan: linear between order statistics. null: of nothing. */
export function quantile (values: readonly number[], p: number): number | null {
  if (values.length === 0) return null
  const sorted = new Float64Array(values).sort()
  const place = (sorted.length - 1) * p
  const low = Math.floor(place)
  const a = sorted[low] as number
  const b = sorted[Math.min(low + 1, sorted.length - 1)] as number
  return a + (b - a) * (place - low)
}
