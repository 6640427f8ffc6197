import type { Database } from 'better-sqlite3'
import type { OfferWrites } from '../offer-writes.ts'
import { addNewcomer, insertSession } from './people-door-operations.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

export const offerOperations: SqliteWrites<keyof OfferWrites> = {
  makeOffer (db, { id, venue, responder, worker, at, newcomer }) {
    if (worker === null ? !isMember(db, venue, responder) : !worksAt(db, worker, venue)) return no('NOT_OF_THIS_VENUE')
    const made = one<{ id: string, barredAt: number | null }>(db, 'SELECT id, barred_at AS barredAt FROM offer WHERE venue = ? AND responder = ?', venue, responder)
    if (made !== null) return made.barredAt === null ? { ok: true, id: made.id } : no('OFFER_BARRED')
    if (!hasOfferableKind(newcomer?.person.role === 'responder' ? newcomer.person.kind : kindOf(db, responder), worker !== null)) return no('NOT_OF_THIS_VENUE')
    if (newcomer !== null) {
      addNewcomer(db, newcomer.person, newcomer.key, null)
      insertSession(db, newcomer.session)
    }
    run(db, `INSERT INTO offer (id, venue, responder, kind, member, worker, at) SELECT ?, ?, id, kind, ?, ?, ? FROM responder WHERE id = ?`,
      id, venue, worker === null ? responder : null, worker, at, responder)
    return { ok: true, id }
  },

  withdrawOffer (db, { id, responder }) {
    // One that the venue took back stays barred: it is not undone by making it anew.
    return run(db, 'DELETE FROM offer WHERE id = ? AND responder = ? AND barred_at IS NULL', id, responder) === 0 ? no('OFFER_NOT_FOUND') : OK
  },

  barOffer (db, { id, venue, at }) {
    return run(db, 'UPDATE offer SET barred_at = coalesce(barred_at, ?) WHERE id = ? AND venue = ? AND member IS NOT NULL', at, id, venue) === 0 ? no('OFFER_NOT_FOUND') : OK
  },

  takeOffer (db, { id, worker, at, contactsMost }) {
    const offer = openFor(db, id, worker)
    if (offer === null) return no('OFFER_NOT_FOUND')
    run(db, 'DELETE FROM offer_left WHERE offer = ? AND worker = ?', id, worker)
    if (run(db, 'UPDATE contact SET confirmed_at = ?, confirm_hash = NULL WHERE worker = ? AND responder = ? AND confirmed_at IS NULL', at, worker, offer.responder) > 0) return OK
    if (exists(db, 'SELECT 1 FROM contact WHERE worker = ? AND responder = ?', worker, offer.responder)) return OK
    const { n } = one<{ n: number }>(db, 'SELECT count(*) AS n FROM contact WHERE worker = ?', worker) ?? { n: 0 }
    if (n >= contactsMost) return no('TOO_MANY_CONTACTS')
    run(db, 'INSERT INTO contact (worker, responder, kind, joined_at, confirmed_at) VALUES (?, ?, ?, ?, ?)', worker, offer.responder, offer.kind, at, at)
    return OK
  },

  leaveOffer (db, { id, worker }) {
    if (openFor(db, id, worker) === null) return no('OFFER_NOT_FOUND')
    run(db, 'INSERT INTO offer_left (offer, worker) VALUES (?, ?) ON CONFLICT DO NOTHING', id, worker)
    return OK
  }
}

/** Made at a venue where she works, by somebody else, and not taken back. */
function openFor (db: Database, id: string, worker: string): { readonly responder: string, readonly kind: string } | null {
  return one(db, `SELECT o.responder, o.kind FROM offer o JOIN worker_venue w ON w.venue = o.venue AND w.worker = ?
    WHERE o.id = ? AND o.barred_at IS NULL AND o.worker IS NOT w.worker`, worker, id)
}

/** Never an authority: it has no kind that fits (and the table refuses the row). */
function hasOfferableKind (kind: string | null, asColleague: boolean): boolean {
  return asColleague ? kind === 'colleague' : kind === 'reference-person' || kind === 'organisation'
}

function kindOf (db: Database, responder: string): string | null {
  return one<{ kind: string }>(db, 'SELECT kind FROM responder WHERE id = ?', responder)?.kind ?? null
}

function isMember (db: Database, venue: string, responder: string): boolean {
  return exists(db, 'SELECT 1 FROM venue_responder WHERE venue = ? AND responder = ?', venue, responder)
}

function worksAt (db: Database, worker: string, venue: string): boolean {
  return exists(db, 'SELECT 1 FROM worker_venue WHERE worker = ? AND venue = ?', worker, venue)
}
