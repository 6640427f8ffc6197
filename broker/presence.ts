import type { BeatBody, HelloBody, PressBody, UpBody } from '../firmware-protocol/bodies.ts'
import type { Did } from '../firmware-protocol/ids.ts'
import { SILENT_AFTER_BEATS } from '../firmware-protocol/limits.ts'
import type { Beat, Buttons, Clock, EpochMs, House, MonoMs } from './ports.ts'

export type Goodbye = 'will' | 'sleeping' | 'off'
type Health = (BeatBody | HelloBody | PressBody)['health']

type Life = {
  /** Newest authentic frame that counts; silence is measured from here. */
  lastMono: MonoMs
  /** null: not heard since the start. */
  lastAt: EpochMs | null
  beatS: number
  health: Health
  fw: string | null
  model: string | null
  told: null | 'silent' | Goodbye
}

/**
 * Whether a button lives, from its frames alone: a TCP connection may outlive the button by minutes, and behind a
 * bridge there is none.
 */
export class Presence {
  readonly #house: House
  readonly #buttons: Buttons
  readonly #clock: Clock
  readonly #lives = new Map<Did, Life>()

  constructor (ports: { house: House, buttons: Buttons, clock: Clock }) {
    this.#house = ports.house
    this.#buttons = ports.buttons
    this.#clock = ports.clock
  }

  /** Heard in an earlier life of the service: its silence counts from now. */
  expect (did: Did): void {
    const button = this.#buttons.find(did)
    if (button !== null) this.#lives.set(did, this.#fresh(button.wish.beatS))
  }

  /** An accepted frame, sign of life or not: what it says of the button. */
  learn (did: Did, body: UpBody): void {
    const life = this.#of(did)
    if (body.is === 'hello') {
      life.beatS = body.beatS
      life.fw = body.fw
      life.model = body.model
    }
    if (body.is === 'hello' || body.is === 'beat' || body.is === 'press') life.health = { ...life.health, ...body.health }
  }

  /** The button lives now. */
  heard (did: Did, by: 'press' | 'beat' = 'beat'): void {
    const life = this.#of(did)
    life.lastMono = this.#clock.mono()
    life.lastAt = this.#clock.now()
    life.told = null
    this.#house.heard(beatOf(did, life, life.lastAt), by)
  }

  /** A believed goodbye. */
  gone (did: Did, why: Goodbye): void {
    const life = this.#of(did)
    // A sleeper's silence is counted from its last word; a will speaks of a moment that nobody knows.
    if (why !== 'will') life.lastMono = this.#clock.mono()
    if (life.told === why) return
    life.told = why
    this.#house.silent(did, why, life.lastAt)
  }

  /** Tells whose promised beat is overdue. */
  look (): void {
    const now = this.#clock.mono()
    for (const [did, life] of this.#lives) {
      if (this.#buttons.find(did) === null) this.#lives.delete(did)
      else if ((life.told === null || life.told === 'sleeping') && now - life.lastMono > SILENT_AFTER_BEATS * life.beatS * 1000) {
        life.told = 'silent'
        this.#house.silent(did, 'silent', life.lastAt)
      }
    }
  }

  #of (did: Did): Life {
    const known = this.#lives.get(did)
    if (known !== undefined) return known
    const fresh = this.#fresh(this.#buttons.find(did)?.wish.beatS ?? 0)
    this.#lives.set(did, fresh)
    return fresh
  }

  #fresh (beatS: number): Life {
    return { lastMono: this.#clock.mono(), lastAt: null, beatS, health: {}, fw: null, model: null, told: null }
  }
}

function beatOf (did: Did, { beatS, health, fw, model }: Life, at: EpochMs): Beat {
  return {
    did,
    at,
    beatS,
    batteryPct: health.batteryPct ?? null,
    batteryMv: health.batteryMv ?? null,
    rssiDbm: health.rssiDbm ?? null,
    flags: health.flags ?? null,
    fw,
    model
  }
}
