import type { ByeBody, HelloBody } from './bodies.ts'

/** Which last will the service would believe. Plain JSON. */
export type WillWatch = {
  /** boot and seq of the newest accepted hello; 0: none yet. */
  readonly boot: number
  readonly helloSeq: number
  /** seq that this hello reserved for its will; null: it named none, or the will was used. */
  readonly will: number | null
}

export const WILL_NONE: WillWatch = { boot: 0, helloSeq: 0, will: null }

/** An accepted hello replaces the will of an older one. A hello that arrives late, out of order, changes nothing. */
export function hearHello (watch: WillWatch, hello: Pick<HelloBody, 'boot' | 'seq' | 'will'>): WillWatch {
  const newer = hello.boot > watch.boot || (hello.boot === watch.boot && hello.seq > watch.helloSeq)
  return newer ? { boot: hello.boot, helloSeq: hello.seq, will: hello.will ?? null } : watch
}

/**
 * Whether a will (`bye`, why `will`) means that the button is gone. Once only, and only the will of the newest
 * accepted hello: the broker may deliver the will of a connection that the button has long replaced. Wills touch
 * neither window nor clock, so that a pre-signed counter never makes a living frame stale.
 */
export function willCounts (watch: WillWatch, bye: Pick<ByeBody, 'boot' | 'seq'>): { readonly counts: boolean, readonly watch: WillWatch } {
  const counts = watch.will !== null && bye.boot === watch.boot && bye.seq === watch.will
  return { counts, watch: counts ? { ...watch, will: null } : watch }
}
