/** Her PIN and her duress PIN (R15, R16, R24): argon2id, both hashes computed at every question. */
import { hash, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { journalLine } from './journal.ts'
import { PIN_DIFFERENCE_MIN, PIN_DIGITS_MAX, PIN_DIGITS_MIN, PIN_FREE_TRIES, PIN_WAIT_FIRST_MS, PIN_WAIT_MAX_MS } from './limits.ts'
import type { PinService, PinVerdict } from './services.ts'
import type { WorkerId } from './words.ts'

/** As sealed with her key. `duress` is always a hash, of noise when none is set: nobody can tell from the row. */
export type PinsHeld = { readonly pin: string, readonly duress: string, readonly hasDuress: boolean }

/** argon2id (the package's default algorithm), 19 MiB, two passes: OWASP's minimum, about 20 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Nothing longer is hashed. */
const INPUT_CHARS_MAX = 32

type Tries = { wrong: number, waitUntilMono: number }

export class Pins implements PinService {
  readonly #base: Base
  readonly #tries = new Map<string, Tries>()
  /** One question at a time per worker: a hundred guesses at once must not slip past the waiting time. */
  readonly #turns = new Map<string, Promise<unknown>>()
  #noise: Promise<string> | null = null

  constructor (base: Base) { this.#base = base }

  async verify (worker: WorkerId, pin: string): Promise<PinVerdict> {
    const turn = (this.#turns.get(worker) ?? Promise.resolve()).then(() => this.#verify(worker, pin))
    const settled = turn.catch(() => undefined)
    this.#turns.set(worker, settled)
    try {
      return await turn
    } finally {
      if (this.#turns.get(worker) === settled) this.#turns.delete(worker)
    }
  }

  async set (worker: WorkerId, current: string | null, pin: string, duress: string | null) {
    if (this.#base.keyring.key(worker) === null) return refuse('WORKER_NOT_FOUND')
    const unfit = unfitness(pin, duress)
    if (unfit !== null) return refuse(unfit)
    if (duress !== null && !this.#somebodyMayKnow(worker)) return refuse('NOBODY_MAY_KNOW')
    const verdict = await this.verify(worker, current ?? '')
    if (verdict === 'wait') return refuse('PIN_WAIT')
    if (verdict === 'wrong') return refuse('PIN_WRONG')
    const next: PinsHeld = { pin: await hash(pin, COST), duress: await hash(duress ?? noise(), COST), hasDuress: duress !== null }
    // Forced to change it: the same work and the same write, of what was there before (R16).
    const held = verdict === 'duress' ? this.#held(worker) ?? next : next
    const sealed = this.#base.keyring.sealText(worker, JSON.stringify(held), 'pins')
    // Pretended, it leaves no line in her journal: only the screen that was lied to shows one.
    const line = verdict === 'duress' ? [] : journalLine(this.#base, worker, { what: 'pin-changed', by: 'you' })
    const written = await this.#base.write('setPins', { worker, pins: sealed, duress: held.hasDuress }, line)
    return written.ok ? { ok: true as const, pretended: verdict === 'duress' } : written
  }

  /** Whether somebody must stay marked "may know". Never shown. */
  hasDuress (worker: WorkerId): boolean { return this.#held(worker)?.hasDuress === true }

  async #verify (worker: WorkerId, pin: string): Promise<PinVerdict> {
    const held = this.#held(worker)
    const input = pin.slice(0, INPUT_CHARS_MAX)
    this.#noise ??= hash(noise(), COST)
    const stand = await this.#noise
    // One after the other, both, always: whichever is right, and if none is set, it takes the same time.
    const isTrue = await verify(held?.pin ?? stand, input)
    const isDuress = await verify(held?.duress ?? stand, input)
    if (held === null) return 'unset'
    const tries = this.#tries.get(worker) ?? { wrong: 0, waitUntilMono: 0 }
    if (this.#base.clock.mono() < tries.waitUntilMono) return 'wait'
    if (isTrue || isDuress) {
      this.#tries.delete(worker)
      return isTrue ? 'true' : 'duress'
    }
    const wrong = tries.wrong + 1
    const over = wrong - PIN_FREE_TRIES
    const waitMs = over < 0 ? 0 : Math.min(PIN_WAIT_FIRST_MS * 2 ** over, PIN_WAIT_MAX_MS)
    this.#tries.set(worker, { wrong, waitUntilMono: this.#base.clock.mono() + waitMs })
    // Once a series: somebody tries her PIN.
    if (over === 0) void this.#base.directory.recorder.keep('note', {}, journalLine(this.#base, worker, { what: 'pin-tried', by: 'service' }))
    return 'wrong'
  }

  #held (worker: WorkerId): PinsHeld | null {
    const plain = this.#base.keyring.text(worker, this.#base.picture.folk.workers.get(worker)?.pins ?? null, 'pins')
    return plain === null ? null : JSON.parse(plain) as PinsHeld
  }

  #somebodyMayKnow (worker: WorkerId): boolean {
    return [...this.#base.picture.folk.contacts.get(worker)?.values() ?? []].some((contact) => contact.mayKnow)
  }
}

function noise (): string { return randomBytes(16).toString('hex') }

function unfitness (pin: string, duress: string | null): 'PIN_FORMAT' | 'PIN_TOO_CLOSE' | null {
  const digits = new RegExp(`^[0-9]{${PIN_DIGITS_MIN},${PIN_DIGITS_MAX}}$`)
  if (!digits.test(pin)) return 'PIN_FORMAT'
  if (duress === null) return null
  // Equal length, or its length would tell which one was typed.
  if (!digits.test(duress) || duress.length !== pin.length) return 'PIN_FORMAT'
  const different = [...pin].filter((digit, i) => digit !== duress[i]).length
  return different < PIN_DIFFERENCE_MIN ? 'PIN_TOO_CLOSE' : null
}
