import type { Database } from 'better-sqlite3'
import type { Newcomer, NewKey, NewSession } from '../people-store.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'
import { statement } from './statements.ts'

type Doors = SqliteWrites<'makeInvite' | 'acceptInvite' | 'openSession' | 'rotateSession' | 'revokeSession' | 'placeSession' | 'makeShortcut' | 'revokeShortcut'>

export const doorOperations: Doors = {
  makeInvite (db, { hash, role, venue, expiresAt }) {
    if (venue !== null && !exists(db, 'SELECT 1 FROM venue WHERE id = ?', venue)) return no('VENUE_NOT_FOUND')
    run(db, 'INSERT INTO invite (hash, role, venue, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', hash, role, venue, expiresAt)
    return OK
  },

  acceptInvite (db, { hash, at, role, newcomer, key, session }) {
    const invite = one<{ role: string, venue: string | null, expiresAt: number }>(db, 'SELECT role, venue, expires_at AS expiresAt FROM invite WHERE hash = ?', hash)
    if (invite === null || invite.expiresAt <= at) return no('INVITE_NOT_FOUND')
    if (invite.role !== role) return no('ROLE_MISMATCH')
    run(db, 'DELETE FROM invite WHERE hash = ?', hash)
    addNewcomer(db, newcomer, key, invite.venue)
    insertSession(db, session)
    return OK
  },

  openSession (db, { most, ...session }) {
    if (exists(db, 'SELECT 1 FROM session WHERE id = ?', session.id)) return { ok: true, dropped: [] }
    if (!SUBJECT_TABLES.has(session.role) || !exists(db, `SELECT 1 FROM ${session.role} WHERE id = ?`, session.subject)) return no('SUBJECT_NOT_FOUND')
    // The longest unused goes: she must always be able to open one more, and a list that only grows hides a stranger.
    const dropped = sessionsOf(db, session.role, session.subject).slice(most - 1)
    for (const id of dropped) run(db, 'DELETE FROM session WHERE id = ?', id)
    insertSession(db, session)
    return { ok: true, dropped }
  },

  rotateSession (db, { id, from, to, at }) {
    if (exists(db, 'SELECT 1 FROM session WHERE id = ? AND hash = ?', id, to)) return OK
    // From the old one too: the answer that carried the new one may have been lost.
    const found = run(db, 'UPDATE session SET previous = ?, previous_until = NULL, hash = ?, used_at = ? WHERE id = ? AND (hash = ? OR previous = ?)', from, to, at, id, from, from)
    return found === 0 ? no('SESSION_NOT_FOUND') : OK
  },

  revokeSession (db, { id }) {
    return run(db, 'DELETE FROM session WHERE id = ?', id) === 0 ? no('SESSION_NOT_FOUND') : OK
  },

  placeSession (db, { id, away }) {
    return run(db, 'UPDATE session SET away = ? WHERE id = ?', Number(away), id) === 0 ? no('SESSION_NOT_FOUND') : OK
  },

  makeShortcut (db, { id, hash, worker, at, most }) {
    if (exists(db, 'SELECT 1 FROM shortcut WHERE id = ?', id)) return OK
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    const { n } = one<{ n: number }>(db, 'SELECT count(*) AS n FROM shortcut WHERE worker = ?', worker) ?? { n: 0 }
    if (n >= most) return no('TOO_MANY_SHORTCUTS')
    run(db, 'INSERT INTO shortcut (id, hash, worker, made_at) VALUES (?, ?, ?, ?)', id, hash, worker, at)
    return OK
  },

  revokeShortcut (db, { id, worker }) {
    return run(db, 'DELETE FROM shortcut WHERE id = ? AND worker = ?', id, worker) === 0 ? no('SHORTCUT_NOT_FOUND') : OK
  }
}

/** A role names its table and its column; nothing else may reach a statement's text. */
const SUBJECT_TABLES: ReadonlySet<string> = new Set(['worker', 'responder', 'technician', 'researcher'])

/** The most lately used first. */
function sessionsOf (db: Database, role: string, subject: string): readonly string[] {
  const found = statement(db, `SELECT id FROM session WHERE ${role} = ? ORDER BY used_at DESC, id`).all(subject)
  return (found as Array<{ id: string }>).map(({ id }) => id)
}

/** Whoever comes in brings a data key; an invited worker or reference person belongs to the venue that invited. */
export function addNewcomer (db: Database, newcomer: Newcomer, key: NewKey, venue: string | null): void {
  run(db, 'INSERT INTO data_key (holder, wrapped) VALUES (?, ?)', key.holder, key.wrapped)
  switch (newcomer.role) {
    case 'worker':
      run(db, 'INSERT INTO worker (id, alias, language) VALUES (?, ?, ?)', newcomer.id, newcomer.alias, newcomer.language)
      if (venue !== null) run(db, 'INSERT INTO worker_venue (worker, venue) VALUES (?, ?)', newcomer.id, venue)
      return
    case 'responder':
      run(db, 'INSERT INTO responder (id, kind, name, language) VALUES (?, ?, ?, ?)', newcomer.id, newcomer.kind, newcomer.name, newcomer.language)
      if (newcomer.neverForwards !== null) run(db, 'INSERT INTO declaration (responder, wording, at) VALUES (?, ?, ?)', newcomer.id, newcomer.neverForwards.wording, newcomer.neverForwards.at)
      if (venue !== null) run(db, 'INSERT INTO venue_responder (venue, responder, kind) VALUES (?, ?, ?)', venue, newcomer.id, newcomer.kind)
      return
    case 'technician':
      run(db, 'INSERT INTO technician (id, venue) VALUES (?, ?)', newcomer.id, venue)
      return
    case 'researcher':
      run(db, 'INSERT INTO researcher (id) VALUES (?)', newcomer.id)
  }
}

export function insertSession (db: Database, { id, hash, role, subject, device, at }: NewSession): void {
  const of = (wanted: string) => role === wanted ? subject : null
  run(db, `INSERT INTO session (id, hash, worker, responder, technician, researcher, device, opened_at, used_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, hash, of('worker'), of('responder'), of('technician'), of('researcher'), device, at, at)
}
