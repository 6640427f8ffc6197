import type { Database } from 'better-sqlite3'
import type { NewCircle } from '../people-store.ts'
import { addNewcomer, insertSession } from './people-door-operations.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

type Circles = SqliteWrites<'changeWorker' | 'setPins' | 'beginPairing' | 'joinPairing' | 'confirmContact' | 'removeContact' | 'putCircle' | 'giveConsent' | 'revokeConsent'>

type ContactFound = { readonly kind: string, readonly confirmedAt: number | null, readonly confirmHash: Buffer | null, readonly tries: number }

export const circleOperations: Circles = {
  changeWorker (db, { worker, alias, language }) {
    const found = run(db, 'UPDATE worker SET alias = coalesce(?, alias), language = coalesce(?, language) WHERE id = ?', alias, language, worker)
    return found === 0 ? no('WORKER_NOT_FOUND') : OK
  },

  setPins (db, { worker, pins, duress }) {
    if (duress && !exists(db, 'SELECT 1 FROM contact WHERE worker = ? AND may_know = 1', worker)) return no('NOBODY_MAY_KNOW')
    return run(db, 'UPDATE worker SET pins = ? WHERE id = ?', pins, worker) === 0 ? no('WORKER_NOT_FOUND') : OK
  },

  beginPairing (db, { hash, worker, expiresAt, at, openMost, contactsMost }) {
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    run(db, 'DELETE FROM pairing WHERE worker = ? AND expires_at <= ?', worker, at)
    const count = (sql: string) => one<{ n: number }>(db, sql, worker)?.n ?? 0
    if (count('SELECT count(*) AS n FROM pairing WHERE worker = ?') >= openMost) return no('TOO_MANY_PAIRINGS')
    if (count('SELECT count(*) AS n FROM contact WHERE worker = ?') >= contactsMost) return no('TOO_MANY_CONTACTS')
    run(db, 'INSERT INTO pairing (hash, worker, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', hash, worker, expiresAt)
    return OK
  },

  joinPairing (db, { hash, at, responder, confirmHash, newcomer }) {
    const pairing = one<{ worker: string, expiresAt: number }>(db, 'SELECT worker, expires_at AS expiresAt FROM pairing WHERE hash = ?', hash)
    if (pairing === null || pairing.expiresAt <= at) return no('CODE_NOT_FOUND')
    if (newcomer !== null) addNewcomer(db, newcomer.person, newcomer.key, null)
    const kind = one<{ kind: string }>(db, 'SELECT kind FROM responder WHERE id = ?', responder)?.kind
    if (kind === undefined) return no('RESPONDER_NOT_FOUND')
    if (contactOf(db, pairing.worker, responder) !== null) return no('ALREADY_JOINED')
    run(db, 'DELETE FROM pairing WHERE hash = ?', hash)
    run(db, 'INSERT INTO contact (worker, responder, kind, joined_at, confirm_hash) VALUES (?, ?, ?, ?, ?)', pairing.worker, responder, kind, at, confirmHash)
    if (newcomer !== null) insertSession(db, newcomer.session)
    return OK
  },

  confirmContact (db, { worker, responder, confirmHash, at, triesMost, pretended }) {
    const contact = contactOf(db, worker, responder)
    if (contact === null) return no('CONTACT_NOT_FOUND')
    if (contact.confirmedAt !== null) return OK
    if (contact.confirmHash?.equals(confirmHash) === true) {
      if (pretended) return OK
      run(db, 'UPDATE contact SET confirmed_at = ?, confirm_hash = NULL WHERE worker = ? AND responder = ?', at, worker, responder)
      return OK
    }
    if (contact.tries + 1 < triesMost) {
      run(db, 'UPDATE contact SET confirm_tries = confirm_tries + 1 WHERE worker = ? AND responder = ?', worker, responder)
      return no('CONFIRM_WRONG')
    }
    run(db, 'DELETE FROM contact WHERE worker = ? AND responder = ?', worker, responder)
    return no('CONFIRM_TRIES_OVER')
  },

  removeContact (db, { worker, responder }) {
    if (run(db, 'DELETE FROM contact WHERE worker = ? AND responder = ?', worker, responder) === 0) return no('CONTACT_NOT_FOUND')
    run(db, 'DELETE FROM standing_agreement WHERE worker = ? AND responder = ?', worker, responder)
    return OK
  },

  putCircle (db, circle) {
    const version = one<{ version: number }>(db, 'SELECT circle_version AS version FROM worker WHERE id = ?', circle.worker)?.version
    if (version === undefined) return no('WORKER_NOT_FOUND')
    if (version !== circle.expectedVersion) return no('CIRCLE_CHANGED')
    const fault = circleFault(db, circle)
    if (fault !== null) return no(fault)
    replaceCircle(db, circle)
    return OK
  },

  giveConsent (db, { id, worker, responder, wording, at }) {
    const contact = contactOf(db, worker, responder)
    if (contact === null) return no('NOT_HER_CONTACT')
    if (contact.confirmedAt === null) return no('NOT_CONFIRMED')
    if (contact.kind !== 'authority') return no('NOT_AN_AUTHORITY')
    const shift = one<{ id: string }>(db, 'SELECT id FROM shift WHERE worker = ? AND ended_at IS NULL', worker)?.id
    if (shift === undefined) return no('NO_SHIFT')
    const given = one<{ id: string }>(db, 'SELECT id FROM consent WHERE worker = ? AND responder = ? AND shift = ? AND revoked_at IS NULL', worker, responder, shift)
    if (given !== null) return { ok: true, id: given.id }
    run(db, `INSERT INTO consent (id, worker, responder, kind, shift, wording, given_at) VALUES (?, ?, ?, 'authority', ?, ?, ?)`, id, worker, responder, shift, wording, at)
    return { ok: true, id }
  },

  revokeConsent (db, { worker, consent, at }) {
    if (exists(db, 'SELECT 1 FROM consent WHERE id = ? AND worker = ? AND revoked_at IS NOT NULL', consent, worker)) return OK
    return run(db, 'UPDATE consent SET revoked_at = ? WHERE id = ? AND worker = ?', at, consent, worker) === 0 ? no('CONSENT_NOT_FOUND') : OK
  }
}

