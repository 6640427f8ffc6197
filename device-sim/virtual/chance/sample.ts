/** From one even number in (0, 1) to one value of a distribution. */
import type { Distribution } from './distribution.ts'
import { normalQuantile } from '../../statistics/normal.ts'

/**
 * The inverse of the distribution function at `u`. A mixture takes the part that `u` falls into and stretches the rest
 * of `u` over it: one number, one value, the right distribution (`quantile` of `cdf.ts` is the mixture's true inverse).
 */
export function sample (of: Distribution, u: number): number {
  switch (of.is) {
    case 'constant': return of.value
    case 'uniform': return of.low + (of.high - of.low) * u
    case 'log-uniform': return of.low * (of.high / of.low) ** u
    case 'triangular': return triangular(of.low, of.mode, of.high, u)
    case 'exponential': return -of.mean * Math.log1p(-u)
    case 'log-normal': return of.median * Math.exp(of.sigma * normalQuantile(u))
    case 'weibull': return of.scale * (-Math.log1p(-u)) ** (1 / of.shape)
    case 'mixture': return mixed(of.parts, u)
    case 'never': return Infinity
    case 'empirical': return between(of.points, u)
  }
}

function triangular (low: number, mode: number, high: number, u: number): number {
  const span = high - low
  if (span === 0) return low
  return u < (mode - low) / span ? low + Math.sqrt(u * span * (mode - low)) : high - Math.sqrt((1 - u) * span * (high - mode))
}

function mixed (parts: readonly { readonly share: number, readonly of: Distribution }[], u: number): number {
  let below = 0
  let last: Distribution | null = null
  for (const { share, of } of parts) {
    if (share > 0) last = of
    if (u < below + share) return sample(of, (u - below) / share)
    below += share
  }
  // Shares that add up to a hair less than 1.
  return last === null ? Infinity : sample(last, u)
}

function between (points: readonly { readonly p: number, readonly x: number }[], u: number): number {
  let low = 0
  let high = points.length - 1
  while (high - low > 1) {
    const half = (low + high) >> 1
    if ((points[half]?.p ?? 1) <= u) low = half
    else high = half
  }
  const a = points[low]
  const b = points[high]
  if (a === undefined || b === undefined) return NaN
  return b.p <= a.p ? b.x : a.x + (b.x - a.x) * (u - a.p) / (b.p - a.p)
}
