/**
 * Who is on shift, as of now: the picture's rows, and above them what a press started a moment ago and the disk has
 * not yet (R1: a second press right after the first must find her there).
 */
import type { ShiftRow } from '../store/people-rows.ts'
import { PRESS_TIME_ERROR_MS, RECENT_SHIFT_MS } from './limits.ts'

export class Roster {
  #rows: readonly ShiftRow[] = []
  readonly #ahead = new Map<string, ShiftRow>()
  readonly #proven = new Map<string, number>()

  /** The disk's newest word; what it has caught up with is no longer held above it. */
  replace (rows: readonly ShiftRow[]): void {
    this.#rows = rows
    for (const row of rows) this.#ahead.delete(row.id)
    for (const row of rows) if (row.provenAt !== null || row.endedAt !== null) this.#proven.delete(row.id)
  }

  /** Started by a press, not on disk yet. */
  begin (row: ShiftRow): void { this.#ahead.set(row.id, row) }

  /** The disk refused it (she is on shift elsewhere): it never was. */
  forget (id: string): void { this.#ahead.delete(id) }

  prove (id: string, at: number): void { this.#proven.set(id, at) }

  all (): readonly ShiftRow[] {
    const rows = this.#ahead.size === 0 ? this.#rows : [...this.#rows, ...this.#ahead.values()]
    return this.#proven.size === 0 ? rows : rows.map((row) => ({ ...row, provenAt: row.provenAt ?? this.#proven.get(row.id) ?? null }))
  }

  openOf (worker: string): ShiftRow | null {
    return this.all().find((row) => row.worker === worker && row.endedAt === null) ?? null
  }

  openIn (room: string): readonly ShiftRow[] {
    return this.all().filter((row) => row.room === room && row.endedAt === null)
  }

  /**
   * R7: whose press it may be: on shift at press time, or in the 30 minutes before. An open shift that "began later
   * than now" was written by a clock that has jumped back since: it counts, or the jump would silence her.
   */
  candidates (room: string, pressedAt: number, now: number): readonly ShiftRow[] {
    const future = Math.max(now, pressedAt) + PRESS_TIME_ERROR_MS
    return this.all().filter((row) => {
      if (row.room !== room) return false
      const begun = row.startedAt <= pressedAt + PRESS_TIME_ERROR_MS || row.startedAt > future
      if (row.endedAt === null) return begun
      const recent = begun && row.endedAt >= pressedAt - RECENT_SHIFT_MS && row.endedAt <= future
      return recent && !this.#isElsewhere(row.worker, room, pressedAt)
    })
  }

  /** She went on shift somewhere else: a press here is not hers, and would send her people to the wrong door. */
  #isElsewhere (worker: string, room: string, at: number): boolean {
    const open = this.openOf(worker)
    return open !== null && open.room !== room && open.startedAt <= at
  }
}

/** Past its planned end: she may have gone home without a word. */
export function isDoubtful (row: ShiftRow, at: number): boolean {
  return row.endedAt === null && at > row.plannedEndAt
}
