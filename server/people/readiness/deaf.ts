/**
 * Deaf minutes (R19): when, in a shift, nobody would have heard a press. Kept with the shift and gone with it, for her
 * alone. What goes on is written at once and again at its end: a service that dies in it leaves it open.
 */
import type { ShiftRow } from '../../store/people-rows.ts'
import type { DeafRow, DeafWhy } from '../../store/readiness-writes.ts'
import type { Base } from '../base.ts'
import type { ButtonBook } from '../button.ts'
import { DEAF_MAX, SIGN_OF_LIFE_MS } from '../limits.ts'
import type { EpochMs, WorkerId } from '../words.ts'
import { buttonsOf } from './gather.ts'
import type { Vitals } from './ports.ts'

type FellSilent = (worker: WorkerId, stillSo: () => boolean) => void
export type DeafTime = { readonly why: DeafWhy, readonly from: EpochMs, /** null: it goes on. */ readonly until: EpochMs | null }
export type DeafShift = { readonly startedAt: EpochMs, readonly endedAt: EpochMs | null, readonly times: readonly DeafTime[] }

export class DeafTimes {
  readonly #base: Base
  readonly #buttons: ButtonBook
  readonly #fellSilent: FellSilent
  /** `shift why` -> what goes on. */
  readonly #open = new Map<string, DeafRow>()

  /** @param fellSilent she has to hear of it on her own phone: her page may be closed */
  constructor (base: Base, buttons: ButtonBook, fellSilent: FellSilent) {
    this.#fellSilent = fellSilent
    this.#base = base
    this.#buttons = buttons
  }

  /** At start. The disk and the service work again, or nobody would be reading this. */
  load (rows: readonly DeafRow[], aliveAt: number | null): void {
    const now = this.#base.clock.now()
    const over = rows.filter(({ why }) => why !== 'BUTTON_SILENT').map((row) => ({ ...row, until: Math.max(row.from, now) }))
    for (const row of rows) if (row.why === 'BUTTON_SILENT') this.#open.set(keyOf(row), row)
    const down = aliveAt === null || now - aliveAt <= 2 * SIGN_OF_LIFE_MS ? [] : this.#base.roster.all()
      .filter(({ endedAt, startedAt }) => startedAt < now && (endedAt === null || endedAt > aliveAt))
      .map(({ id }): DeafRow => ({ shift: id, why: 'SERVICE_DOWN', from: aliveAt, until: now }))
    this.#keep([...over, ...down])
  }

  /** The shifts that may have fallen deaf, or hear again. */
  look (shifts: readonly ShiftRow[], vitals: Vitals | null): void {
    const changes: DeafRow[] = []
    for (const shift of shifts) {
      changes.push(...this.#follow(shift, 'BUTTON_SILENT', this.#silentSince(shift)))
      changes.push(...this.#follow(shift, 'STORE_FAILING', vitals?.storeWorks === false ? this.#base.clock.now() : null))
      changes.push(...this.#follow(shift, 'SERVICE_DOWN', shift.room !== null && vitals?.listening === false ? this.#base.clock.now() : null))
    }
    this.#keep(changes)
  }

  /** This process did not run for so long. */
  slept (shifts: readonly ShiftRow[], sleptMs: number): void {
    const now = this.#base.clock.now()
    this.#keep(shifts.map(({ id }) => ({ shift: id, why: 'SERVICE_DOWN', from: now - sleptMs, until: now })))
  }

  /** Shifts that are over or gone: nothing goes on in them. */
  forget (shifts: readonly ShiftRow[]): void {
    const open = new Set(shifts.filter(({ endedAt }) => endedAt === null).map(({ id }) => id))
    for (const [key, row] of this.#open) if (!open.has(row.shift)) this.#open.delete(key)
  }

  /** Of her shift, or of the last one while it is kept. null: none. @throws StoreFailed */
  async of (worker: WorkerId): Promise<DeafShift | null> {
    const hers = this.#base.roster.all().filter((row) => row.worker === worker)
    const shift = hers.find(({ endedAt }) => endedAt === null) ?? hers.reduce<ShiftRow | null>((last, row) => last === null || row.startedAt > last.startedAt ? row : last, null)
    if (shift === null) return null
    const stored = await this.#base.store.deafOf(shift.id)
    const held = [...this.#open.values()].filter((row) => row.shift === shift.id && !stored.some((known) => known.why === row.why && known.from === row.from))
    return {
      startedAt: shift.startedAt as EpochMs,
      endedAt: shift.endedAt as EpochMs | null,
      times: [...stored, ...held].flatMap((row) => within(row, shift)).sort((a, b) => a.from - b.from)
    }
  }

  /** A room is deaf while none of the buttons she may press lives. */
  #silentSince (shift: ShiftRow): number | null {
    if (shift.room === null) return null
    const lives = buttonsOf(this.#base, shift.worker, shift.room).map(({ did }) => this.#buttons.life(did))
    const isHeard = lives.some(({ silent, heardMono }) => heardMono !== null && (silent === null || silent === 'sleeping'))
    if (lives.length === 0 || isHeard) return null
    // Not heard yet in this life of the service: what it was before goes on until it is heard, or missed.
    if (lives.some(({ silent }) => silent === null)) return this.#open.get(keyOf({ shift: shift.id, why: 'BUTTON_SILENT' }))?.from ?? null
    const heard = Math.max(...lives.map(({ beat }) => beat?.at ?? 0))
    const now = this.#base.clock.now()
    return Math.min(Math.max(heard, shift.startedAt), now)
  }

  #follow (shift: ShiftRow, why: DeafWhy, since: number | null): readonly DeafRow[] {
    const key = keyOf({ shift: shift.id, why })
    const open = this.#open.get(key)
    if (since === null && open !== undefined) {
      this.#open.delete(key)
      return [{ ...open, until: Math.max(open.from, this.#base.clock.now()) }]
    }
    if (since === null || open !== undefined) return []
    const row: DeafRow = { shift: shift.id, why, from: since, until: null }
    this.#open.set(key, row)
    // While a disk fails her press is told all the same (R1).
    if (why !== 'STORE_FAILING') this.#fellSilent(shift.worker as WorkerId, () => this.#open.has(key))
    return [row]
  }

  #keep (rows: readonly DeafRow[]): void {
    if (rows.length > 0) void this.#base.directory.recorder.keep('keepDeaf', { rows, most: DEAF_MAX })
  }
}

function keyOf ({ shift, why }: { readonly shift: string, readonly why: DeafWhy }): string { return `${shift} ${why}` }

/** Only what lies in the shift. A clock that jumped in between may leave nothing of it. */
function within ({ why, from, until }: DeafRow, { startedAt, endedAt }: ShiftRow): readonly DeafTime[] {
  const start = Math.max(from, startedAt)
  const end = endedAt === null ? until : Math.min(until ?? endedAt, endedAt)
  return end !== null && end <= start ? [] : [{ why, from: start as EpochMs, until: end as EpochMs | null }]
}
