/**
 * What a venue may know of its buttons: stretches that are over, never a moment. Whoever presses makes the button speak at once,
 * then again and again, and its later beats come in another rhythm: from exact times the list would tell that somebody
 * pressed. Each stretch is longer than any wait between two beats, so a press adds nothing to what it holds.
 */
import type { Beat } from '../../broker/ports.ts'
import { BEAT_LATE_MOST_S } from './limits.ts'
import type { EpochMs } from './words.ts'

const STRETCH_STEP_MS = 60_000
type Stretch = { readonly from: EpochMs, readonly until: number, readonly beat: Beat }
type Silence = 'silent' | 'will' | 'sleeping' | 'off'

export class BeatsShown {
  /** The newest stretch in which it was heard; shown when it is over. */
  readonly #running = new Map<string, Stretch>()
  readonly #over = new Map<string, Stretch>()
  /** A sleeper is awake while it waits for an answer: that too would tell. Until it is switched off it is called asleep. */
  readonly #sleepers = new Set<string>()

  /** `isBack`: it was not heard, or in an earlier life of the service; whoever waits for it is told at once. */
  heard (beat: Beat, isBack: boolean): void {
    const stretch = stretchOf(beat)
    const running = this.#running.get(beat.did)
    if (running !== undefined && running.from !== stretch.from) this.#over.set(beat.did, running)
    this.#running.set(beat.did, stretch)
    if (isBack) this.#over.set(beat.did, stretch)
  }

  silent (did: string, why: Silence): void {
    if (why === 'sleeping') this.#sleepers.add(did)
    else if (why !== 'silent') this.#sleepers.delete(did)
  }

  /** Of the newest stretch that is over; null: none yet. */
  of (did: string, now: EpochMs): { readonly from: EpochMs, readonly beat: Beat } | null {
    const running = this.#running.get(did)
    return (running !== undefined && now >= running.until ? running : this.#over.get(did)) ?? null
  }

  isSleeper (did: string): boolean { return this.#sleepers.has(did) }
}

function stretchOf (beat: Beat): Stretch {
  const lengthMs = Math.ceil((beat.beatS + BEAT_LATE_MOST_S) * 1_000 / STRETCH_STEP_MS) * STRETCH_STEP_MS
  const from = Math.floor(beat.at / lengthMs) * lengthMs
  return { from: from as EpochMs, until: from + lengthMs, beat }
}
