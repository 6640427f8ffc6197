import type { Database } from 'better-sqlite3'
import type { StandingWrites } from '../standing-writes.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'
import { mayStand } from './standing-schema.ts'
import { statement } from './statements.ts'

export const standingOperations: SqliteWrites<keyof StandingWrites> = {
  setStanding (db, { room, by, steps }) {
    const venue = one<{ venue: string }>(db, 'SELECT venue FROM room WHERE id = ?', room)?.venue
    if (venue === undefined) return no('ROOM_NOT_FOUND')
    if (by !== null && !worksAt(db, by, venue)) return no('NOT_HER_VENUE')
    const people = steps.flatMap((step) => step.people)
    const kinds = new Map<string, string>()
    for (const responder of people) {
      const kind = one<{ kind: string }>(db, 'SELECT kind FROM responder WHERE id = ?', responder)?.kind ?? null
      // Of somebody who is not on her list she does not even learn that they exist.
      if (kind === 'authority' && (by === null || exists(db, 'SELECT 1 FROM contact WHERE worker = ? AND responder = ?', by, responder))) return no('AUTHORITY_FORBIDDEN')
      if (kind === null || !exists(db, `SELECT 1 FROM (SELECT ? AS venue, ? AS responder) AS asked WHERE ${mayStand('asked.venue', 'asked.responder')}`, venue, responder)) return no('NOT_OF_THIS_VENUE')
      kinds.set(responder, kind)
    }
    if (by !== null && othersAgreed(db, room, by).some((responder) => !people.includes(responder))) return no('OTHERS_AGREED')
    run(db, 'DELETE FROM standing_step WHERE room = ?', room)
    for (const [step, { waitMs, people: inStep }] of steps.entries()) {
      run(db, 'INSERT INTO standing_step (room, step, wait_ms) VALUES (?, ?, ?)', room, step, waitMs)
      for (const responder of inStep) {
        run(db, 'INSERT INTO standing_person (room, responder, kind, step) VALUES (?, ?, ?, ?)', room, responder, kinds.get(responder), step)
      }
    }
    return OK
  },

  agreeStanding (db, { worker, venue, responder }) {
    if (!worksAt(db, worker, venue)) return no('NOT_HER_VENUE')
    const contact = one<{ kind: string, confirmedAt: number | null }>(db, 'SELECT kind, confirmed_at AS confirmedAt FROM contact WHERE worker = ? AND responder = ?', worker, responder)
    const member = one<{ kind: string }>(db, 'SELECT kind FROM venue_responder WHERE venue = ? AND responder = ?', venue, responder)
    if (contact === null && member === null) return no('NOT_HER_CONTACT')
    if (member === null && contact?.confirmedAt === null) return no('NOT_CONFIRMED')
    const kind = (member ?? contact)?.kind
    if (kind === 'authority') return no('AUTHORITY_FORBIDDEN')
    if (!exists(db, 'SELECT 1 FROM declaration WHERE responder = ?', responder)) return no('NOT_DECLARED')
    run(db, 'INSERT INTO standing_agreement (venue, responder, kind, worker) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', venue, responder, kind, worker)
    return OK
  },

  disagreeStanding (db, { worker, venue, responder }) {
    return run(db, 'DELETE FROM standing_agreement WHERE worker = ? AND venue = ? AND responder = ?', worker, venue, responder) === 0 ? no('NOT_AGREED') : OK
  }
}

/** Who stands in this room by another worker's word: only that word, taken back, takes them out. */
function othersAgreed (db: Database, room: string, by: string): readonly string[] {
  const found = statement(db, `SELECT DISTINCT p.responder FROM standing_person p JOIN room r ON r.id = p.room
    JOIN standing_agreement a ON a.venue = r.venue AND a.responder = p.responder WHERE p.room = ? AND a.worker <> ?`).all(room, by)
  return (found as Array<{ responder: string }>).map(({ responder }) => responder)
}

function worksAt (db: Database, worker: string, venue: string): boolean {
  return exists(db, 'SELECT 1 FROM worker_venue WHERE worker = ? AND venue = ?', worker, venue)
}
