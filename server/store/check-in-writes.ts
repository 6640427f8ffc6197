/** Writes about check-ins. Part of `people-store.ts`. */
type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

export type NewCheckIn = {
  readonly id: string, readonly worker: string, readonly madeAt: number, readonly dueAt: number, readonly graceMs: number
  readonly outcome: string, readonly room: string | null, readonly place: Uint8Array | null
}

export type CheckInAnswered = {
  readonly worker: string
  /** The one that she answered; null: none that shows. */
  readonly id: string | null
  /** What her own word ends, unseen ones included. What she promises later is not among them, however late this is written. */
  readonly ends: readonly string[]
  /** It goes on unseen, and of two such the earlier one. */
  readonly forced: boolean
  /** The promise that takes its place. */
  readonly next: NewCheckIn | null
}

export type CheckInWrites = {
  makeCheckIn: (a: NewCheckIn) => Ok | No<'WORKER_NOT_FOUND' | 'CHECK_IN_RUNNING'>
  /** Written again it changes nothing. */
  answerCheckIn: (a: CheckInAnswered) => Ok | No<'CHECK_IN_NOT_FOUND'>
  /** It was raised. */
  dropCheckIn: (a: { readonly id: string }) => Ok
  /** The wall clock was set, by so much: what was promised in the old time is due in the new one. */
  shiftCheckIns: (a: { readonly ids: readonly string[], readonly byMs: number }) => Ok
  hearCheckIns: (a: { readonly heard: ReadonlyArray<{ readonly worker: string, readonly at: number }> }) => Ok
}
