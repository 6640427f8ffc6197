/** What a restore does before a backup takes the database's place (R21). */
import type { Database } from 'better-sqlite3'
import type { WorkerId } from '../../alarm/alarm.ts'
import { laneKey } from '../../alarm/lanes.ts'
import type { PublishedCells } from '../published-list.ts'
import { keyedHash } from '../seal.ts'
import type { DataKey } from '../seal.ts'
import { eraseWorker } from './privacy-operations.ts'
import { statement } from './statements.ts'
import { isPublished, publish } from './statistic-operations.ts'

/** When this copy was made; null: this is no copy. */
export function copiedAt (db: Database): number | null {
  return (statement(db, 'SELECT at FROM copied').get() as { at: number } | undefined)?.at ?? null
}

export type Replaying = {
  readonly names: DataKey
  /** The list of tombstones. */
  readonly buried: ReadonlySet<string>
  /** Her names in quarters that are not published. */
  readonly marksOf: (worker: WorkerId) => readonly string[]
}

/** Erases again, for good, whom and what the list of tombstones knows. Returns how many. */
export function replayErasures (db: Database, { names, buried, marksOf }: Replaying): number {
  const isBuried = (what: string): boolean => buried.has(Buffer.from(keyedHash(names, 'erased', what)).toString('base64url'))
  const ids = (sql: string): readonly string[] => (statement(db, sql).all() as Array<{ id: string }>).map(({ id }) => id)
  return db.transaction(() => {
    const workers = ids('SELECT id FROM worker').filter((id) => isBuried(`worker:${id}`))
    for (const id of workers) {
      const worker = id as WorkerId
      eraseWorker(db, id, [laneKey({ is: 'hers', worker }), laneKey({ is: 'test', by: 'worker', worker })], marksOf(worker))
    }
    const alarms = ids('SELECT id FROM alarm').filter((id) => isBuried(`alarm:${id}`))
    for (const id of alarms) statement(db, 'DELETE FROM alarm WHERE id = ?').run(id)
    const kept = ids('SELECT alarm AS id FROM kept_alarm').filter((id) => isBuried(`alarm:${id}`) || isBuried(`kept:${id}`))
    for (const id of kept) statement(db, 'DELETE FROM kept_alarm WHERE alarm = ?').run(id)
    statement(db, 'DELETE FROM copied').run()
    return workers.length + alarms.length + kept.length
  }).immediate()
}

/** What was published since stays as it was published (R21). `holderOf`: whose data key a quarter's is. Returns how many quarters. */
export function replayPublished (db: Database, listed: ReadonlyMap<string, PublishedCells>, holderOf: (quarter: string) => string): number {
  return db.transaction(() => {
    const missing = [...listed].filter(([quarter]) => !isPublished(db, quarter))
    for (const [quarter, cells] of missing) publish(db, { quarter, holder: holderOf(quarter), cells })
    return missing.length
  }).immediate()
}
