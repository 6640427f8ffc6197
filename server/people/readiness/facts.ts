/** What is proven at this moment, and what is said of it. Ages are measured without the wall clock wherever they can be. */
import type { EpochMs } from '../words.ts'

/** `ageMs` null: it was proven once, and nobody can say how long ago (an earlier life of the service, a clock set back). */
export type Proof = { readonly at: EpochMs, readonly ageMs: number | null }

export type ButtonFact = {
  readonly did: string
  /** A press of this button in this shift, after the newest change of the room. */
  readonly pressed: Proof | null
  /** Something of the room or its buttons changed in this shift, and this button was not pressed since. */
  readonly changed: boolean
  readonly beat: Proof | null
  /** What it promises, s. */
  readonly beatS: number
  /** It said goodbye, or the broker has missed it. */
  readonly gone: 'silent' | 'will' | 'off' | null
  /** null: it never said. */
  readonly batteryPct: number | null
  readonly batteryLow: boolean
  /** A technician must look: tampered with, an unreadable press. */
  readonly trouble: boolean
}

/** One responder of the first step. What is on her own phone counts for nothing here. */
export type PersonFact = {
  /** They said "available", and it holds for so long; null: not said, or over. */
  readonly availableMs: number | null
  /** The newest sign of a device that is not hers. */
  readonly answered: Proof | null
  /** Devices, not hers, with a fresh sign. */
  readonly devices: number
  /** A way to be told that is not her own phone. `own`: there is one, and it is hers. */
  readonly way: 'none' | 'own' | 'push' | 'page'
  /** An open page whose sound was armed by its owner: it rings although the phone is silent. */
  readonly rings: boolean
}

export type Facts = {
  readonly shift: 'room' | 'place' | 'none'
  /** Past its planned end (R7). */
  readonly doubtful: boolean
  /** Of her room: the house's and her own. */
  readonly buttons: readonly ButtonFact[]
  /** The newest sign of her own page. */
  readonly phone: Proof | null
  readonly people: readonly PersonFact[]
  readonly circleIsEmpty: boolean
  /** When her last alarm ended as anyone may perceive it, for an hour after: what her people do then is not shown (R15). */
  readonly alarmEndedAt: EpochMs | null
  /** null: nobody has asked the disk yet. */
  readonly storeWorks: boolean | null
  /** The loop that fires every timer, and the broker's doors. null: not known. */
  readonly onTime: boolean | null
  readonly listening: boolean | null
}

export type Level = 'green' | 'amber' | 'red'
export type ReasonCode =
  | 'NO_SHIFT' | 'SHIFT_DOUBTFUL'
  | 'NO_BUTTON' | 'BUTTON_UNPROVEN' | 'BUTTON_CHANGED' | 'BUTTON_UNHEARD' | 'BUTTON_LATE' | 'BUTTON_SILENT' | 'BUTTON_OFF' | 'BUTTON_TROUBLE'
  | 'BATTERY_LOW' | 'BATTERY_UNKNOWN'
  | 'PHONE_UNHEARD' | 'PHONE_LATE'
  | 'CIRCLE_EMPTY' | 'NOBODY_REACHABLE' | 'ONLY_OWN_PHONE' | 'NOBODY_AVAILABLE' | 'DEVICE_UNPROVEN' | 'DEVICE_PROOF_OLD' | 'AFTER_ALARM'
  | 'STORE_UNPROVEN' | 'STORE_FAILING' | 'SERVICE_LATE' | 'SERVICE_DEAF'
export type NightCode = 'NIGHT_ONE_CHANNEL' | 'NIGHT_NOTHING_RINGS'

/** `at`: the newest proof of what is weak, for its age; null: there never was one. `level` green: said, and no weakness. */
export type Reason = { readonly code: ReasonCode, readonly level: Level, readonly at: EpochMs | null, readonly did: string | null }

export type Readiness = {
  readonly shift: Facts['shift']
  readonly level: Level
  readonly reasons: readonly Reason[]
  readonly night: { readonly ready: boolean, readonly reasons: readonly NightCode[] }
  /** For "pressed in this shift, heard 12 s ago, battery 80 %, two people available". */
  readonly shown: {
    readonly pressedAt: EpochMs | null
    readonly heardAt: EpochMs | null
    readonly batteryPct: number | null
    readonly available: number
  }
}
