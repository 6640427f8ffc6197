import type { AlarmId } from '../../alarm/alarm.ts'
import type { AlarmRow, AlarmStore, Append, AppendResult, Happening, PressHash } from '../alarm-store.ts'
import { StoreFailed } from '../store-failed.ts'
import type { AppendArgs, AppendOutcome } from './alarm-operations.ts'
import { ALARM_SELECT, alarmById } from './alarm-rows.ts'
import type { AlarmRecord } from './alarm-rows.ts'
import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

type HappeningRecord = { readonly seq: number, readonly at: number, readonly event: string, readonly notes: string }

/** `AlarmStore` on SQLite: writes go to the writer's thread, reads are answered at once. */
export class SqliteAlarms implements AlarmStore {
  readonly #writer: Writer
  readonly #reader: Reader

  constructor (writer: Writer, reader: Reader) {
    this.#writer = writer
    this.#reader = reader
  }

  async append (append: Append): Promise<AppendResult> {
    return resultOf(await this.#writer.run('alarm.append', argsOf(append)))
  }

  async remember (presses: readonly PressHash[]): Promise<void> {
    await this.#writer.run('alarm.remember', { presses })
  }

  async live (): Promise<readonly AlarmRow[]> {
    return this.#reader.all<AlarmRecord>(`${ALARM_SELECT} WHERE live = 1 ORDER BY alarm.id`).map(rowOf)
  }

  async load (id: AlarmId): Promise<AlarmRow | null> {
    const found = this.#reader.read((db) => alarmById(db, id))
    return found === null ? null : rowOf(found)
  }

  known (press: PressHash): { readonly heard: boolean, readonly alarms: readonly AlarmId[] } {
    try {
      const heard = this.#reader.get('SELECT 1 FROM heard_press WHERE hash = ?', press) !== null
      const links = heard ? this.#reader.all<{ readonly alarm: AlarmId }>('SELECT alarm FROM press_of WHERE hash = ? ORDER BY alarm', press) : []
      return { heard, alarms: links.map(({ alarm }) => alarm) }
    } catch (error) {
      if (error instanceof StoreFailed) return { heard: false, alarms: [] }
      throw error
    }
  }

  async happenings (id: AlarmId): Promise<readonly Happening[]> {
    const records = this.#reader.all<HappeningRecord>('SELECT seq, at, event, notes FROM happening WHERE alarm = ? ORDER BY seq', id)
    return records.map(({ seq, at, event, notes }) => ({
      seq, at: at as Happening['at'], event: JSON.parse(event) as Happening['event'], notes: JSON.parse(notes) as Happening['notes']
    }))
  }

  async probe (): Promise<void> {
    await this.#writer.run('alarm.probe', null)
  }
}

function argsOf (append: Append): AppendArgs {
  return {
    id: append.id,
    lane: append.lane,
    expectedSeq: append.expectedSeq,
    seq: append.seq,
    open: append.open,
    live: append.live,
    dueAt: append.dueAt,
    state: JSON.stringify(append.state),
    happenings: append.happenings.map(({ seq, at, event, notes }) => ({ seq, at, event: JSON.stringify(event), notes: JSON.stringify(notes) })),
    // A copy: a view would take the whole buffer behind it along to the thread.
    card: append.card === null ? null : Uint8Array.from(append.card),
    presses: append.presses
  }
}

function resultOf (outcome: AppendOutcome): AppendResult {
  if (outcome.ok) return outcome
  if (outcome.code === 'LANE_TAKEN') return { ...outcome, found: rowOf(outcome.found) }
  return { ...outcome, found: outcome.found === null ? null : rowOf(outcome.found) }
}

function rowOf (record: AlarmRecord): AlarmRow {
  return {
    id: record.id as AlarmRow['id'],
    lane: record.lane as AlarmRow['lane'],
    open: record.open === 1,
    live: record.live === 1,
    seq: record.seq,
    dueAt: record.due_at as AlarmRow['dueAt'],
    state: JSON.parse(record.state) as AlarmRow['state'],
    card: record.sealed === null ? null : Uint8Array.from(record.sealed),
    presses: JSON.parse(record.presses) as PressHash[]
  }
}
