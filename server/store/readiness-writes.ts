/** What readiness, deaf minutes and drills keep. A part of `people-store.ts`; all times and ids are passed in. */
type Ok = { readonly ok: true }

export type DeafWhy = 'BUTTON_SILENT' | 'SERVICE_DOWN' | 'STORE_FAILING'
/** `until` null: it goes on. */
export type DeafRow = { readonly shift: string, readonly why: DeafWhy, readonly from: number, readonly until: number | null }
export type ButtonProofRow = { readonly shift: string, readonly did: string, readonly at: number, /** The room's count of changes at the press. */ readonly change: number }
export type ShiftRoomRow = { readonly shift: string, /** The room's count of changes when she came. */ readonly change: number }
/** `session`: the device. */
export type DeviceSignRow = { readonly session: string, readonly responder: string, readonly at: number, readonly rings: boolean }
export type SamePhoneRow = { readonly worker: string, readonly session: string }
export type SamePhonePushRow = { readonly worker: string, readonly urlHash: Uint8Array }
/** `interrupted`: the service stopped while it ran; what was measured until then stands. */
export type DrillEnd = 'over' | 'superseded' | 'interrupted'
export type DrillPersonRow = { readonly responder: string, readonly told: boolean, readonly shownMs: number | null, readonly seenMs: number | null, readonly answeredMs: number | null }
/** `ended` null: it runs. */
export type DrillRow = { readonly id: string, readonly at: number, readonly ended: DrillEnd | null, readonly people: readonly DrillPersonRow[] }
/** `at` null: she has never had one, or never been reminded. */
export type DrillDueRow = { readonly worker: string, readonly drilledAt: number | null, readonly remindedAt: number | null }

/** Each written again changes nothing. What hangs on a row that is gone is not kept, and is no fault. */
export type ReadinessWrites = {
  changeRoom: (a: { readonly room: string }) => Ok
  seeShiftRoom: (a: ShiftRoomRow) => Ok
  proveButton: (a: ButtonProofRow) => Ok
  keepDeaf: (a: { readonly rows: readonly DeafRow[], readonly most: number }) => Ok
  signOfLife: (a: { readonly at: number }) => Ok
  keepSigns: (a: { readonly signs: readonly DeviceSignRow[] }) => Ok
  keepSamePhone: (a: SamePhoneRow & { readonly most: number }) => Ok
  keepSamePhonePush: (a: SamePhonePushRow & { readonly most: number }) => Ok
  /** Her newest `most` are kept. */
  keepDrill: (a: { readonly worker: string, readonly drill: DrillRow, readonly most: number }) => Ok
  /** None runs: those without an end were cut off with the service. */
  endDrills: (a: { readonly why: DrillEnd }) => Ok
  remindedOfDrill: (a: { readonly worker: string, readonly at: number }) => Ok
  forgetDrills: (a: { readonly before: number }) => Ok
}

export type ReadinessKept = {
  readonly shiftRooms: readonly ShiftRoomRow[]
  readonly proofs: readonly ButtonProofRow[]
  /** Those that go on. */
  readonly deaf: readonly DeafRow[]
  readonly signs: readonly DeviceSignRow[]
  readonly samePhones: readonly SamePhoneRow[]
  readonly samePhonePushes: readonly SamePhonePushRow[]
  readonly aliveAt: number | null
}

export interface ReadinessReads {
  /** All that is held in memory, once at the start. @throws StoreFailed */
  readinessKept (): Promise<ReadinessKept>
  deafOf (shift: string): Promise<readonly DeafRow[]>
  /** The newest first. */
  drillsOf (worker: string): Promise<readonly DrillRow[]>
  /** Workers with somebody in their circle: when the last drill and the last reminder were. */
  drillsDue (): Promise<readonly DrillDueRow[]>
}
