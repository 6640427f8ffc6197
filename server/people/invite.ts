import type { Newcomer } from '../store/people-store.ts'
import { sealText } from '../store/seal.ts'
import type { DataKey } from '../store/seal.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId, makeInviteCode, readCode } from './ids.ts'
import { ALIAS_CHARS_MAX, INVITE_MS, WORDING_CHARS_MAX } from './limits.ts'
import type { InviteRole, InviteService, Joining } from './services.ts'
import { newSession } from './session.ts'
import { PeopleBroken, assertNever } from './words.ts'
import type { EpochMs, ResponderId, VenueId, Who } from './words.ts'

export class Invites implements InviteService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async make (role: InviteRole, venue: VenueId | null) {
    if (venue === null && role !== 'researcher') return refuse('VENUE_NEEDED')
    const code = makeInviteCode()
    const expiresAt = (this.#base.clock.now() + INVITE_MS) as EpochMs
    const written = await this.#base.write('makeInvite', { hash: this.#hash(code), role, venue, expiresAt })
    return written.ok ? { ok: true as const, code, expiresAt } : written
  }

  async look (code: string) {
    const found = await this.#base.store.invite(this.#hash(code))
    if (found === null || found.expiresAt <= this.#base.clock.now()) return null
    return { role: found.role as InviteRole, expiresAt: found.expiresAt as EpochMs }
  }

  async accept (code: string, joining: Joining) {
    const called = joining.role === 'worker' ? joining.alias : 'name' in joining ? joining.name : null
    const text = called === null ? null : readText(called, ALIAS_CHARS_MAX)
    if (text?.ok === false) return text
    const wording = 'neverForwards' in joining ? readText(joining.neverForwards, WORDING_CHARS_MAX) : null
    if (wording?.ok === false) return wording
    const at = this.#base.clock.now()
    const id = makeId()
    const { key, wrapped } = this.#base.keyring.makeKey(id)
    const newcomer = newcomerOf(joining, id, key, text?.text ?? '', wording === null ? null : { wording: wording.text, at })
    const who = await this.#who(code, joining.role, id)
    if (who === null) return refuse('INVITE_NOT_FOUND')
    const session = newSession(who, key, joining.device, at)
    const written = await this.#base.write('acceptInvite', { hash: this.#hash(code), at, role: joining.role, newcomer, key: { holder: id, wrapped }, session: session.row })
    return written.ok ? { ok: true as const, session: session.opened } : written
  }

  /** A technician belongs to the venue that the invite names. */
  async #who (code: string, role: InviteRole, id: string): Promise<Who | null> {
    switch (role) {
      case 'worker': return { is: 'worker', id } as Who
      case 'reference-person':
      case 'organisation': return { is: 'responder', id: id as ResponderId }
      case 'researcher': return { is: 'researcher', id } as Who
      case 'technician': {
        const invite = await this.#base.store.invite(this.#hash(code))
        // Unknown, used and expired alike: none of them gets as far as the disk.
        const venue = invite === null || invite.expiresAt <= this.#base.clock.now() ? null : invite.venue
        return venue === null ? null : { is: 'technician', id, venue } as Who
      }
      default: return assertNever(role)
    }
  }

  #hash (code: string): Uint8Array { return this.#base.keyring.hash('invite', readCode(code)) }
}

function newcomerOf (joining: Joining, id: string, key: DataKey, text: string, neverForwards: { wording: string, at: number } | null): Newcomer {
  switch (joining.role) {
    case 'worker': return { role: 'worker', id, alias: sealText(key, text, 'alias'), language: joining.language }
    case 'reference-person':
    case 'organisation': return { role: 'responder', id, kind: joining.role, name: sealText(key, text, 'name'), language: joining.language, neverForwards }
    case 'technician':
    case 'researcher': return { role: joining.role, id }
    default: throw new PeopleBroken('ROW_BROKEN', 'an unknown role')
  }
}
