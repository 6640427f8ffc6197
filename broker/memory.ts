import { EAR_NEW, type Ear } from '../firmware-protocol/ear.ts'
import type { Did } from '../firmware-protocol/ids.ts'
import { DSEQ_BLOCK } from '../firmware-protocol/limits.ts'
import { afterRestart } from '../firmware-protocol/window.ts'
import { COUNT_MAX } from '../firmware-protocol/wire.ts'
import { DSEQ_RESERVE_AT, SAVE_RETRY_MS } from './limits.ts'
import type { ButtonMemory, Clock, Memories } from './ports.ts'

type Saving = { readonly done: Promise<void>, readonly resolve: () => void }

type Kept = {
  ear: Ear
  nextDseq: number
  /** On disk: dseqs up to here may be used. */
  reserved: number
  /** What the next save will reserve. */
  wanted: number
  /** The window or the wish for dseqs is newer than what the last save took. */
  changed: boolean
  inFlight: Saving | null
  next: Saving | null
}

/**
 * What the broker remembers of every button, in memory, the disk following. One save in flight per button, always of
 * the newest; a failing disk is tried for ever.
 */
export class Memory {
  readonly #memories: Memories
  readonly #clock: Clock
  readonly #kept = new Map<Did, Kept>()
  #stopped = false

  constructor (memories: Memories, clock: Clock) {
    this.#memories = memories
    this.#clock = clock
  }

  /** @returns the buttons that were heard before. Rejects as the store does. */
  async load (): Promise<readonly Did[]> {
    for (const [did, { window, dseqReserved }] of await this.#memories.loadAll()) {
      // What was reserved may have been used up to the last: the counter goes on above it.
      this.#kept.set(did as Did, keep({ ...EAR_NEW, window: afterRestart(window) }, dseqReserved))
    }
    return [...this.#kept.keys()]
  }

  ear (did: Did): Ear {
    return this.#of(did).ear
  }

  hear (did: Did, ear: Ear): void {
    const kept = this.#of(did)
    if (ear.window !== kept.ear.window) kept.changed = true
    kept.ear = ear
  }

  /** Resolves when everything heard so far is on disk; never rejects. */
  saved (did: Did): Promise<void> {
    const kept = this.#of(did)
    if (!kept.changed) return kept.inFlight?.done ?? Promise.resolve()
    kept.next ??= saving()
    const { done } = kept.next
    this.#save(did, kept)
    return done
  }

  /** Starts a save of every changed button. */
  saveChanged (): void {
    for (const [did, kept] of this.#kept) if (kept.changed) void this.saved(did)
  }

  async allSaved (): Promise<void> {
    await Promise.all([...this.#kept.keys()].map((did) => this.saved(did)))
  }

  unsaved (): number {
    return [...this.#kept.values()].filter((kept) => kept.changed || kept.inFlight !== null).length
  }

  /** The next dseq, or null while none is reserved: wait for `saved` and ask again. */
  takeDseq (did: Did): number | null {
    this.reserveAhead(did)
    return this.hasDseq(did) ? this.#of(did).nextDseq++ : null
  }

  hasDseq (did: Did): boolean {
    const kept = this.#of(did)
    return kept.nextDseq <= kept.reserved
  }

  /** Keeps a block on disk ahead of its use, so that no light ever waits for it. */
  reserveAhead (did: Did): void {
    const kept = this.#of(did)
    if (kept.nextDseq + DSEQ_RESERVE_AT <= kept.wanted || kept.wanted >= COUNT_MAX) return
    kept.wanted = Math.min(kept.nextDseq - 1 + DSEQ_BLOCK, COUNT_MAX)
    kept.changed = true
    void this.saved(did)
  }

  /** The button holds this dseq (0: none): ours must be above it, whatever our disk has lost. */
  heardShown (did: Did, shown: number): void {
    const kept = this.#of(did)
    if (shown < kept.nextDseq) return
    kept.nextDseq = shown + 1
    this.reserveAhead(did)
  }

  /** The broker is closed: what a failing disk has not taken by now is not tried again, or the process would never end. */
  stop (): void { this.#stopped = true }

  #of (did: Did): Kept {
    const known = this.#kept.get(did)
    if (known !== undefined) return known
    const fresh = keep(EAR_NEW, 0)
    this.#kept.set(did, fresh)
    return fresh
  }

  #save (did: Did, kept: Kept): void {
    if (kept.inFlight !== null || kept.next === null) return
    const now = kept.next
    kept.inFlight = now
    kept.next = null
    const attempt = (): void => {
      kept.changed = false
      const memory: ButtonMemory = { window: kept.ear.window, dseqReserved: kept.wanted }
      this.#write(did, memory).then(() => {
        kept.reserved = Math.max(kept.reserved, memory.dseqReserved)
        kept.inFlight = null
        now.resolve()
        this.#save(did, kept)
      }, () => {
        kept.changed = true
        if (!this.#stopped) this.#clock.after(SAVE_RETRY_MS, attempt)
      })
    }
    attempt()
  }

  /** A store that throws instead of rejecting is only another failing store. */
  async #write (did: Did, memory: ButtonMemory): Promise<void> {
    await this.#memories.save(did, memory)
  }
}

function keep (ear: Ear, reserved: number): Kept {
  return { ear, nextDseq: reserved + 1, reserved, wanted: reserved, changed: false, inFlight: null, next: null }
}

function saving (): Saving {
  let resolve: () => void = () => {}
  const done = new Promise<void>((_resolve) => { resolve = _resolve })
  return { done, resolve }
}
