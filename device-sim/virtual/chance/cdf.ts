/** What a distribution is besides its samples: its distribution function, its mean, and the true inverse of a mixture. */
import type { Distribution } from './distribution.ts'
import { normalCdf } from '../../statistics/normal.ts'
import { logGamma } from '../../statistics/special.ts'
import { sample } from './sample.ts'

const HALVINGS = 200

/** P(X <= x). */
export function cdf (of: Distribution, x: number): number {
  switch (of.is) {
    case 'constant': return x >= of.value ? 1 : 0
    case 'uniform': return of.high === of.low ? step(x, of.low) : clamp((x - of.low) / (of.high - of.low))
    case 'log-uniform': return of.high === of.low ? step(x, of.low) : x <= of.low ? 0 : clamp(Math.log(x / of.low) / Math.log(of.high / of.low))
    case 'triangular': return triangular(of.low, of.mode, of.high, x)
    case 'exponential': return x <= 0 ? 0 : -Math.expm1(-x / of.mean)
    case 'log-normal': return x <= 0 ? 0 : of.sigma === 0 ? step(x, of.median) : normalCdf(Math.log(x / of.median) / of.sigma)
    case 'weibull': return x <= 0 ? 0 : -Math.expm1(-((x / of.scale) ** of.shape))
    case 'mixture': return clamp(of.parts.reduce((sum, part) => sum + part.share * cdf(part.of, x), 0))
    case 'never': return 0
    case 'empirical': return empirical(of.points, x)
  }
}

/** The smallest x with P(X <= x) >= u. Infinity where that is never reached. */
export function quantile (of: Distribution, u: number): number {
  if (of.is !== 'mixture') return sample(of, u)
  const parts = of.parts.filter(({ share }) => share > 0).map((part) => quantile(part.of, u))
  let low = Math.min(...parts)
  let high = Math.max(...parts)
  if (high === Infinity) {
    const finite = parts.filter((x) => x < Infinity)
    high = finite.length === 0 ? Infinity : Math.max(1, ...finite.map(Math.abs))
    while (high < Number.MAX_VALUE && cdf(of, high) < u) high *= 2
    if (cdf(of, Math.min(high, Number.MAX_VALUE)) < u) return Infinity
  }
  if (cdf(of, low) >= u) return low
  for (let halved = 0; halved < HALVINGS; halved++) {
    const half = low + (high - low) / 2
    if (half <= low || half >= high) break
    if (cdf(of, half) >= u) high = half
    else low = half
  }
  return high
}

/** Infinity for what may never happen. */
export function mean (of: Distribution): number {
  switch (of.is) {
    case 'constant': return of.value
    case 'uniform': return (of.low + of.high) / 2
    case 'log-uniform': return of.high === of.low ? of.low : (of.high - of.low) / Math.log(of.high / of.low)
    case 'triangular': return (of.low + of.mode + of.high) / 3
    case 'exponential': return of.mean
    case 'log-normal': return of.median * Math.exp(of.sigma ** 2 / 2)
    case 'weibull': return of.scale * Math.exp(logGamma(1 + 1 / of.shape))
    case 'mixture': return of.parts.reduce((sum, { share, of: part }) => share === 0 ? sum : sum + share * mean(part), 0)
    case 'never': return Infinity
    case 'empirical': return of.points.reduce((sum, point, i) => {
      const before = of.points[i - 1]
      return before === undefined ? sum : sum + (point.p - before.p) * (point.x + before.x) / 2
    }, 0)
  }
}

function clamp (p: number): number { return Math.min(Math.max(p, 0), 1) }
function step (x: number, at: number): number { return x >= at ? 1 : 0 }

function triangular (low: number, mode: number, high: number, x: number): number {
  if (x <= low) return high === low ? step(x, low) : 0
  if (x >= high) return 1
  return x < mode ? (x - low) ** 2 / ((high - low) * (mode - low)) : 1 - (high - x) ** 2 / ((high - low) * (high - mode))
}

function empirical (points: readonly { readonly p: number, readonly x: number }[], x: number): number {
  let p = 0
  for (const [i, point] of points.entries()) {
    const before = points[i - 1]
    if (x >= point.x) p = point.p
    else if (before !== undefined && x > before.x) return before.p + (point.p - before.p) * (x - before.x) / (point.x - before.x)
  }
  return p
}
