import type { Database } from 'better-sqlite3'
import { alarmById, alarmOpenIn } from './alarm-rows.ts'
import type { AlarmRecord } from './alarm-rows.ts'
import { statement } from './statements.ts'

export type AppendArgs = {
  readonly id: string
  readonly lane: string
  readonly expectedSeq: number
  readonly seq: number
  readonly open: boolean
  readonly live: boolean
  readonly dueAt: number | null
  /** JSON, as are `event` and `notes`: text crosses to the thread faster than objects. */
  readonly state: string
  readonly happenings: readonly { readonly seq: number, readonly at: number, readonly event: string, readonly notes: string }[]
  readonly card: Uint8Array | null
  readonly presses: readonly string[]
}

export type AppendOutcome =
  | { readonly ok: true }
  | { readonly ok: false, readonly code: 'SEQ_CONFLICT', readonly found: AlarmRecord | null }
  | { readonly ok: false, readonly code: 'LANE_TAKEN', readonly found: AlarmRecord }

function append (db: Database, args: AppendArgs): AppendOutcome {
  const found = alarmById(db, args.id)
  if ((found?.seq ?? 0) !== args.expectedSeq) return { ok: false, code: 'SEQ_CONFLICT', found }
  const neighbour = args.open ? alarmOpenIn(db, args.lane) : null
  if (neighbour !== null && neighbour.id !== args.id) return { ok: false, code: 'LANE_TAKEN', found: neighbour }
  refuseNonsense(args, found)
  if (found === null) create(db, args)
  else advance(db, args)
  for (const { seq, at, event, notes } of args.happenings) {
    statement(db, 'INSERT INTO happening (alarm, seq, at, event, notes) VALUES (?, ?, ?, ?, ?)').run(args.id, seq, at, event, notes)
  }
  for (const hash of args.presses) {
    statement(db, 'INSERT INTO press_of (hash, alarm) VALUES (?, ?) ON CONFLICT DO NOTHING').run(hash, args.id)
  }
  remember(db, { presses: args.presses })
  return { ok: true }
}

/** Faults of ours that would otherwise sit on disk for ever. */
function refuseNonsense (args: AppendArgs, found: AlarmRecord | null): void {
  if (args.seq < Math.max(args.expectedSeq, 1)) throw new Error('An append must not lower the seq')
  if (found !== null && found.lane !== args.lane) throw new Error('An alarm cannot move to another lane')
  if (args.happenings.some((happening) => happening.seq <= args.expectedSeq || happening.seq > args.seq)) {
    throw new Error('A happening lies outside its append')
  }
}

function create (db: Database, args: AppendArgs): void {
  statement(db, 'INSERT INTO alarm (id, lane, open, live, seq, due_at, state) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(args.id, args.lane, Number(args.open), Number(args.live), args.seq, args.dueAt, args.state)
  if (args.card !== null) statement(db, 'INSERT INTO card (alarm, sealed) VALUES (?, ?)').run(args.id, args.card)
}

/** The card is left alone: one that was erased meanwhile must not come back. */
function advance (db: Database, args: AppendArgs): void {
  statement(db, 'UPDATE alarm SET open = ?, live = ?, seq = ?, due_at = ?, state = ? WHERE id = ?')
    .run(Number(args.open), Number(args.live), args.seq, args.dueAt, args.state, args.id)
}

function remember (db: Database, { presses }: { readonly presses: readonly string[] }): void {
  for (const hash of presses) statement(db, 'INSERT INTO heard_press (hash) VALUES (?) ON CONFLICT DO NOTHING').run(hash)
}

/** Alarms with their record, cards and press links. That a press was heard stays known, without a time. */
function erase (db: Database, { ids }: { readonly ids: readonly string[] }): void {
  for (const id of ids) statement(db, 'DELETE FROM alarm WHERE id = ?').run(id)
}

function probe (db: Database): void {
  statement(db, 'UPDATE probe SET n = n + 1').run()
}

export const alarmOperations = {
  'alarm.append': append,
  'alarm.remember': remember,
  'alarm.erase': erase,
  'alarm.probe': (db: Database, _args: null) => { probe(db) }
}
