import type { Database } from 'better-sqlite3'
import { joined, within, without } from '../hours.ts'
import type { Span } from '../hours.ts'
import type { RotaWrites } from '../rota-writes.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'
import { statement } from './statements.ts'

export const rotaOperations: SqliteWrites<keyof RotaWrites> = {
  addHours (db, { venue, responder, fromAt, untilAt, most }) {
    if (!isReferencePerson(db, venue, responder)) return no('NO_ROTA')
    const hours = joined([...hoursOf(db, venue, responder), { fromAt, untilAt }])
    if (hours.length > most) return no('TOO_MANY_HOURS')
    replaceHours(db, venue, responder, hours)
    return OK
  },

  cutHours (db, { venue, responder, fromAt }) {
    return run(db, 'DELETE FROM duty WHERE venue = ? AND responder = ? AND from_at = ?', venue, responder, fromAt) === 0 ? no('HOURS_NOT_FOUND') : OK
  },

  offerHandover (db, { id, venue, responder, fromAt, untilAt, most }) {
    if (without([{ fromAt, untilAt }], hoursOf(db, venue, responder)).length > 0) return no('NOT_THEIR_HOURS')
    const { n } = one<{ n: number }>(db, 'SELECT count(*) AS n FROM handover WHERE responder = ?', responder) ?? { n: 0 }
    if (n >= most) return no('TOO_MANY_HOURS')
    run(db, 'INSERT INTO handover (id, venue, responder, from_at, until_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', id, venue, responder, fromAt, untilAt)
    return OK
  },

  withdrawHandover (db, { id, responder }) {
    return run(db, 'DELETE FROM handover WHERE id = ? AND responder = ?', id, responder) === 0 ? no('HANDOVER_NOT_FOUND') : OK
  },

  acceptHandover (db, { id, responder, at }) {
    const offered = one<{ venue: string, by: string, fromAt: number, untilAt: number }>(db, 'SELECT venue, responder AS by, from_at AS fromAt, until_at AS untilAt FROM handover WHERE id = ?', id)
    if (offered === null || offered.by === responder || !isReferencePerson(db, offered.venue, responder)) return no('HANDOVER_NOT_FOUND')
    const { venue, by, fromAt, untilAt } = offered
    if (untilAt <= at) return no('HANDOVER_NOT_FOUND')
    const theirs = hoursOf(db, venue, by)
    // What they have cut or handed over since is not theirs to give.
    const given = within(theirs, { fromAt: Math.max(fromAt, at), untilAt })
    run(db, 'DELETE FROM handover WHERE id = ?', id)
    if (given.length === 0) return no('HANDOVER_NOT_FOUND')
    replaceHours(db, venue, responder, joined([...hoursOf(db, venue, responder), ...given]))
    replaceHours(db, venue, by, without(theirs, given))
    return OK
  }
}

function hoursOf (db: Database, venue: string, responder: string): readonly Span[] {
  return statement(db, 'SELECT from_at AS fromAt, until_at AS untilAt FROM duty WHERE venue = ? AND responder = ?').all(venue, responder) as Span[]
}

function replaceHours (db: Database, venue: string, responder: string, hours: readonly Span[]): void {
  run(db, 'DELETE FROM duty WHERE venue = ? AND responder = ?', venue, responder)
  for (const { fromAt, untilAt } of hours) run(db, 'INSERT INTO duty (venue, responder, from_at, until_at) VALUES (?, ?, ?, ?)', venue, responder, fromAt, untilAt)
}

function isReferencePerson (db: Database, venue: string, responder: string): boolean {
  return exists(db, "SELECT 1 FROM venue_responder WHERE venue = ? AND responder = ? AND kind = 'reference-person'", venue, responder)
}
