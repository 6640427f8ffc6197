/** What an answer does to the promises of one worker: the same in memory as on disk (`answerCheckIn`). Pure. */
import type { CheckInAnswered, NewCheckIn } from '../store/check-in-writes.ts'
import type { CheckInRow } from '../store/people-rows.ts'

/** These promises as they are after her answer. Given rows in which it is done already, they stay as they are. */
export function answered (rows: readonly CheckInRow[], { worker, id, ends, forced, next }: CheckInAnswered): readonly CheckInRow[] {
  const left = forced ? unseen(rows, worker, id) : rows.filter((row) => !ends.includes(row.id))
  return next === null || left.some((row) => row.id === next.id) ? left : [...left, rowOf(next)]
}

/** Whether nothing of these rows is left to be changed by it. */
export function isDone (rows: readonly CheckInRow[], { id, ends, forced }: CheckInAnswered): boolean {
  return forced ? !rows.some((row) => row.id === id && !row.forced) : !rows.some((row) => ends.includes(row.id))
}

/** The promise goes on unseen; of two such, the earlier one. */
function unseen (rows: readonly CheckInRow[], worker: string, id: string | null): readonly CheckInRow[] {
  const shown = rows.find((row) => row.id === id && !row.forced)
  if (shown === undefined) return rows
  const other = rows.find((row) => row.worker === worker && row.forced)
  if (other !== undefined && dueOf(other) <= dueOf(shown)) return rows.filter((row) => row !== shown)
  return rows.filter((row) => row !== other).map((row) => row === shown ? { ...row, forced: true } : row)
}

function dueOf ({ dueAt, shiftedMs }: CheckInRow): number { return dueAt + shiftedMs }

function rowOf (next: NewCheckIn): CheckInRow { return { ...next, forced: false, shiftedMs: 0, heardAt: next.madeAt } }
