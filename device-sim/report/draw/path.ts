/** Lines and bands through points of pixels. */
import { rounded } from './svg.ts'

export type Point = readonly [x: number, y: number]

const pair = ([x, y]: Point): string => `${rounded(x)} ${rounded(y)}`

export function linePath (points: readonly Point[]): string { return points.length === 0 ? '' : `M${points.map(pair).join('L')}` }

/** A step function: level until the next point, then up. */
export function stepPath (points: readonly Point[]): string {
  return points.map(([x, y], n) => n === 0 ? `M${pair([x, y])}` : `H${rounded(x)}V${rounded(y)}`).join('')
}

function corners (points: readonly Point[]): Point[] {
  return points.flatMap(([x, y], n): Point[] => n === 0 ? [[x, y]] : [[x, points[n - 1]?.[1] ?? y], [x, y]])
}

/** Between two step functions over the same xs. */
export function stepBand (low: readonly Point[], high: readonly Point[]): string {
  return low.length === 0 ? '' : `M${[...corners(low), ...corners(high).reverse()].map(pair).join('L')}Z`
}

export function band (low: readonly Point[], high: readonly Point[]): string {
  return low.length === 0 ? '' : `M${[...low, ...[...high].reverse()].map(pair).join('L')}Z`
}
