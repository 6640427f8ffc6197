/** What is remembered of a phone shortcut's use. Part of `people-store.ts`. */
export type ShortcutUseRow = { readonly shortcut: string, readonly sealed: Uint8Array }

export type ShortcutUseWrites = {
  /** Many at once, now and then. Of a token that was revoked meanwhile nothing is kept. */
  saveShortcutUses: (a: { readonly uses: readonly ShortcutUseRow[] }) => { readonly ok: true }
}
export interface ShortcutUseReads {
  shortcutUses (): Promise<readonly ShortcutUseRow[]>
}
