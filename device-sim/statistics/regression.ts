/** What moves the output, read from a Latin hypercube: standardised regression and partial rank correlation, with intervals. */
import { zOf } from './interval.ts'
import type { Interval } from './interval.ts'
import { studentQuantile } from './student.ts'

/** Ranks from 1; ties share the mean of theirs. */
export function ranks (values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  const ranked: number[] = []
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1
    for (const { i } of order.slice(from, to)) ranked[i] = (from + 1 + to) / 2
    from = to
  }
  return ranked
}

/** Pearson's correlation; NaN without spread. */
export function correlation (a: readonly number[], b: readonly number[]): number {
  const meanA = a.reduce((sum, x) => sum + x, 0) / a.length
  const meanB = b.reduce((sum, x) => sum + x, 0) / b.length
  let [ab, aa, bb] = [0, 0, 0]
  for (const [i, x] of a.entries()) {
    const [da, db] = [x - meanA, (b[i] ?? NaN) - meanB]
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return ab / Math.sqrt(aa * bb)
}

/** Inverse of a symmetric matrix by Gauss-Jordan with pivots; null: singular (two factors move as one, or one does not move). */
export function inverse (matrix: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let column = 0; column < n; column++) {
    let best = column
    for (let i = column; i < n; i++) if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i
    const pivotRow = rows[best]
    const other = rows[column]
    const pivot = pivotRow?.[column] ?? 0
    if (pivotRow === undefined || other === undefined || !(Math.abs(pivot) > 1e-10)) return null
    rows[best] = other
    const scaled = pivotRow.map((x) => x / pivot)
    rows[column] = scaled
    for (const [i, row] of rows.entries()) {
      const times = row[column] ?? 0
      if (i !== column && times !== 0) rows[i] = row.map((x, j) => x - times * (scaled[j] ?? 0))
    }
  }
  return rows.map((row) => row.slice(n))
}

const unknown: Interval = { value: NaN, low: NaN, high: NaN }

function correlations (columns: readonly (readonly number[])[]): number[][] {
  return columns.map((a, i) => columns.map((b, j) => (i === j ? 1 : correlation(a, b))))
}

/**
 * Partial rank correlation of each factor (column of `points`) with the output, the other factors held fixed; interval by Fisher's z with n - 3 - (k - 1) in the root.
 * For monotone models; 0 does not mean "no effect" where the effect turns round.
 * @see Saltelli & Marivoet 1990; Marino et al. 2008, J. Theor. Biol. 254, 178; Anderson 2003, 4.3.3
 */
export function partialRankCorrelation (points: readonly (readonly number[])[], outputs: readonly number[], level = 0.95): Interval[] {
  const factors = points[0]?.length ?? 0
  const columns = [...Array.from({ length: factors }, (_, j) => ranks(points.map((point) => point[j] ?? NaN))), ranks(outputs)]
  const p = inverse(correlations(columns))
  const room = points.length - 3 - (factors - 1)
  return Array.from({ length: factors }, (_, j) => {
    const scale = Math.sqrt((p?.[j]?.[j] ?? NaN) * (p?.[factors]?.[factors] ?? NaN))
    const value = -(p?.[j]?.[factors] ?? NaN) / scale
    if (Number.isNaN(value)) return unknown
    const half = room > 0 ? zOf(level) / Math.sqrt(room) : Infinity
    return { value, low: Math.tanh(Math.atanh(value) - half), high: Math.tanh(Math.atanh(value) + half) }
  })
}

export type Regression = { readonly coefficients: readonly Interval[], /** Share of the output's variance that a straight line in the factors explains. */ readonly r2: number }

/**
 * Standardised regression coefficients (of ranks, if asked): change of the output in its standard deviations for one of the factor's. Student's interval.
 * @see Saltelli et al. 2008, Global Sensitivity Analysis: The Primer, 1.2.5; Rencher & Schaalje 2008, 7.5
 */
export function standardisedRegression (points: readonly (readonly number[])[], outputs: readonly number[], options: { readonly level?: number, readonly ranked?: boolean } = {}): Regression {
  const { level = 0.95, ranked = false } = options
  const factors = points[0]?.length ?? 0
  const as = (values: readonly number[]): readonly number[] => (ranked ? ranks(values) : values)
  const columns = Array.from({ length: factors }, (_, j) => as(points.map((point) => point[j] ?? NaN)))
  const output = as(outputs)
  const inverted = inverse(correlations(columns))
  const withOutput = columns.map((column) => correlation(column, output))
  const freedom = points.length - factors - 1
  if (inverted === null || withOutput.some(Number.isNaN)) return { coefficients: withOutput.map(() => unknown), r2: NaN }
  const values = inverted.map((row) => row.reduce((sum, x, j) => sum + x * (withOutput[j] ?? NaN), 0))
  const r2 = values.reduce((sum, value, j) => sum + value * (withOutput[j] ?? NaN), 0)
  const t = freedom > 0 ? studentQuantile((1 + level) / 2, freedom) : Infinity
  return {
    r2,
    coefficients: values.map((value, j) => {
      const half = freedom > 0 ? t * Math.sqrt(Math.max(0, 1 - r2) * (inverted[j]?.[j] ?? NaN) / freedom) : Infinity
      return { value, low: value - half, high: value + half }
    })
  }
}
