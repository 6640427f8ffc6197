/** Writes about a worker's own devices. Part of `people-store.ts`. */
type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

export type HerPhoneWrites = {
  /** The same address again is the same device: its row is replaced. */
  addHerPhone: (a: {
    readonly id: string, readonly worker: string, readonly urlHash: Uint8Array, readonly sealed: Uint8Array, readonly text: string
    readonly language: string, readonly provesShown: boolean, readonly at: number, readonly most: number
  }) => Ok | No<'WORKER_NOT_FOUND' | 'TOO_MANY_ENDPOINTS'>
  removeHerPhone: (a: { readonly id: string }) => Ok | No<'ENDPOINT_NOT_FOUND'>
}
