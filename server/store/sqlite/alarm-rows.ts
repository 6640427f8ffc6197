import type { Database } from 'better-sqlite3'
import { statement } from './statements.ts'

/** An alarm as SQLite holds it; JSON still as text, so that only the reader of a row pays for it. */
export type AlarmRecord = {
  readonly id: string
  readonly lane: string
  readonly open: 0 | 1
  readonly live: 0 | 1
  readonly seq: number
  readonly due_at: number | null
  readonly state: string
  readonly sealed: Uint8Array | null
  /** JSON array of press hashes, in order of their text. */
  readonly presses: string
}

export const ALARM_SELECT = `
SELECT alarm.id, lane, open, live, seq, due_at, state, card.sealed AS sealed,
  (SELECT json_group_array(hash ORDER BY hash) FROM press_of WHERE press_of.alarm = alarm.id) AS presses
FROM alarm LEFT JOIN card ON card.alarm = alarm.id`

export function alarmById (db: Database, id: string): AlarmRecord | null {
  return (statement(db, `${ALARM_SELECT} WHERE alarm.id = ?`).get(id) ?? null) as AlarmRecord | null
}

/** The alarm that is open, as she perceives it, in this lane. */
export function alarmOpenIn (db: Database, lane: string): AlarmRecord | null {
  return (statement(db, `${ALARM_SELECT} WHERE lane = ? AND open = 1`).get(lane) ?? null) as AlarmRecord | null
}
