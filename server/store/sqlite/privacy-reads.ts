import type { Database } from 'better-sqlite3'
import type { Alarm } from '../../alarm/alarm.ts'
import type { HistoryRow, Holdings, PrivacyReads } from '../privacy-store.ts'
import type { Reader } from './reader.ts'
import { statement } from './statements.ts'

type AlarmFound = { readonly id: string, readonly state: string, readonly card: Uint8Array | null }

const HISTORY = `SELECT alarm.id, alarm.state, card.sealed AS card FROM alarm LEFT JOIN card ON card.alarm = alarm.id
  WHERE lane IN (SELECT value FROM json_each(?)) AND open = 0
  AND NOT EXISTS (SELECT 1 FROM alarm_forgotten f WHERE f.alarm = alarm.id AND f.worker = ?)
  ORDER BY json_extract(state, '$.openedAt') DESC, alarm.id LIMIT ?`

/** @throws StoreFailed */
export function privacyReads (reader: Reader): PrivacyReads {
  const get = <T>(sql: string, ...args: readonly unknown[]): T | null => reader.get<T>(sql, ...args)
  return {
    recovery: async (hash) => get('SELECT worker FROM recovery WHERE hash = ?', hash),
    recoveryOf: async (worker) => get('SELECT made_at AS madeAt, hash FROM recovery WHERE worker = ?', worker),
    history: async (worker, lanes, most) => reader.all<AlarmFound>(HISTORY, JSON.stringify(lanes), worker, most).map(historyOf),
    alarmDays: async (worker) => get<{ days: number }>('SELECT max(days) AS days FROM alarm_life WHERE worker = ?', worker)?.days ?? null,
    kept: async (worker) => get('SELECT alarm, kept_at AS keptAt, sealed FROM kept_alarm WHERE worker = ?', worker),
    erasures: async () => reader.all('SELECT worker, asked_at AS askedAt, due_at AS dueAt FROM erasure ORDER BY due_at, worker'),
    tidiedAt: async () => get<{ at: number }>('SELECT at FROM tidied')?.at ?? null,
    holdings: async (worker) => reader.snapshot((db) => holdings(db, worker))
  }
}

function historyOf ({ id, state, card }: AlarmFound): HistoryRow {
  return { id, state: JSON.parse(state) as Alarm, card: card === null ? null : Uint8Array.from(card) }
}

function holdings (db: Database, worker: string): Holdings {
  const all = <T>(sql: string): readonly T[] => statement(db, sql).all(worker) as T[]
  return {
    venues: all<{ venue: string }>('SELECT venue FROM worker_venue WHERE worker = ? ORDER BY venue').map(({ venue }) => venue),
    agreements: all('SELECT venue, responder FROM standing_agreement WHERE worker = ? ORDER BY venue, responder'),
    buttons: all('SELECT did, room, enrolled_at AS enrolledAt, retired_at AS retiredAt FROM button WHERE owner = ? ORDER BY did'),
    shifts: all('SELECT id, room, started_at AS startedAt, planned_end_at AS plannedEndAt, ended_at AS endedAt FROM shift WHERE worker = ? ORDER BY started_at'),
    codes: all('SELECT expires_at AS expiresAt FROM pairing WHERE worker = ? ORDER BY expires_at')
  }
}