function contactOf (db: Database, worker: string, responder: string): ContactFound | null {
  return one(db, `SELECT kind, confirmed_at AS confirmedAt, confirm_hash AS confirmHash, confirm_tries AS tries
    FROM contact WHERE worker = ? AND responder = ?`, worker, responder)
}

function circleFault (db: Database, circle: NewCircle): 'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'AUTHORITY_NEEDS_CONSENT' | 'TWICE_IN_CIRCLE' | null {
  const seen = new Set<string>()
  for (const { responder, consent } of circle.people) {
    const contact = contactOf(db, circle.worker, responder)
    if (contact === null) return 'NOT_HER_CONTACT'
    if (contact.confirmedAt === null) return 'NOT_CONFIRMED'
    if (seen.has(responder)) return 'TWICE_IN_CIRCLE'
    seen.add(responder)
    if (contact.kind === 'authority' && (consent === null || !consentLives(db, circle.worker, responder, consent))) return 'AUTHORITY_NEEDS_CONSENT'
  }
  for (const responder of [...circle.mayKnow, ...circle.sees.map((s) => s.responder)]) {
    const contact = contactOf(db, circle.worker, responder)
    if (contact === null) return 'NOT_HER_CONTACT'
    if (contact.confirmedAt === null) return 'NOT_CONFIRMED'
  }
  return null
}

function consentLives (db: Database, worker: string, responder: string, consent: string): boolean {
  return exists(db, `SELECT 1 FROM consent c JOIN shift s ON s.id = c.shift
    WHERE c.id = ? AND c.worker = ? AND c.responder = ? AND c.revoked_at IS NULL AND s.ended_at IS NULL`, consent, worker, responder)
}

function replaceCircle (db: Database, { worker, steps, people, mayKnow, sees, ...circle }: NewCircle): void {
  run(db, `UPDATE worker SET circle_version = ?, note = ?, quiet_check = ?, ambulance = ?, police = ? WHERE id = ?`,
    circle.version, circle.note, circle.quietCheck, circle.ambulance, circle.police, worker)
  run(db, 'DELETE FROM circle_step WHERE worker = ?', worker)
  for (const [step, { waitMs, assistWaitMs }] of steps.entries()) {
    run(db, 'INSERT INTO circle_step (worker, step, wait_ms, assist_wait_ms) VALUES (?, ?, ?, ?)', worker, step, waitMs, assistWaitMs)
  }
  for (const [place, { responder, step, consent }] of people.entries()) {
    run(db, `INSERT INTO circle_person (worker, responder, kind, step, place, consent)
      SELECT worker, responder, kind, ?, ?, ? FROM contact WHERE worker = ? AND responder = ?`, step, place, consent, worker, responder)
  }
  run(db, 'UPDATE contact SET may_know = 0, sees_alias = 0, sees_room = 1, sees_address = 0 WHERE worker = ?', worker)
  for (const responder of mayKnow) run(db, 'UPDATE contact SET may_know = 1 WHERE worker = ? AND responder = ?', worker, responder)
  for (const { responder, alias, room, address } of sees) {
    run(db, 'UPDATE contact SET sees_alias = ?, sees_room = ?, sees_address = ? WHERE worker = ? AND responder = ?',
      Number(alias), Number(room), Number(address), worker, responder)
  }
}
