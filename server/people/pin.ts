/** Her PIN and her duress PIN (R15, R16, R24): argon2id, both hashes computed at every question. */
import { randomBytes } from 'node:crypto'
import { Argon } from './argon.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { journalLine } from './journal.ts'
import { PIN_DIFFERENCE_MIN, PIN_DIGITS_MAX, PIN_DIGITS_MIN, PIN_FREE_TRIES, PIN_TRIERS_MAX, PIN_WAIT_FIRST_MS, PIN_WAIT_MAX_MS } from './limits.ts'
import type { NewPins, PinService, PinVerdict } from './services.ts'
import type { WorkerId } from './words.ts'

/** As sealed with her key. `duress` is always a hash, of noise when none is set: nobody can tell from the row. */
export type PinsHeld = { readonly pin: string, readonly duress: string, readonly hasDuress: boolean }

/** Nothing longer is hashed. */
const INPUT_CHARS_MAX = 32

type Tries = { wrong: number, waitUntilMono: number }

export class Pins implements PinService {
  readonly argon = new Argon()
  readonly #base: Base
  /** By phone: wrong ones typed with a stolen session must not keep her own phone from ending (R16). */
  readonly #tries = new Map<string, Tries>()
  /** One question at a time per phone: a hundred guesses at once must not slip past the waiting time. */
  readonly #turns = new Map<string, Promise<unknown>>()
  #noise: Promise<string> | null = null

  constructor (base: Base) { this.#base = base }

  async verify (worker: WorkerId, pin: string, phone: string): Promise<PinVerdict> {
    if (this.argon.isFull) return 'wait'
    const key = `${worker}/${phone}`
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(() => this.#verify(worker, pin, key))
    const settled = turn.catch(() => undefined)
    this.#turns.set(key, settled)
    try {
      return await turn
    } finally {
      if (this.#turns.get(key) === settled) this.#turns.delete(key)
    }
  }

  waitMs (worker: WorkerId, phone: string): number {
    return Math.max(0, (this.#tries.get(`${worker}/${phone}`)?.waitUntilMono ?? 0) - this.#base.clock.mono())
  }

  async set (worker: WorkerId, { current, pin, duress }: NewPins, phone: string) {
    if (this.#base.keyring.key(worker) === null) return refuse('WORKER_NOT_FOUND')
    const unfit = unfitness(pin, duress)
    if (unfit !== null) return refuse(unfit)
    if (duress !== null && !this.#somebodyMayKnow(worker)) return refuse('NOBODY_MAY_KNOW')
    const verdict = await this.verify(worker, current ?? '', phone)
    if (verdict === 'wait') return refuse('PIN_WAIT')
    if (verdict === 'wrong') return refuse('PIN_WRONG')
    const next: PinsHeld = { pin: await this.argon.hash(pin), duress: await this.argon.hash(duress ?? noise()), hasDuress: duress !== null }
    const before = this.#held(worker)
    // Forced to change it: the same work and the same write. Her own PIN stays, and what she was forced to set is from now
    // on the one that lies: whoever forced her will try it out, and the old one must fail as after a true change (R16).
    const held = verdict === 'duress' && before !== null ? { pin: before.pin, duress: next.pin, hasDuress: true } : next
    const sealed = this.#base.keyring.sealText(worker, JSON.stringify(held), 'pins')
    // Pretended, it leaves no line in her journal: only the screen that was lied to shows one.
    const line = verdict === 'duress' ? [] : journalLine(this.#base, worker, { what: 'pin-changed', by: 'you' })
    const written = await this.#base.write('setPins', { worker, pins: sealed, duress: held.hasDuress }, line)
    return written.ok ? { ok: true as const, pretended: verdict === 'duress' } : written
  }

  async #verify (worker: WorkerId, pin: string, key: string): Promise<PinVerdict> {
    const held = this.#held(worker)
    const input = pin.slice(0, INPUT_CHARS_MAX)
    this.#noise ??= this.argon.hash(noise())
    const stand = await this.#noise
    // One after the other, both, always: whichever is right, and if none is set, it takes the same time.
    const isTrue = await this.argon.verify(held?.pin ?? stand, input)
    const isDuress = await this.argon.verify(held?.duress ?? stand, input)
    if (held === null) return 'unset'
    const tries = this.#tries.get(key) ?? { wrong: 0, waitUntilMono: 0 }
    if (this.#base.clock.mono() < tries.waitUntilMono) return 'wait'
    this.#tries.delete(key)
    if (isTrue || isDuress) return isTrue ? 'true' : 'duress'
    const wrong = tries.wrong + 1
    const over = wrong - PIN_FREE_TRIES
    const waitMs = over < 0 ? 0 : Math.min(PIN_WAIT_FIRST_MS * 2 ** over, PIN_WAIT_MAX_MS)
    this.#tries.set(key, { wrong, waitUntilMono: this.#base.clock.mono() + waitMs })
    const [oldest] = this.#tries.keys()
    if (this.#tries.size > PIN_TRIERS_MAX && oldest !== undefined) this.#tries.delete(oldest)
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
