/**
 * Pushes that come together are shown one after another: while one is being shown, another that looks at what is shown already makes
 * the browser forget it, and a tap on it would do nothing.
 */
import { after } from '../shell/clock.ts'

/** One that hangs holds up nobody for longer. */
const TURN_MS = 1_000

let before: Promise<unknown> = Promise.resolve()

export function inTurn<T> (work: () => Promise<T>): Promise<T> {
  const free = Promise.race([before, new Promise((resolve) => { after(TURN_MS, () => { resolve(null) }) })])
  const mine = free.then(work)
  before = mine.catch(() => null)
  return mine
}
