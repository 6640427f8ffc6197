import type { StatisticReads } from '../statistic-writes.ts'
import type { Alarm } from '../../alarm/alarm.ts'
import type { Note } from '../../alarm/transition.ts'
import type { Reader } from './reader.ts'
import { quarterRows } from './statistic-operations.ts'

type DueRecord = { readonly alarm: string, readonly state: string, readonly notes: string }

const DUE = `SELECT d.alarm, a.state,
  (SELECT json_group_array(json(h.notes) ORDER BY h.seq) FROM happening h WHERE h.alarm = d.alarm) AS notes
  FROM contribution_due d JOIN alarm a ON a.id = d.alarm ORDER BY d.alarm LIMIT ?`

/** Never writes. @throws StoreFailed */
export function statisticReads (reader: Reader): StatisticReads {
  return {
    due: async (most) => reader.all<DueRecord>(DUE, most).map(({ alarm, state, notes }) => ({
      alarm, state: JSON.parse(state) as Alarm, record: (JSON.parse(notes) as Note[][]).flat()
    })),
    ofQuarter: async (quarter) => reader.snapshot((db) => quarterRows(db, quarter)),
    watchedAt: async () => reader.get<{ readonly at: number | null }>('SELECT at FROM rooms_watched')?.at ?? null,
    published: async () => reader.all('SELECT quarter, region, type, body FROM published_cell ORDER BY quarter, region, type')
  }
}
