/**
 * What a PIN guards (R16): her circle, contacts, consents, sessions and shortcuts. Entered once, it opens them for some
 * minutes on this phone. The duress PIN opens them too, shows every change as done, and changes nothing.
 */
import type { FastifyRequest } from 'fastify'
import type { Cancel, Clock } from '../clock/clock.ts'
import type { ByPin } from '../people/check-in-services.ts'
import type { People } from '../people/services.ts'
import type { SessionId, WorkerId } from '../people/words.ts'
import { callerOf, workerOf, workerSession } from './caller.ts'
import type { Limiter } from './limiter.ts'
import { Problem } from './problem.ts'
import { refusal } from './refuse.ts'
import { Veil } from './veil.ts'

/** Long enough to reorder a circle, short enough for a phone that is taken. */
export const UNLOCKED_MS = 5 * 60_000
/** Phones opened at once; beyond it the one opened longest ago locks. */
const OPEN_MAX = 5_000
/** `veil: null`: the changes are hers and happen. */
export type Opened = { readonly worker: WorkerId, readonly veil: Veil | null }
type Open = { readonly veil: Veil | null, readonly lock: Cancel }

export class Guard {
  readonly #people: People
  readonly #clock: Clock
  readonly #limiter: Limiter
  readonly #open = new Map<SessionId, Open>()
  /** As they lie in the store, and what was shown since. Until she sets new PINs with her own: he may come back and look again. */
  readonly #veils = new Map<WorkerId, Veil>()
  /** Phones on which her own PIN was the last one typed. */
  readonly #hers = new Set<SessionId>()

  constructor (people: People, clock: Clock, limiter: Limiter) {
    this.#people = people
    this.#clock = clock
    this.#limiter = limiter
  }

  /** The verdict on a PIN, wrong ones counted against this phone alone. Never asked before raising. */
  async verdict (worker: WorkerId, pin: string, phone: SessionId): Promise<'true' | 'duress'> {
    const { pins } = this.#people
    this.#limiter.take('pin', phone, pins.waitMs(worker, phone))
    const verdict = await pins.verify(worker, pin, phone)
    switch (verdict) {
      case 'true':
      case 'duress':
        this.#limiter.giveBack('pin', phone)
        this.#typed(worker, phone, verdict)
        return verdict
      case 'wrong': throw refusal('PIN_WRONG')
      case 'wait': throw refusal('PIN_WAIT', Math.max(1, Math.ceil(Math.max(pins.waitMs(worker, phone), this.#limiter.waitMs('pin', phone)) / 1_000)))
      case 'unset': throw refusal('PIN_UNSET')
    }
  }

  async unlock (request: FastifyRequest, pin: string): Promise<void> {
    const { id } = workerSession(request)
    const worker = workerOf(request)
    const verdict = await this.verdict(worker, pin, id)
    this.lock(id)
    const lock = this.#clock.after(UNLOCKED_MS, () => { this.#open.delete(id) })
    this.#open.set(id, { veil: verdict === 'duress' ? this.veilOf(worker) : null, lock })
    const [oldest] = this.#open.keys()
    if (this.#open.size > OPEN_MAX && oldest !== undefined) this.lock(oldest)
  }

  /** What this worker's screens are to pretend, from now on. */
  veilOf (worker: WorkerId): Veil {
    const veil = this.#veils.get(worker) ?? new Veil(this.#clock, this.#people.veils.of(worker))
    this.#veils.set(worker, veil)
    const [oldest] = this.#veils.keys()
    if (this.#veils.size > OPEN_MAX && oldest !== undefined) this.#veils.delete(oldest)
    return veil
  }

  /** For what no PIN guards and the veil covers all the same, locked or not: it must not give the lie away. Where her own PIN was the last one typed there is none. */
  veilOver (request: FastifyRequest): Veil | null {
    const { worker } = callerOf(request)
    if (worker === null || this.#hers.has(workerSession(request).id)) return null
    return this.#veils.has(worker) || this.#people.veils.of(worker) !== null ? this.veilOf(worker) : null
  }

  /** New PINs were set: with her own, nothing is pretended any more; else they are from now on. */
  async newPins (request: FastifyRequest, pretended: boolean): Promise<void> {
    const worker = workerOf(request)
    this.#typed(worker, workerSession(request).id, pretended ? 'duress' : 'true')
    if (pretended) this.veilOf(worker).tell({ what: 'pin-changed', by: 'you' }).settled()
    else {
      this.#veils.delete(worker)
      await this.#people.veils.forget(worker)
    }
  }

  /** Keeps what this request pretended, as the store would have kept it had it been done. @throws StoreFailed */
  async settle (request: FastifyRequest): Promise<void> {
    const { worker } = callerOf(request)
    const veil = worker === null ? undefined : this.#veils.get(worker)
    if (worker === null || veil === undefined || veil.isKept) return
    try {
      await this.#people.veils.keep(worker, veil.text)
      veil.settled()
    } catch (error) {
      // What could not be kept was not done, as it looks from outside.
      this.#veils.delete(worker)
      throw error
    }
  }

  #typed (worker: WorkerId, phone: SessionId, verdict: 'true' | 'duress'): void {
    this.#people.veils.typed(worker, verdict)
    this.#hers.delete(phone)
    if (verdict === 'true') this.#hers.add(phone)
    const [oldest] = this.#hers
    if (this.#hers.size > OPEN_MAX && oldest !== undefined) this.#hers.delete(oldest)
  }

  lock (session: SessionId): void {
    this.#open.get(session)?.lock()
    this.#open.delete(session)
  }

  /** Whose word a request carries that is asked for no PIN: nobody's (`locked`), hers, or hers under duress. */
  standing (request: FastifyRequest): ByPin | 'locked' {
    if (this.#people.workers.self(workerOf(request))?.hasPin !== true) return 'unset'
    const open = this.#open.get(workerSession(request).id)
    if (open === undefined) return 'locked'
    return open.veil === null ? 'true' : 'duress'
  }

  /** Without a PIN everything is open: there is nothing to ask for. */
  opened (request: FastifyRequest): Opened {
    const worker = workerOf(request)
    const open = this.#open.get(workerSession(request).id)
    if (open !== undefined) return { worker, veil: open.veil }
    if (this.#people.workers.self(worker)?.hasPin === true) throw new Problem('PIN_NEEDED', { detail: 'Unlock with the PIN first.' })
    return { worker, veil: null }
  }

  /** Locks every phone; the app is closing. */
  close (): void {
    for (const id of [...this.#open.keys()]) this.lock(id)
  }
}
