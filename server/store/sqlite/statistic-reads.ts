import type { Database } from 'better-sqlite3'
import type { Alarm } from '../../alarm/alarm.ts'
import { isCountable } from '../../alarm/outcome.ts'
import type { Note } from '../../alarm/transition.ts'
import type { AlarmRecord, DueDrill, DueIncident, StatisticReads } from '../statistic-writes.ts'
import type { Reader } from './reader.ts'
import { statement } from './statements.ts'
import { quarterRows } from './statistic-operations.ts'

type Recorded = { readonly alarm: string, readonly state: string, readonly notes: string }

/** Settled, or given up 12 h after everybody was asked in vain. */
const DUE = `SELECT alarm AS id FROM contribution_due UNION
  SELECT id FROM alarm WHERE live = 1 AND json_extract(state, '$.phase.is') = 'unresolved' AND id NOT IN (SELECT alarm FROM alarm_counted)
  ORDER BY id`
const DUE_IN = 'SELECT d.alarm AS id FROM contribution_due d JOIN alarm a ON a.id = d.alarm WHERE a.lane IN (SELECT value FROM json_each(?)) ORDER BY d.alarm'
const RECORD = `SELECT a.id AS alarm, a.state, (SELECT json_group_array(json(h.notes) ORDER BY h.seq) FROM happening h WHERE h.alarm = a.id) AS notes
  FROM alarm a WHERE a.id = ?`
const BESIDE = `SELECT DISTINCT other.id FROM alarm a JOIN press_of p ON p.alarm = a.id JOIN press_of q ON q.hash = p.hash JOIN alarm other ON other.id = q.alarm
  WHERE a.id = ? AND a.lane NOT LIKE 'test%' AND other.lane NOT LIKE 'test%'`
const DRILLS = `SELECT d.id AS drill, d.worker, d.at,
  (SELECT json_group_array(json_object('shownMs', p.shown_ms, 'answeredMs', p.answered_ms)) FROM drill_person p WHERE p.drill = d.id) AS people
  FROM drill d WHERE d.ended = 'over' AND d.counted = 0 ORDER BY d.id LIMIT ?`

/** Never writes. @throws StoreFailed */
export function statisticReads (reader: Reader): StatisticReads {
  return {
    due: async (most) => reader.snapshot((db) => incidents(db, ids(db, DUE), most, true)),
    dueIn: async (lanes) => reader.snapshot((db) => incidents(db, ids(db, DUE_IN, JSON.stringify(lanes)), Infinity, false)),
    drillsToCount: async (most) => reader.all<Omit<DueDrill, 'people'> & { readonly people: string }>(DRILLS, most).map(({ people, ...drill }) => ({ ...drill, people: JSON.parse(people) as DueDrill['people'] })),
    ofQuarter: async (quarter) => reader.snapshot((db) => quarterRows(db, quarter)),
    watchedAt: async () => reader.get<{ readonly at: number | null }>('SELECT at FROM rooms_watched')?.at ?? null,
    published: async () => reader.all('SELECT quarter, region, type, body FROM published_cell ORDER BY quarter, region, type')
  }
}

/** @param over only those of which nothing runs any more */
function incidents (db: Database, due: readonly string[], most: number, over: boolean): readonly DueIncident[] {
  const seen = new Set<string>()
  const found: DueIncident[] = []
  for (const id of due) {
    if (found.length >= most) break
    if (seen.has(id)) continue
    const together = incidentOf(db, id)
    for (const each of together) seen.add(each)
    const records = together.flatMap((each) => recordOf(db, each))
    if (!over || records.every(({ state }) => !isRunning(state))) found.push(records)
  }
  return found
}

function incidentOf (db: Database, id: string): readonly string[] {
  const together = new Set([id])
  // A set grows while it is walked: those that share a press with one that was just found are found too.
  for (const each of together) for (const other of ids(db, BESIDE, each)) together.add(other)
  return [...together]
}

/** What can't be read holds nothing up. */
function isRunning (state: Alarm): boolean { return 'phase' in state && !isCountable(state) }

function recordOf (db: Database, id: string): readonly AlarmRecord[] {
  const row = statement(db, RECORD).get(id) as Recorded | undefined
  return row === undefined ? [] : [{ alarm: row.alarm, state: JSON.parse(row.state) as Alarm, record: (JSON.parse(row.notes) as Note[][]).flat() }]
}

function ids (db: Database, sql: string, ...args: readonly unknown[]): readonly string[] {
  return (statement(db, sql).all(...args) as Array<{ readonly id: string }>).map(({ id }) => id)
}
