/** What a responder writes about themselves. Part of `people-store.ts`. */
type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

/** What she keeps of somebody who left: their name, sealed with her key. */
export type NewLeft = { readonly id: string, readonly worker: string, readonly at: number, readonly sealed: Uint8Array }

export type ResponderWrites = {
  /** The first one stands (R6): it can't be taken back, only left behind with everything that rests on it. */
  declareNeverForwards: (a: { readonly responder: string, readonly wording: string, readonly at: number }) => Ok | No<'RESPONDER_NOT_FOUND' | 'AUTHORITY_FORBIDDEN'>
  /** `untilAt` null: not available any more. */
  setAvailable: (a: { readonly responder: string, readonly untilAt: number | null }) => Ok | No<'RESPONDER_NOT_FOUND'>
  /** Out of this one circle, its consents and agreements. `most`: so many names are kept for her, the newest. */
  leaveCircle: (a: { readonly worker: string, readonly responder: string, readonly left: readonly NewLeft[], readonly most: number }) => Ok | No<'CONTACT_NOT_FOUND'>
  /** Out of every circle, standing circle, offer and rota. */
  leaveAll: (a: { readonly responder: string, readonly left: readonly NewLeft[], readonly most: number }) => Ok | No<'RESPONDER_NOT_FOUND'>
  /** She has read who left. */
  forgetLeft: (a: { readonly worker: string }) => Ok
  changeEndpoint: (a: { readonly responder: string, readonly id: string, readonly text: string | null, readonly language: string | null }) => Ok | No<'ENDPOINT_NOT_FOUND'>
}
