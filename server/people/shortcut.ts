import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId, makeToken, tokenHash } from './ids.ts'
import { journalLine } from './journal.ts'
import { SHORTCUTS_MAX } from './limits.ts'
import { hex } from './picture.ts'
import type { ShortcutListed, ShortcutService } from './services.ts'
import type { ShortcutUses } from './shortcut-use.ts'
import type { EpochMs, ShortcutId, WorkerId } from './words.ts'

export class Shortcuts implements ShortcutService {
  readonly #base: Base
  readonly #uses: ShortcutUses
  readonly #changed: (worker: WorkerId) => void
  /** Revoked, and still on disk. */
  readonly #revoked = new Set<string>()

  constructor (base: Base, uses: ShortcutUses, changed: (worker: WorkerId) => void) {
    this.#base = base
    this.#uses = uses
    this.#changed = changed
  }

  async make (worker: WorkerId) {
    const token = makeToken()
    const id = makeId<ShortcutId>()
    const written = await this.#base.write('makeShortcut', { id, hash: tokenHash(token), worker, at: this.#base.clock.now(), most: SHORTCUTS_MAX },
      journalLine(this.#base, worker, { what: 'shortcut-made', by: 'you' }))
    return written.ok ? { ok: true as const, id, token } : written
  }

  find (token: string) {
    const row = this.#base.picture.doors.shortcuts.get(hex(tokenHash(token)))
    return row === undefined || this.#revoked.has(row.id) ? null : { shortcut: row.id as ShortcutId, worker: row.worker as WorkerId }
  }

  used (shortcut: ShortcutId, worker: WorkerId): void { this.#uses.count(shortcut, worker) }

  list (worker: WorkerId): readonly ShortcutListed[] {
    return [...this.#base.picture.doors.shortcuts.values()].filter((row) => row.worker === worker && !this.#revoked.has(row.id))
      .map((row) => ({ id: row.id as ShortcutId, madeAt: row.madeAt as EpochMs, ...this.#uses.of(row.id) }))
  }

  usedLately (worker: WorkerId) {
    const used = this.list(worker).flatMap(({ usedAt, presses }) => usedAt === null || presses === 0 ? [] : [{ usedAt, presses }])
    if (used.length === 0) return null
    return { usedAt: Math.max(...used.map(({ usedAt }) => usedAt)) as EpochMs, presses: used.reduce((sum, { presses }) => sum + presses, 0) }
  }

  async revoke (worker: WorkerId, shortcut: ShortcutId) {
    if (!this.list(worker).some((row) => row.id === shortcut)) return refuse('SHORTCUT_NOT_FOUND')
    this.#revoked.add(shortcut)
    this.#changed(worker)
    const written = await this.#base.insist('revokeShortcut', { id: shortcut, worker }, journalLine(this.#base, worker, { what: 'shortcut-revoked', by: 'you' }))
    this.#revoked.delete(shortcut)
    return written
  }
}
