/**
 * What a drill measures, as it is counted (R20, R21): for each person on a list, within which mark a device of theirs
 * proved that it showed the call, and within which they answered. Two classes, never a time, and nobody's name.
 */
import type { DrillPersonRow } from '../store/readiness-writes.ts'

const SECOND_MS = 1_000
/** A drill lasts two minutes: what comes later is as good as never. */
const MARKS_S = [5, 10, 20, 30, 40, 60, 120] as const
/** In their order; each above the mark before it. The last: not within the drill. */
export const WITHINS = ['by-5-s', 'by-10-s', 'by-20-s', 'by-30-s', 'by-40-s', 'by-60-s', 'by-120-s', 'not-by-120-s'] as const
export type Within = typeof WITHINS[number]

export type RoundTrip = { readonly shown: Within, readonly answered: Within }
export type Measured = Pick<DrillPersonRow, 'shownMs' | 'answeredMs'>

/** Who could not even be told has shown and answered nothing. An answer proves that it was shown. */
export function roundTripOf ({ shownMs, answeredMs }: Measured): RoundTrip {
  const [shown, answered] = [within(shownMs), within(answeredMs)]
  return { shown: rank(shown) <= rank(answered) ? shown : answered, answered }
}

export function codeOf ({ shown, answered }: RoundTrip): string { return `${shown}/${answered}` }

export function roundTripIn (code: string): RoundTrip {
  const [shown, answered] = code.split('/') as [Within, Within]
  return { shown, answered }
}

export function rank (within: Within): number { return WITHINS.indexOf(within) }

/** How many people came to each, of one drill. */
export function tally (people: readonly Measured[]): readonly { readonly result: string, readonly n: number }[] {
  const found = new Map<string, number>()
  for (const person of people) {
    const code = codeOf(roundTripOf(person))
    found.set(code, (found.get(code) ?? 0) + 1)
  }
  return [...found].map(([result, n]) => ({ result, n }))
}

function within (ms: number | null): Within {
  const at = ms === null ? -1 : MARKS_S.findIndex((mark) => ms <= mark * SECOND_MS)
  return WITHINS[at] ?? 'not-by-120-s'
}
