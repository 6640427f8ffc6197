/** The numbers that everything is drawn from: even, and independent from one to the next and from one key to its neighbour. */
import { chiSquareTest, ksTest, serialCorrelation } from '../statistics/goodness.ts'
import { stream } from '../virtual/chance/stream.ts'
import { ALPHA, atMost } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** The k-th number of a stream, as `stream(...).at` gives it. */
export type Numbers = (seed: number, replication: number, entity: string, purpose: string) => { readonly at: (k: number) => number }

const BINS = 100
const LONG = 200_000
const KEYS = 50_000

function even (values: readonly number[]): { readonly statistic: number, readonly critical: number } {
  const counts = new Array<number>(BINS).fill(0)
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor(value * BINS))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return chiSquareTest(counts, counts.map(() => values.length / BINS), ALPHA)
}

export function streams (numbers: Numbers, seed: number): Outcome[] {
  const one = numbers(seed, 1, 'house 1 room 1', 'reaction')
  const along = Array.from({ length: LONG }, (_, k) => one.at(k))
  const acrossReplications = Array.from({ length: KEYS }, (_, replication) => numbers(seed, replication, 'house 1 room 1', 'reaction').at(0))
  const acrossEntities = Array.from({ length: KEYS }, (_, room) => numbers(seed, 1, `house 1 room ${room}`, 'reaction').at(0))
  const chi = (check: string, values: readonly number[]): Outcome => {
    const { statistic, critical } = even(values)
    return atMost({ check, claim: 'The numbers are even over a hundred bins.', measures: 'chi-square', n: values.length }, statistic, critical)
  }
  const serial = (check: string, values: readonly number[]): Outcome => {
    const { statistic, critical } = serialCorrelation(values, ALPHA)
    return atMost({ check, claim: 'Neighbours know nothing of each other.', measures: '|correlation|', n: values.length }, statistic, critical)
  }
  const ks = ksTest(along, (x) => Math.min(1, Math.max(0, x)), ALPHA)
  return [
    chi('stream: even', along),
    atMost({ check: 'stream: uniform', claim: 'The numbers of one stream are those of the uniform distribution.', measures: 'KS distance', n: along.length }, ks.statistic, ks.critical),
    serial('stream: neighbours', along),
    chi('keys: even over replications', acrossReplications),
    serial('keys: neighbouring replications', acrossReplications),
    chi('keys: even over rooms', acrossEntities),
    serial('keys: neighbouring rooms', acrossEntities)
  ]
}

export const realNumbers: Numbers = stream
