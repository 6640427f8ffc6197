import { randomBytes } from 'node:crypto'
import { eventKey } from '../firmware-protocol/event-key.ts'
import type { Did } from '../firmware-protocol/ids.ts'
import { REPLAY_PROOF_MS, SYNC_EVERY_MS } from '../firmware-protocol/limits.ts'
import { weighProof, type ProofFact, type Suspicion } from '../firmware-protocol/suspicion.ts'
import { EVENTS_REMEMBERED_MAX } from './limits.ts'
import type { Outbound } from './outbound.ts'
import type { ButtonEvent, Clock, House, MonoMs } from './ports.ts'

const NONCE_BYTES = 8

type Suspect = { readonly event: ButtonEvent, suspicion: Suspicion }
type Doubted = {
  /** The newest `sync`: its nonce is the one that a hello may answer. */
  nonce: Uint8Array
  syncedAt: MonoMs | null
  /** Calls off a `sync` that waits for its time; null: none waits. */
  cancelSync: (() => void) | null
  readonly suspects: Map<string, Suspect>
}

/**
 * Stale presses, until they are proven or labelled. They have been raised already: nobody waits for this. In memory alone:
 * a label that was given lies in its alarm, and what a restart forgets is at most 30 s of doubt. A press that was still
 * weighed then reads as a true one (people go once too often), and one labelled before that is proven after it keeps its
 * label (it never calls anybody back). A doubt on disk would cost a write for each stale frame, which is what a replay
 * could flood us with.
 */
export class Replays {
  readonly #house: House
  readonly #clock: Clock
  readonly #outbound: Pick<Outbound, 'sync'>
  readonly #doubted = new Map<Did, Doubted>()

  constructor (ports: { house: House, clock: Clock, outbound: Pick<Outbound, 'sync'> }) {
    this.#house = ports.house
    this.#clock = ports.clock
    this.#outbound = ports.outbound
  }

  /**
   * Asks for proof now, or as soon as 10 s have passed since the last `sync`. That one may be lost, or answered before this
   * doubt arose: a button whose counters stay stale would beat and beat, and pass for silent.
   */
  sync (did: Did): void {
    const doubted = this.#of(did)
    if (doubted.cancelSync !== null) return
    const waitMs = doubted.syncedAt === null ? 0 : doubted.syncedAt + SYNC_EVERY_MS - this.#clock.mono()
    if (waitMs <= 0) return this.#ask(did, doubted)
    doubted.cancelSync = this.#clock.after(waitMs, () => {
      doubted.cancelSync = null
      this.#ask(did, doubted)
    })
  }

  /** A stale press that nobody knew; call it after `sync`. */
  suspect (did: Did, event: ButtonEvent): void {
    const { suspects, nonce } = this.#of(did)
    const key = eventKey(did, event)
    const sinceMs = this.#clock.mono()
    const [oldest] = suspects
    if (suspects.size >= EVENTS_REMEMBERED_MAX && oldest !== undefined) {
      if (oldest[1].suspicion.is === 'waiting') this.#house.mayBeReplay(did, oldest[1].event, true)
      suspects.delete(oldest[0])
    }
    suspects.set(key, { event, suspicion: { sinceMs, nonce, is: 'waiting' } })
    // A timer may come a hair early by the other clock; the promise is about time that has passed.
    this.#clock.after(REPLAY_PROOF_MS, () => { this.#weigh(did, key, { is: 'time', nowMs: Math.max(this.#clock.mono(), sinceMs + REPLAY_PROOF_MS) }) })
  }

  /** The event has come in an accepted frame. */
  accepted (did: Did, event: ButtonEvent): void {
    this.#weigh(did, eventKey(did, event), { is: 'event-accepted' })
  }

  /** An accepted hello: its counters are good again. */
  hello (did: Did, nonce: Uint8Array | undefined): void {
    const doubted = this.#doubted.get(did)
    if (doubted === undefined) return
    for (const key of [...doubted.suspects.keys()]) this.#weigh(did, key, { is: 'hello', nonce })
    if (![...doubted.suspects.values()].some(({ suspicion }) => suspicion.is === 'waiting')) callOff(doubted)
  }

  forget (did: Did): void {
    const doubted = this.#doubted.get(did)
    if (doubted !== undefined) callOff(doubted)
    this.#doubted.delete(did)
  }

  /** Presses that still wait for their proof wait for the answer to this one. */
  #ask (did: Did, doubted: Doubted): void {
    doubted.syncedAt = this.#clock.mono()
    doubted.nonce = new Uint8Array(randomBytes(NONCE_BYTES))
    for (const suspect of doubted.suspects.values()) suspect.suspicion = { ...suspect.suspicion, nonce: doubted.nonce }
    this.#outbound.sync(did, doubted.nonce)
  }

  #weigh (did: Did, key: string, fact: ProofFact): void {
    const suspects = this.#doubted.get(did)?.suspects
    const suspect = suspects?.get(key)
    if (suspects === undefined || suspect === undefined) return
    const before = suspect.suspicion.is
    suspect.suspicion = weighProof(suspect.suspicion, fact)
    if (suspect.suspicion.is === before) return
    this.#house.mayBeReplay(did, suspect.event, suspect.suspicion.is === 'may-be-replay')
    if (suspect.suspicion.is === 'proven') suspects.delete(key)
  }

  #of (did: Did): Doubted {
    const known = this.#doubted.get(did)
    if (known !== undefined) return known
    const fresh: Doubted = { nonce: new Uint8Array(randomBytes(NONCE_BYTES)), syncedAt: null, cancelSync: null, suspects: new Map() }
    this.#doubted.set(did, fresh)
    return fresh
  }
}

function callOff (doubted: Doubted): void {
  doubted.cancelSync?.()
  doubted.cancelSync = null
}
