/**
 * What her privacy asks of a disk: recovery words, her history, the alarm she keeps, erasing. Part of `people-store.ts`.
 */
import type { Alarm } from '../alarm/alarm.ts'
import type { Contributing } from './statistic-writes.ts'
import type { Hash, NewKey, Newcomer, NewSession, Sealed } from './people-store.ts'

type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

export type PrivacyWrites = {
  /** The key of names, once for the whole life of a database. A second one changes nothing. */
  makeHouseKey: (a: { readonly key: NewKey }) => Ok
  /** Joining without an invite; `most` workers in all. */
  joinAlone: (a: { readonly newcomer: Newcomer, readonly key: NewKey, readonly session: NewSession, readonly most: number }) => Ok | No<'HOUSE_FULL'>

  /** New words replace old ones. */
  setRecovery: (a: { readonly worker: string, readonly hash: Hash, readonly at: number }) => Ok | No<'WORKER_NOT_FOUND'>
  /** Every earlier session and shortcut of hers ends, and this one begins, or nothing of it. */
  recover: (a: { readonly worker: string, readonly hash: Hash, readonly session: NewSession }) => Ok | No<'WORDS_WRONG'>
  /** The new token was used: from now on the old one has an end. */
  confirmRotation: (a: { readonly id: string, readonly hash: Hash, readonly previousUntil: number }) => Ok

  /** How long details live in these lanes of hers. */
  setAlarmLife: (a: { readonly worker: string, readonly lanes: readonly string[], readonly days: number }) => Ok | No<'WORKER_NOT_FOUND'>
  /**
   * Ended alarms of these lanes go: at once, or as soon as they have settled. `alarm` null: all of them. Each that is due
   * for the statistics is counted as `counted` says, in the same transaction; it says nothing of one: CONTRIBUTION_DUE, and
   * nothing goes. null: they go uncounted.
   */
  forgetAlarms: (a: { readonly worker: string, readonly lanes: readonly string[], readonly alarm: string | null, readonly counted: readonly Contributing[] | null }) => (Ok & { readonly gone: readonly string[] }) | No<'ALARM_NOT_FOUND' | 'CONTRIBUTION_DUE'>
  /** Only one. The same again changes nothing. */
  keepAlarm: (a: { readonly worker: string, readonly alarm: string, readonly sealed: Sealed, readonly at: number }) => Ok | No<'KEPT_ALREADY' | 'WORKER_NOT_FOUND'>
  unkeepAlarm: (a: { readonly worker: string, readonly alarm: string }) => Ok | No<'ALARM_NOT_FOUND'>
  /**
   * Deletes what has had its time. Never an alarm that has not settled. Alarms of a lane of nobody's go too: a press
   * that was under way while she was erased. Responders whom nobody knows and who can't come back go with them.
   */
  tidy: (a: { readonly at: number, readonly daysDefault: number, readonly keptMs: number }) => Ok

  /** A second one never puts it off, nor brings it forward unless it is due earlier. */
  askErasure: (a: { readonly worker: string, readonly at: number, readonly dueAt: number }) => (Ok & { readonly dueAt: number }) | No<'WORKER_NOT_FOUND'>
  cancelErasure: (a: { readonly worker: string }) => Ok | No<'NO_ERASURE'>
  /** Her doors: sessions, shortcuts, words, codes; and her shift ends. What is left is gone as anybody may perceive it. */
  closeDoors: (a: { readonly worker: string, readonly at: number }) => Ok
  /** Everything of hers. `lanes`: of her alarms; refused while one of them still tells somebody. `marks`: her names in quarters that are not published. */
  eraseWorker: (a: { readonly worker: string, readonly lanes: readonly string[], readonly marks: readonly string[] }) => Ok | No<'ALARM_RUNS'>
}

/** An alarm of hers that has ended as she perceives it. */
export type HistoryRow = { readonly id: string, readonly state: Alarm, readonly card: Uint8Array | null }
export type KeptRow = { readonly alarm: string, readonly keptAt: number, readonly sealed: Sealed }
export type ErasureRow = { readonly worker: string, readonly askedAt: number, readonly dueAt: number }

export interface PrivacyReads {
  /** Whose words these are. */
  recovery (hash: Hash): Promise<{ readonly worker: string } | null>
  recoveryOf (worker: string): Promise<{ readonly madeAt: number, readonly hash: Hash } | null>
  /** Ended as she perceives it and not forgotten; the newest first. */
  history (worker: string, lanes: readonly string[], most: number): Promise<readonly HistoryRow[]>
  alarmDays (worker: string): Promise<number | null>
  kept (worker: string): Promise<KeptRow | null>
  erasures (): Promise<readonly ErasureRow[]>
  /** When the house last looked for what is old. */
  tidiedAt (): Promise<number | null>
  /** What is hers and stands on no screen: venues, responders she agreed to, her own buttons, the day's shifts, open codes. */
  holdings (worker: string): Promise<Holdings>
}
export type Holdings = {
  readonly venues: readonly string[]
  readonly agreements: readonly { readonly venue: string, readonly responder: string }[]
  readonly buttons: readonly { readonly did: string, readonly room: string, readonly enrolledAt: number, readonly retiredAt: number | null }[]
  /** Begun or ended in the last day; the place she typed is not among it. */
  readonly shifts: readonly { readonly id: string, readonly room: string | null, readonly startedAt: number, readonly plannedEndAt: number, readonly endedAt: number | null }[]
  readonly codes: readonly { readonly expiresAt: number }[]
}
