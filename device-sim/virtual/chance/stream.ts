/**
 * One stream of chance: of one entity, for one purpose, in one replication. Its k-th number depends on these and on k
 * alone, never on what was drawn elsewhere, or how often: this is what makes policies share their luck.
 */
import { sha256Key } from './sha256.ts'
import { uniform } from './threefry.ts'

const WORD = 2 ** 32

export class Stream {
  readonly #key0: number
  readonly #key1: number
  #next = 0

  constructor (key: readonly [number, number]) {
    this.#key0 = key[0]
    this.#key1 = key[1]
  }

  /** The number of event `k`, a whole number from 0 to 2^53, in (0, 1). Twice the same question, twice the same answer. */
  at (k: number): number {
    return uniform(this.#key0, this.#key1, k | 0, (k / WORD) | 0)
  }

  /** For a process that only ever goes forward: the numbers of events 0, 1, 2, ... by turns. */
  next (): number { return this.at(this.#next++) }
}

/** @param entity such as `house 3 room 2`; @param purpose such as `reaction` */
export function stream (seed: number, replication: number, entity: string, purpose: string): Stream {
  return new Stream(sha256Key(`${seed}|${replication}|${entity}|${purpose}`))
}
