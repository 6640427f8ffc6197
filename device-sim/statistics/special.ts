/** Special functions, as far as the intervals and tests of the study need them; relative error below 1e-12 where it is tested. */

const LANCZOS_FIRST = 0.99999999999980993
const LANCZOS: readonly number[] = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7]
const LANCZOS_G = 7
const TINY = 1e-300
const EPSILON = 1e-16
const MOST_TERMS = 10_000

/** ln Γ(x) for x > 0. @see Lanczos 1964, SIAM J. Numer. Anal. B 1, 86 (g = 7, n = 9) */
export function logGamma (x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const sum = LANCZOS.reduce((total, coefficient, i) => total + coefficient / (x + i), LANCZOS_FIRST)
  const t = x + LANCZOS_G - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Regularised incomplete beta I_x(a, b), 0 <= x <= 1, a and b > 0. @see Press et al., Numerical Recipes, 6.4 (Lentz's continued fraction) */
export function incompleteBeta (x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  // The fraction converges fast on this side only.
  return x < (a + 1) / (a + b + 2) ? front * betaFraction(x, a, b) / a : 1 - front * betaFraction(1 - x, b, a) / b
}

function betaFraction (x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - (a + b) * x / (a + 1))
  let h = d
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    h *= d * c
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    h *= d * c
    if (Math.abs(d * c - 1) < EPSILON) break
  }
  return h
}

/** Regularised upper incomplete gamma Q(a, x) = Γ(a, x) / Γ(a), a > 0, x >= 0. @see Press et al., Numerical Recipes, 6.2 */
export function upperGamma (a: number, x: number): number {
  if (x <= 0) return 1
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x)
}

/** Regularised lower incomplete gamma P(a, x) = 1 - Q(a, x), without losing small values to the subtraction. */
export function lowerGamma (a: number, x: number): number {
  if (x <= 0) return 0
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x)
}

function gammaSeries (a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < MOST_TERMS && Math.abs(term) > Math.abs(sum) * EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a))
}

function gammaFraction (a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / away(b)
  let h = d
  for (let i = 1; i < MOST_TERMS; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / away(an * d + b)
    c = away(b + an / c)
    h *= d * c
    if (Math.abs(d * c - 1) < EPSILON) break
  }
  return h * Math.exp(a * Math.log(x) - x - logGamma(a))
}

/** Lentz's algorithm divides by these: never by zero. */
function away (value: number): number { return Math.abs(value) < TINY ? TINY : value }
