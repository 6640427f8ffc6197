import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { makeId, makeToken, tokenHash } from './ids.ts'
import { SHORTCUTS_MAX } from './limits.ts'
import { hex } from './picture.ts'
import type { ShortcutService } from './services.ts'
import type { EpochMs, ShortcutId, WorkerId } from './words.ts'

export class Shortcuts implements ShortcutService {
  readonly #base: Base
  constructor (base: Base) { this.#base = base }

  async make (worker: WorkerId) {
    const token = makeToken()
    const id = makeId<ShortcutId>()
    const written = await this.#base.write('makeShortcut', { id, hash: tokenHash(token), worker, at: this.#base.clock.now(), most: SHORTCUTS_MAX })
    return written.ok ? { ok: true as const, id, token } : written
  }

  find (token: string): WorkerId | null {
    return (this.#base.picture.doors.shortcuts.get(hex(tokenHash(token)))?.worker ?? null) as WorkerId | null
  }

  list (worker: WorkerId) {
    return [...this.#base.picture.doors.shortcuts.values()].filter((row) => row.worker === worker)
      .map((row) => ({ id: row.id as ShortcutId, madeAt: row.madeAt as EpochMs }))
  }

  async revoke (worker: WorkerId, shortcut: ShortcutId) {
    if (!this.list(worker).some((row) => row.id === shortcut)) return refuse('SHORTCUT_NOT_FOUND')
    return await this.#base.write('revokeShortcut', { id: shortcut, worker })
  }
}
