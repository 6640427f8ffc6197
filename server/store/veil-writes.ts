/** What a screen was shown under duress (R16): sealed with her key, and gone with her. */
type Ok = { readonly ok: true }
type No<C extends string> = { readonly ok: false, readonly code: C }

export type VeilRow = { readonly worker: string, readonly at: number, readonly sealed: Uint8Array }

export type VeilWrites = {
  keepVeil: (a: VeilRow) => Ok | No<'WORKER_NOT_FOUND'>
  forgetVeil: (a: { readonly worker: string }) => Ok
}

export interface VeilReads {
  veils (): Promise<readonly VeilRow[]>
}
