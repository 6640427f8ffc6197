/** Writes about check-ins. Part of `people-store.ts`. */
type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

export type NewCheckIn = {
  readonly id: string, readonly worker: string, readonly madeAt: number, readonly dueAt: number, readonly graceMs: number
  readonly outcome: string, readonly room: string | null, readonly place: Uint8Array | null
}

export type CheckInWrites = {
  makeCheckIn: (a: NewCheckIn) => Ok | No<'WORKER_NOT_FOUND' | 'CHECK_IN_RUNNING'>
  /**
   * She answered `id` (null: none that shows). `forced`: it goes on unseen, and of two such the earlier one; else all of
   * hers end. `next`: the promise that takes its place.
   */
  answerCheckIn: (a: { readonly worker: string, readonly id: string | null, readonly forced: boolean, readonly next: NewCheckIn | null }) => Ok | No<'CHECK_IN_NOT_FOUND'>
  /** It was raised. */
  dropCheckIn: (a: { readonly id: string }) => Ok
  /** The wall clock was set, by so much: what was promised in the old time is due in the new one. */
  shiftCheckIns: (a: { readonly ids: readonly string[], readonly byMs: number }) => Ok
  hearCheckIns: (a: { readonly heard: ReadonlyArray<{ readonly worker: string, readonly at: number }> }) => Ok
}
