/** Codes of the published figures, in words. An unknown code is shown as it is: a newer service may know more. */
import { say, spoken } from '../say/say.ts'
import { RESULTS } from './figures.ts'
import type { Line, Result } from './figures.ts'

export function percent (share: number): string { return new Intl.NumberFormat(spoken.value, { style: 'percent', maximumFractionDigits: 0 }).format(share) }

/** An aim, as it was set: 98.5 %, not 99. */
export function exactPercent (share: number): string { return new Intl.NumberFormat(spoken.value, { style: 'percent', maximumFractionDigits: 1 }).format(share) }

export function count (n: number): string { return new Intl.NumberFormat(spoken.value).format(n) }

/** `2026-Q4` -> "4th quarter of 2026". */
export function quarterName (quarter: string): string {
  const [year = '', number = ''] = quarter.split('-Q')
  return say('researcher.quarter', { year, number })
}

export function placeName ({ region, type }: Pick<Line, 'region' | 'type'>): string {
  return region === 'none' ? say('researcher.alone') : `${say(`researcher.region.${region}`)}, ${say(`researcher.type.${type === 'employed' ? 'employed' : 'independent'}`)}`
}

export function resultName (code: string): string {
  if (code === 'hours' || code === 'working-hours') return say(`researcher.hours.${code}`)
  return isResult(code) ? say(`researcher.result.${code}`) : code
}

function isResult (code: string): code is Result { return (RESULTS as readonly string[]).includes(code) }
