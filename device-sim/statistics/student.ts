/** Student's t and the chi-square distribution: their tails, and the quantiles that intervals and tests are read from. */
import { incompleteBeta, lowerGamma, upperGamma } from './special.ts'

/** P(T <= t) with `freedom` > 0 degrees of freedom (may be broken: Welch). @see Abramowitz & Stegun 26.7.1 */
export function studentCdf (t: number, freedom: number): number {
  if (!Number.isFinite(t)) return t > 0 ? 1 : 0
  const tail = 0.5 * incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
  return t < 0 ? tail : 1 - tail
}

/** The t below which a share `p` of Student's distribution lies. */
export function studentQuantile (p: number, freedom: number): number {
  if (p <= 0) return -Infinity
  if (p >= 1) return Infinity
  if (p < 0.5) return -studentQuantile(1 - p, freedom)
  return bisect((t) => studentCdf(t, freedom) >= p)
}

/** P(X > x) of chi-square with `freedom` degrees of freedom. */
export function chiSquareTail (x: number, freedom: number): number { return upperGamma(freedom / 2, x / 2) }

/** The x below which a share `p` of chi-square lies. */
export function chiSquareQuantile (p: number, freedom: number): number {
  if (p <= 0) return 0
  if (p >= 1) return Infinity
  return bisect((x) => lowerGamma(freedom / 2, x / 2) >= p)
}

/** Smallest x >= 0 at which `beyond` holds, to the last bit that doubles can tell. */
function bisect (beyond: (x: number) => boolean): number {
  let high = 1
  while (!beyond(high)) high *= 2
  let low = high === 1 ? 0 : high / 2
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return high
    if (beyond(middle)) high = middle
    else low = middle
  }
}
