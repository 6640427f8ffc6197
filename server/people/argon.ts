/**
 * argon2id, a few at a time. It runs on the threads that also look up host names for pushes: a flood of PINs must
 * neither hold up a press nor those whom it calls.
 */
import { hash, verify } from '@node-rs/argon2'
import { PIN_HASHES_AT_ONCE, PIN_HASHES_WAITING_MAX } from './limits.ts'

/** argon2id (the package's default algorithm), 19 MiB, two passes: OWASP's minimum, about 20 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export class Argon {
  #running = 0
  #computed = 0
  readonly #waiting: (() => void)[] = []

  /** How many were computed: whoever claims to do the same work for every PIN is held to it. */
  get computed (): number { return this.#computed }

  /** More wait than may: the caller is told to come back, before anything is computed. */
  get isFull (): boolean { return this.#waiting.length >= PIN_HASHES_WAITING_MAX }

  async hash (secret: string): Promise<string> { return await this.#inTurn(async () => await hash(secret, COST)) }

  async verify (hashed: string, secret: string): Promise<boolean> { return await this.#inTurn(async () => await verify(hashed, secret)) }

  async #inTurn<T> (compute: () => Promise<T>): Promise<T> {
    if (this.#running < PIN_HASHES_AT_ONCE) this.#running += 1
    // Handed on by whoever ends: it never falls below, or a newcomer would slip in.
    else await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
    this.#computed += 1
    try {
      return await compute()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}
