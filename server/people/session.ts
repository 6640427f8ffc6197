import type { SessionRow } from '../store/people-rows.ts'
import type { NewSession } from '../store/people-store.ts'
import { sealText } from '../store/seal.ts'
import type { DataKey } from '../store/seal.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId, makeToken, tokenHash } from './ids.ts'
import { journalLine } from './journal.ts'
import { LABEL_CHARS_MAX, ROTATION_GRACE_MS, SESSION_MS, SESSIONS_PER_PERSON_MAX } from './limits.ts'
import { hex } from './picture.ts'
import type { SessionFound, SessionListed, SessionOpened, SessionService } from './services.ts'
import { PeopleBroken } from './words.ts'
import type { EpochMs, ResearcherId, ResponderId, SessionId, TechnicianId, VenueId, Who, WorkerId } from './words.ts'

/** A token and the row that keeps its hash, for somebody whose key is at hand. */
export function newSession (who: Who, key: DataKey, device: string, at: number): { readonly row: NewSession, readonly opened: SessionOpened, readonly label: string } {
  const token = makeToken()
  const id = makeId<SessionId>()
  const label = [...device].slice(0, LABEL_CHARS_MAX).join('')
  return {
    row: { id, hash: tokenHash(token), role: who.is, subject: who.id, device: sealText(key, label, 'device'), at },
    opened: { id, token, who },
    label
  }
}

export class Sessions implements SessionService {
  readonly #base: Base
  readonly #listeners = new Set<(session: SessionId) => void>()
  #known: ReadonlySet<string> = new Set()
  /** Sessions whose newest token was used: until when the one before it opens, and whether she was told of its late use. */
  readonly #confirmed = new Map<string, { readonly until: number, readonly told: boolean }>()

  /** Until the disk says the same. */
  readonly #away = new Map<string, boolean>()

  constructor (base: Base) {
    this.#base = base
    base.directory.onChanged(() => { this.#tellGone() })
  }

  async open (who: Who, device: string): Promise<SessionOpened> {
    const key = this.#base.keyring.key(who.id)
    if (key === null) throw new PeopleBroken('SEAL_BROKEN', 'a session for somebody who is not there')
    const { row, opened, label } = newSession(who, key, device, this.#base.clock.now())
    const line = who.is === 'worker' ? journalLine(this.#base, who.id, { what: 'session-opened', by: 'you', device: label }) : []
    const written = await this.#base.write('openSession', { ...row, most: SESSIONS_PER_PERSON_MAX }, line)
    if (!written.ok) throw new PeopleBroken('ROW_BROKEN', 'a session for somebody who is not there')
    return opened
  }

  find (token: string): SessionFound | null {
    const hash = hex(tokenHash(token))
    const row = this.#base.picture.doors.sessions.get(hash)
    const now = this.#base.clock.now()
    if (row === undefined || now > row.usedAt + SESSION_MS) return null
    if (hex(row.hash) === hash) this.#confirm(row)
    else if (now > (this.#confirmed.get(row.id)?.until ?? row.previousUntil ?? Infinity)) return this.#refuseOld(row)
    return { id: row.id as SessionId, who: whoOf(row), usedAt: row.usedAt as EpochMs, away: this.#away.get(row.id) ?? row.away }
  }

  async rotate (token: string): Promise<{ ok: true, token: string } | ReturnType<typeof refuse<'SESSION_NOT_FOUND'>>> {
    const found = this.find(token)
    if (found === null) return refuse('SESSION_NOT_FOUND')
    const next = makeToken()
    const at = this.#base.clock.now()
    const written = await this.#base.write('rotateSession', { id: found.id, from: tokenHash(token), to: tokenHash(next), at })
    this.#confirmed.delete(found.id)
    return written.ok ? { ok: true, token: next } : written
  }

  list (who: Who, current: SessionId): readonly SessionListed[] {
    return this.#of(who).map((row) => ({
      id: row.id as SessionId,
      device: this.#base.keyring.text(who.id, row.device, 'device') ?? '',
      openedAt: row.openedAt as EpochMs,
      usedAt: row.usedAt as EpochMs,
      current: row.id === current
    }))
  }

  async revoke (who: Who, session: SessionId) {
    if (!this.#of(who).some((row) => row.id === session)) return refuse('SESSION_NOT_FOUND')
    const device = this.#of(who).find((row) => row.id === session)?.device ?? null
    const label = this.#base.keyring.text(who.id, device, 'device') ?? ''
    const line = who.is === 'worker' ? journalLine(this.#base, who.id, { what: 'session-ended', by: 'you', device: label }) : []
    return await this.#base.write('revokeSession', { id: session }, line)
  }

  putAway (session: SessionId): void { this.#place(session, true) }
  bring (session: SessionId): void { this.#place(session, false) }

  onRevoked (listener: (session: SessionId) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  /**
   * The old token opens until the new one was used: a phone whose answer was lost must not find itself signed out when
   * it has to raise. From then on it opens for the grace alone.
   */
  #confirm (row: SessionRow): void {
    if (row.previous === null || row.previousUntil !== null || this.#confirmed.has(row.id)) return
    const until = this.#base.clock.now() + ROTATION_GRACE_MS
    this.#confirmed.set(row.id, { until, told: false })
    void this.#base.directory.recorder.keep('confirmRotation', { id: row.id, hash: row.hash, previousUntil: until })
  }

  /**
   * Somebody has a copy of a token that was replaced. It opens nothing, and she reads of it. The session itself stays:
   * a thief's worthless token must not sign her out.
   */
  #refuseOld (row: SessionRow): null {
    const known = this.#confirmed.get(row.id)
    if (row.worker === null || known?.told === true) return null
    this.#confirmed.set(row.id, { until: row.previousUntil ?? known?.until ?? 0, told: true })
    const device = this.#base.keyring.text(row.worker, row.device, 'device') ?? ''
    void this.#base.directory.recorder.keep('note', {}, journalLine(this.#base, row.worker as WorkerId, { what: 'old-token-used', by: 'service', device }))
    return null
  }

  /** Whoever has typed her PIN must be able to raise although the disk fails. */
  #place (session: SessionId, away: boolean): void {
    const row = this.#base.picture.doors.sessionList.find(({ id }) => id === session)
    if (row === undefined || (this.#away.get(session) ?? row.away) === away) return
    this.#away.set(session, away)
    void this.#base.directory.recorder.keep('placeSession', { id: session, away })
  }

  #of (who: Who): readonly SessionRow[] {
    return this.#base.picture.doors.sessionList.filter((row) => row[who.is] === who.id)
  }

  /** By whatever way it went: here, on the command line, with the person. */
  #tellGone (): void {
    const now = new Set(this.#base.picture.doors.sessionList.map((row) => row.id))
    const gone = [...this.#known].filter((id) => !now.has(id))
    this.#known = now
    for (const id of gone) {
      this.#confirmed.delete(id)
      this.#away.delete(id)
    }
    for (const id of gone) for (const listener of this.#listeners) listener(id as SessionId)
  }
}

function whoOf (row: SessionRow): Who {
  if (row.worker !== null) return { is: 'worker', id: row.worker as WorkerId }
  if (row.responder !== null) return { is: 'responder', id: row.responder as ResponderId }
  if (row.technician !== null && row.venue !== null) return { is: 'technician', id: row.technician as TechnicianId, venue: row.venue as VenueId }
  if (row.researcher !== null) return { is: 'researcher', id: row.researcher as ResearcherId }
  throw new PeopleBroken('ROW_BROKEN', 'a session of nobody')
}
