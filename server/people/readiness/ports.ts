/** What readiness asks of the rest of the house. All of it from memory; nothing here waits. */
import type { EpochMs, MonoMs } from '../../clock/clock.ts'
import type { DrillDesk } from '../../engine/desk.ts'
import type { WorkerId } from '../words.ts'

/** An open page: whose session opened it, and when anything last came from it. */
export type PageHeard = { readonly session: string, readonly heardMono: MonoMs }

export interface Pages {
  of (subject: { readonly is: 'worker' | 'responder', readonly id: string }): readonly PageHeard[]
  /** Workers with an open page: nobody else is told anything. */
  workers (): readonly WorkerId[]
}

export type Vitals = {
  readonly storeWorks: boolean
  /** The loop that fires every timer is awake. */
  readonly onTime: boolean
  /** The broker listens to buttons. */
  readonly listening: boolean
}

export type Alarms = {
  /** Hers, as she perceives it. */
  isOpen (worker: WorkerId): boolean
  /** When the newest ended as anyone may perceive it, while it is still on her screen. */
  endedAt (worker: WorkerId): EpochMs | null
}

export type ReadinessPorts = {
  readonly pages: Pages
  readonly vitals: () => Vitals
  readonly alarms: Alarms
  readonly drills: DrillDesk
  /** On her own devices; says nothing of what it is for (R22). */
  readonly remind: (worker: WorkerId, what: 'drill-due' | 'readiness-lost' | 'somebody-left', wanted?: () => boolean) => void
  /** IANA name: where the rooms are, so that it is known when it is night. */
  readonly timeZone: string
  /** Her page shows something else now. */
  readonly changed: (worker: WorkerId) => void
}
