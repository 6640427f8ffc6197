/** Times of one kind in an HDR histogram of three figures: what a mean hides, its tail says. @see http://hdrhistogram.org */
import { createHistogram } from 'node:perf_hooks'

/** An hour, in microseconds: beyond it a time counts as an hour. */
const MOST_US = 3_600_000_000
/** BS 8484: 80 % of alarms answered within 10 s, 98.5 % within 40 s. */
const LIMITS_MS = { within10s: 10_000, within40s: 40_000 } as const

/** Milliseconds; shares 0..1 of `count`. null: nothing was measured. */
export type Figures = {
  readonly count: number
  readonly p50: number | null
  readonly p90: number | null
  readonly p99: number | null
  readonly p999: number | null
  readonly max: number | null
  readonly within10s: number | null
  readonly within40s: number | null
}

export class Stopwatch {
  readonly #histogram = createHistogram({ lowest: 1, highest: MOST_US, figures: 3 })
  readonly #within = { within10s: 0, within40s: 0 }

  record (ms: number): void {
    this.#histogram.record(Math.min(Math.max(Math.round(ms * 1_000), 1), MOST_US))
    if (ms <= LIMITS_MS.within10s) this.#within.within10s += 1
    if (ms <= LIMITS_MS.within40s) this.#within.within40s += 1
  }

  get figures (): Figures {
    const { count } = this.#histogram
    if (count === 0) return { count, p50: null, p90: null, p99: null, p999: null, max: null, within10s: null, within40s: null }
    const at = (percentile: number): number => this.#histogram.percentile(percentile) / 1_000
    return { count, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: this.#histogram.max / 1_000, within10s: this.#within.within10s / count, within40s: this.#within.within40s / count }
  }
}
