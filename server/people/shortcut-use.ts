/**
 * How often each token pressed in the last 24 hours, so that she can see a leaked one. Counted in memory beside the press,
 * on disk once a minute, sealed; older than a day it is gone.
 */
import type { Cancel, EpochMs } from '../clock/clock.ts'
import type { Base } from './base.ts'
import { journalLine } from './journal.ts'
import { SHORTCUT_SEEN_MS, SHORTCUT_SHOWN_MS, SHORTCUT_TOLD_MS, SHORTCUT_USES_SAVED_MS } from './limits.ts'
import type { WorkerId } from './words.ts'

/** Hours since 1970, and how many presses each. */
type Use = { readonly hours: Readonly<Record<string, number>>, readonly usedAt: number, readonly toldAt: number | null }
type Held = Use & { readonly worker: WorkerId }

const HOUR_MS = 3_600_000

export class ShortcutUses {
  readonly #base: Base
  readonly #changed: (worker: WorkerId) => void
  readonly #held = new Map<string, Held>()
  readonly #unsaved = new Set<string>()
  readonly #showing = new Map<WorkerId, { more: boolean, readonly cancel: Cancel }>()
  #cancelSave: Cancel | null = null

  constructor (base: Base, changed: (worker: WorkerId) => void) {
    this.#base = base
    this.#changed = changed
    base.directory.onChanged(() => { this.#forgetRevoked() })
  }

  /** At start. @throws StoreFailed */
  async load (): Promise<void> {
    const owners = new Map([...this.#base.picture.doors.shortcuts.values()].map(({ id, worker }) => [id, worker as WorkerId]))
    for (const { shortcut, sealed } of await this.#base.store.shortcutUses()) {
      const worker = owners.get(shortcut)
      const plain = worker === undefined ? null : this.#base.keyring.text(worker, sealed, 'shortcut-use')
      if (worker !== undefined && plain !== null) this.#held.set(shortcut, { ...JSON.parse(plain) as Use, worker })
    }
  }

  count (shortcut: string, worker: WorkerId): void {
    const now = this.#base.clock.now()
    const before = this.#held.get(shortcut)
    const hour = String(Math.floor(now / HOUR_MS))
    const hours = { ...lately(before?.hours ?? {}, now) }
    hours[hour] = (hours[hour] ?? 0) + 1
    const isTold = before?.toldAt != null && Math.abs(now - before.toldAt) < SHORTCUT_TOLD_MS
    this.#held.set(shortcut, { worker, hours, usedAt: now, toldAt: isTold ? before.toldAt : now })
    if (!isTold) void this.#base.directory.recorder.keep('note', {}, journalLine(this.#base, worker, { what: 'shortcut-used', by: 'you' }))
    this.#unsaved.add(shortcut)
    this.#saveSoon()
    this.#show(worker)
  }

  of (shortcut: string): { readonly usedAt: EpochMs | null, readonly presses: number } {
    const held = this.#held.get(shortcut)
    if (held === undefined) return { usedAt: null, presses: 0 }
    const counts = Object.values(lately(held.hours, this.#base.clock.now()))
    return { usedAt: held.usedAt as EpochMs, presses: counts.reduce((sum, n) => sum + n, 0) }
  }

  /** What is not saved yet is. A disk that fails loses at most a minute of counting. */
  async stop (): Promise<void> {
    this.#cancelSave?.()
    for (const { cancel } of this.#showing.values()) cancel()
    await this.#save()
  }

  /** A flood must not be pushed to her page press by press. */
  #show (worker: WorkerId): void {
    const showing = this.#showing.get(worker)
    if (showing !== undefined) {
      showing.more = true
      return
    }
    const cancel = this.#base.clock.after(SHORTCUT_SHOWN_MS, () => {
      const { more } = this.#showing.get(worker) ?? { more: false }
      this.#showing.delete(worker)
      if (more) this.#show(worker)
    })
    this.#showing.set(worker, { more: false, cancel })
    this.#changed(worker)
  }

  #saveSoon (): void {
    this.#cancelSave ??= this.#base.clock.after(SHORTCUT_USES_SAVED_MS, () => {
      void this.#save().then(() => {
        this.#cancelSave = null
        if (this.#unsaved.size > 0) this.#saveSoon()
      })
    })
  }

  async #save (): Promise<void> {
    const ids = [...this.#unsaved]
    this.#unsaved.clear()
    const uses = ids.flatMap((shortcut) => {
      const held = this.#held.get(shortcut)
      if (held === undefined || this.#base.keyring.key(held.worker) === null) return []
      const { worker, ...use } = held
      return [{ shortcut, sealed: this.#base.keyring.sealText(worker, JSON.stringify(use), 'shortcut-use') }]
    })
    if (uses.length === 0) return
    try {
      await this.#base.store.write('saveShortcutUses', { uses })
    } catch {
      for (const id of ids) this.#unsaved.add(id)
    }
  }

  #forgetRevoked (): void {
    if (this.#held.size === 0) return
    const there = new Set([...this.#base.picture.doors.shortcuts.values()].map(({ id }) => id))
    for (const id of this.#held.keys()) if (!there.has(id)) this.#held.delete(id)
  }
}

/** Of an hour that lies ahead a clock that was set back knows nothing. */
function lately (hours: Readonly<Record<string, number>>, now: number): Readonly<Record<string, number>> {
  const first = Math.floor((now - SHORTCUT_SEEN_MS) / HOUR_MS)
  const last = Math.floor(now / HOUR_MS)
  return Object.fromEntries(Object.entries(hours).filter(([hour]) => Number(hour) > first && Number(hour) <= last))
}
