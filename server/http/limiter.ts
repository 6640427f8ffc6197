/** Token buckets in memory, bounded, by the injected clock's monotonic time. Answers before anything is looked up, so a limit tells nothing about who exists. */
import type { Clock } from '../clock/clock.ts'
import { BUDGETS, LIMITER_KEYS_MAX } from './limits.ts'
import type { BudgetName } from './limits.ts'
import { Problem } from './problem.ts'

type Bucket = { readonly left: number, readonly atMs: number }

export class Limiter {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor (clock: Clock) { this.#clock = clock }

  /** Takes one attempt of `who`; throws TOO_MANY with the seconds to wait: `leastMs`, if something else makes them wait longer. */
  take (budget: BudgetName, who: string, leastMs = 0): void {
    const waitMs = this.#take(budget, `${budget}:${who}`)
    if (waitMs > 0) throw new Problem('TOO_MANY', { retryAfterS: Math.ceil(Math.max(waitMs, leastMs) / 1000) })
  }

  /** Until another attempt of `who` is taken; 0: at once. */
  waitMs (budget: BudgetName, who: string): number { return Math.max(0, 1 - this.#left(budget, `${budget}:${who}`)) * BUDGETS[budget].everyMs }

  /** Nothing is remembered of this one: a first attempt, or one after a long time. */
  isNew (budget: BudgetName, who: string): boolean { return !this.#buckets.has(`${budget}:${who}`) }

  /** The attempt was right: it does not count (a PIN entered well, R16). */
  giveBack (budget: BudgetName, who: string): void {
    const key = `${budget}:${who}`
    const bucket = this.#buckets.get(key)
    if (bucket !== undefined) this.#buckets.set(key, { ...bucket, left: Math.min(BUDGETS[budget].burst, bucket.left + 1) })
  }

  get size (): number { return this.#buckets.size }

  #take (budget: BudgetName, key: string): number {
    const left = this.#left(budget, key)
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, atMs: this.#clock.mono() })
    this.#forget()
    return left >= 1 ? 0 : (1 - left) * BUDGETS[budget].everyMs
  }

  #left (budget: BudgetName, key: string): number {
    const { burst, everyMs } = BUDGETS[budget]
    const bucket = this.#buckets.get(key)
    return bucket === undefined ? burst : Math.min(burst, bucket.left + (this.#clock.mono() - bucket.atMs) / everyMs)
  }

  #forget (): void {
    while (this.#buckets.size > LIMITER_KEYS_MAX) {
      const [oldest] = this.#buckets.keys()
      if (oldest === undefined) return
      this.#buckets.delete(oldest)
    }
  }
}
