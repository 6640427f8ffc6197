/** Standing circles (R4): what the workers of a venue agree on. Part of `people-store.ts`. */
type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

export type StandingWrites = {
  /**
   * Replaces a room's standing circle. `by`: a worker of the venue; she can't take out whom another worker agreed on.
   * null: the operator's command line, and tests.
   */
  setStanding: (a: { readonly room: string, readonly by: string | null, readonly steps: readonly { readonly waitMs: number, readonly people: readonly string[] }[] }) => Ok |
  No<'ROOM_NOT_FOUND' | 'NOT_HER_VENUE' | 'NOT_OF_THIS_VENUE' | 'AUTHORITY_FORBIDDEN' | 'OTHERS_AGREED'>
  /** On one of her own confirmed contacts, or on whom the operator invited to the venue; they have declared that nothing is passed on (R6). */
  agreeStanding: (a: { readonly worker: string, readonly venue: string, readonly responder: string }) => Ok | No<'NOT_HER_VENUE' | 'NOT_HER_CONTACT' | 'NOT_CONFIRMED' | 'AUTHORITY_FORBIDDEN' | 'NOT_DECLARED'>
  /** At once; who is not agreed on by enough of them any more is out of the venue's standing circles. */
  disagreeStanding: (a: { readonly worker: string, readonly venue: string, readonly responder: string }) => Ok | No<'NOT_AGREED'>
}
