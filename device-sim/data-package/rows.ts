/** From a part of a study to the rows of the raw tables. */
import type { Part } from '../study/part.ts'
import { measureNames } from '../scenario/scenario.ts'
import type { PressRow, Replication } from '../virtual/model/replication.ts'
import type { Row } from './table.ts'

function pressRow (policy: string, replication: number, p: PressRow): Row {
  return [
    policy, replication, p.press, p.venue, p.venueNumber, p.room, p.worker, p.cause, p.silent, p.quiet, p.missed, p.night, p.forced,
    p.pressedAt, p.pressedAgainAt, p.forcedAt, p.saidSafeAt, p.receivedAt, p.firstAlertAt, p.firstShownAt, p.firstSeenAt, p.acceptedAt, p.arrivedAt, p.neededUntil, p.cancelledAt, p.closedAt, p.closing,
    p.steps, p.told, p.tellings, p.wakings, p.trips, p.arrivals, p.redundantArrivals, p.lostWhy
  ]
}

type RawRows = { readonly presses: Iterable<Row>, readonly burden: Iterable<Row>, readonly availability: Iterable<Row>, readonly measures: Iterable<Row>, readonly breaches: Iterable<Row> }

export function rawRows ({ replication, results }: Part): RawRows {
  const of = (rows: (result: Replication) => readonly Row[]): Row[] => results.flatMap(rows)
  return {
    presses: of(({ policy, presses }) => presses.map((press) => pressRow(policy, replication, press))),
    burden: of(({ policy, burden }) => burden.map((b): Row => [policy, replication, b.venue, b.venueNumber, b.role, b.responder, b.months, b.alerts, b.wakings, b.trips, b.needlessTrips])),
    availability: of(({ policy, availability }) => availability.map((a): Row => [policy, replication, a.venue, a.month, a.roomS, a.upS, a.undetectedS])),
    measures: of(({ policy, measures }) => measureNames.map((name): Row => [policy, replication, name, measures[name]])),
    breaches: of(({ policy, breaches }) => breaches.map((b, n): Row => [policy, replication, n, b.code, b.press, b.said]))
  }
}
