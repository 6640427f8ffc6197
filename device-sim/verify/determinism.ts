/** The same scenario, seed and number of the replication give the same bytes, whatever was run before; another seed gives others. */
import { createHash } from 'node:crypto'
import { acceptanceScenario } from './closed-form.ts'
import { atMost } from './outcome.ts'
import type { Outcome, Replicate } from './outcome.ts'

const ROOMS = 10

export function determinism (replicate: Replicate, seed: number): Outcome {
  const bytes = (of: number, replication: number): string => createHash('sha256').update(JSON.stringify(replicate(acceptanceScenario(of, ROOMS), 0, replication))).digest('hex')
  const first = [0, 1, 2].map((replication) => bytes(seed, replication))
  // In another order, and with a stranger in between.
  const stranger = bytes(seed + 1, 0)
  const again = [2, 0, 1].map((replication) => bytes(seed, replication))
  const differing = [again[1] !== first[0], again[2] !== first[1], again[0] !== first[2], stranger === first[0], first[0] === first[1]].filter(Boolean).length
  return atMost({
    check: 'same seed, same bytes',
    claim: 'Replications run again, in another order, are the same to the byte (SHA-256); another seed and another replication are not.',
    measures: 'comparisons that surprise',
    n: 5
  }, differing, 0)
}
