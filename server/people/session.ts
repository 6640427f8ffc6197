import type { SessionRow } from '../store/people-rows.ts'
import type { NewSession } from '../store/people-store.ts'
import { sealText } from '../store/seal.ts'
import type { DataKey } from '../store/seal.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId, makeToken, tokenHash } from './ids.ts'
import { LABEL_CHARS_MAX, ROTATION_GRACE_MS, SESSION_MS, SESSIONS_PER_PERSON_MAX } from './limits.ts'
import { hex } from './picture.ts'
import type { SessionFound, SessionListed, SessionOpened, SessionService } from './services.ts'
import { PeopleBroken } from './words.ts'
import type { EpochMs, ResearcherId, ResponderId, SessionId, TechnicianId, VenueId, Who, WorkerId } from './words.ts'

/** A token and the row that keeps its hash, for somebody whose key is at hand. */
export function newSession (who: Who, key: DataKey, device: string, at: number): { readonly row: NewSession, readonly opened: SessionOpened } {
  const token = makeToken()
  const id = makeId<SessionId>()
  const label = sealText(key, [...device].slice(0, LABEL_CHARS_MAX).join(''), 'device')
  return {
    row: { id, hash: tokenHash(token), role: who.is, subject: who.id, device: label, at },
    opened: { id, token, who }
  }
}

export class Sessions implements SessionService {
  readonly #base: Base
  readonly #listeners = new Set<(session: SessionId) => void>()
  #known: ReadonlySet<string> = new Set()

  constructor (base: Base) {
    this.#base = base
    base.directory.onChanged(() => { this.#tellGone() })
  }

  async open (who: Who, device: string): Promise<SessionOpened> {
    const key = this.#base.keyring.key(who.id)
    if (key === null) throw new PeopleBroken('SEAL_BROKEN', 'a session for somebody who is not there')
    const { row, opened } = newSession(who, key, device, this.#base.clock.now())
    const written = await this.#base.write('openSession', { ...row, most: SESSIONS_PER_PERSON_MAX })
    if (!written.ok) throw new PeopleBroken('ROW_BROKEN', 'a session for somebody who is not there')
    return opened
  }

  find (token: string): SessionFound | null {
    const hash = hex(tokenHash(token))
    const row = this.#base.picture.doors.sessions.get(hash)
    const now = this.#base.clock.now()
    if (row === undefined || now > row.usedAt + SESSION_MS) return null
    const isPrevious = hex(row.hash) !== hash
    if (isPrevious && now > (row.previousUntil ?? 0)) return null
    return { id: row.id as SessionId, who: whoOf(row), usedAt: row.usedAt as EpochMs }
  }

  async rotate (token: string): Promise<{ ok: true, token: string } | ReturnType<typeof refuse<'SESSION_NOT_FOUND'>>> {
    const found = this.find(token)
    if (found === null) return refuse('SESSION_NOT_FOUND')
    const next = makeToken()
    const at = this.#base.clock.now()
    const written = await this.#base.write('rotateSession', { id: found.id, from: tokenHash(token), to: tokenHash(next), previousUntil: at + ROTATION_GRACE_MS, at })
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
    return await this.#base.write('revokeSession', { id: session })
  }

  onRevoked (listener: (session: SessionId) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  #of (who: Who): readonly SessionRow[] {
    return this.#base.picture.doors.sessionList.filter((row) => row[who.is] === who.id)
  }

  /** By whatever way it went: here, on the command line, with the person. */
  #tellGone (): void {
    const now = new Set(this.#base.picture.doors.sessionList.map((row) => row.id))
    const gone = [...this.#known].filter((id) => !now.has(id))
    this.#known = now
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
