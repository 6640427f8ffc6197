/** R19: "available" was said, and holds still. */
import type { ResponderRow } from '../store/people-rows.ts'
import { AVAILABLE_MAX_MS } from './limits.ts'
import type { EpochMs } from './words.ts'

/** null: not said, over, or further ahead than anybody can say it (the clock was set back since). */
export function availableUntil ({ availableUntil: until }: ResponderRow, now: number): EpochMs | null {
  return until === null || until <= now || until > now + AVAILABLE_MAX_MS ? null : until as EpochMs
}
