/**
 * What was shown under duress (R16): the lie holds when the screen is read again, also after it was locked, unlocked and
 * the service restarted. Whatever lies under it is JSON.
 */
import type { Clock } from '../clock/clock.ts'
import { makeId } from '../people/ids.ts'
import type { JournalEntry, JournalLine } from '../people/services.ts'

/** Changes shown, and lines about them, per worker. */
const VEILED_MAX = 100

type Kept = { readonly shown: readonly (readonly [string, unknown])[], readonly lines: readonly JournalLine[] }

export class Veil {
  readonly #shown: Map<string, unknown>
  readonly #lines: JournalLine[]
  readonly #clock: Clock
  #isKept = true

  /** @param kept what `text` was when it was last kept */
  constructor (clock: Clock, kept: string | null) {
    this.#clock = clock
    const { shown, lines } = kept === null ? { shown: [], lines: [] } : JSON.parse(kept) as Kept
    this.#shown = new Map(shown)
    this.#lines = [...lines]
  }

  /** Nothing has been shown since it was last kept. */
  get isKept (): boolean { return this.#isKept }
  get text (): string { return JSON.stringify({ shown: [...this.#shown], lines: this.#lines } satisfies Kept) }

  show (what: string, value: unknown): this {
    if (this.#shown.size < VEILED_MAX || this.#shown.has(what)) this.#shown.set(what, value)
    return this.touch()
  }

  /** A line in her journal, for whoever reads it under this veil. */
  tell (entry: JournalEntry): this {
    this.#lines.unshift({ id: makeId(), at: this.#clock.now(), ...entry })
    this.#lines.splice(VEILED_MAX)
    return this.touch()
  }

  /** To be kept, as what is pretended would be: a write that was missed could be timed. */
  touch (): this {
    this.#isKept = false
    return this
  }

  settled (): void { this.#isKept = true }

  /** The newest first. */
  get lines (): readonly JournalLine[] { return this.#lines }

  /** What was shown, else what is. */
  over<T> (what: string, truth: T): T { return this.#shown.has(what) ? this.#shown.get(what) as T : truth }
}
