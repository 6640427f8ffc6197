/** Recovery words, joining alone, her history, erasing. Part of `services.ts`. */
import type { AlarmId } from '../alarm/alarm.ts'
import type { WorkerView } from '../alarm/views.ts'
import type { Holdings } from '../store/privacy-store.ts'
import type { SessionOpened } from './services.ts'
import type { Done, EpochMs, Language, Refused, ResponderId, Wishes, WorkerId } from './words.ts'

export interface RecoveryService {
  /** When she last made words; null: she has none. */
  madeAt (worker: WorkerId): Promise<EpochMs | null>
  /** New words, shown once, kept hashed; the old ones open nothing any more. */
  make (worker: WorkerId): Promise<Done<{ words: readonly string[], madeAt: EpochMs }> | Refused<'WORKER_NOT_FOUND'>>
  /** On another phone: opens her alias, and ends all earlier sessions and shortcuts (R24). Her PIN stays set. */
  use (words: string, device: string): Promise<Done<{ session: SessionOpened }> | Refused<'WORDS_WRONG'>>
  areHers (worker: WorkerId, words: string): Promise<boolean>
}

export interface JoiningService {
  /** Without an invite, of no venue. Whether that is allowed here is the door's affair. */
  alone (joining: { readonly alias: string, readonly language: Language, readonly device: string }): Promise<Done<{ session: SessionOpened }> | Refused<'HOUSE_FULL' | 'TEXT_EMPTY' | 'TEXT_TOO_LONG'>>
}

/** What her alarm said besides ids. */
export type HistoryCard = {
  readonly venue: string | null, readonly address: string | null, readonly room: string | null, readonly place: string | null
  readonly note: string | null, readonly quietCheck: string | null, readonly wishes: Wishes
}
/** An alarm of hers that is over as anyone may perceive it: the same value after a true end and after a duress PIN (R15). */
export type HistoryAlarm = {
  readonly view: WorkerView
  readonly card: HistoryCard | null
  /** Of the people on her list; who has left it has no name here. */
  readonly names: Readonly<Record<ResponderId, string>>
  /** When it is deleted. */
  readonly goesAt: EpochMs
}
export type KeptAlarm = HistoryAlarm & { readonly keptAt: EpochMs }
export type History = { readonly days: number, readonly alarms: readonly HistoryAlarm[], readonly kept: KeptAlarm | null }

export interface HistoryService {
  /** The newest first; the one she keeps stands apart, also when it is still among them. @throws StoreFailed */
  list (worker: WorkerId): Promise<History>
  one (worker: WorkerId, alarm: AlarmId): Promise<HistoryAlarm | null>
  /** 1 to 365 days; also for what is there already. */
  setDays (worker: WorkerId, days: number): Promise<Done | Refused<'DAYS_RANGE' | 'WORKER_NOT_FOUND'>>
  /** Erased now, kept or not. `alarm` null: all of it. Never an alarm that is open. */
  forget (worker: WorkerId, alarm: AlarmId | null): Promise<Done | Refused<'ALARM_NOT_FOUND'>>
  /** Sealed for a year; only one. */
  keep (worker: WorkerId, alarm: AlarmId): Promise<Done<{ kept: KeptAlarm }> | Refused<'ALARM_NOT_FOUND' | 'KEPT_ALREADY' | 'WORKER_NOT_FOUND'>>
  unkeep (worker: WorkerId, alarm: AlarmId): Promise<Done | Refused<'ALARM_NOT_FOUND'>>
}

export interface ErasureService {
  /** From memory. */
  of (worker: WorkerId): EpochMs | null
  /** `proven`: with PIN and recovery words; then at once, else after 72 h. Waits for her open alarm to close (R16). */
  ask (worker: WorkerId, proven: boolean): Promise<Done<{ dueAt: EpochMs }> | Refused<'WORKER_NOT_FOUND'>>
  cancel (worker: WorkerId): Promise<Done | Refused<'NO_ERASURE'>>
  /** Whether an alarm of hers is open, as she perceives it: erasing waits for it. */
  waits (worker: WorkerId): boolean
}

export interface HoldingService {
  /** What is hers and stands on no other screen. */
  of (worker: WorkerId): Promise<Holdings>
}

/** What erasing has to do outside the rows. Never in the data folder: a backup must not carry it. */
export interface Traces {
  /** Resolves when it is on disk. @throws StoreFailed */
  bury (hash: Uint8Array): Promise<void>
  /** false: somebody kept reading; try again. @throws StoreFailed */
  emptyWal (): Promise<boolean>
}

/** Running alarms of hers: `open` as she perceives it, `telling` somebody still, or neither. */
export interface HerAlarms {
  alarmsOf (worker: WorkerId): 'open' | 'telling' | 'none'
  /** She is erased: what still lay in memory of her ended alarms is let go. */
  forget (worker: WorkerId): void
}
