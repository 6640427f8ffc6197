/**
 * When something is down. Intervals are made only as far as somebody asks, one after the other, and kept: the same for
 * whoever asks, in whatever order. A year of a network that fails thrice is three intervals, not a million heartbeats.
 */
import type { Distribution } from './distribution.ts'
import { mean, quantile } from './cdf.ts'
import { sample } from './sample.ts'
import type { Stream } from './stream.ts'

export type Interval = { readonly from: number, readonly to: number }
/** The next interval, none earlier than the one before, to be read before the one after it is asked for; null: no more. */
export type NextInterval = () => Interval | null

export class Outages {
  readonly #next: NextInterval
  readonly #from: number[] = []
  readonly #to: number[] = []
  #isAll = false
  /** The answer to the last question: the next one is mostly about the same interval. */
  #near = -1
  /** Where the last interval that is made begins. */
  #madeTo = -Infinity

  constructor (next: NextInterval) { this.#next = next }

  /** `at` itself while it is up; else when it is up again (Infinity: never). */
  upAt (at: number): number {
    if (this.#isAll && this.#from.length === 0) return at
    const i = this.#last(at)
    const to = i < 0 ? -Infinity : this.#to[i] as number
    return at < to ? to : at
  }

  isDown (at: number): boolean { return this.upAt(at) !== at }

  /** When the present interval began; `at` must be down. */
  downSince (at: number): number { return this.#from[this.#last(at)] ?? at }

  /** When it goes down or comes up next, after `at`. Infinity: never. */
  changesAfter (at: number): number {
    const up = this.upAt(at)
    if (up !== at) return up
    return this.#from[this.#last(at) + 1] ?? Infinity
  }

  /** Every interval that begins before `end`, in order. */
  until (end: number): readonly Interval[] {
    this.#upTo(end)
    const all: Interval[] = []
    for (let i = 0; i < this.#from.length && (this.#from[i] as number) < end; i++) all.push({ from: this.#from[i] as number, to: this.#to[i] as number })
    return all
  }

  /** The last interval that began at or before `at`; -1: none. The one after it is made too. */
  #last (at: number): number {
    if (!this.#isAll && this.#madeTo <= at) this.#upTo(at)
    const from = this.#from
    let low = -1
    let high = from.length
    const near = this.#near
    if (near < 0 || (from[near] as number) <= at) low = near
    else high = near
    if (low + 1 < high && (from[low + 1] as number) > at) high = low + 1
    while (high - low > 1) {
      const half = (low + high) >> 1
      if ((from[half] as number) <= at) low = half
      else high = half
    }
    this.#near = low
    return low
  }

  #upTo (at: number): void {
    while (!this.#isAll && this.#madeTo <= at) {
      const interval = this.#next()
      if (interval === null || interval.from === Infinity) {
        this.#isAll = true
        return
      }
      if (interval.to <= interval.from) continue
      this.#madeTo = interval.from
      this.#from.push(interval.from)
      this.#to.push(interval.to)
    }
  }
}

/** Never down. */
export function alwaysUp (): Outages { return new Outages(() => null) }

/** Intervals that are known; they may touch or overlap. */
export function planned (intervals: readonly Interval[]): Outages {
  const left = united(intervals)
  return new Outages(() => left.shift() ?? null)
}

/** Sorted, and joined where they touch. */
export function united (intervals: readonly Interval[]): Interval[] {
  const all: Interval[] = []
  for (const interval of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last !== undefined && interval.from <= last.to) all[all.length - 1] = { from: last.from, to: Math.max(last.to, interval.to) }
    else all.push(interval)
  }
  return all
}

/**
 * Up and down by turns, as if it had run for ever before time 0. `ups.at(0)` says whether it is up at the start, and
 * `downs.at(0)` how far through that first interval it is.
 * @param unit by how much a drawn number is multiplied (1,000: seconds drawn, milliseconds answered)
 */
export function renewal (up: Distribution, down: Distribution, ups: Stream, downs: Stream, unit = 1): Outages {
  const isUpForEver = up.is === 'never' || (down.is === 'constant' && down.value === 0)
  if (isUpForEver) return alwaysUp()
  const meanUp = mean(up)
  const meanDown = mean(down)
  const startsUp = meanUp === Infinity || (meanDown < Infinity && ups.at(0) < meanUp / (meanUp + meanDown))
  let k = 1
  let isFirst = true
  // One object for all of them: whoever asks for the next one has read this one.
  const next = { from: 0, to: 0 }
  return new Outages(() => {
    if (next.to === Infinity) return null
    if (isFirst) {
      isFirst = false
      const rest = remaining(startsUp ? up : down, downs.at(0)) * unit
      if (!startsUp) {
        next.to = rest
        return next
      }
      next.from = rest
    } else {
      next.from = next.to + sample(up, ups.at(k)) * unit
    }
    next.to = next.from + sample(down, downs.at(k++)) * unit
    return next.from === Infinity ? null : next
  })
}

const KNOTS = 512
const tables = new WeakMap<Distribution, { readonly lengths: Float64Array, readonly below: Float64Array } | null>()

/**
 * What is left of an interval that is under way at a time nobody chose: P(rest <= x) = integral of (1 - F) to x, over the
 * mean. By its own inverse: a long interval is met more often (length-biased), and met anywhere in it.
 */
export function remaining (of: Distribution, u: number): number {
  if (of.is === 'constant') return of.value * u
  // Memoryless: what is left is as long as a whole one. And what has no mean has no equilibrium: it begins anew.
  if (of.is === 'exponential') return sample(of, u)
  const table = tableOf(of)
  if (table === null) return sample(of, u)
  const { lengths, below } = table
  const total = below[KNOTS] as number
  const wanted = u * total
  let low = 0
  let high = KNOTS
  while (high - low > 1) {
    const half = (low + high) >> 1
    if ((below[half] as number) <= wanted) low = half
    else high = half
  }
  const inside = (wanted - (below[low] as number)) / ((below[high] as number) - (below[low] as number))
  return (lengths[low] as number) + inside * ((lengths[high] as number) - (lengths[low] as number))
}

/** The integral of 1 - F, from 0 to each of the quantiles. */
function tableOf (of: Distribution): { readonly lengths: Float64Array, readonly below: Float64Array } | null {
  const known = tables.get(of)
  if (known !== undefined) return known
  let table: { lengths: Float64Array, below: Float64Array } | null = null
  if (mean(of) < Infinity) {
    const lengths = new Float64Array(KNOTS + 1)
    const below = new Float64Array(KNOTS + 1)
    for (let i = 1; i <= KNOTS; i++) {
      const p = i === KNOTS ? 1 - 1e-6 : i / KNOTS
      lengths[i] = Math.max(quantile(of, p), lengths[i - 1] as number)
      const width = (lengths[i] as number) - (lengths[i - 1] as number)
      below[i] = (below[i - 1] as number) + width * (1 - ((i - 1) / KNOTS + p) / 2)
    }
    table = (below[KNOTS] as number) > 0 ? { lengths, below } : null
  }
  tables.set(of, table)
  return table
}
