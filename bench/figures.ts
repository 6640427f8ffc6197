/** Numbers as the bench keeps and prints them. All times in milliseconds. */

export type Spread = { readonly samples: number, readonly p50: number, readonly p95: number, readonly p99: number, readonly max: number }

/** What issue and README promise. Never fails a run: a slow machine is not a fault. */
export type Goal = { readonly name: string, readonly value: number, readonly goal: string, readonly met: boolean }

/** The nearest-rank percentiles of what was measured. */
export function spreadOf (times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number): number => rounded(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN)
  return { samples: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export function median (values: readonly number[]): number { return spreadOf(values).p50 }

/** Each round's own ratio, so that what slowed a whole round down hits both sides. */
export function medianRatio (of: readonly number[], to: readonly number[]): number {
  return median(of.map((time, round) => time / (to[round] ?? Number.NaN)))
}

export function rounded (value: number, digits = 3): number { return Number(value.toFixed(digits)) }

export function atMost (name: string, value: number, most: number): Goal {
  return { name, value: rounded(value), goal: `<= ${most}`, met: value <= most }
}

export function below (name: string, value: number, bound: number): Goal {
  return { name, value: rounded(value), goal: `< ${bound}`, met: value < bound }
}
