/** What the doors may ask of readiness. Part of `../services.ts`. */
import type { DrillRow } from '../../store/readiness-writes.ts'
import type { Done, Refused, ResponderId, SessionId, Who, WorkerId } from '../words.ts'
import type { DeafShift } from './deaf.ts'
import type { Readiness } from './facts.ts'

export interface ReadinessService {
  /** As of now, from memory. */
  of (worker: WorkerId): Readiness
  /** When, in her shift or her last one, nobody would have heard a press. null: no shift is kept. @throws StoreFailed */
  deafOf (worker: WorkerId): Promise<DeafShift | null>
  /** A responder's device showed that it is there: a receipt, an answer, a tap. `rings`: its owner heard it sound. */
  gaveSign (responder: ResponderId, session: SessionId, rings?: boolean): void
  /** The sessions that one phone holds: a responder on her own phone is nobody who would come. */
  sawTogether (sessions: readonly { readonly id: SessionId, readonly who: Who }[]): void
  /** Her own phone took this push subscription. */
  sawPush (worker: WorkerId, url: string): void
}

export type DrillFault = 'ALARM_OPEN' | 'DRILL_AT_NIGHT' | 'DRILL_TOO_SOON' | 'NOBODY_TO_DRILL'
export interface DrillService {
  begin (worker: WorkerId): Done<{ id: string }> | Refused<DrillFault>
  /** The newest first. @throws StoreFailed */
  list (worker: WorkerId): Promise<readonly DrillRow[]>
}
