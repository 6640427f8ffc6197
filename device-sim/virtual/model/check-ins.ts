/**
 * Promises to say "I am fine" that were not kept (R17): with something wrong, where she could not press, and with nothing
 * wrong. Nobody presses; the service raises them by itself, in her lane alone.
 */
import { sample } from '../chance/sample.ts'
import { ms } from './hours.ts'
import { ORDINALS_MOST, pressOf } from './press.ts'
import type { Press, Story } from './press.ts'
import type { Draws, Room, Worker } from './world.ts'

/** Sets the keys of what she forgot apart from those of presses by accident. */
const FORGOTTEN = ORDINALS_MOST / 2

/** An incident in which she did not press, with a promise under way. `u`: the even number of each question of this incident. */
export function missedIn (worker: Worker, ordinal: number, begun: number, endMs: number, u: (question: number) => number): readonly Press[] {
  const { workers } = worker.room.venue.type
  const at = begun + ms(sample(workers.checkInDelay.draw, u(1)))
  if (!(at < endMs)) return []
  return [pressOf(worker, 'incident', ordinal, at, null, ms(sample(workers.pin.draw, u(3))), missed(at, begun + ms(sample(workers.danger.draw, u(4))), worker.room))]
}

/** She forgot, slept, or her phone was away: somebody may come for nothing. */
export function forgottenIn (worker: Worker, draws: Draws, times: readonly number[]): readonly Press[] {
  const { workers } = worker.room.venue.type
  if (times.length === 0) return []
  const cancels = draws.trait(worker.entity, 'cancels', workers.cancels)
  const story = draws.of(worker.entity, 'forgotten story')
  return times.map((at, ordinal) => {
    const u = (question: number): number => story.at(ordinal * 4 + question)
    const cancelAt = u(0) < cancels ? at + ms(sample(workers.cancelDelay.draw, u(1))) : null
    return pressOf(worker, 'accident', FORGOTTEN + ordinal, at, cancelAt, ms(sample(workers.pin.draw, u(2))), missed(at, at, worker.room))
  })
}

function missed (at: number, safeAt: number, { venue }: Room): Story {
  return { safeAt: Math.max(safeAt, at), quiet: venue.type.workers.missedRaises === 'assist', isMissed: true }
}
