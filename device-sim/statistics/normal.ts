/** The standard normal distribution. */
import { upperGamma } from './special.ts'

/** Φ(z). */
export function normalCdf (z: number): number {
  if (!Number.isFinite(z)) return z > 0 ? 1 : z < 0 ? 0 : NaN
  const tail = 0.5 * upperGamma(0.5, z * z / 2)
  return z < 0 ? tail : 1 - tail
}

const P_LOW = 0.02425
const [A1, A2, A3, A4, A5, A6] = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239] as const
const [B1, B2, B3, B4, B5] = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572] as const
const [C1, C2, C3, C4, C5, C6] = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783] as const
const [D1, D2, D3, D4] = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const

/** Φ⁻¹(p); ∓Infinity at 0 and 1. @see Acklam 2003 (rational approximation, relative error 1.15e-9), made exact by one step of Halley */
export function normalQuantile (p: number): number {
  if (p <= 0) return -Infinity
  if (p >= 1) return Infinity
  if (p > 0.5) return -normalQuantile(1 - p)
  const z = p < P_LOW ? tail(Math.sqrt(-2 * Math.log(p))) : middle(p - 0.5)
  const error = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp(z * z / 2)
  return z - error / (1 + z * error / 2)
}

function tail (q: number): number {
  return (((((C1 * q + C2) * q + C3) * q + C4) * q + C5) * q + C6) / ((((D1 * q + D2) * q + D3) * q + D4) * q + 1)
}

function middle (q: number): number {
  const r = q * q
  return (((((A1 * r + A2) * r + A3) * r + A4) * r + A5) * r + A6) * q / (((((B1 * r + B2) * r + B3) * r + B4) * r + B5) * r + 1)
}
