/** A design that fills the cube: each factor's range is cut into as many slices as there are points, and each slice is met once. */
import type { Uniform } from './quantile.ts'

/**
 * `points` points of (0, 1)^factors, jittered within their slices.
 * @see McKay, Beckman & Conover 1979, Technometrics 21, 239
 */
export function latinHypercube (points: number, factors: number, uniform: Uniform): number[][] {
  const columns = Array.from({ length: factors }, () => shuffled(points, uniform).map((slice) => (slice + uniform()) / points))
  return Array.from({ length: points }, (_, i) => columns.map((column) => column[i] ?? NaN))
}

/** 0 to n - 1 in random order. @see Knuth, TAOCP 3.4.2, algorithm P */
export function shuffled (n: number, uniform: Uniform): number[] {
  const order = Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1))
    const [a, b] = [order[i] ?? 0, order[j] ?? 0]
    order[i] = b
    order[j] = a
  }
  return order
}
