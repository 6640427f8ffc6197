/** How unevenly a burden is borne. Values >= 0, one a person. */
import { ascending } from './quantile.ts'

/** Gini's coefficient: Σ (2i - n - 1) x_i / (n Σ x), x ascending. 0: all alike; (n - 1) / n: one bears all; NaN: nobody bears anything. @see Gastwirth 1972, Rev. Econ. Stat. 54, 306 */
export function gini (values: readonly number[]): number {
  const sorted = ascending(values)
  const n = sorted.length
  const total = sorted.reduce((sum, x) => sum + x, 0)
  return sorted.reduce((sum, x, i) => sum + (2 * (i + 1) - n - 1) * x, 0) / (n * total)
}

/** Share of everything that the busiest one bears; NaN: nobody bears anything. */
export function shareOfBusiest (values: readonly number[]): number {
  return values.reduce((most, x) => Math.max(most, x), 0) / values.reduce((sum, x) => sum + x, 0)
}

/** Lorenz curve: the share of the burden that the least busy share of people bears; from (0, 0) to (1, 1). */
export function lorenz (values: readonly number[]): { readonly people: number, readonly burden: number }[] {
  const sorted = ascending(values)
  const total = sorted.reduce((sum, x) => sum + x, 0)
  let borne = 0
  return [{ people: 0, burden: 0 }, ...sorted.map((x, i) => {
    borne += x
    return { people: (i + 1) / sorted.length, burden: total === 0 ? NaN : borne / total }
  })]
}
