import { isOpenAsPerceived, lightOverLanes } from '../alarm/lanes.ts'
import type { Light as Feedback } from '../alarm/light.ts'
import type { Clock, MonoMs } from '../clock/clock.ts'
import type { PressHash } from '../store/alarm-store.ts'
import type { Held } from './held.ts'
import type { Registry } from './registry.ts'

export type ButtonEvent = { readonly evboot: number, readonly evn: number, readonly evid: Uint8Array }
export type Light = { readonly event: ButtonEvent, readonly feedback: Feedback }

/** A button holds 16 events; what it no longer holds needs no light. */
const EVENTS_PER_BUTTON_MAX = 16
/** How long an unarmed press is answered with "no answer yet" before it counts as gone. */
const UNARMED_MS = 12 * 3_600_000

/** How long an ended event is still answered, for a button that missed the frame that said so. */
const ENDED_MS = 15 * 60_000

type Known = { readonly event: ButtonEvent, readonly press: PressHash, readonly unarmedAt: MonoMs | null, endedAt: MonoMs | null }

/**
 * The newest light of each event a button holds, over all lanes of its press, read from what is on disk alone.
 * After a restart a button tells its events again, and they are learnt anew.
 */
export class Lights {
  readonly #registry: Registry
  readonly #clock: Clock
  readonly #isKept: (press: PressHash) => boolean
  readonly #byButton = new Map<string, Map<string, Known>>()
  readonly #buttonOf = new Map<PressHash, string>()

  constructor (of: { registry: Registry, clock: Clock, isKept: (press: PressHash) => boolean }) {
    this.#registry = of.registry
    this.#clock = of.clock
    this.#isKept = of.isKept
  }

  learn (did: string, event: ButtonEvent, press: PressHash, unarmed: boolean): void {
    const events = this.#byButton.get(did) ?? new Map<string, Known>()
    this.#byButton.set(did, events)
    const key = keyOf(event)
    const before = events.get(key)
    const unarmedAt = unarmed ? (before?.press === press ? before.unarmedAt : null) ?? this.#clock.mono() : null
    this.#forget(events, key)
    events.set(key, { event, press, unarmedAt, endedAt: null })
    this.#buttonOf.set(press, did)
    while (events.size > EVENTS_PER_BUTTON_MAX) this.#forget(events, events.keys().next().value as string)
  }

  /** The press that this event stands for now: it may have grown since it was first heard. */
  pressOf (did: string, event: ButtonEvent): PressHash | null {
    return this.#byButton.get(did)?.get(keyOf(event))?.press ?? null
  }

  of (did: string, event: ButtonEvent): Light | null {
    const known = this.#byButton.get(did)?.get(keyOf(event))
    return known === undefined ? null : this.#lightOf(known)
  }

  /** The newest light of every event that this button may still hold. */
  ofButton (did: string): readonly Light[] {
    const events = this.#byButton.get(did) ?? new Map<string, Known>()
    const now = this.#clock.mono()
    const lights: Light[] = []
    for (const [key, known] of [...events]) {
      const light = this.#lightOf(known)
      if (light === null) continue
      const ended = light.feedback === 'all-clear' || light.feedback === 'test-ok'
      known.endedAt = ended ? known.endedAt ?? now : null
      if (known.endedAt !== null && now - known.endedAt > ENDED_MS) this.#forget(events, key)
      else lights.push(light)
    }
    return lights
  }

  /** Buttons whose light may have changed because this alarm did. */
  buttonsOf (held: Held): readonly string[] {
    const dids = [...held.presses].map((press) => this.#buttonOf.get(press)).filter((did) => did !== undefined)
    return [...new Set(dids)]
  }

  #forget (events: Map<string, Known>, key: string): void {
    const known = events.get(key)
    if (known === undefined) return
    events.delete(key)
    this.#buttonOf.delete(known.press)
  }

  #lightOf (known: Known): Light | null {
    const lanes = this.#registry.ofPress(known.press)
    if (lanes.length === 0) {
      const unarmed = known.unarmedAt !== null && this.#clock.mono() - known.unarmedAt < UNARMED_MS
      if (unarmed) return { event: known.event, feedback: 'no-answer-yet' }
      return this.#isKept(known.press) ? { event: known.event, feedback: 'all-clear' } : null
    }
    // A lane that is not on disk has no light yet; while one lane is undecided on disk no `all clear` may be shown.
    const feedback = lightOverLanes(lanes.map((held) => held.safe).filter((safe) => safe !== null))
    const undecided = lanes.some((held) => held.safe === null && isOpenAsPerceived(held.head))
    return feedback === null || (feedback === 'all-clear' && undecided) ? null : { event: known.event, feedback }
  }
}

function keyOf (event: ButtonEvent): string {
  return `${event.evboot}.${event.evn}.${Buffer.from(event.evid).toString('hex')}`
}
