import type { EventId, FaultCode, Feedback, PressKind, StateBody } from '../../firmware-protocol/bodies.ts'
import { clears, feedbackAt } from '../../firmware-protocol/button-light.ts'
import { dropsAt, merges, type HeldKind } from '../../firmware-protocol/button-queue.ts'
import { sameEvent } from '../../firmware-protocol/event-key.ts'
import { drawEvent, type Flash, type FlashEvent } from './flash.ts'

/** The wire's greatest `merged`. */
const MERGED_MAX = 65_535

/** An event as the running button knows it: what flash holds, and what only this boot knows. */
export type HeldEvent = {
  flash: FlashEvent
  /** Uptime of the press; null: a reboot came between, its age is unknown. */
  readonly pressedMs: number | null
  sent: number
  firstSentMs: number
  state: StateBody | null
  cancelRetry: () => void
}
/** `event`: what a press or fault became or joined, null when it was itself the one to go; `lost`: one had to go. */
export type Kept = { readonly event: HeldEvent | null, readonly lost: boolean }

const nothing = (): void => {}

/** The button's own queue: 16 events in flash, merged, dropped and cleared as the protocol says. */
export class HeldEvents {
  readonly #flash: Flash
  #held: HeldEvent[]

  constructor (flash: Flash) {
    this.#flash = flash
    this.#held = flash.events.map((event) => held(event, null))
  }

  get all (): readonly HeldEvent[] { return this.#held }
  get hasPress (): boolean { return this.#held.some((h) => h.flash.what.is === 'press') }

  find (event: EventId): HeldEvent | null {
    return this.#held.find((h) => sameEvent(h.flash.event, event)) ?? null
  }

  /** Stores a press before the radio is used. */
  press (kind: PressKind, boot: number, uptimeMs: number): Kept {
    const last = this.#held.findLast((h) => h.pressedMs !== null && merges({ kind: kindOf(h.flash), pressedMs: h.pressedMs, answered: h.state !== null }, kind, uptimeMs))
    if (last !== undefined) {
      last.flash = { ...last.flash, merged: Math.min(last.flash.merged + 1, MERGED_MAX) }
      this.#store()
      return { event: last, lost: false }
    }
    return this.#add({ event: drawEvent(this.#flash, boot), what: { is: 'press', kind }, merged: 0 }, uptimeMs)
  }

  /** `events-lost` has a place of its own beside the 16, and covers every loss while it waits. */
  fault (fcode: FaultCode, boot: number, uptimeMs: number): Kept {
    const waiting = fcode === 'events-lost' ? this.#held.find((h) => isLossNotice(h.flash)) : undefined
    if (waiting !== undefined) return { event: waiting, lost: false }
    return this.#add({ event: drawEvent(this.#flash, boot), what: { is: 'fault', fcode }, merged: 0 }, uptimeMs)
  }

  clear (event: HeldEvent): void {
    event.cancelRetry()
    event.cancelRetry = nothing
    this.#held = this.#held.filter((h) => h !== event)
    this.#store()
  }

  /** What each held press means now, whether the room may see it or not. */
  feedback (uptimeMs: number): readonly (Feedback | null)[] { return this.#lights(uptimeMs).map(({ feedback }) => feedback) }

  /** What the room may see: nothing in the dark, nothing of a silent alarm, never that nobody answers (R18). */
  visible (mode: number, uptimeMs: number): readonly Feedback[] {
    if (mode === 0) return []
    return this.#lights(uptimeMs).flatMap(({ kind, feedback }) => kind === 'silent-alarm' || feedback === null || feedback === 'no-answer-yet' ? [] : [feedback])
  }

  take (state: StateBody): void {
    const event = this.find(state.event)
    if (event === null) return
    event.state = state
    event.cancelRetry()
    event.cancelRetry = nothing
    if (clears(state.feedback)) this.clear(event)
  }

  #add (flash: FlashEvent, uptimeMs: number): Kept {
    const event = held(flash, uptimeMs)
    this.#held.push(event)
    const counted = this.#held.filter((h) => !isLossNotice(h.flash))
    const dropped = dropsAt(counted.map((h) => kindOf(h.flash)))
    const gone = dropped === null ? undefined : counted[dropped]
    if (gone !== undefined) this.clear(gone)
    this.#store()
    return { event: gone === event ? null : event, lost: gone !== undefined }
  }

  #lights (uptimeMs: number): readonly { readonly kind: HeldKind, readonly feedback: Feedback | null }[] {
    return this.#held.filter((h) => h.flash.what.is === 'press')
      .map((h) => ({ kind: kindOf(h.flash), feedback: h.state === null ? null : feedbackAt(h.state, uptimeMs) }))
  }

  #store (): void { this.#flash.events = this.#held.map((h) => h.flash) }
}

function held (flash: FlashEvent, pressedMs: number | null): HeldEvent {
  return { flash, pressedMs, sent: 0, firstSentMs: 0, state: null, cancelRetry: nothing }
}

function kindOf (flash: FlashEvent): HeldKind {
  return flash.what.is === 'fault' ? 'fault' : flash.what.kind
}

function isLossNotice ({ what }: FlashEvent): boolean {
  return what.is === 'fault' && what.fcode === 'events-lost'
}
