import type { Database } from 'better-sqlite3'
import type { Contributing, ContributionRow, QuarterRows, StatisticWrites } from '../statistic-writes.ts'
import { exists, no, OK, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'
import { statement } from './statements.ts'

export const statisticOperations: SqliteWrites<keyof StatisticWrites> = {
  openQuarter (db, { quarter, key }) {
    if (isPublished(db, quarter)) return no('QUARTER_PUBLISHED')
    run(db, 'INSERT INTO data_key (holder, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING', key.holder, key.wrapped)
    return OK
  },

  contribute (db, contributing) {
    return contribute(db, contributing) ? OK : no('QUARTER_PUBLISHED')
  },

  contributeDrill (db, { drill, quarter, rows }) {
    if (isPublished(db, quarter)) return no('QUARTER_PUBLISHED')
    if (run(db, 'UPDATE drill SET counted = 1 WHERE id = ? AND counted = 0', drill) === 0) return OK
    for (const row of rows) addTo(db, quarter, row)
    return OK
  },

  watchRooms (db, { from, at, quarter, rows }) {
    if (isPublished(db, quarter)) return no('QUARTER_PUBLISHED')
    if (run(db, 'UPDATE rooms_watched SET at = ? WHERE at IS ?', at, from) === 0) return no('WATCH_MOVED')
    for (const { region, type, venue, seconds, workingS } of rows) {
      run(db, `INSERT INTO room_hours (quarter, region, type, venue, seconds, working_s) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds, working_s = working_s + excluded.working_s`, quarter, region, type, venue, seconds, workingS)
    }
    return OK
  },

  publishQuarter (db, { quarter, holder, seen, cells }) {
    if (isPublished(db, quarter)) return OK
    if (seen !== null && JSON.stringify(quarterRows(db, quarter)) !== seen) return no('CONTRIBUTIONS_CHANGED')
    publish(db, { quarter, holder, cells })
    return OK
  },

  forgetContributions (db, { marks }) {
    dropContributions(db, marks)
    return OK
  }
}

/** Also for whoever puts an older copy back. What the quarter was made of is destroyed, its key too. */
export function publish (db: Database, { quarter, holder, cells }: Pick<Parameters<StatisticWrites['publishQuarter']>[0], 'quarter' | 'holder' | 'cells'>): void {
  for (const { region, type, body } of cells) run(db, 'INSERT INTO published_cell (quarter, region, type, body) VALUES (?, ?, ?, ?)', quarter, region, type, body)
  run(db, 'DELETE FROM contribution WHERE quarter = ?', quarter)
  run(db, 'DELETE FROM room_hours WHERE quarter = ?', quarter)
  run(db, 'DELETE FROM data_key WHERE holder = ?', holder)
}

/** Also for whoever erases an alarm in a transaction of their own. false: its quarter is published; nothing was done. */
export function contribute (db: Database, { alarms, quarter, row }: Contributing): boolean {
  if (row !== null && isPublished(db, quarter)) return false
  const isCounted = alarms.some((alarm) => exists(db, 'SELECT 1 FROM alarm_counted WHERE alarm = ?', alarm))
  const there = alarms.filter((alarm) => exists(db, 'SELECT 1 FROM alarm WHERE id = ?', alarm))
  for (const alarm of there) {
    run(db, 'INSERT INTO alarm_counted (alarm) VALUES (?) ON CONFLICT DO NOTHING', alarm)
    run(db, 'DELETE FROM contribution_due WHERE alarm = ?', alarm)
  }
  // All of them erased meanwhile: whoever erased them has counted them.
  if (row !== null && !isCounted && there.length > 0) addTo(db, quarter, { ...row, n: 1 })
  return true
}

function addTo (db: Database, quarter: string, { region, type, counted, result, worker, venue, n }: ContributionRow): void {
  run(db, `INSERT INTO contribution (quarter, region, type, counted, result, worker, venue, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n`, quarter, region, type, counted, result, worker, venue, n)
}

/** For whoever erases a person in a transaction of their own. `marks`: `contributionMarks` of `people/contribution.ts`. */
export function dropContributions (db: Database, marks: readonly string[]): void {
  for (const mark of marks) run(db, 'DELETE FROM contribution WHERE worker = ?', mark)
}

/** In an order that is the same for ever, and says nothing of who came first. */
export function quarterRows (db: Database, quarter: string): QuarterRows {
  return {
    contributions: statement(db, `SELECT region, type, counted, result, worker, venue, n FROM contribution
      WHERE quarter = ? ORDER BY region, type, counted, result, worker, venue`).all(quarter) as QuarterRows['contributions'],
    roomHours: statement(db, `SELECT region, type, venue, seconds, working_s AS workingS FROM room_hours
      WHERE quarter = ? ORDER BY region, type, venue`).all(quarter) as QuarterRows['roomHours']
  }
}

export function isPublished (db: Database, quarter: string): boolean {
  return exists(db, 'SELECT 1 FROM published_cell WHERE quarter = ?', quarter)
}
