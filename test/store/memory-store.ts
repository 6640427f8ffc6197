import type { AlarmId } from '../../server/alarm/alarm.ts'
import type { AlarmRow, AlarmStore, Append, AppendResult, Happening, PressHash } from '../../server/store/alarm-store.ts'

/** `AlarmStore` without a disk, held to the same contract suite: for stories in which the disk is not the subject. */
export class MemoryStore implements AlarmStore {
  readonly #rows = new Map<AlarmId, AlarmRow>()
  readonly #happenings = new Map<AlarmId, readonly Happening[]>()
  readonly #heard = new Set<PressHash>()

  async append (append: Append): Promise<AppendResult> {
    const { id, lane, seq, open, live, dueAt, state, card, presses } = append
    const found = this.#rows.get(id) ?? null
    if ((found?.seq ?? 0) !== append.expectedSeq) return { ok: false, code: 'SEQ_CONFLICT', found: found === null ? null : copyOf(found) }
    const neighbour = [...this.#rows.values()].find((row) => open && row.open && row.lane === lane && row.id !== id)
    if (neighbour !== undefined) return { ok: false, code: 'LANE_TAKEN', found: copyOf(neighbour) }
    const heard = [...new Set([...found?.presses ?? [], ...presses])].sort()
    this.#rows.set(id, copyOf({ id, lane, seq, open, live, dueAt, state, card: found === null ? card : found.card, presses: heard }))
    this.#happenings.set(id, [...this.#happenings.get(id) ?? [], ...structuredClone(append.happenings)])
    await this.remember(presses)
    return { ok: true }
  }

  async remember (presses: readonly PressHash[]): Promise<void> {
    for (const press of presses) this.#heard.add(press)
  }

  async live (): Promise<readonly AlarmRow[]> {
    return [...this.#rows.values()].filter((row) => row.live).sort(byId).map(copyOf)
  }

  async load (id: AlarmId): Promise<AlarmRow | null> {
    const found = this.#rows.get(id)
    return found === undefined ? null : copyOf(found)
  }

  known (press: PressHash): { readonly heard: boolean, readonly alarms: readonly AlarmId[] } {
    const alarms = [...this.#rows.values()].filter((row) => row.presses.includes(press)).sort(byId).map((row) => row.id)
    return { heard: this.#heard.has(press), alarms }
  }

  async happenings (id: AlarmId): Promise<readonly Happening[]> {
    return structuredClone(this.#happenings.get(id) ?? [])
  }

  async probe (): Promise<void> {
    // Memory always takes writes.
  }
}

/** Nobody may change what is stored by keeping hold of it. */
function copyOf (row: AlarmRow): AlarmRow {
  return structuredClone(row)
}

function byId (one: AlarmRow, other: AlarmRow): number {
  return one.id < other.id ? -1 : 1
}
